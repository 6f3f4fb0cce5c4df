// The first verb of speech in small letters, and the subject before it.
#include "discourse/summaries.h"

#include <array>
#include <string>

#include "discourse/label_words.h"
#include "discourse/subject.h"

namespace readout::discourse {
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
