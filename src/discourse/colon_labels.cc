// Word by word up to the colon: capitals, titles, the shape of names, false friends. What a label
// is not sure of itself is left to the document as its strength.
#include <algorithm>

#include "core/hash.h"
#include "discourse/label_forms.h"
#include "discourse/label_words.h"

namespace readout::discourse {
namespace {

constexpr uint32_t kLongestLabel = 150;  // bytes up to the colon
constexpr uint32_t kMostLabelWords = 14;

/// "[00:12:31] ", "(12:05) ", "00:12:31 ": behind it, or where the span begins.
uint32_t behind_time_stamp(std::string_view text, Span span) {
  uint32_t i = span.begin;
  const char open = text[i];
  const bool bracket = open == '[' || open == '(';
  if (bracket) ++i;
  uint32_t digits = 0, colons = 0;
  while (i < span.end && (ascii_digit(text[i]) || text[i] == ':' || (text[i] == '.' && bracket))) {
    digits += ascii_digit(text[i]) ? 1 : 0;
    colons += text[i] == ':' ? 1 : 0;
    ++i;
  }
  if (digits < 1 || (!bracket && (colons < 1 || digits < 3))) return span.begin;
  if (bracket) {
    if (i >= span.end || text[i] != (open == '[' ? ']' : ')')) return span.begin;
    ++i;
  }
  const uint32_t behind = skip_space(text, i, span.end);
  return behind > i || bracket ? behind : span.begin;
}

/// "Mr. X, dear Y": what stands behind the comma greets.
bool is_salutation_word(std::string_view text, Span bare, size_t comma) {
  const uint32_t at = skip_space(text, bare.begin + static_cast<uint32_t>(comma) + 1, bare.end);
  const LowerWord next(text.substr(at, std::min<size_t>(5, bare.end - at)));
  return next.view().starts_with("dear") || next.view().starts_with("excel") ||
         next.view().starts_with("ladie");
}

/// "Question from Radio Zenda", "Question 3", "Speaker 2", "Reporter #1": the class of the first
/// word.
LabelClass class_of_first(std::string_view text, Span bare, const Cues& cues) {
  WordStep step(text, bare);
  const Span first = step.next();
  const Span second = step.next();
  if (first.empty() || second.empty()) return LabelClass::None;
  const LabelClass kind =
      cues.label_class(LowerWord(text.substr(first.begin, first.size())).view());
  const std::string_view w = text.substr(second.begin, second.size());
  const LowerWord low(w);
  if (kind == LabelClass::Question &&
      (ascii_digit(w[0]) || low.view() == "from" || low.view() == "by" || low.view() == "to"))
    return kind;
  if (kind == LabelClass::Role && ascii_digit(w[0]) && step.next().empty()) return kind;
  return LabelClass::None;
}

/// Behind what stands before a label: line numbers and time stamps of a transcript, dashes of a
/// list, stray marks.
uint32_t behind_margin(std::string_view text, Span paragraph) {
  const uint32_t end = paragraph.end;
  uint32_t i = behind_time_stamp(text, paragraph);  // "[00:12:31]", "12 "
  if (i >= end) return end;
  if (text[i] == '-' && i + 1 < end && text[i + 1] == ' ') i = skip_space(text, i + 1, end);
  if (const uint32_t mark = i < end ? typographic_mark(text, i) : 0;
      mark == 3 && (text[i + 2] == '\x93' || text[i + 2] == '\x94') &&
      space_length(text, i + 3) != 0) {
    i = skip_space(text, i + 3, end);
  }
  if (i < end && text[i] == '`') ++i;  // a stray mark of the page
  return i;
}

/// "Q. [Radio Zenda] ...": the medium behind the letter belongs to the label.
void take_medium(std::string_view text, uint32_t end, const Cues& cues, Label& label) {
  const uint32_t open = label.content;
  if (open >= end || (text[open] != '[' && text[open] != '(')) return;
  const size_t close =
      text.substr(0, std::min(end, open + 60)).find(text[open] == '[' ? ']' : ')', open);
  if (close == std::string_view::npos || text[close - 1] == '.') return;
  const LowerWord inside(text.substr(open + 1, close - open - 1));
  if (!begins_upper(text.substr(open + 1, 4))) return;
  if (cues.label_class(inside.view()) == LabelClass::False) return;
  label.speaker.end = static_cast<uint32_t>(close) + 1;
  uint32_t behind = label.speaker.end;
  if (behind < end && text[behind] == ':') ++behind;
  label.whole.end = behind;
  behind += emphasis(text, behind, end);
  label.content = skip_space(text, behind, end);
}

/// "Q Thank you", "Q. ...", "Q: ...", "Q1: ...", "A. ...".
std::optional<Label> read_letter_label(std::string_view text, Span rest, const Cues& cues,
                                       bool bare_q) {
  const uint32_t start = rest.begin, end = rest.end;
  const bool question = text[start] == 'Q';
  if (!question && text[start] != 'A') return std::nullopt;
  uint32_t k = start + 1;
  while (k < end && k - start <= 2 && ascii_digit(text[k])) ++k;
  const uint32_t name_end = k;
  const bool mark = k < end && (text[k] == ':' || text[k] == '.');
  if (mark) ++k;
  k += emphasis(text, k, end);
  const bool space = k >= end || space_length(text, k) != 0;
  if (!space || !(mark || (bare_q && question))) return std::nullopt;
  Label label;
  label.speaker = {start, name_end};
  label.whole = {start, mark ? name_end + 1 : name_end};
  label.content = skip_space(text, k, end);
  if (question) take_medium(text, end, cues, label);
  label.kind = question ? LabelClass::Question : LabelClass::Answer;
  // "A." may begin a sentence or a list; the document decides.
  label.strength = question ? Strength::Strong : Strength::Medium;
  label.capitals = true;
  label.words = 1;
  label.key = fnv1a(text.substr(start, 1));
  return label;
}

struct Colon {
  uint32_t at = 0;
  uint32_t bracket = 0;   // the last bracket that opens before it, 0 if none
  uint32_t bold_end = 0;  // where emphasis ends before it, 0 if nowhere
};

/// The colon of a label that begins at `start`: near, in the same line, not inside a time or an
/// address.
std::optional<Colon> find_colon(std::string_view text, uint32_t start, uint32_t end, bool bold,
                                const Cues& cues) {
  const uint32_t stop = std::min(end, start + kLongestLabel);
  Colon colon;
  int depth = 0;
  for (uint32_t i = start; i < stop; ++i) {
    const char c = text[i];
    if (c == '(' || c == '[') {
      if (depth == 0) colon.bracket = i;
      ++depth;
    } else if (c == ')' || c == ']') {
      --depth;
    } else if (c == '\n' || c == '\r' || c == '!' || c == '?' || c == ';' || c == '"') {
      return std::nullopt;
    } else if (c == '.' && depth == 0) {
      // "Mr. X:" goes on, "It is late. Note:" does not.
      if (i + 1 >= end || space_length(text, i + 1) == 0) continue;
      uint32_t w = i;
      while (w > start && wordish(text[w - 1])) --w;
      const std::string_view word = text.substr(w, i - w);
      if (word.size() > 5) return std::nullopt;
      if (!begins_upper(word) && !cues.titles.has(LowerWord(word).view())) return std::nullopt;
    } else if (c == ':' && depth == 0) {
      if (i == start) return std::nullopt;
      colon.at = i;
      if (i + 1 >= end) return colon;
      const char behind = text[i + 1];
      if (space_length(text, i + 1) != 0 || emphasis(text, i + 1, end) != 0 ||
          typographic_mark(text, i + 1) != 0 || behind == '(') {
        return colon;
      }
      // "MR X:Thank you"
      if (ascii_upper(behind) && capitals_word(text.substr(start, i - start))) return colon;
      return std::nullopt;
    } else if ((c == '*' || c == '_') && bold && colon.bold_end == 0) {
      colon.bold_end = i;
    }
  }
  return std::nullopt;
}

/// What the words of a label are like.
struct Shape {
  bool capitals = true;  // no small letters but in particles
  uint32_t small = 0;    // words in small letters that are no particles or titles
  bool digit = false, verb = false, title = false, person = false;
  bool comma = false;   // "X, Minister of Y"
  size_t comma_at = 0;  // from the beginning of the words
  bool named_before_comma = false, title_behind_comma = false;
};

/// Reads the words of `bare`, a label without its brackets; counts them in `label`. Nothing if they
/// are too many or none.
std::optional<Shape> read_shape(std::string_view text, Span bare, const Cues& cues, Label& label) {
  Shape shape;
  shape.comma_at = text.substr(bare.begin, bare.size()).find(',');
  shape.comma = shape.comma_at != std::string_view::npos;
  WordStep step(text, bare);
  for (Span word = step.next(); !word.empty(); word = step.next()) {
    const std::string_view w = text.substr(word.begin, word.size());
    const LowerWord low(w);
    ++label.words;
    if (label.words > kMostLabelWords) return std::nullopt;
    if (ascii_digit(w[0])) {
      shape.digit = true;
      continue;
    }
    const bool title = cues.titles.has(low.view());
    const bool behind_the = label.words == 2 && (text.substr(bare.begin, 3) == "THE" ||
                                                 text.substr(bare.begin, 4) == "The ");
    if (title) {
      shape.title = true;
      if (label.words == 1 || behind_the) label.title = true;
    }
    const bool role = cues.label_class(low.view()) == LabelClass::Role;
    if (shape.comma && word.begin > bare.begin + shape.comma_at) {
      shape.title_behind_comma = shape.title_behind_comma || title || role;
    } else if (!title && begins_upper(w)) {
      shape.named_before_comma = true;
    }
    const bool small_particle = cues.particle(low.view()) && has_small_letter(w);
    if (!capitals_word(w) && !small_particle) shape.capitals = false;
    if (!begins_upper(w) && !small_particle && !(title && label.words > 1)) {
      // "al-Kadhimi" and the like
      const size_t dash = w.find('-');
      if (dash == std::string_view::npos || !begins_upper(w.substr(dash + 1))) ++shape.small;
    }
    if (!has_capital(w) && cues.verbs.has(low.view())) shape.verb = true;
    if (first_or_second_person(low.view()) && !capitals_word(w)) shape.person = true;
    if (low.view() == "i" && label.words > 1 && !shape.capitals) shape.person = true;
  }
  if (label.words == 0) return std::nullopt;
  return shape;
}

/// How much a label in capitals looks like a speaker.
Strength strength_of_capitals(const Label& label, const Shape& shape) {
  if (shape.comma && !label.title) {
    return shape.title_behind_comma && shape.named_before_comma ? Strength::Medium : Strength::Weak;
  }
  if (label.title && label.words == 1) return Strength::Medium;
  if (label.title && !(shape.digit && !shape.title)) return Strength::Strong;
  return shape.title ? Strength::Medium : Strength::Weak;
}

}  // namespace

std::optional<Label> read_colon_label(std::string_view text, Span paragraph, const Cues& cues,
                                      bool bare_q) {
  const uint32_t end = paragraph.end;
  if (paragraph.empty()) return std::nullopt;
  const uint32_t margin = behind_margin(text, paragraph);
  const uint32_t bold = emphasis(text, margin, end);
  const uint32_t start = margin + bold;
  if (start >= end) return std::nullopt;
  if (auto label = read_letter_label(text, {start, end}, cues, bare_q)) return label;
  const auto colon = find_colon(text, start, end, bold > 0, cues);
  if (!colon) return std::nullopt;

  Label label;
  label.whole = {start, colon->at + 1};
  const uint32_t name_end = colon->bold_end != 0 ? colon->bold_end : colon->at;
  label.speaker = trim(text, {start, name_end});
  const uint32_t words_end = colon->bracket > start ? std::min(colon->bracket, name_end) : name_end;
  const Span bare = trim(text, {start, words_end});
  if (bare.empty()) return std::nullopt;
  const uint32_t behind = colon->at + 1;
  label.content = skip_space(text, behind + emphasis(text, behind, end), end);
  const std::string_view words = text.substr(bare.begin, bare.size());
  const LowerWord low(words);
  label.kind = cues.label_class(low.view());
  if (label.kind == LabelClass::None) label.kind = class_of_first(text, bare, cues);
  label.key = fnv1a(low.view().empty() ? words : low.view());
  const auto shape = read_shape(text, bare, cues, label);
  if (!shape || label.kind == LabelClass::False) return std::nullopt;
  label.capitals = shape->capitals;
  if (label.kind != LabelClass::None) {
    // "QUESTION:" and "Question:"; "question:" in small letters is a word of the text.
    if (!label.capitals && !begins_upper(words.substr(0, 4))) return std::nullopt;
    const bool sure = label.capitals || label.kind != LabelClass::Role || bold > 0;
    label.strength = sure ? Strength::Strong : Strength::Medium;
    return label;
  }
  // "Foreign Minister of Georgia, speaking first:" has small words, but it opens with an office.
  if (shape->verb || shape->person || shape->small > 0) return std::nullopt;
  if (label.capitals) {
    if (label.words > (shape->title ? kMostLabelWords : 7)) return std::nullopt;
    label.strength = strength_of_capitals(label, *shape);
    return label;
  }
  if (shape->digit && !label.title) return std::nullopt;
  // "Mr. President, Dear Joe:" is a salutation; "X, Minister of Y:" names who speaks.
  if (shape->comma &&
      (!shape->named_before_comma || is_salutation_word(text, bare, shape->comma_at)))
    return std::nullopt;
  label.strength = Strength::Medium;
  if (label.title && label.words >= 2) {
    if (shape->comma && !shape->title_behind_comma && label.speaker.size() < 40)
      return std::nullopt;
    return label;
  }
  if (shape->comma && shape->title_behind_comma) return label;
  if (label.words > 6) return std::nullopt;
  label.strength = Strength::Weak;
  return label;
}

}  // namespace readout::discourse
