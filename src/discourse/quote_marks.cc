// One pass over each block with a stack of open marks. What a mark does is told by its kind where the
// kind is one-sided, and by its neighbours where it is not: a mark behind a blank and before a letter
// opens, one behind a letter or stop closes. Single marks are apostrophes unless they pair.
#include "discourse/quote_marks.h"

#include <algorithm>

#include "discourse/scan.h"

namespace readout::discourse {
namespace {

enum class Kind : uint8_t { None, Straight, Curly, Angle, Single, Ticks };
enum class Side : uint8_t { Open, Close, Either };

struct Mark {
  Kind kind = Kind::None;
  Side side = Side::Either;
  uint32_t length = 0;
};

Mark read_mark(std::string_view text, uint32_t i) {
  const auto at = [&](uint32_t k) { return k < text.size() ? static_cast<unsigned char>(text[k]) : 0U; };
  switch (at(i)) {
    case '"': return {Kind::Straight, Side::Either, 1};
    case '\'':
      if (at(i + 1) == '\'') return {Kind::Ticks, Side::Close, 2};
      return {Kind::Single, Side::Either, 1};
    case '`':
      if (at(i + 1) == '`') return {Kind::Ticks, Side::Open, 2};
      return {};
    case 0xC2:
      if (at(i + 1) == 0xAB) return {Kind::Angle, Side::Open, 2};
      if (at(i + 1) == 0xBB) return {Kind::Angle, Side::Close, 2};
      return {};
    case 0xE2:
      if (at(i + 1) != 0x80) return {};
      switch (at(i + 2)) {
        case 0x98: return {Kind::Single, Side::Open, 3};
        case 0x99: return {Kind::Single, Side::Close, 3};
        case 0x9C: return {Kind::Curly, Side::Open, 3};
        case 0x9D: return {Kind::Curly, Side::Close, 3};
        case 0x9E: return {Kind::Curly, Side::Open, 3};
        case 0x9F: return {Kind::Curly, Side::Open, 3};
        default: return {};
      }
    default: return {};
  }
}

/// Kinds that close each other: a typist mixes straight and curly ones.
bool match(Kind open, Kind close) {
  if (open == close) return true;
  const auto both = [](Kind k) { return k == Kind::Straight || k == Kind::Curly || k == Kind::Ticks; };
  return both(open) && both(close);
}

class BlockMarks {
 public:
  BlockMarks(std::string_view text, Span block) : text_(text), block_(block) {}

  struct Open {
    uint32_t at, length;
    Kind kind;
    size_t row;  // in `found`
  };

  void scan() {
    for (uint32_t i = block_.begin; i < block_.end;) {
      const Mark mark = read_mark(text_, i);
      if (mark.length == 0) {
        ++i;
        continue;
      }
      step(mark, i);
      i += mark.length;
    }
  }

  /// First mark of the block, if the block begins with one that opens.
  Mark head() const {
    const Mark mark = read_mark(text_, block_.begin);
    return mark.length != 0 && opens(mark, block_.begin) ? mark : Mark{};
  }

  std::vector<Marked> found;
  std::vector<Open> stack;
  std::vector<uint32_t> lone;  // closing marks with nothing to close

 private:
  bool blank_before(uint32_t i) const {
    if (i == block_.begin) return true;
    const char c = text_[i - 1];
    if (blank(c) || c == '(' || c == '[' || c == '/' || c == '-' || c == '"' || c == '\'') return true;
    if (i >= 3 && high(c)) {
      const std::string_view last = text_.substr(i - 3, 3);
      return last == "\xE2\x80\x94" || last == "\xE2\x80\x93" || last == "\xE2\x80\x9C" || last == "\xE2\x80\x98" ||
             last == "\xE2\x80\x9E" || (i >= 2 && text_.substr(i - 2, 2) == "\xC2\xA0");
    }
    return false;
  }
  bool letter_after(uint32_t i) const {
    if (i >= block_.end) return false;
    const char c = text_[i];
    if (wordish(c) && typographic_mark(text_, i) == 0) return true;
    if (c == '$' || c == '[' || c == '(' || c == '.' || c == '#' || c == '"' || c == '\'') return i + 1 < block_.end;
    const Mark next = read_mark(text_, i);
    return next.length != 0 && next.side != Side::Close;
  }
  bool wordish_at(uint32_t i) const { return i < block_.end && wordish(text_[i]) && typographic_mark(text_, i) == 0; }

  bool opens(const Mark& mark, uint32_t i) const {
    if (mark.side == Side::Open) {
      if (mark.kind != Kind::Single) return true;
      return letter_after(i + mark.length) && closes_later(i + mark.length);
    }
    const bool shape = blank_before(i) && letter_after(i + mark.length);
    if (!shape) return false;
    if (mark.kind == Kind::Angle) return stack.empty();
    if (mark.side == Side::Close) return mark.kind == Kind::Curly && stack.empty();  // ”text” of the North
    if (mark.kind == Kind::Single) {
      const uint32_t next = i + mark.length;
      if (ascii_digit(text_[next]) && next + 1 < block_.end && ascii_digit(text_[next + 1])) return false;  // '90s
      return closes_later(next);
    }
    return true;
  }

  /// A single mark that could close follows in this block.
  bool closes_later(uint32_t from) const {
    const uint32_t stop = std::min(block_.end, from + 1500);
    for (uint32_t i = from; i < stop;) {
      const Mark mark = read_mark(text_, i);
      if (mark.kind == Kind::Single && single_closes(i, mark.length) && i > from) return true;
      i += mark.length == 0 ? 1 : mark.length;
    }
    return false;
  }
  bool single_closes(uint32_t i, uint32_t length) const {
    return i > block_.begin && !blank(text_[i - 1]) && !wordish_at(i + length);
  }

  void step(const Mark& mark, uint32_t i) {
    if (mark.kind == Kind::Single) {
      // Close the innermost single quotation; a plural's apostrophe is passed over when a better one follows.
      if (mark.side != Side::Open && !stack.empty() && stack.back().kind == Kind::Single && single_closes(i, mark.length)) {
        const bool plural = text_[i - 1] == 's' && i + mark.length < block_.end && blank(text_[i + mark.length]);
        if (!plural || !another_close(i + mark.length)) {
          close(i, mark.length);
          return;
        }
        return;
      }
      if (opens(mark, i)) open(mark, i);
      return;
    }
    const bool inside = std::any_of(stack.begin(), stack.end(), [&](const Open& o) { return match(o.kind, mark.kind); });
    if (mark.side == Side::Open && inside && !blank_before(i) && !stack.empty() && match(stack.back().kind, mark.kind)) {
      close(i, mark.length);  // „text“
      return;
    }
    if (mark.side == Side::Close || mark.side == Side::Either) {
      const bool shape_opens = opens(mark, i);
      if (inside && !(mark.side == Side::Either && shape_opens)) {
        while (!match(stack.back().kind, mark.kind)) drop();  // an apostrophe taken for a mark
        close(i, mark.length);
        return;
      }
      if (inside && shape_opens && stack.back().at + stack.back().length == i) return;
      if (shape_opens) {
        open(mark, i);
      } else {
        lone.push_back(i);
      }
      return;
    }
    open(mark, i);
  }

  bool another_close(uint32_t from) const {
    for (uint32_t i = from; i < block_.end;) {
      const Mark mark = read_mark(text_, i);
      if (mark.kind == Kind::Single) {
        if (mark.side == Side::Open || (mark.side == Side::Either && blank_before(i) && letter_after(i + mark.length))) return false;
        if (single_closes(i, mark.length)) return true;
      }
      i += mark.length == 0 ? 1 : mark.length;
    }
    return false;
  }

  void open(const Mark& mark, uint32_t i) {
    Marked row;
    row.outer = {i, i};
    row.inner = {i + mark.length, i + mark.length};
    row.depth = static_cast<uint8_t>(std::min<size_t>(stack.size(), 200));
    stack.push_back({i, mark.length, mark.kind, found.size()});
    found.push_back(row);
  }
  void close(uint32_t i, uint32_t length) {
    Marked& row = found[stack.back().row];
    row.inner.end = i;
    row.outer.end = i + length;
    stack.pop_back();
  }
  void drop() { stack.pop_back(); }  // its row keeps an empty span and is removed later

  std::string_view text_;
  Span block_;
};

}  // namespace

uint32_t quotation_mark(std::string_view text, uint32_t i) { return read_mark(text, i).length; }

std::vector<Marked> find_marked(std::string_view text, const std::vector<Block>& blocks) {
  std::vector<Marked> all;
  // The outermost piece that the block before left open: its row in `all`, or none.
  size_t left_open = SIZE_MAX;
  for (size_t b = 0; b < blocks.size(); ++b) {
    BlockMarks marks(text, blocks[b].span);
    marks.scan();
    const Span block = blocks[b].span;
    bool goes_on = false;
    if (left_open != SIZE_MAX) {
      const bool opens_anew = !marks.found.empty() && marks.found.front().outer.begin == block.begin;
      if (opens_anew) {
        goes_on = true;
      } else if (!marks.lone.empty() && (marks.found.empty() || marks.lone.front() < marks.found.front().outer.begin)) {
        // opened once, closed here
        Marked row;
        row.outer = {block.begin, marks.lone.front() + quotation_mark(text, marks.lone.front())};
        row.inner = {block.begin, marks.lone.front()};
        row.continues = true;
        all[left_open].continued = true;
        all.push_back(row);
        left_open = SIZE_MAX;
      }
    }
    // What is still open at the end of the block: the outermost one runs to the end if it began the
    // block, follows a colon or speech goes on in the next block; others lost their mark.
    size_t unclosed = SIZE_MAX;
    for (const auto& open : marks.stack) {
      if (unclosed == SIZE_MAX && open.kind != Kind::Single) unclosed = open.row;
    }
    if (unclosed != SIZE_MAX) {
      Marked& row = marks.found[unclosed];
      row.outer.end = row.inner.end = block.end;
      row.open_ended = true;
    }
    if (goes_on && !marks.found.empty() && !marks.found.front().inner.empty()) {
      marks.found.front().continues = true;
      all[left_open].continued = true;
    }
    size_t kept_open = SIZE_MAX;
    for (size_t i = 0; i < marks.found.size(); ++i) {
      Marked row = marks.found[i];
      row.inner = trim(text, row.inner);
      if (row.inner.empty()) continue;
      if (i == unclosed) kept_open = all.size();
      all.push_back(row);
    }
    left_open = kept_open;
  }
  // An open-ended piece that nothing continues: a mark is missing. It is kept if it begins its block;
  // in mid-paragraph it ends with its sentence at the latest, which the caller knows better.
  std::stable_sort(all.begin(), all.end(), [](const Marked& a, const Marked& b) {
    return a.outer.begin != b.outer.begin ? a.outer.begin < b.outer.begin : a.outer.end > b.outer.end;
  });
  return all;
}

}  // namespace readout::discourse
