// What page after page has at its top or foot (the same words, or words that differ in a number
// only) is no text. A page that ends inside of a sentence is joined to the next.
#include "text/pdf.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/limits.h"
#include "core/utf8.h"
#include "text/encoding.h"
#include "text/plain_builder.h"

namespace readout::text {
namespace {

struct Line {
  uint32_t begin = 0, end = 0;  // without the line's end and outer space
  bool blank = false;
  bool running = false;  // header, footer or page number
};

struct PageLines {
  uint32_t first = 0, end = 0;  // lines
};

bool is_space(char c) { return c == ' ' || (c >= 9 && c <= 13); }

/// Lower case, numbers as '#', white space collapsed: what running heads have in common.
std::string shape(std::string_view line) {
  std::string out;
  bool space = false;
  for (size_t i = 0; i < line.size();) {
    const char32_t c = utf8::next(line, i);
    if (utf8::is_space(c)) {
      space = true;
      continue;
    }
    if (space && !out.empty()) out.push_back(' ');
    space = false;
    if (utf8::is_digit(c)) {
      if (out.empty() || out.back() != '#') out.push_back('#');
    } else {
      utf8::append(out, utf8::to_lower(c));
    }
  }
  return out;
}

/// "3", "- 3 -", "Page 3 of 10", "iv": no words but those of numbering.
bool is_page_number(const std::string& shaped) {
  std::string letters;
  bool number = false;
  for (const char c : shaped) {
    if (c == '#') {
      number = true;
    } else if (c >= 'a' && c <= 'z') {
      letters.push_back(c);
    } else if (static_cast<unsigned char>(c) >= 0x80) {
      if (static_cast<unsigned char>(c) == 0xE2) continue;  // dashes, bullets
      if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80U) continue;
      return false;
    } else if (c != ' ' && c != '-' && c != '/' && c != '|' && c != '.' && c != '(' && c != ')' &&
               c != '[' && c != ']') {
      return false;
    }
  }
  if (number)
    return letters.empty() || letters == "page" || letters == "pageof" || letters == "of" ||
           letters == "p";
  return !letters.empty() && letters.size() <= 6 &&
         letters.find_first_not_of("ivxl") == std::string::npos;
}

class Pages {
 public:
  explicit Pages(std::string_view text) : text_(text) {
    split();
    mark_running();
    collect_words();
  }

  void build(PlainBuilder& out, std::vector<Page>& pages) {
    out_ = &out;
    for (size_t p = 0; p < pages_.size(); ++p) {
      bool placed = false;
      int blanks = 0;
      for (uint32_t l = pages_[p].first; l < pages_[p].end; ++l) {
        const Line& line = lines_[l];
        if (line.running) continue;
        if (line.blank) {
          ++blanks;
          continue;
        }
        if (!placed) {
          begin_page(line, pages, static_cast<uint32_t>(p + 1));
          placed = true;
        } else {
          join(line, blanks > 0);
        }
        blanks = 0;
        // A hyphen at the line's end waits until the next line is known.
        last_ = &line;
        held_ = hyphen_bytes(line);
        keep_clean(line.begin, line.end - held_);
      }
      if (!placed) pages.push_back({out.size(), static_cast<uint32_t>(p + 1)});
    }
    if (last_ != nullptr) out.keep(last_->end - held_, last_->end);
  }

 private:
  /// Without soft hyphens: where no line ends they are no part of the word.
  void keep_clean(uint32_t begin, uint32_t end) {
    while (begin < end) {
      const size_t soft = std::min<size_t>(text_.substr(0, end).find("\xC2\xAD", begin), end);
      out_->keep(begin, soft);
      begin = static_cast<uint32_t>(std::min<size_t>(soft + 2, end));
    }
  }

  void split() {
    uint32_t at = 0;
    const auto n = static_cast<uint32_t>(text_.size());
    PageLines page;
    while (at < n) {
      uint32_t end = at;
      while (end < n && text_[end] != '\n' && text_[end] != '\f') ++end;
      Line line{at, end, false, false};
      while (line.begin < line.end && is_space(text_[line.begin])) ++line.begin;
      while (line.end > line.begin && is_space(text_[line.end - 1])) --line.end;
      line.blank = line.begin == line.end;
      const bool feed = end < n && text_[end] == '\f';
      if (!(feed && line.blank)) lines_.push_back(line);
      if (feed) {
        page.end = static_cast<uint32_t>(lines_.size());
        pages_.push_back(page);
        page.first = page.end;
      }
      at = end + 1;
    }
    page.end = static_cast<uint32_t>(lines_.size());
    if (page.end > page.first) pages_.push_back(page);
  }

  /// The lines at the top (or foot) of a page that may be running heads.
  std::vector<uint32_t> edge(const PageLines& page, bool top) const {
    constexpr size_t kReach = 3;
    std::vector<uint32_t> out;
    for (uint32_t k = 0; k < page.end - page.first && out.size() < kReach; ++k) {
      const uint32_t l = top ? page.first + k : page.end - 1 - k;
      if (!lines_[l].blank) out.push_back(l);
    }
    return out;
  }

  void mark_running() {
    if (pages_.size() < 2) return;
    for (const bool top : {true, false}) {
      std::vector<std::vector<uint32_t>> edges;
      std::vector<std::vector<std::string>> shapes;
      std::unordered_map<std::string, uint32_t> seen;
      for (const PageLines& page : pages_) {
        edges.push_back(edge(page, top));
        shapes.emplace_back();
        for (const uint32_t l : edges.back()) shapes.back().push_back(shape(view(lines_[l])));
        const std::unordered_set<std::string> here(shapes.back().begin(), shapes.back().end());
        for (const std::string& each : here) ++seen[each];
      }
      // On two pages out of two or three, and on a good part of a long document (a head may
      // alternate between left and right pages, and change with the chapter).
      const size_t wanted = std::max<size_t>(2, pages_.size() * 3 / 10);
      const auto near = [&](size_t p, size_t k) {
        const std::string& shaped = shapes[p][k];
        if (std::count_if(shaped.begin(), shaped.end(),
                          [](char c) { return c != ' ' && c != '#'; }) < 4)
          return false;
        for (size_t q = p < 2 ? 0 : p - 2; q < pages_.size() && q <= p + 2; ++q) {
          if (q != p && k < shapes[q].size() && shapes[q][k] == shaped) return true;
        }
        return false;
      };
      for (size_t p = 0; p < pages_.size(); ++p) {
        for (size_t k = 0; k < edges[p].size(); ++k) {
          const std::string& shaped = shapes[p][k];
          const bool number = is_page_number(shaped);
          const bool head = number ? seen[shaped] >= 2 || pages_.size() == 2
                                   : shaped.size() <= 150 && (seen[shaped] >= wanted || near(p, k));
          if (!head) break;  // heads stand outermost
          lines_[edges[p][k]].running = true;
        }
      }
    }
  }

  std::string_view view(const Line& line) const {
    return text_.substr(line.begin, line.end - line.begin);
  }

  /// The document's own words decide whether a hyphen at a line's end belongs to the word.
  void collect_words() {
    for (const Line& line : lines_) {
      const std::string_view text = view(line);
      for (size_t i = 0; i < text.size();) {
        size_t end = i;
        while (end < text.size() && !is_space(text[end])) ++end;
        if (end != text.size()) words_.insert(bare(text.substr(i, end - i)));
        i = end + 1;
      }
    }
  }

  static std::string bare(std::string_view word) {
    const auto mark = [](char c) {
      return (c >= 33 && c < 48 && c != '-') || (c > 57 && c < 65) || (c > 90 && c < 97) || c > 122;
    };
    while (!word.empty() && static_cast<unsigned char>(word.front()) < 0x80 && mark(word.front()))
      word.remove_prefix(1);
    while (!word.empty() && static_cast<unsigned char>(word.back()) < 0x80 && mark(word.back()))
      word.remove_suffix(1);
    return utf8::lower(word);
  }

  /// Last word of the last line, without its hyphen.
  std::string_view cut_word(size_t hyphen) const {
    const std::string_view line = view(*last_).substr(0, last_->end - last_->begin - hyphen);
    const size_t space = line.find_last_of(" \t");
    return space == std::string_view::npos ? line : line.substr(space + 1);
  }

  uint32_t hyphen_bytes(const Line& line) const {
    const std::string_view text = view(line);
    const uint32_t bytes = text.ends_with("\xC2\xAD")       ? 2
                           : text.ends_with("\xE2\x80\x90") ? 3
                           : text.ends_with("-")            ? 1
                                                            : 0;
    return bytes < text.size() ? bytes : 0;
  }

  enum class Hyphen { None, Keep, Drop };
  Hyphen hyphen_before(const Line& next) const {
    const uint32_t bytes = held_;
    if (bytes == 0) return Hyphen::None;
    if (bytes == 2) return Hyphen::Drop;  // a soft hyphen says so itself
    const std::string_view first = cut_word(bytes);
    std::string_view second = view(next);
    second = second.substr(0, std::min(second.find_first_of(" \t"), second.size()));
    if (first.empty() || second.empty()) return Hyphen::None;
    size_t at = 0;
    if (!utf8::is_lower(utf8::next(second, at))) return Hyphen::Keep;
    size_t back = first.size();
    if (!utf8::is_letter(utf8::prev(first, back))) return Hyphen::Keep;
    const std::string a = bare(first), b = bare(second);
    if (words_.contains(a + b)) return Hyphen::Drop;
    if (words_.contains(a + "-" + b)) return Hyphen::Keep;
    if (first.find('-') != std::string_view::npos) return Hyphen::Keep;  // "state-of-the-"
    return words_.contains(a) && words_.contains(b) && a.size() > 2 && b.size() > 3 ? Hyphen::Keep
                                                                                    : Hyphen::Drop;
  }

  void join(const Line& line, bool paragraph) {
    const Hyphen hyphen = paragraph ? Hyphen::None : hyphen_before(line);
    if (hyphen == Hyphen::Drop) return;
    out_->keep(last_->end - held_, last_->end);
    if (hyphen == Hyphen::Keep) return;
    out_->replace(paragraph ? "\n\n" : "\n", last_->end, line.begin);
  }

  void begin_page(const Line& line, std::vector<Page>& pages, uint32_t number) {
    if (last_ != nullptr) {
      // Inside of a sentence: no stop before, a small letter behind.
      const std::string_view before = view(*last_);
      size_t back = before.size();
      const char32_t end = utf8::prev(before, back);
      size_t at = 0;
      const bool inside =
          (utf8::is_letter(end) || end == ',' || end == '-' || utf8::is_digit(end)) &&
          utf8::is_lower(utf8::next(view(line), at));
      join(line, !inside);
    }
    pages.push_back({out_->size(), number});
  }

  std::string_view text_;
  std::vector<Line> lines_;
  std::vector<PageLines> pages_;
  std::unordered_set<std::string> words_;
  PlainBuilder* out_ = nullptr;
  const Line* last_ = nullptr;
  uint32_t held_ = 0;  // bytes of the hyphen at the end of last_ that is not written yet
};

}  // namespace

Result<TextLayer> layer_of_pages(std::string pages, ContainerMeta meta) {
  TextLayer out;
  out.meta = std::move(meta);
  out.meta.media_type = "application/pdf";
  out.meta.encoding = "UTF-8";
  if (utf8::find_invalid(pages) != std::string::npos) {
    std::string mended;
    for (size_t i = 0; i < pages.size();) utf8::append(mended, utf8::next(pages, i));
    pages = std::move(mended);
    out.notes.push_back(
        {{}, "encoding.damaged", out.meta.file + ": the extracted text was no valid UTF-8"});
  }
  const OffsetMap same;
  PlainBuilder builder(pages, same);
  Pages(pages).build(builder, out.pages);
  if (builder.size() == 0) return Error{Code::BadInput, out.meta.file + ": no text in this PDF"};
  out.plain = builder.take_plain();
  out.map = builder.take_map();
  out.source = std::move(pages);
  return out;
}

}  // namespace readout::text
