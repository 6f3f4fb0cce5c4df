// From the colon backwards: a verb of speech, behind it nothing but an adverbial, before it its
// subject up to the clause's beginning.
#include "discourse/introductions.h"

#include <algorithm>
#include <array>

#include "discourse/label_words.h"
#include "discourse/subject.h"

namespace readout::discourse {
namespace {

constexpr size_t kNoWord = static_cast<size_t>(-1);

/// The words of one clause.
struct ClauseWords {
  std::string_view text;
  std::array<Span, 64> span{};
  size_t n = 0;

  std::string_view word(size_t k) const { return text.substr(span[k].begin, span[k].size()); }
  std::string_view head(size_t k) const { return text.substr(span[k].begin, 4); }
};

ClauseWords words_of(std::string_view text, Span clause) {
  ClauseWords words{text};
  WordStep step(text, clause);
  for (Span word = step.next(); !word.empty() && words.n < words.span.size(); word = step.next()) {
    words.span[words.n++] = word;
  }
  return words;
}

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

/// The last verb of speech among the last ten words; kNoWord if there is none.
size_t verb_of_speech(const ClauseWords& words, const Cues& cues) {
  for (size_t k = words.n; k-- > 1 && words.n - k <= 10;) {
    const LowerWord low(words.word(k));
    if ((cues.verbs.find(low.view()) & Cues::kIntroVerb) == 0 ||
        begins_upper(words.head(k).substr(0, 2)))
      continue;
    // "remarks", "comments", "notes" are verbs only between a name and the colon.
    const bool noun_form = low.view().back() == 's' && low.view() != "says";
    if (noun_form && !(k + 1 == words.n && begins_upper(words.head(k - 1)))) continue;
    return k;
  }
  return kNoWord;
}

/// What stands between the verb and the colon must be an adverbial, not an object clause.
bool adverbial_behind(const ClauseWords& words, size_t verb, const Cues& cues) {
  if (verb + 1 >= words.n) return true;
  const LowerWord first(words.word(verb + 1));
  if (!cues.behind_verb(first.view())) return false;
  const LowerWord last(words.word(words.n - 1));
  return first.view() != "the" || last.view() == "following" || last.view() == "media" ||
         last.view() == "press" || last.view() == "meeting";
}

/// "I would say:", "who said:": no clause that introduces somebody.
bool introduces_nobody(const ClauseWords& words, size_t verb) {
  for (size_t k = verb; k-- > 0 && verb - k <= 2;) {
    const LowerWord low(words.word(k));
    if (first_or_second_person(low.view())) return true;
    const bool beside = verb - k == 1;
    if (beside && (low.view() == "that" || low.view() == "who" || low.view() == "which" ||
                   low.view() == "it"))
      return true;
  }
  return false;
}

/// The subject must name somebody: a capital, a title, a pronoun.
bool names_somebody(std::string_view text, Span subject, const Cues& cues) {
  WordStep who(text, subject);
  for (Span word = who.next(); !word.empty(); word = who.next()) {
    const std::string_view w = text.substr(word.begin, word.size());
    const LowerWord low(w);
    if (begins_upper(w) || cues.titles.has(low.view()) || is_pronoun_subject(low.view()))
      return true;
  }
  return false;
}

/// Sets where the speech behind the colon begins, and how.
void read_behind(std::string_view text, uint32_t colon, uint32_t end, Introduction& out) {
  uint32_t next = skip_space(text, colon + 1, end);
  next += emphasis(text, next, end);
  next = skip_space(text, next, end);
  out.content = next;
  out.follows = Follows::Nothing;
  if (next >= end) return;
  const char c = text[next];
  const uint32_t mark = typographic_mark(text, next);
  const bool dash =
      c == '-' || (mark == 3 && (text[next + 2] == '\x93' || text[next + 2] == '\x94' ||
                                 text[next + 2] == '\x95'));
  if (dash) {
    out.follows = Follows::Dash;
    out.content = skip_space(text, next + std::max<uint32_t>(mark, 1), end);
  } else if (c == '"' || mark != 0 || c == '\'') {
    out.follows = Follows::Quote;
  } else if (begins_upper(text.substr(next, 4)) || ascii_digit(c) || c == '(') {
    out.follows = Follows::Upper;
  } else {
    out.follows = Follows::Lower;
  }
}

}  // namespace

std::optional<Introduction> read_introduction(std::string_view text, Span paragraph,
                                              const Cues& cues) {
  // Both bounds keep a hostile page linear; no introduction is looked for beyond them.
  constexpr int kMostColons = 64;
  constexpr uint32_t kFarthest = 20'000;
  const std::string_view near =
      text.substr(0, std::min(paragraph.end, paragraph.begin + kFarthest));
  uint32_t sentence = paragraph.begin;
  uint32_t i = paragraph.begin;
  for (int colons = 0; colons < kMostColons; ++colons) {
    const size_t at = near.find(':', i);
    if (at == std::string_view::npos) return std::nullopt;
    const auto colon = static_cast<uint32_t>(at);
    i = colon + 1;
    if (i < paragraph.end && space_length(text, i) == 0 && typographic_mark(text, i) == 0 &&
        text[i] != '"')
      continue;
    // Where the clause begins: behind the last full stop before the colon.
    for (uint32_t end = sentence_end(text, sentence, colon); end < colon;
         end = sentence_end(text, sentence, colon)) {
      sentence = skip_space(text, end, colon);
    }
    if (colon - sentence > 400) continue;
    const ClauseWords words = words_of(text, {sentence, colon});
    if (words.n < 2 || words.n == words.span.size()) continue;
    Introduction out;
    out.clause = {sentence, colon + 1};
    out.first_sentence = sentence == paragraph.begin;
    if (const auto attributed = read_attribution(text, {sentence, colon}, cues)) {
      out.content = skip_space(text, colon + 1, paragraph.end);
      if (out.content >= paragraph.end) {
        out.speaker = *attributed;
        out.attributed = true;
        return out;
      }
    }
    const size_t verb = verb_of_speech(words, cues);
    if (verb == kNoWord || !adverbial_behind(words, verb, cues) || introduces_nobody(words, verb))
      continue;
    out.speaker = subject_before(text, sentence, words.span[verb].begin, cues);
    if (out.speaker.empty() || !names_somebody(text, out.speaker, cues)) continue;
    read_behind(text, colon, paragraph.end, out);
    return out;
  }
  return std::nullopt;
}

}  // namespace readout::discourse
