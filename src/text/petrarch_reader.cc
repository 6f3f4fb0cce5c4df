// PETRARCH XML: <Sentences><Sentence date id source><Text>..</Text><Parse>..</Parse></Sentence>...
// and <Stories><Story ...>. The stream is searched for one element at a time; only that element is
// parsed as XML, so that the file may be of any length and one damaged sentence loses only itself.
#include <algorithm>
#include <array>
#include <cstring>

#include "core/limits.h"
#include "core/utf8.h"
#include "text/dates.h"
#include "text/encoding.h"
#include "text/reader.h"
#include "text/xml.h"

namespace readout::text {
namespace {

std::string_view trim(std::string_view text) {
  const auto space = [](char c) { return c == ' ' || (c >= 9 && c <= 13); };
  while (!text.empty() && space(text.front())) text.remove_prefix(1);
  while (!text.empty() && space(text.back())) text.remove_suffix(1);
  return text;
}

class PetrarchReader final : public Reader {
 public:
  PetrarchReader(std::unique_ptr<ByteStream> stream, std::string name)
      : stream_(std::move(stream)), name_(std::move(name)) {}

  std::optional<InputItem> next() override {
    for (;;) {
      if (failed_) return std::nullopt;
      if (!find_element()) {
        if (error_) {
          failed_ = true;
          return reject(*error_);
        }
        return std::nullopt;
      }
      const uint64_t line = line_;
      std::string element(view().substr(0, element_size_));
      drop(element_size_);
      return read(std::move(element), line);
    }
  }

 private:
  InputItem reject(const Error& error) const {
    std::string place = name_ + ":" + std::to_string(line_);
    Error said = error.message.starts_with(name_) ? error : error.within(place);
    return Rejected{std::move(place), std::move(said)};
  }

  std::string_view view() const { return std::string_view(buffer_).substr(begin_); }

  /// Forgets the first bytes of the view. The buffer moves up only now and then: linear in all.
  void drop(size_t n) {
    const std::string_view gone = view().substr(0, n);
    line_ += static_cast<uint64_t>(std::count(gone.begin(), gone.end(), '\n'));
    begin_ += n;
    if (begin_ >= kStep && begin_ * 2 >= buffer_.size()) {
      buffer_.erase(0, begin_);
      begin_ = 0;
    }
  }

  /// Reads on; false at the end or on an error.
  bool more() {
    if (end_) return false;
    const size_t have = buffer_.size();
    buffer_.resize(have + kStep);
    auto got = stream_->read(buffer_.data() + have, kStep);
    if (!got) error_ = got.error();
    const size_t n = got ? *got : 0;
    buffer_.resize(have + n);
    end_ = n == 0;
    return n != 0;
  }

  /// Position of `needle` in the view at or after `from`, reading on as needed; npos at the end or
  /// past `limit`.
  size_t find(std::string_view needle, size_t from, size_t limit) {
    for (;;) {
      const size_t at = view().find(needle, from);
      if (at != std::string::npos) return at;
      if (view().size() >= needle.size()) from = std::max(from, view().size() - needle.size() + 1);
      if (view().size() > limit || !more()) return std::string::npos;
    }
  }

  /// Brings the next <Sentence> or <Story> to the front of the view and measures it.
  bool find_element() {
    for (;;) {
      // What lies between elements may be long (comments); it is forgotten as it passes.
      size_t at = view().find('<');
      if (at == std::string::npos) {
        drop(view().size());
        if (!more()) return false;
        continue;
      }
      drop(at);
      while (view().size() < 12 && more()) {
      }
      if (view().starts_with("<!--")) {
        for (;;) {
          at = view().find("-->");
          if (at != std::string::npos) break;
          if (view().size() > 2) drop(view().size() - 2);
          if (!more()) return false;
        }
        drop(at + 3);
        continue;
      }
      const std::string_view close = closes();
      if (close.empty()) {
        drop(1);
        continue;
      }
      at = find(close, 1, limits::kDocumentBytes);
      if (at != std::string::npos) {
        element_size_ = at + close.size();
        return true;
      }
      if (view().size() > limits::kDocumentBytes) {
        error_ =
            Error{Code::Limit, "an element longer than the limit of " +
                                   human_bytes(limits::kDocumentBytes) + " (limit of a document)"};
      } else if (!error_) {
        error_ = Error{Code::BadInput,
                       "the file ends inside of an element (no " + std::string(close) + ")"};
      }
      return false;
    }
  }

  /// The end tag of the element that the view begins with; empty if it is none of ours.
  std::string_view closes() const {
    struct Element {
      std::string_view open, close;
    };
    static constexpr std::array<Element, 2> kElements = {Element{"<Sentence", "</Sentence>"},
                                                         Element{"<Story", "</Story>"}};
    for (const Element& element : kElements) {
      if (!view().starts_with(element.open) || view().size() == element.open.size()) continue;
      const char after = view()[element.open.size()];
      if (after == ' ' || after == '>' || (after >= 9 && after <= 13)) return element.close;
    }
    return {};
  }

  InputItem read(std::string element, uint64_t line) {
    const std::string place = name_ + ":" + std::to_string(line);
    RawDocument doc;
    doc.format = Format::Text;
    doc.meta.file = name_;
    doc.meta.line = line;
    doc.meta.media_type = "text/plain";
    Decoded decoded = decode(element, {}, LineEnds::Keep, place);
    if (!decoded.map.identity()) element = std::move(decoded.utf8);
    const bool damaged = !decoded.notes.empty();
    auto tree = XmlTree::parse(std::move(element), place);
    if (!tree) return Rejected{place, tree.error()};
    const auto& nodes = tree->nodes();
    for (size_t i = 0; i < nodes.size(); ++i) {
      const XmlNode& node = nodes[i];
      if (i == 0) {
        doc.meta.source_id = tree->attribute(node, "id");
        doc.meta.published = iso_date(tree->attribute(node, "date"));
        doc.meta.publisher = tree->attribute(node, "source");
        doc.meta.url = tree->attribute(node, "url");
        doc.meta.title = tree->attribute(node, "title");
        if (doc.meta.publisher == "NULL") doc.meta.publisher.clear();  // so written where unknown
      } else if (node.name == "Text") {
        const std::string text = tree->text(i);
        const std::string_view inner = trim(text);
        if (inner.empty()) continue;
        if (!doc.bytes.empty()) doc.bytes += "\n\n";
        doc.bytes += inner;
      } else if (node.name == "Headline" || node.name == "Title") {
        doc.meta.title = trim(tree->text(i));
      }
    }
    if (doc.bytes.empty())
      return Rejected{place, {Code::BadInput, place + ": no <Text> in this element"}};
    doc.meta.encoding = "UTF-8";
    if (damaged) {
      const size_t at = std::min(doc.bytes.find("\xEF\xBF\xBD"), doc.bytes.size());
      const auto begin = static_cast<uint32_t>(at);
      doc.notes.push_back({{begin, begin},
                           "encoding.damaged",
                           place + ": bytes that are no valid UTF-8, read as U+FFFD"});
    }
    return doc;
  }

  std::unique_ptr<ByteStream> stream_;
  std::string name_;
  static constexpr size_t kStep = size_t{1} << 16;
  std::string buffer_;
  size_t begin_ = 0;  // of what is not forgotten yet
  size_t element_size_ = 0;
  uint64_t line_ = 1;
  std::optional<Error> error_;
  bool end_ = false, failed_ = false;
};

}  // namespace

std::unique_ptr<Reader> petrarch_reader(std::unique_ptr<ByteStream> stream, std::string name) {
  return std::make_unique<PetrarchReader>(std::move(stream), std::move(name));
}

}  // namespace readout::text
