// Labels are read word by word: capitals, titles, name shape, false friends. Introductions are read
// from the colon backwards: verb of speech, then its subject up to the clause's beginning.
#include "discourse/labels.h"

#include <algorithm>
#include <array>

#include "core/hash.h"
#include "discourse/paragraphs.h"

namespace readout::discourse {
namespace {

constexpr uint32_t kLongestLabel = 150;  // bytes up to the colon
constexpr uint32_t kMostLabelWords = 14;

/// Lower-case ASCII copy in a fixed buffer.
class LowerWord {
 public:
  explicit LowerWord(std::string_view word) {
    size_ = std::min(word.size(), buffer_.size());
    for (size_t i = 0; i < size_; ++i) buffer_[i] = lower(word[i]);
    if (word.size() > buffer_.size()) size_ = 0;
  }
  std::string_view view() const { return {buffer_.data(), size_}; }

 private:
  std::array<char, 64> buffer_{};
  size_t size_ = 0;
};

bool particle(std::string_view word) {
  static constexpr std::array<std::string_view, 26> kParticles = {
      "al",  "an", "and", "ben", "bin", "da", "de", "del", "della", "den", "der", "di",  "do",
      "dos", "du", "el",  "for", "ibn", "la", "le", "of",  "oglu",  "the", "van", "von", "y"};
  return std::binary_search(kParticles.begin(), kParticles.end(), word) || word == "qizi" ||
         word == "ogly";
}

bool has_small_letter(std::string_view word) {
  for (size_t i = 0; i < word.size();) {
    if (utf8::is_lower(utf8::next(word, i))) return true;
  }
  return false;
}
bool has_capital(std::string_view word) {
  for (size_t i = 0; i < word.size();) {
    if (utf8::is_upper(utf8::next(word, i))) return true;
  }
  return false;
}

/// "McKEON", "MacGREGOR", "von der LEYEN": counts as capitals.
bool capitals_word(std::string_view word) {
  if (!has_small_letter(word)) return has_capital(word);
  if (word.size() > 3 && word[0] == 'M' && word[1] == 'c') return !has_small_letter(word.substr(2));
  if (word.size() > 4 && word.substr(0, 3) == "Mac") return !has_small_letter(word.substr(3));
  // "THOMAS-Greenfield's" plural marks: "DPs" no.
  return false;
}

bool is_pronoun_subject(std::string_view word) {
  return word == "he" || word == "she" || word == "they";
}

bool first_or_second_person(std::string_view word) {
  return word == "i" || word == "we" || word == "you" || word == "my" || word == "our" ||
         word == "your" || word == "me" || word == "us";
}

uint32_t emphasis(std::string_view text, uint32_t i, uint32_t end) {
  uint32_t n = 0;
  while (i + n < end && n < 3 && (text[i + n] == '*' || text[i + n] == '_')) ++n;
  return n;
}

}  // namespace

uint32_t sentence_end(std::string_view text, uint32_t begin, uint32_t end) {
  for (uint32_t i = begin; i < end; ++i) {
    const char c = text[i];
    if (c != '.' && c != '!' && c != '?') continue;
    uint32_t k = i + 1;
    while (k < end && (text[k] == '"' || text[k] == ')' || text[k] == '\'' || text[k] == '.' ||
                       text[k] == '!' || text[k] == '?'))
      ++k;
    if (k + 2 < end && text[k] == '\xE2' && text[k + 1] == '\x80' &&
        (text[k + 2] == '\x9D' || text[k + 2] == '\x99'))
      k += 3;
    if (k >= end) return end;
    const uint32_t next = skip_space(text, k, end);
    if (next == k) continue;
    if (next >= end) return end;
    if (c == '.') {
      // "Mr. X", "J. X", "U.S. forces", "No. 5": a short capitalised word before the stop.
      uint32_t w = i;
      while (w > begin && (wordish(text[w - 1]) || text[w - 1] == '.')) --w;
      const std::string_view word = text.substr(w, i - w);
      if (word.size() <= 4 && !word.empty() && begins_upper(word)) continue;
      if (word.find('.') != std::string_view::npos) continue;
      if (begins_lower(text.substr(next, 4))) continue;
    }
    return k;
  }
  return end;
}

namespace {

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

/// "Mr. HOLDEN. I rise ...", "The PRESIDING OFFICER. ...", "The President. ...": a title, a name in
/// capitals or an office, then a full stop, as minutes of parliaments write it. A name in small
/// letters behind a title ("Chancellor Kohl. We ...") is read too: no sentence is made so.
std::optional<Label> read_stopped_label(std::string_view text, Span paragraph, const Cues& cues) {
  const uint32_t stop = std::min(paragraph.end, paragraph.begin + 60);
  WordStep step(text, {paragraph.begin, stop});
  uint32_t words = 0;
  bool title = false, article = false, capitals = false, name = false;
  Span last{paragraph.begin, paragraph.begin};
  for (Span word = step.next(); !word.empty(); word = step.next(), ++words) {
    const std::string_view w = text.substr(word.begin, word.size());
    // Only blanks, or the stop of a title or initial, between the words.
    for (uint32_t k = last.end; k < word.begin; ++k) {
      const bool abbreviation =
          text[k] == '.' && (last.size() == 1 || (words == 1 && last.size() <= 4));
      if (text[k] != ' ' && !abbreviation) return std::nullopt;
    }
    const LowerWord low(w);
    if (words == 0 && low.view() == "the") {
      article = true;
    } else if (cues.titles.has(low.view()) && !capitals) {
      if (!begins_upper(w)) return std::nullopt;
      title = true;
    } else if (w.find('.') != std::string_view::npos) {
      return std::nullopt;  // "The U.S. Department": an abbreviation, no name
    } else if (capitals_word(w) && w.size() >= 2) {
      capitals = true;
    } else if (begins_upper(w) && title && words <= 5) {
      name = true;
    } else if (!(particle(low.view()) && (capitals || title))) {
      return std::nullopt;
    }
    last = word;
    if (word.end < stop && text[word.end] == '.') {
      const uint32_t next = skip_space(text, word.end + 1, paragraph.end);
      const bool abbreviation = w.size() == 1 || (words == 0 && w.size() <= 4);
      if (!abbreviation && next > word.end + 1 &&
          (begins_upper(text.substr(next, 4)) || text[next] == '(' || text[next] == '"' ||
           text[next] == '['))
        break;
      if (!abbreviation) return std::nullopt;
    }
  }
  if (words > 6 || last.end >= stop || text[last.end] != '.') return std::nullopt;
  Label label;
  label.speaker = {paragraph.begin, last.end};
  label.whole = {paragraph.begin, last.end + 1};
  const LowerWord whole(text.substr(label.speaker.begin, label.speaker.size()));
  label.kind = cues.label_class(whole.view());
  if (label.kind == LabelClass::False) return std::nullopt;
  const bool office = article && title && label.kind == LabelClass::Role;
  if (!office && !((title || article) && capitals) && !(title && name)) return std::nullopt;
  label.content = skip_space(text, last.end + 1, paragraph.end);
  label.key = fnv1a(whole.view());
  label.capitals = capitals;
  label.title = true;
  label.words = words + 1;
  // A lone one is a sentence fragment; the document must repeat it or have others.
  label.strength = capitals ? Strength::Medium : Strength::Weak;
  label.stopped = true;
  return label;
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

std::optional<Label> read_colon_label(std::string_view text, Span paragraph, const Cues& cues,
                                      bool bare_q) {
  uint32_t i = paragraph.begin;
  const uint32_t end = paragraph.end;
  if (i >= end) return std::nullopt;
  // Line numbers and time stamps of a transcript: "[00:12:31]", "12 "
  i = behind_time_stamp(text, {i, end});
  if (i >= end) return std::nullopt;
  if (text[i] == '-' && i + 1 < end && text[i + 1] == ' ') i = skip_space(text, i + 1, end);
  if (const uint32_t mark = i < end ? typographic_mark(text, i) : 0;
      mark == 3 && (text[i + 2] == '\x93' || text[i + 2] == '\x94') &&
      space_length(text, i + 3) != 0) {
    i = skip_space(text, i + 3, end);
  }
  if (i < end && text[i] == '`') ++i;  // a stray mark of the page
  const uint32_t bold = emphasis(text, i, end);
  i += bold;
  if (i >= end) return std::nullopt;
  const uint32_t start = i;

  if (text[i] == 'Q' || text[i] == 'A') {
    // "Q Thank you", "Q. ...", "Q: ...", "Q    "
    uint32_t k = i + 1;
    while (k < end && k - i <= 2 && ascii_digit(text[k])) ++k;
    uint32_t name_end = k;
    bool mark = false;
    if (k < end && (text[k] == ':' || text[k] == '.')) {
      mark = true;
      ++k;
    }
    k += emphasis(text, k, end);
    const bool space = k >= end || space_length(text, k) != 0;
    if (space && (mark || (bare_q && text[i] == 'Q'))) {
      Label label;
      label.whole = {start, std::max(name_end, mark ? name_end + 1 : name_end)};
      label.content = skip_space(text, k, end);
      // "Q. [Radio Zenda] ...": the medium belongs to the label.
      if (label.content < end && (text[label.content] == '[' || text[label.content] == '(') &&
          text[i] == 'Q') {
        const size_t close = text.substr(0, std::min(end, label.content + 60))
                                 .find(text[label.content] == '[' ? ']' : ')', label.content);
        const LowerWord inside(close == std::string_view::npos
                                   ? std::string_view()
                                   : text.substr(label.content + 1, close - label.content - 1));
        if (close != std::string_view::npos && begins_upper(text.substr(label.content + 1, 4)) &&
            text[close - 1] != '.' && cues.label_class(inside.view()) != LabelClass::False) {
          name_end = static_cast<uint32_t>(close) + 1;
          uint32_t behind = name_end;
          if (behind < end && text[behind] == ':') ++behind;
          label.whole.end = behind;
          behind += emphasis(text, behind, end);
          label.content = skip_space(text, behind, end);
        }
      }
      label.speaker = {start, name_end};
      label.kind = text[start] == 'Q' ? LabelClass::Question : LabelClass::Answer;
      // "A." may begin a sentence or a list; the document decides.
      label.strength = text[start] == 'Q' ? Strength::Strong : Strength::Medium;
      label.capitals = true;
      label.words = 1;
      label.key = fnv1a(text.substr(start, 1));
      return label;
    }
  }

  // The colon: near, in the same line, not inside a time or an address.
  const uint32_t stop = std::min(end, start + kLongestLabel);
  uint32_t colon = start;
  int depth = 0;
  uint32_t paren = 0;
  uint32_t bold_end = 0;
  while (colon < stop) {
    const char c = text[colon];
    if (c == '(' || c == '[') {
      if (depth == 0) paren = colon;
      ++depth;
    } else if (c == ')' || c == ']') {
      --depth;
    } else if (c == '\n' || c == '\r' || c == '!' || c == '?' || c == ';' || c == '"') {
      return std::nullopt;
    } else if (c == '.' && depth == 0) {
      // "Mr. X:" goes on, "It is late. Note:" does not.
      const uint32_t next = colon + 1;
      if (next < end && space_length(text, next) != 0) {
        uint32_t w = colon;
        while (w > start && wordish(text[w - 1])) --w;
        const uint32_t length = colon - w;
        if (length > 5 || !(begins_upper(text.substr(w, length)) ||
                            cues.titles.has(LowerWord(text.substr(w, length)).view())))
          return std::nullopt;
      }
    } else if (c == ':' && depth == 0) {
      if (colon + 1 >= end || space_length(text, colon + 1) != 0 ||
          emphasis(text, colon + 1, end) != 0 || typographic_mark(text, colon + 1) != 0 ||
          text[colon + 1] == '(') {
        break;
      }
      if (ascii_digit(text[colon + 1]) || text[colon + 1] == '/') return std::nullopt;
      if (ascii_upper(text[colon + 1]) && capitals_word(text.substr(start, colon - start)))
        break;  // "MR X:Thank you"
      return std::nullopt;
    } else if ((c == '*' || c == '_') && bold > 0 && bold_end == 0) {
      bold_end = colon;
    }
    ++colon;
  }
  if (colon >= stop || text[colon] != ':' || colon == start) return std::nullopt;

  Label label;
  label.whole = {start, colon + 1};
  uint32_t name_end = bold_end != 0 ? bold_end : colon;
  label.speaker = trim(text, {start, name_end});
  // Words outside of brackets.
  const uint32_t words_end = paren != 0 && paren > start ? std::min(paren, name_end) : name_end;
  const Span bare = trim(text, {start, words_end});
  if (bare.empty()) return std::nullopt;
  uint32_t content = colon + 1;
  content += emphasis(text, content, end);
  label.content = skip_space(text, content, end);

  const LowerWord whole(text.substr(bare.begin, bare.size()));
  label.kind = cues.label_class(whole.view());
  if (label.kind == LabelClass::None) label.kind = class_of_first(text, bare, cues);
  label.key = fnv1a(whole.view().empty() ? text.substr(bare.begin, bare.size()) : whole.view());

  bool capitals = true;
  bool names = true;  // every word but particles begins with a capital
  bool digit = false, verb = false, title_inside = false, person = false;
  bool named_before_comma = false, title_behind_comma = false;
  uint32_t small = 0;
  const size_t comma_at = text.substr(bare.begin, bare.size()).find(',');
  const bool comma = comma_at != std::string_view::npos;
  WordStep step(text, bare);
  for (Span word = step.next(); !word.empty(); word = step.next()) {
    const std::string_view w = text.substr(word.begin, word.size());
    const LowerWord low(w);
    ++label.words;
    if (label.words > kMostLabelWords) return std::nullopt;
    if (ascii_digit(w[0])) {
      digit = true;
      continue;
    }
    const bool is_title = cues.titles.has(low.view());
    if (is_title) {
      title_inside = true;
      if (label.words == 1) label.title = true;
    }
    const bool role = cues.label_class(low.view()) == LabelClass::Role;
    if (comma && word.begin > bare.begin + comma_at) {
      title_behind_comma = title_behind_comma || is_title || role;
    } else if (!is_title && begins_upper(w)) {
      named_before_comma = true;
    }
    if (label.words == 2 && is_title &&
        (text.substr(bare.begin, 3) == "THE" || text.substr(bare.begin, 4) == "The "))
      label.title = true;
    const bool small_particle = particle(low.view()) && has_small_letter(w);
    if (!capitals_word(w) && !small_particle) capitals = false;
    if (!begins_upper(w) && !small_particle && !(is_title && label.words > 1)) {
      // "al-Kadhimi" and the like
      const size_t dash = w.find('-');
      if (dash == std::string_view::npos || !begins_upper(w.substr(dash + 1))) {
        names = false;
        ++small;
      }
    }
    if (!has_capital(w) && cues.verbs.has(low.view())) verb = true;
    if (first_or_second_person(low.view()) && !capitals_word(w)) person = true;
    if (low.view() == "i" || low.view() == "and")
      person = person || (low.view() == "i" && label.words > 1 && !capitals);
  }
  if (label.words == 0) return std::nullopt;
  label.capitals = capitals;
  if (label.kind == LabelClass::False) return std::nullopt;
  if (label.kind != LabelClass::None) {
    // "QUESTION:" and "Question:"; "question:" in small letters is a word of the text.
    if (!capitals && !begins_upper(text.substr(bare.begin, 4))) return std::nullopt;
    label.strength = capitals || label.kind != LabelClass::Role || bold > 0 ? Strength::Strong
                                                                            : Strength::Medium;
    return label;
  }
  if (verb || person || small > 0) {
    // "Foreign Minister of Georgia, speaking first:" has small words, but it opens with an office.
    return std::nullopt;
  }
  if (capitals) {
    if (label.words > (title_inside ? kMostLabelWords : 7)) return std::nullopt;
    label.strength = label.title && label.words >= 2 && !(digit && !title_inside) ? Strength::Strong
                     : title_inside                                               ? Strength::Medium
                                                                                  : Strength::Weak;
    if (label.title && label.words == 1) label.strength = Strength::Medium;
    if (comma && !label.title)
      label.strength = title_behind_comma && named_before_comma ? Strength::Medium : Strength::Weak;
    return label;
  }
  if (!names) return std::nullopt;
  if (digit && !label.title) return std::nullopt;
  // "Mr. President, Dear Joe:" is a salutation; "X, Minister of Y:" names who speaks.
  if (comma && (!named_before_comma || is_salutation_word(text, bare, comma_at)))
    return std::nullopt;
  if (label.title && label.words >= 2) {
    if (comma && !title_behind_comma && label.speaker.size() < 40) return std::nullopt;
    label.strength = Strength::Medium;
    return label;
  }
  if (comma && title_behind_comma) {
    label.strength = Strength::Medium;
    return label;
  }
  if (label.words > 6) return std::nullopt;
  label.strength = Strength::Weak;
  return label;
}

}  // namespace

namespace {

/// "Question – Will Paris ...?": a word that asks or answers, then a dash for the colon.
std::optional<Label> read_dashed_label(std::string_view text, Span paragraph, const Cues& cues) {
  const uint32_t bold = emphasis(text, paragraph.begin, paragraph.end);
  WordStep step(text, {paragraph.begin + bold, std::min(paragraph.end, paragraph.begin + 40)});
  const Span word = step.next();
  if (word.empty() || word.begin != paragraph.begin + bold) return std::nullopt;
  const LowerWord low(text.substr(word.begin, word.size()));
  const LabelClass kind = cues.label_class(low.view());
  if (kind != LabelClass::Question && kind != LabelClass::Answer) return std::nullopt;
  const uint32_t at = skip_space(text, word.end, paragraph.end);
  const uint32_t dash = leading_dash(text, {at, paragraph.end});
  if (dash == 0 || word.size() < 2 || !begins_upper(text.substr(word.begin, 4)))
    return std::nullopt;
  Label label;
  label.speaker = word;
  label.whole = trim(text, {word.begin, at + dash});
  uint32_t content = at + dash;
  content += emphasis(text, content, paragraph.end);
  label.content = skip_space(text, content, paragraph.end);
  label.kind = kind;
  label.strength = Strength::Strong;
  label.words = 1;
  label.key = fnv1a(low.view());
  return label;
}

}  // namespace

std::optional<Label> read_label(std::string_view text, Span paragraph, const Cues& cues,
                                bool bare_q) {
  if (auto label = read_colon_label(text, paragraph, cues, bare_q)) return label;
  if (auto label = read_dashed_label(text, paragraph, cues)) return label;
  return paragraph.empty() ? std::nullopt : read_stopped_label(text, paragraph, cues);
}

namespace {

/// The subject that stands right before the verb at `verb`: from the last clause mark that is not
/// part of an apposition. `clause` is where the sentence begins.
Span subject_before(std::string_view text, uint32_t clause, uint32_t verb, const Cues& cues) {
  Span whole = trim(text, {clause, verb});
  // Auxiliary and adverbs before the verb are no part of the name: "X has said", "X also said", "X
  // then said".
  const auto drop_last = [&](std::string_view word) {
    if (whole.size() <= word.size() + 1) return false;
    const uint32_t at = whole.end - static_cast<uint32_t>(word.size());
    for (size_t k = 0; k < word.size(); ++k) {
      if (lower(text[at + k]) != word[k]) return false;
    }
    if (wordish(text[at - 1])) return false;
    whole = trim(text, {whole.begin, at});
    return true;
  };
  bool coordinated = false;
  for (bool again = true; again && !whole.empty();) {
    again = false;
    for (const std::string_view word :
         {"has", "have", "had", "also", "then", "further", "later", "in turn", "in his turn",
          "in her turn", "subsequently", "again", "who", "and", "is", "was"}) {
      if (drop_last(word)) {
        again = true;
        coordinated = coordinated || word == "and";
      }
    }
    while (!whole.empty() && text[whole.end - 1] == ',') {
      whole = trim(text, {whole.begin, whole.end - 1});
      again = true;
    }
  }
  if (whole.empty()) return whole;
  if (coordinated) {
    // "The minister thanked the President and said": the subject is that of the first verb.
    WordStep step(text, whole);
    Span before = step.next();
    for (Span word = step.next(); !word.empty(); before = word, word = step.next()) {
      const std::string_view w = text.substr(word.begin, word.size());
      const LowerWord low(w);
      if (begins_upper(w) || particle(low.view()) || cues.titles.has(low.view())) continue;
      if (cues.verbs.has(low.view()) || (w.size() > 4 && w.ends_with("ed")) || w == "met" ||
          w == "took" || w == "gave" || w == "made" || w == "rose" || w == "came" || w == "went" ||
          w == "shook") {
        whole = trim(text, {whole.begin, before.end});
        break;
      }
    }
  }
  // Segments between commas (outside brackets), from the last one back. A segment is a name or
  // office if it begins with a capital, a title or an article before a title; the earliest one of
  // the run that belongs to the subject begins it.
  std::array<Span, 12> parts{};
  size_t n = 0;
  uint32_t from = whole.begin;
  int depth = 0;
  for (uint32_t i = whole.begin; i < whole.end && n + 1 < parts.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')') --depth;
    if (text[i] == ',' && depth <= 0) {
      parts[n++] = trim(text, {from, i});
      from = i + 1;
    }
  }
  parts[n++] = trim(text, {from, whole.end});

  enum class Kind : uint8_t { Name, Office, LeadIn };
  const auto kind_of = [&](Span part) {
    WordStep step(text, part);
    Span word = step.next();
    if (word.empty()) return Kind::LeadIn;
    std::string_view w = text.substr(word.begin, word.size());
    LowerWord low(w);
    if (is_pronoun_subject(low.view())) return Kind::Name;
    if (low.view() == "the" || low.view() == "a" || low.view() == "an" || low.view() == "his" ||
        low.view() == "her" || low.view() == "their") {
      return Kind::Office;
    }
    const bool title = cues.titles.has(low.view());
    const bool upper = begins_upper(w);
    if (title && !upper) return Kind::Office;
    if (!upper) return Kind::LeadIn;
    // A capital at the clause's beginning may only be the sentence's: "Welcoming the guests", "In
    // his turn".
    Span second = step.next();
    const bool at_begin = part.begin == whole.begin;
    if (at_begin && !title) {
      if (second.empty())
        return w.size() > 4 && w.substr(w.size() - 3) == "ing" ? Kind::LeadIn : Kind::Name;
      const std::string_view s = text.substr(second.begin, second.size());
      const LowerWord slow(s);
      // "China's delegate"
      const bool owner = w.ends_with("'s") || w.ends_with("\xE2\x80\x99s");
      const bool name_like =
          begins_upper(s) || particle(slow.view()) ||
          (owner && (cues.titles.has(slow.view()) || slow.view() == "ambassador"));
      static constexpr std::array<std::string_view, 22> kOpeners = {
          "According", "After",      "Also",       "Answering", "As",      "At",
          "Before",    "Commenting", "Concluding", "During",    "Earlier", "For",
          "Following", "Further",    "In",         "Later",     "On",      "Responding",
          "Speaking",  "Then",       "Touching",   "When"};
      if (std::binary_search(kOpeners.begin(), kOpeners.end(), w)) return Kind::LeadIn;
      if (w.size() > 4 && w.substr(w.size() - 3) == "ing") return Kind::LeadIn;
      return name_like ? Kind::Name : Kind::LeadIn;
    }
    return title ? Kind::Office : Kind::Name;
  };
  size_t first = n - 1;
  // The last part is the subject, or closes an apposition: "X, Foreign Minister of Y, said".
  while (first > 0) {
    const Kind here = kind_of(parts[first]);
    const Kind before = kind_of(parts[first - 1]);
    if (before == Kind::LeadIn) {
      // "the Foreign Minister of Y, speaking first, said": a participle inside the subject.
      if (here == Kind::LeadIn && first >= 1) {
        --first;
        continue;
      }
      break;
    }
    if (here == Kind::LeadIn || before == Kind::Name || before == Kind::Office) {
      // "According to APA, ...": a source is no part of the subject; it is a LeadIn by its first
      // word.
      --first;
      continue;
    }
    break;
  }
  // A lead-in without a comma: "Closing the meeting the President said".
  Span subject{parts[first].begin, whole.end};
  if (kind_of(parts[first]) == Kind::LeadIn) {
    // Take the last capitalised name or article phrase of the part.
    WordStep step(text, parts[first]);
    uint32_t begin = 0;
    bool open = false;
    for (Span word = step.next(); !word.empty(); word = step.next()) {
      const std::string_view w = text.substr(word.begin, word.size());
      const LowerWord low(w);
      const bool upper = begins_upper(w) && word.begin != parts[first].begin;
      const bool article = low.view() == "the" && word.begin != parts[first].begin;
      const bool pronoun = is_pronoun_subject(low.view());
      if (upper || article || pronoun || cues.titles.has(low.view())) {
        if (!open) begin = word.begin;
        open = true;
      } else if (!particle(low.view())) {
        open = false;
      }
    }
    if (!open) return {};
    subject.begin = begin;
  }
  return subject;
}

}  // namespace

namespace {

/// "The below is attributable to Spokesperson X": who it is, if the clause says just that.
std::optional<Span> read_attribution(std::string_view text, Span clause, const Cues& cues) {
  if (clause.size() > 200) return std::nullopt;
  static constexpr std::string_view kCue = "attributable to ";
  const size_t at = find_phrase(text.substr(clause.begin, clause.size()), kCue.substr(0, 15));
  if (at == std::string_view::npos) return std::nullopt;
  const Span who = trim(text, {clause.begin + static_cast<uint32_t>(at + kCue.size()), clause.end});
  if (who.empty()) return std::nullopt;
  WordStep step(text, who);
  Span word = step.next();
  const LowerWord low(text.substr(word.begin, word.size()));
  if (low.view() == "the" || low.view() == "a") word = step.next();
  if (!begins_upper(text.substr(word.begin, 4)) && !cues.titles.has(low.view()))
    return std::nullopt;
  return who;
}

}  // namespace

std::optional<Introduction> read_introduction(std::string_view text, Span paragraph,
                                              const Cues& cues) {
  uint32_t sentence = paragraph.begin;
  uint32_t i = paragraph.begin;
  // Both bounds keep a hostile page linear; no introduction is looked for beyond them.
  constexpr int kMostColons = 64;
  constexpr uint32_t kFarthest = 20'000;
  for (int colons = 0;; ++colons) {
    const size_t at =
        text.substr(0, std::min(paragraph.end, paragraph.begin + kFarthest)).find(':', i);
    if (at == std::string_view::npos || colons >= kMostColons) return std::nullopt;
    const auto colon = static_cast<uint32_t>(at);
    i = colon + 1;
    if (i < paragraph.end && space_length(text, i) == 0 && typographic_mark(text, i) == 0 &&
        text[i] != '"')
      continue;
    // Where the clause begins: behind the last full stop before the colon.
    while (true) {
      const uint32_t end = sentence_end(text, sentence, colon);
      if (end >= colon) break;
      sentence = skip_space(text, end, colon);
    }
    if (colon - sentence > 400) continue;
    // The words of the clause, and the last verb of speech among the last ten.
    std::array<Span, 64> words{};
    size_t n = 0;
    WordStep step(text, {sentence, colon});
    for (Span word = step.next(); !word.empty(); word = step.next()) {
      if (n == words.size()) break;
      words[n++] = word;
    }
    if (n < 2 || n == words.size()) continue;
    if (const auto attributed = read_attribution(text, {sentence, colon}, cues)) {
      Introduction out;
      out.clause = {sentence, colon + 1};
      out.first_sentence = sentence == paragraph.begin;
      out.speaker = *attributed;
      out.content = skip_space(text, colon + 1, paragraph.end);
      out.attributed = true;
      if (out.content >= paragraph.end) return out;
    }
    size_t verb = n;
    for (size_t k = n; k-- > 1 && n - k <= 10;) {
      const LowerWord low(text.substr(words[k].begin, words[k].size()));
      if ((cues.verbs.find(low.view()) & Cues::kIntroVerb) == 0 ||
          begins_upper(text.substr(words[k].begin, 2)))
        continue;
      // "remarks", "comments", "notes" are verbs only between a name and the colon.
      const bool noun_form = low.view().back() == 's' && low.view() != "says";
      if (noun_form && !(k + 1 == n && begins_upper(text.substr(words[k - 1].begin, 4)))) continue;
      verb = k;
      break;
    }
    if (verb == n) continue;
    // What stands between the verb and the colon must be an adverbial, not an object clause.
    if (verb + 1 < n) {
      const LowerWord low(text.substr(words[verb + 1].begin, words[verb + 1].size()));
      static constexpr std::array<std::string_view, 25> kBehind = {
          "again",      "also",        "as",      "at",   "during", "following", "for",
          "in",         "journalists", "further", "on",   "out",    "over",      "reporters",
          "separately", "the",         "this",    "to",   "today",  "upon",      "with",
          "yesterday",  "his",         "her",     "after"};
      bool allowed = false;
      for (const auto word : kBehind) allowed = allowed || word == low.view();
      if (!allowed) continue;
      const LowerWord last(text.substr(words[n - 1].begin, words[n - 1].size()));
      if (low.view() == "the" && last.view() != "following" && last.view() != "media" &&
          last.view() != "press" && last.view() != "meeting")
        continue;
    }
    bool first_person = false;
    for (size_t k = verb; k-- > 0 && verb - k <= 2;) {
      const LowerWord low(text.substr(words[k].begin, words[k].size()));
      const bool beside = verb - k == 1;
      if (first_or_second_person(low.view()) ||
          (beside && (low.view() == "that" || low.view() == "who" || low.view() == "which" ||
                      low.view() == "it"))) {
        first_person = true;
      }
    }
    if (first_person) continue;
    Introduction out;
    out.clause = {sentence, colon + 1};
    out.first_sentence = sentence == paragraph.begin;
    out.speaker = subject_before(text, sentence, words[verb].begin, cues);
    if (out.speaker.empty()) continue;
    // The subject must name somebody: a capital, a title, a pronoun.
    bool names = false;
    WordStep who(text, out.speaker);
    for (Span word = who.next(); !word.empty(); word = who.next()) {
      const std::string_view w = text.substr(word.begin, word.size());
      const LowerWord low(w);
      names =
          names || begins_upper(w) || cues.titles.has(low.view()) || is_pronoun_subject(low.view());
    }
    if (!names) continue;
    uint32_t next = skip_space(text, colon + 1, paragraph.end);
    next += emphasis(text, next, paragraph.end);
    next = skip_space(text, next, paragraph.end);
    out.content = next;
    if (next >= paragraph.end) {
      out.follows = Follows::Nothing;
      return out;
    }
    const char c = text[next];
    const uint32_t mark = typographic_mark(text, next);
    const bool dash_mark = mark == 3 && (text[next + 2] == '\x93' || text[next + 2] == '\x94' ||
                                         text[next + 2] == '\x95');
    if (c == '-' || dash_mark) {
      out.follows = Follows::Dash;
      out.content = skip_space(text, next + std::max<uint32_t>(mark, 1), paragraph.end);
    } else if (c == '"' || mark != 0 || c == '\'') {
      out.follows = Follows::Quote;
    } else if (begins_upper(text.substr(next, 4)) || ascii_digit(c) || c == '(') {
      out.follows = Follows::Upper;
    } else {
      out.follows = Follows::Lower;
    }
    return out;
  }
}

namespace {

/// Where a participle or the like is inserted behind a comma ("X, noting that ...", "X, also
/// speaking for Y", "X, on behalf of Z"), or the span's end.
uint32_t before_insertion(std::string_view text, Span who) {
  int depth = 0;
  for (uint32_t i = who.begin; i < who.end; ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')') --depth;
    if (text[i] != ',' || depth > 0) continue;
    WordStep step(text, {i + 1, who.end});
    Span word = step.next();
    std::string_view w = text.substr(word.begin, word.size());
    if (w == "also" || w == "then" || w == "in" || w == "again") {
      word = step.next();
      w = text.substr(word.begin, word.size());
    }
    if (w == "on" || w == "who" || w == "whose" || w == "turn" || w == "reply" || w == "response" ||
        (begins_lower(w) && w.size() > 4 && w.ends_with("ing"))) {
      return i;
    }
  }
  return who.end;
}

}  // namespace

std::optional<SummaryOpening> read_summary(std::string_view text, Span sentence, const Cues& cues) {
  // The verb: the first word in small letters that is one of speech, outside of an inserted clause.
  std::array<Span, 48> words{};
  size_t n = 0;
  WordStep step(text, {sentence.begin, std::min(sentence.end, sentence.begin + 400)});
  for (Span word = step.next(); !word.empty() && n < words.size(); word = step.next())
    words[n++] = word;
  for (size_t k = 1; k < n; ++k) {
    const std::string_view w = text.substr(words[k].begin, words[k].size());
    const LowerWord low(w);
    if (begins_upper(w) || !cues.verbs.has(low.view())) continue;
    SummaryOpening out;
    out.speaker = subject_before(text, sentence.begin, words[k].begin, cues);
    if (out.speaker.empty()) return std::nullopt;
    // An inserted participle clause is no part of the label: "The representative of X, speaking
    // also for Y, said".
    out.speaker.end = before_insertion(text, out.speaker);
    uint32_t content = words[k].end;
    if (k + 1 < n && text.substr(words[k + 1].begin, words[k + 1].size()) == "that")
      content = words[k + 1].end;
    if (content < sentence.end && text[content] == ',') return std::nullopt;
    out.clause = {sentence.begin, content};
    out.content = skip_space(text, content, sentence.end);
    if (out.content >= sentence.end) return std::nullopt;
    // Delegates: "the representative/delegate of", "NAME (Country)".
    const Span label = out.speaker;
    const std::string_view said = text.substr(label.begin, label.size());
    if (said.back() == ')') {
      const size_t open = said.find('(');
      out.delegate = open != std::string_view::npos &&
                     capitals_word(said.substr(0, std::min(said.find(' '), open)));
    }
    std::string lowered;
    lower_into(said, lowered);
    for (const std::string_view office :
         {"representative", "delegate", "speaker for", "observer for", "permanent observer"}) {
      out.delegate = out.delegate || lowered.find(office) != std::string::npos;
    }
    return out;
  }
  return std::nullopt;
}

}  // namespace readout::discourse
