// Labels with a colon first, then those with a dash or a full stop in its place.
#include "discourse/labels.h"

#include <algorithm>

#include "core/hash.h"
#include "discourse/label_forms.h"
#include "discourse/label_words.h"
#include "discourse/paragraphs.h"

namespace readout::discourse {

// "Question – Will Paris ...?": a word that asks or answers, then a dash for the colon.
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

// "Mr. HOLDEN. I rise ...", "The PRESIDING OFFICER. ...", "The President. ...": a title, a name in
// capitals or an office, then a full stop, as minutes of parliaments write it. A name in small
// letters behind a title ("Chancellor Kohl. We ...") is read too: no sentence is made so.
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
    } else if (!(cues.particle(low.view()) && (capitals || title))) {
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

std::optional<Label> read_label(std::string_view text, Span paragraph, const Cues& cues,
                                bool bare_q) {
  if (auto label = read_colon_label(text, paragraph, cues, bare_q)) return label;
  if (auto label = read_dashed_label(text, paragraph, cues)) return label;
  return paragraph.empty() ? std::nullopt : read_stopped_label(text, paragraph, cues);
}

}  // namespace readout::discourse
