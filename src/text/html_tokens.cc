// Follows the tokenizer of the HTML Living Standard (section 13.2.5), with its states folded into
// a few loops. Names of references come from data/text/html_entities.tsv.
#include "text/html_tokens.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "core/embedded.h"
#include "core/tsv.h"
#include "core/utf8.h"

namespace readout::text {
namespace {

using namespace std::string_view_literals;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }
bool is_alpha(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

struct Entity {
  std::string_view name;
  std::string text;
};

/// Sorted by name.
const std::vector<Entity>& entities() {
  static const std::vector<Entity> kEntities = [] {
    std::vector<Entity> out;
    for_each_row(embedded("text/html_entities.tsv"), [&](const TsvRow& row) {
      Entity entity{row[0], {}};
      std::string_view codes = row[1];
      while (!codes.empty()) {
        unsigned code = 0;
        const auto end = std::from_chars(codes.data(), codes.data() + codes.size(), code, 16).ptr;
        utf8::append(entity.text, code);
        codes.remove_prefix(std::min(static_cast<size_t>(end - codes.data()) + 1, codes.size()));
      }
      out.push_back(std::move(entity));
    });
    std::sort(out.begin(), out.end(),
              [](const Entity& a, const Entity& b) { return a.name < b.name; });
    return out;
  }();
  return kEntities;
}

const Entity* find_entity(std::string_view name) {
  const auto& all = entities();
  const auto it =
      std::lower_bound(all.begin(), all.end(), name,
                       [](const Entity& entity, std::string_view n) { return entity.name < n; });
  return it != all.end() && it->name == name ? &*it : nullptr;
}

/// Numbers in the range of C1 controls are meant as windows-1252.
char32_t repair_code(uint32_t code) {
  static constexpr std::array<char16_t, 32> kWindows1252 = {
      0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  if (code >= 0x80 && code < 0xA0) return kWindows1252[code - 0x80];
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return 0xFFFD;
  return code;
}

/// Elements whose content is text and not tags. `references`: "&" still means something.
struct RawElement {
  std::string_view name;
  bool references;
};
constexpr std::array kRaw = {RawElement{"script"sv, false},  RawElement{"style"sv, false},
                             RawElement{"xmp"sv, false},     RawElement{"iframe"sv, false},
                             RawElement{"noembed"sv, false}, RawElement{"noframes"sv, false},
                             RawElement{"title"sv, true},    RawElement{"textarea"sv, true}};

}  // namespace

const std::string* HtmlToken::attribute(std::string_view wanted) const {
  for (const HtmlAttribute& each : attributes) {
    if (each.name == wanted) return &each.value;
  }
  return nullptr;
}

bool HtmlTokenizer::next(HtmlToken& token) {
  token.attributes.clear();
  token.raw = token.self_closing = false;
  if (!raw_until_.empty()) {
    // The text up to "</name" and a character that ends a name.
    const size_t begin = at_;
    size_t end = page_.size();
    for (size_t i = at_; (i = page_.find("</", i)) != std::string_view::npos; i += 2) {
      const size_t after = i + 2 + raw_until_.size();
      if (after > page_.size()) break;
      bool same = true;
      for (size_t k = 0; same && k < raw_until_.size(); ++k)
        same = lower(page_[i + 2 + k]) == raw_until_[k];
      if (!same || (after < page_.size() && !is_space(page_[after]) && page_[after] != '>' &&
                    page_[after] != '/')) {
        continue;
      }
      end = i;
      break;
    }
    for (const RawElement& element : kRaw) {
      if (element.name == raw_until_) token.raw = !element.references;
    }
    raw_until_.clear();
    at_ = end;
    if (end > begin) {
      token.kind = HtmlToken::Kind::Text;
      token.begin = begin;
      token.end = end;
      return true;
    }
  }
  while (at_ < page_.size()) {
    if (page_[at_] != '<' || !(at_ + 1 < page_.size()) ||
        !(is_alpha(page_[at_ + 1]) || page_[at_ + 1] == '/' || page_[at_ + 1] == '!' ||
          page_[at_ + 1] == '?')) {
      // Text up to the next "<" that begins a tag.
      token.kind = HtmlToken::Kind::Text;
      token.begin = at_;
      size_t end = at_ + 1;
      while (end < page_.size()) {
        const void* found = std::memchr(page_.data() + end, '<', page_.size() - end);
        if (found == nullptr) {
          end = page_.size();
          break;
        }
        end = static_cast<size_t>(static_cast<const char*>(found) - page_.data());
        if (end + 1 < page_.size() && (is_alpha(page_[end + 1]) || page_[end + 1] == '/' ||
                                       page_[end + 1] == '!' || page_[end + 1] == '?')) {
          break;
        }
        ++end;
      }
      token.end = at_ = end;
      return true;
    }
    const char second = page_[at_ + 1];
    if (second == '!' || second == '?') {
      const std::string_view rest = page_.substr(at_);
      size_t end = std::string_view::npos;
      size_t length = 1;
      if (rest.starts_with("<!--")) {
        if (rest.starts_with("<!-->") || rest.starts_with("<!--->")) {
          end = rest.find('>');
        } else {
          end = page_.find("-->", at_ + 4);
          length = 3;
          end = end == std::string_view::npos ? end : end - at_;
        }
      } else if (rest.starts_with("<![CDATA[")) {
        end = rest.find("]]>");
        length = 3;
      } else {
        end = rest.find('>');
      }
      at_ = end == std::string_view::npos ? page_.size() : at_ + end + length;
      continue;
    }
    if (second == '/' && !(at_ + 2 < page_.size() && is_alpha(page_[at_ + 2]))) {
      const size_t end = page_.find('>', at_ + 2);  // "</>" and other bogus comments
      at_ = end == std::string_view::npos ? page_.size() : end + 1;
      continue;
    }
    if (tag(token)) return true;
  }
  return false;
}

bool HtmlTokenizer::tag(HtmlToken& token) {
  token.begin = at_;
  size_t i = at_ + 1;
  token.kind = HtmlToken::Kind::Start;
  if (page_[i] == '/') {
    token.kind = HtmlToken::Kind::End;
    ++i;
  }
  token.name.clear();
  while (i < page_.size() && !is_space(page_[i]) && page_[i] != '>' && page_[i] != '/') {
    token.name.push_back(lower(page_[i++]));
  }
  at_ = i;
  attributes(token);
  token.end = at_;
  if (token.kind == HtmlToken::Kind::Start && !token.self_closing) {
    for (const RawElement& element : kRaw) {
      if (element.name == token.name) raw_until_ = token.name;
    }
  }
  return true;
}

void HtmlTokenizer::attributes(HtmlToken& token) {
  while (at_ < page_.size()) {
    while (at_ < page_.size() && (is_space(page_[at_]) || page_[at_] == '/')) {
      token.self_closing = page_[at_] == '/';
      ++at_;
    }
    if (at_ >= page_.size()) return;
    if (page_[at_] == '>') {
      ++at_;
      return;
    }
    token.self_closing = false;
    HtmlAttribute attribute;
    const size_t name_begin = at_;
    if (page_[at_] == '=') ++at_;
    while (at_ < page_.size() && !is_space(page_[at_]) && page_[at_] != '>' && page_[at_] != '/' &&
           page_[at_] != '=') {
      ++at_;
    }
    for (const char c : page_.substr(name_begin, std::min<size_t>(at_ - name_begin, 64))) {
      attribute.name.push_back(lower(c));
    }
    while (at_ < page_.size() && is_space(page_[at_])) ++at_;
    if (at_ < page_.size() && page_[at_] == '=') {
      ++at_;
      while (at_ < page_.size() && is_space(page_[at_])) ++at_;
      size_t begin = at_, end = at_;
      if (at_ < page_.size() && (page_[at_] == '"' || page_[at_] == '\'')) {
        begin = at_ + 1;
        end = page_.find(page_[at_], begin);
        if (end == std::string_view::npos) end = page_.size();
        at_ = std::min(end + 1, page_.size());
      } else {
        while (at_ < page_.size() && !is_space(page_[at_]) && page_[at_] != '>') ++at_;
        end = at_;
      }
      attribute.value = decode_references(page_.substr(begin, end - begin), true);
    }
    // More attributes than any page has are a trick; they are read and forgotten.
    if (token.attributes.size() < 64 && token.attribute(attribute.name) == nullptr) {
      token.attributes.push_back(std::move(attribute));
    }
  }
}

size_t read_reference(std::string_view text, size_t at, bool in_attribute, std::string& out) {
  size_t i = at + 1;
  if (i < text.size() && text[i] == '#') {
    ++i;
    const bool hex = i < text.size() && (text[i] | 0x20) == 'x';
    if (hex) ++i;
    const size_t digits = i;
    uint32_t code = 0;
    while (i < text.size()) {
      const char c = text[i];
      uint32_t digit;
      if (is_digit(c)) {
        digit = static_cast<uint32_t>(c - '0');
      } else if (hex && (c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
        digit = static_cast<uint32_t>((c | 0x20) - 'a' + 10);
      } else {
        break;
      }
      code = std::min<uint32_t>(code * (hex ? 16 : 10) + digit, 0x110000);
      ++i;
    }
    if (i == digits) return 0;
    if (i < text.size() && text[i] == ';') ++i;
    utf8::append(out, repair_code(code));
    return i - at;
  }
  constexpr size_t kLongestName = 32;
  while (i < text.size() && i - at <= kLongestName && (is_alpha(text[i]) || is_digit(text[i]))) ++i;
  if (i == at + 1) return 0;
  if (i < text.size() && text[i] == ';') {
    if (const Entity* entity = find_entity(text.substr(at + 1, i - at))) {
      out += entity->text;
      return i + 1 - at;
    }
  }
  // Without a semicolon: the longest old name that the letters begin with ("&copy2020").
  for (size_t end = std::min(i, at + 7); end > at + 2; --end) {
    const Entity* entity = find_entity(text.substr(at + 1, end - at - 1));
    if (entity == nullptr) continue;
    if (in_attribute && end < text.size() &&
        (text[end] == '=' || is_alpha(text[end]) || is_digit(text[end])))
      return 0;
    out += entity->text;
    return end - at;
  }
  return 0;
}

std::string decode_references(std::string_view text, bool in_attribute) {
  std::string out;
  size_t i = 0;
  while (i < text.size()) {
    const size_t amp = std::min(text.find('&', i), text.size());
    out.append(text.substr(i, amp - i));
    i = amp;
    if (i == text.size()) break;
    const size_t n = read_reference(text, i, in_attribute, out);
    if (n == 0) {
      out.push_back('&');
      ++i;
    } else {
      i += n;
    }
  }
  return out;
}

}  // namespace readout::text
