// A web page as a run of tags and texts, each with its place: the tokenizer of HTML, without a
// tree. Linear in the length of the page whatever the page is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace readout::text {

struct HtmlAttribute {
  std::string name;   // lower case
  std::string value;  // references decoded
};

struct HtmlToken {
  enum class Kind : uint8_t { Text, Start, End };
  Kind kind = Kind::Text;
  bool raw = false;  // text in which "&" means nothing (script, style)
  bool self_closing = false;
  size_t begin = 0, end = 0;  // in the page; for Text the text itself
  std::string name;           // of a tag, lower case
  std::vector<HtmlAttribute> attributes;

  /// Value of an attribute; null if the tag has none of that name.
  const std::string* attribute(std::string_view wanted) const;
};

class HtmlTokenizer {
 public:
  explicit HtmlTokenizer(std::string_view page) : page_(page) {}
  /// False at the end. Comments, declarations and processing instructions are passed over.
  bool next(HtmlToken& token);

 private:
  bool tag(HtmlToken& token);
  void attributes(HtmlToken& token);

  std::string_view page_;
  size_t at_ = 0;
  std::string raw_until_;  // inside of <script>, <style>, ...: the name that ends it
};

/// Reads the character reference at text[at] == '&'. Gives its length in bytes and appends its
/// characters to `out`; 0 if it is a plain "&". `in_attribute` is the stricter rule of attributes.
size_t read_reference(std::string_view text, size_t at, bool in_attribute, std::string& out);

/// `text` with its references decoded.
std::string decode_references(std::string_view text, bool in_attribute);

}  // namespace readout::text
