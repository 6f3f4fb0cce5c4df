// Lines first (one pass), then the width of the page, then joining.
#include "discourse/paragraphs.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "discourse/scan.h"

namespace readout::discourse {
namespace {

// A page is at most this wide; longer lines are paragraphs.
constexpr uint32_t kWidestPage = 132;

struct Line {
  Span span;
  uint32_t indent = 0;  // blanks before it
  uint32_t width = 0;   // characters, near enough; kWidestPage + 1 for more
  uint32_t first_word = 0;
  bool gap = false;  // empty line before it
  bool hinted = false;
  bool boundary = false;  // the markup begins something new here
  BlockRole role = BlockRole::Narration;
};

/// Length of a line break at `i`: \n, \r\n, \r, or U+2028/2029; 0 if none.
uint32_t break_length(std::string_view text, uint32_t i) {
  const char c = text[i];
  if (c == '\n') return 1;
  if (c == '\r') return i + 1 < text.size() && text[i + 1] == '\n' ? 2 : 1;
  if (c == '\xE2' && i + 2 < text.size() && text[i + 1] == '\x80' &&
      (text[i + 2] == '\xA8' || text[i + 2] == '\xA9')) {
    return 3;
  }
  return 0;
}

/// Next line break from `i` on. memchr for the common case; \r and U+2028 only if the text has any.
class LineEnds {
 public:
  explicit LineEnds(std::string_view text)
      : text_(text),
        odd_(text.find('\r') != std::string_view::npos ||
             text.find("\xE2\x80\xA8") != std::string_view::npos ||
             text.find("\xE2\x80\xA9") != std::string_view::npos) {}
  uint32_t next(uint32_t i) const {
    if (!odd_) {
      const size_t at = text_.find('\n', i);
      return static_cast<uint32_t>(std::min(at, text_.size()));
    }
    while (i < text_.size() && break_length(text_, i) == 0) ++i;
    return i;
  }

 private:
  std::string_view text_;
  bool odd_;
};

std::vector<Line> find_lines(std::string_view text, const std::vector<BlockHint>& hints) {
  std::vector<Line> lines;
  const LineEnds ends(text);
  const auto size = static_cast<uint32_t>(text.size());
  size_t hint = 0;
  bool gap = false;
  for (uint32_t i = 0; i < size;) {
    uint32_t end = ends.next(i);
    const uint32_t behind = end < size ? end + break_length(text, end) : end;
    // Parts of the line between the markup's boundaries.
    uint32_t from = i;
    bool first_part = true;
    while (from < end || first_part) {
      while (hint < hints.size() && hints[hint].span.end <= from) ++hint;
      uint32_t to = end;
      bool inside = false;
      if (hint < hints.size()) {
        const Span span = hints[hint].span;
        if (span.begin <= from) {
          inside = true;
          to = std::min(to, span.end);
        } else {
          to = std::min(to, span.begin);
        }
      }
      Line line;
      line.span = trim(text, {from, to});
      if (!line.span.empty()) {
        line.indent = line.span.begin - from;
        line.gap = gap || lines.empty();
        line.hinted = inside;
        if (inside) line.role = hints[hint].role;
        line.boundary =
            (inside && hints[hint].span.begin >= i && hints[hint].span.begin <= line.span.begin) ||
            !first_part || (!lines.empty() && lines.back().hinted != inside);
        if (!line.boundary && inside && !lines.empty())
          line.boundary = lines.back().span.end <= hints[hint].span.begin;
        lines.push_back(line);
        gap = false;
      } else if (first_part && to == end) {
        gap = true;
      }
      first_part = false;
      if (to <= from) break;
      from = to;
    }
    i = behind;
  }
  return lines;
}

/// Characters of a span, near enough: bytes that begin one. Stops counting at the widest page.
uint32_t width_of(std::string_view text, Span span) {
  uint32_t n = 0;
  for (uint32_t i = span.begin; i < span.end && n <= kWidestPage; ++i)
    n += (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
  return n;
}

uint32_t first_word_width(std::string_view text, Span span) {
  uint32_t end = span.begin;
  while (end < span.end && !blank(text[end])) ++end;
  return width_of(text, {span.begin, end});
}

/// The first word of `next` would not have fitted behind `line`. A ragged page leaves up to an
/// eighth empty.
bool fills(const Line& line, const Line& next, uint32_t page) {
  return line.width + line.indent + 1 + next.first_word + page / 8 > page;
}

/// Width of the page if the text is filled to one, else 0.
uint32_t page_width(std::string_view text, std::vector<Line>& lines) {
  uint32_t pairs = 0;
  for (size_t k = 0; k + 1 < lines.size(); ++k)
    pairs += !lines[k + 1].gap && !lines[k + 1].boundary ? 1 : 0;
  if (pairs < 3) return 0;
  for (Line& line : lines) {
    line.width = width_of(text, line.span);
    line.first_word = first_word_width(text, line.span);
  }
  uint32_t narrow = 0;
  std::array<uint32_t, kWidestPage + 1> widths{};  // how many lines are that wide
  for (size_t k = 0; k + 1 < lines.size(); ++k) {
    if (lines[k + 1].gap || lines[k + 1].boundary || lines[k].width > kWidestPage) continue;
    ++narrow;
    ++widths[std::min(lines[k].width + lines[k].indent, kWidestPage)];
  }
  if (narrow * 10 < pairs * 9) return 0;
  uint32_t page = 0;
  for (uint32_t seen = 0; page < kWidestPage; ++page) {
    seen += widths[page];
    if (seen * 100 >= narrow * 95) break;
  }
  if (page < 30) return 0;
  uint32_t filled = 0;
  for (size_t k = 0; k + 1 < lines.size(); ++k) {
    if (lines[k + 1].gap || lines[k + 1].boundary || lines[k].width > kWidestPage) continue;
    filled += fills(lines[k], lines[k + 1], page) ? 1 : 0;
  }
  return filled * 10 >= narrow * 6 ? page : 0;
}

bool all_capitals(std::string_view text, Span span) {
  uint32_t upper = 0;
  for (uint32_t i = span.begin; i < span.end; ++i) {
    if (ascii_lower(text[i])) return false;
    upper += ascii_upper(text[i]) ? 1 : 0;
  }
  return upper >= 2;
}

/// "NAME:" in capitals at the head of a line.
bool capital_label(std::string_view text, Span span) {
  const uint32_t stop = std::min(span.end, span.begin + 60);
  uint32_t letters = 0;
  for (uint32_t i = span.begin; i < stop; ++i) {
    if (text[i] == ':') return letters >= 1;
    if (ascii_lower(text[i])) return false;
    letters += ascii_upper(text[i]) ? 1 : 0;
  }
  return false;
}

/// Heading marks ("# ", "## ") do not belong to the paragraph.
Span without_marks(std::string_view text, Span span) {
  uint32_t i = span.begin;
  while (i < span.end && text[i] == '#') ++i;
  if (i > span.begin && i - span.begin <= 6 && i < span.end && blank(text[i]))
    span.begin = skip_space(text, i, span.end);
  return span;
}

}  // namespace

uint32_t leading_dash(std::string_view text, Span span) {
  uint32_t i = span.begin;
  if (i >= span.end) return 0;
  if (text[i] == '-') {
    i += 1;
    if (i < span.end && text[i] == '-') ++i;
  } else if (text[i] == '\xE2' && i + 2 < span.end && text[i + 1] == '\x80' &&
             (text[i + 2] == '\x93' || text[i + 2] == '\x94' || text[i + 2] == '\x95')) {
    i += 3;
  } else {
    return 0;
  }
  const uint32_t behind = skip_space(text, i, span.end);
  if (behind == i && (i >= span.end || text[span.begin] == '-')) return 0;  // "-5", "--"
  return behind - span.begin;
}

uint32_t list_marker(std::string_view text, Span span) {
  uint32_t i = span.begin;
  const auto blank_behind = [&](uint32_t k) { return k >= span.end || space_length(text, k) != 0; };
  if (i >= span.end) return 0;
  if (const uint32_t dash = leading_dash(text, span); dash != 0) return dash;
  if ((text[i] == '*' || text[i] == '+' || text[i] == 'o') && i + 1 < span.end &&
      text[i + 1] == ' ')
    return 2;
  if (text[i] == '\xE2' && i + 3 < span.end &&
      ((text[i + 1] == '\x80' && (text[i + 2] == '\xA2' || text[i + 2] == '\xA3')) ||
       (text[i + 1] == '\x96' && static_cast<unsigned char>(text[i + 2]) >= 0xA0) ||
       text[i + 1] == '\x97')) {
    return skip_space(text, i + 3, span.end) - i;
  }
  if (text[i] == '\xC2' && i + 2 < span.end && text[i + 1] == '\xB7')
    return skip_space(text, i + 2, span.end) - i;
  const bool bracket = text[i] == '(';
  if (bracket) ++i;
  const uint32_t from = i;
  while (i < span.end && ascii_digit(text[i]) && i - from < 3) ++i;
  const bool number = i > from;
  if (number) {
    while (i + 1 < span.end && text[i] == '.' && ascii_digit(text[i + 1])) {
      ++i;
      while (i < span.end && ascii_digit(text[i])) ++i;
    }
  } else {
    while (i < span.end && i - from < 4 && std::strchr("ivxIVX", text[i]) != nullptr) ++i;
    if (i == from && i < span.end && ascii_alpha(text[i])) ++i;
    if (i == from) return 0;
    if (i < span.end && wordish(text[i])) {
      i = from + 1;
      if (!ascii_alpha(text[from])) return 0;
    }
  }
  if (bracket) {
    if (i >= span.end || text[i] != ')') return 0;
    return blank_behind(i + 1) ? skip_space(text, i + 1, span.end) - span.begin : 0;
  }
  if (i >= span.end || (text[i] != '.' && text[i] != ')')) return 0;
  if (text[i] == '.' && !number) return 0;  // "J. Smith", "I. The"
  return blank_behind(i + 1) ? skip_space(text, i + 1, span.end) - span.begin : 0;
}

bool ends_sentence(std::string_view text, Span span) {
  uint32_t i = span.end;
  while (i > span.begin) {
    const char c = text[i - 1];
    if (c == '.' || c == '!' || c == '?' || c == ':' || c == ';') return true;
    if (c == '"' || c == '\'' || c == ')' || c == ']' || c == '*' || c == '_') {
      --i;
      continue;
    }
    if (i - span.begin >= 3 && text[i - 3] == '\xE2' && text[i - 2] == '\x80') {
      const char last = text[i - 1];
      if (last == '\x9D' || last == '\x99') {  // closing quotes
        i -= 3;
        continue;
      }
      return last == '\xA6' || last == '\x94' || last == '\x93';  // ellipsis, dashes
    }
    if (i - span.begin >= 2 && text[i - 2] == '\xC2' && text[i - 1] == '\xBB') {
      i -= 2;
      continue;
    }
    return false;
  }
  return false;
}

std::vector<Paragraph> find_paragraphs(std::string_view text, const std::vector<BlockHint>& hints) {
  std::vector<Line> lines = find_lines(text, hints);
  const uint32_t page = page_width(text, lines);
  std::vector<Paragraph> out;
  out.reserve(page == 0 ? lines.size() : lines.size() / 4 + 1);
  for (size_t k = 0; k < lines.size(); ++k) {
    const Line& line = lines[k];
    bool join = false;
    if (page != 0 && k > 0 && !line.gap && !line.boundary && lines[k - 1].role == line.role) {
      const Line& last = lines[k - 1];
      const bool filled = fills(last, line, page);
      const bool special = list_marker(text, line.span) != 0 || capital_label(text, line.span) ||
                           (line.indent >= last.indent + 2 && ends_sentence(text, last.span) &&
                            out.back().span.begin != last.span.begin);
      const bool heading = !filled && all_capitals(text, last.span);
      join = !special && !heading && (filled || !ends_sentence(text, last.span));
      if (!join && !special && !heading && begins_lower(text.substr(line.span.begin, 4)))
        join = true;
    }
    if (join) {
      out.back().span.end = line.span.end;
      continue;
    }
    Paragraph paragraph;
    paragraph.span = line.hinted ? line.span : without_marks(text, line.span);
    paragraph.role = line.role;
    paragraph.hinted = line.hinted && line.role != BlockRole::Narration;
    paragraph.gap = line.gap;
    if (paragraph.span.empty()) continue;
    out.push_back(paragraph);
  }
  // A paragraph that stops in mid-sentence and reads on in small letters.
  for (size_t k = 1; k < out.size(); ++k) {
    const Paragraph& last = out[k - 1];
    Paragraph& here = out[k];
    if (here.hinted || last.hinted || !begins_lower(text.substr(here.span.begin, 4))) continue;
    if (ends_sentence(text, last.span) || last.span.size() < 30 ||
        list_marker(text, here.span) != 0)
      continue;
    // A list of names or terms in small letters is no cut sentence.
    if (here.span.size() < 12 && !ends_sentence(text, here.span)) continue;
    here.continues = true;
  }
  return out;
}

}  // namespace readout::discourse
