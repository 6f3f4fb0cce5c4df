// See turns.h for the five readings of a document.
#include "discourse/turns.h"

#include <algorithm>
#include <array>

#include "discourse/introductions.h"
#include "discourse/persons.h"
#include "discourse/summaries.h"

namespace readout::discourse {
namespace {

// How much of a document is read to tell whether its first person carries it.
constexpr uint32_t kSampleWords = 600, kSampleBytes = 4000;

bool running_text(BlockRole role) {
  return role == BlockRole::Narration || role == BlockRole::ListItem ||
         role == BlockRole::Heading || role == BlockRole::Table || role == BlockRole::Turn;
}

/// A stage direction that opens `span`: "(Laughter.)", "*(laughs)*", "[In Arabic]"; behind it, or
/// span.begin.
uint32_t behind_direction(std::string_view text, Span span) {
  uint32_t i = span.begin;
  uint32_t stars = 0;
  while (i < span.end && (text[i] == '*' || text[i] == '_')) {
    ++i;
    ++stars;
  }
  if (i >= span.end || (text[i] != '(' && text[i] != '[')) return span.begin;
  const char close = text[i] == '(' ? ')' : ']';
  const uint32_t stop = std::min(span.end, i + 80);
  uint32_t k = i + 1;
  while (k < stop && text[k] != close) ++k;
  if (k >= stop) return span.begin;
  ++k;
  while (stars > 0 && k < span.end && (text[k] == '*' || text[k] == '_')) {
    ++k;
    --stars;
  }
  if (k < span.end && (text[k] == '.' || text[k] == ',')) ++k;
  return skip_space(text, k, span.end);
}

/// Begin of a stage direction that closes `span`, or span.end.
uint32_t before_direction(std::string_view text, Span span) {
  if (span.size() < 4) return span.end;
  uint32_t end = span.end;
  while (end > span.begin && (text[end - 1] == '*' || text[end - 1] == '_' || text[end - 1] == '.'))
    --end;
  if (end == span.begin || (text[end - 1] != ')' && text[end - 1] != ']')) return span.end;
  const char open = text[end - 1] == ')' ? '(' : '[';
  uint32_t k = end - 1;
  const uint32_t low = span.end - span.begin > 60 ? span.end - 60 : span.begin;
  while (k > low && text[k] != open) --k;
  if (text[k] != open || k == span.begin) return span.end;
  // Only a direction of its own sentence: a capital or a usual word behind the bracket, a stop
  // before it.
  uint32_t before = k;
  while (before > span.begin &&
         (blank(text[before - 1]) || text[before - 1] == '*' || text[before - 1] == '_'))
    --before;
  if (before == span.begin || !ends_sentence(text, {span.begin, before})) return span.end;
  if (!begins_upper(text.substr(k + 1, 4))) return span.end;
  return before;
}

/// The speech itself: without a dash and stage directions at its ends. Never empty if `span` is
/// not.
Span speech_span(std::string_view text, Span span) {
  span = trim(text, span);
  if (span.empty()) return span;
  Span out = span;
  if (const uint32_t dash = leading_dash(text, out); dash != 0 && dash < out.size())
    out.begin += dash;
  for (int k = 0; k < 3; ++k) {
    const uint32_t begin = behind_direction(text, out);
    if (begin == out.begin || begin >= out.end) break;
    out.begin = begin;
  }
  for (int k = 0; k < 3; ++k) {
    const uint32_t end = before_direction(text, out);
    if (end == out.end) break;
    out.end = end;
  }
  out = trim(text, out);
  return out.empty() ? span : out;
}

/// "6:29 P.M. EDT", "END 6:29 P.M. EDT", "(The meeting ended at 3 p.m.)", "###"
bool closes_transcript(std::string_view text, Span span, const Cues& cues) {
  if (span.size() > 60) return false;
  const std::string_view line = text.substr(span.begin, span.size());
  for (const auto phrase : cues.end) {
    if (line.size() == phrase.size() && find_phrase(line, phrase) == 0) return true;
  }
  if (line.size() >= 4 && line.substr(0, 4) == "END ") return true;
  // A clock time and nothing else.
  uint32_t letters = 0;
  bool digit = false;
  for (const char c : line) {
    digit = digit || ascii_digit(c);
    letters += ascii_alpha(c) ? 1 : 0;
  }
  return digit && ascii_digit(line[0]) && line.find(':') != std::string_view::npos &&
         letters <= 6 && letters >= 2 && line.size() <= 20;
}

class TurnFinder {
 public:
  TurnFinder(std::string_view text, const Cues& cues, const Openings& openings, size_t body,
             std::vector<Paragraph>& paragraphs)
      : text_(text), cues_(cues), openings_(openings), body_(body), paragraphs_(paragraphs) {}

  std::vector<Turn> run() {
    if (openings_.label_count > 0) {
      by_labels();
    } else {
      by_introductions();
      if (turns_.empty()) by_dashes();
      if (turns_.empty()) by_questions();
      if (turns_.empty()) by_summaries();
      if (turns_.empty()) by_one_speaker();
    }
    return std::move(turns_);
  }

 private:
  // ---- one turn at a time

  void open(Span introduced, Span speaker, size_t paragraph, uint32_t content) {
    turn_ = Turn{};
    turn_.introduced_by = introduced;
    turn_.speaker = speaker;
    turn_.span = {content, content};
    first_ = last_ = paragraph;
    open_ = true;
  }

  void extend(size_t paragraph, uint32_t begin, uint32_t end) {
    if (turn_.span.empty()) {
      turn_.span.begin = begin;
      first_ = paragraph;
    }
    turn_.span.end = std::max(turn_.span.end, end);
    last_ = paragraph;
  }

  void close() {
    if (!open_) return;
    open_ = false;
    turn_.span = speech_span(text_, turn_.span);
    if (turn_.span.empty()) return;
    turn_.first_block = BlockId{static_cast<uint32_t>(first_)};
    turn_.last_block = BlockId{static_cast<uint32_t>(last_)};
    for (size_t k = first_; k <= last_; ++k) {
      const bool opens_with_dash = k == first_ && turn_.span.begin > paragraphs_[k].span.begin;
      if (running_text(paragraphs_[k].role) && paragraphs_[k].role != BlockRole::Table &&
          (paragraphs_[k].role != BlockRole::ListItem || opens_with_dash)) {
        paragraphs_[k].role = BlockRole::Turn;
      }
    }
    turns_.push_back(turn_);
  }

  // ---- labels

  void by_labels() {
    opening_statement();
    // Questions in bold that have no label, in a page where others have one.
    bool interview = false;
    for (size_t k = 0; k < paragraphs_.size() && !interview; ++k) {
      interview = openings_.labels[k] && openings_.labels[k]->kind == LabelClass::Question;
    }
    bool asked = false;  // the question that is open has come to its question mark
    for (size_t k = 0; k < paragraphs_.size(); ++k) {
      const Paragraph& paragraph = paragraphs_[k];
      if (const auto& label = openings_.labels[k]) {
        close();
        open(label->whole, label->speaker, k, label->content);
        turn_.asks = openings_.asks[k];
        turn_.score = label->strength == Strength::Strong   ? 1.0F
                      : label->strength == Strength::Medium ? 0.9F
                                                            : 0.8F;
        if (label->content < paragraph.span.end) extend(k, label->content, paragraph.span.end);
        asked = asks(paragraph.span);
        continue;
      }
      if (!open_) continue;
      if (!running_text(paragraph.role)) {
        if (paragraph.role == BlockRole::Boilerplate &&
            closes_transcript(text_, paragraph.span, cues_))
          close();
        continue;
      }
      if (closes_transcript(text_, paragraph.span, cues_)) {
        close();
        continue;
      }
      if (elision(paragraph.span)) continue;
      if (interview && bold(k) && paragraph.span.size() < 400) {
        // Later questions stand in bold, without a label.
        close();
        open({}, {}, k, paragraph.span.begin);
        turn_.asks = true;
        turn_.score = 0.7F;
        asked = true;
      } else if (turn_.asks && asked &&
                 (openings_.only_questions || (turn_.speaker.empty() && interview))) {
        // The answer stands without a label.
        close();
        open({}, {}, k, paragraph.span.begin);
        turn_.score = 0.7F;
      }
      extend(k, paragraph.span.begin, paragraph.span.end);
      asked = asked || asks(paragraph.span);
    }
    if (open_) drop_closing_narration();
    close();
  }

  /// Ends in a question mark.
  bool asks(Span span) const {
    while (span.end > span.begin &&
           (text_[span.end - 1] == '*' || text_[span.end - 1] == '_' ||
            text_[span.end - 1] == ')' || text_[span.end - 1] == '"' || blank(text_[span.end - 1])))
      --span.end;
    return !span.empty() && text_[span.end - 1] == '?';
  }
  /// "<...>", "[...]", "***": something was left out; no speech.
  bool elision(Span span) const {
    for (uint32_t i = span.begin; i < span.end; ++i) {
      if (wordish(text_[i]) && typographic_mark(text_, i) == 0) return false;
      i += std::max<uint32_t>(typographic_mark(text_, i), 1) - 1;
    }
    return true;
  }

  // What the one who will be asked says first stands above the first label.
  void opening_statement() {
    size_t first_label = 0;
    while (first_label < paragraphs_.size() && !openings_.labels[first_label]) ++first_label;
    if (first_label >= paragraphs_.size() || !openings_.only_questions) return;
    size_t first = paragraphs_.size(), last = 0;
    Persons persons;
    for (size_t k = body_; k < first_label; ++k) {
      if (!running_text(paragraphs_[k].role) || !ends_sentence(text_, paragraphs_[k].span))
        continue;
      first = std::min(first, k);
      last = k;
      const Persons here = count_persons(text_, paragraphs_[k].span);
      persons.singular += here.singular;
      persons.plural += here.plural;
      persons.words += here.words;
    }
    if (first == paragraphs_.size() || persons.singular < 1 ||
        (persons.singular + persons.plural) * 60 < persons.words)
      return;
    const auto named = named_speaker(first);
    open(named ? named->first : Span{}, named ? named->second : Span{}, first,
         paragraphs_[first].span.begin);
    turn_.score = 0.7F;
    for (size_t k = first; k <= last; ++k) {
      if (running_text(paragraphs_[k].role))
        extend(k, paragraphs_[k].span.begin, paragraphs_[k].span.end);
    }
    close();
  }

  // ---- introductions

  bool personal(size_t from, size_t to) const {
    for (size_t k = from; k < std::min(to, paragraphs_.size()); ++k) {
      if (running_text(paragraphs_[k].role) && count_persons(text_, paragraphs_[k].span).any() > 0)
        return true;
    }
    return false;
  }

  bool accept(const Introduction& intro, size_t k) const {
    const Paragraph& paragraph = paragraphs_[k];
    switch (intro.follows) {
      case Follows::Nothing: {
        if (intro.attributed) return !open_ && k + 1 < paragraphs_.size();
        if (k + 1 >= paragraphs_.size() || !running_text(paragraphs_[k + 1].role)) return false;
        const Span next = paragraphs_[k + 1].span;
        if (open_ && !intro.first_sentence) return false;
        if (leading_dash(text_, next) != 0) return true;
        if (list_marker(text_, next) != 0) return false;
        return ends_sentence(text_, next) && personal(k + 1, k + 4);
      }
      case Follows::Dash:
        return !open_ || intro.first_sentence;
      case Follows::Upper: {
        if (open_ && !intro.first_sentence) return false;
        if (intro.content + 12 > paragraph.span.end) return false;
        return count_persons(text_, {intro.content, paragraph.span.end}).any() > 0 ||
               personal(k + 1, k + 3);
      }
      default:
        return false;
    }
  }

  // Paragraphs at the end of a turn that tell of the meeting and nobody's "I", "we" or "you" are
  // narration, with all that follows them.
  void drop_closing_narration() {
    size_t cut = last_ + 1;
    for (size_t k = last_; k > first_; --k) {
      if (!running_text(paragraphs_[k].role)) continue;
      const Span span = paragraphs_[k].span;
      if (count_persons(text_, span).any() > 0 || leading_dash(text_, span) != 0) break;
      if (holds_any(text_.substr(span.begin, std::min<uint32_t>(span.size(), 300)),
                    cues_.narration))
        cut = k;
    }
    if (cut > last_) return;
    size_t k = cut - 1;
    while (k > first_ && !running_text(paragraphs_[k].role)) --k;
    last_ = k;
    turn_.span.end = std::max(paragraphs_[k].span.end, turn_.span.begin);
  }

  void by_introductions() {
    size_t unintroduced = 0;
    for (size_t k = body_; k < paragraphs_.size(); ++k) {
      const Paragraph& paragraph = paragraphs_[k];
      if (!running_text(paragraph.role)) continue;
      const auto intro = read_introduction(text_, paragraph.span, cues_);
      if (intro && accept(*intro, k)) {
        if (open_) {
          drop_closing_narration();
          close();
        }
        open(intro->clause, intro->speaker, k, intro->content);
        turn_.score = intro->follows == Follows::Upper ? 0.9F : 1.0F;
        if (intro->content < paragraph.span.end) extend(k, intro->content, paragraph.span.end);
        continue;
      }
      // Speech behind a dash that nobody introduced.
      if (const uint32_t dash = leading_dash(text_, paragraph.span);
          !open_ && dash != 0 && dash < paragraph.span.size() &&
          ends_sentence(text_, paragraph.span) && !beside_dash(k) &&
          count_persons(text_, paragraph.span).singular > 0) {
        open({}, {}, k, paragraph.span.begin + dash);
        turn_.score = 0.7F;
        extend(k, paragraph.span.begin + dash, paragraph.span.end);
        ++unintroduced;
        continue;
      }
      if (!open_) continue;
      if (closes_transcript(text_, paragraph.span, cues_)) {
        drop_closing_narration();
        close();
        continue;
      }
      extend(k, paragraph.span.begin, paragraph.span.end);
    }
    if (open_) drop_closing_narration();
    close();
    // Without any introduction a dialogue of dashes is another kind of document.
    if (unintroduced == turns_.size()) turns_.clear();
  }

  /// The paragraph before or behind begins with a dash too: a list.
  bool beside_dash(size_t k) const {
    return (k > 0 && leading_dash(text_, paragraphs_[k - 1].span) != 0) ||
           (k + 1 < paragraphs_.size() && leading_dash(text_, paragraphs_[k + 1].span) != 0);
  }

  // ---- dashes

  // A dialogue whose only marks are dashes: questions and answers, most paragraphs from the first
  // dash on.
  void by_dashes() {
    size_t dashes = 0, questions = 0, others = 0, first = paragraphs_.size();
    for (size_t k = body_; k < paragraphs_.size(); ++k) {
      const Span span = paragraphs_[k].span;
      if (!running_text(paragraphs_[k].role)) continue;
      if (leading_dash(text_, span) != 0 && ends_sentence(text_, span)) {
        if (first == paragraphs_.size()) first = k;
        ++dashes;
        questions += text_[span.end - 1] == '?' ? 1 : 0;
      } else if (first != paragraphs_.size()) {
        ++others;
      }
    }
    if (questions < 2 || dashes < questions + 2 || dashes < others) return;
    for (size_t k = first; k < paragraphs_.size(); ++k) {
      const Span span = paragraphs_[k].span;
      if (!running_text(paragraphs_[k].role)) continue;
      if (const uint32_t dash = leading_dash(text_, span); dash != 0 && dash < span.size()) {
        close();
        open({}, {}, k, span.begin + dash);
        turn_.asks = asks(span);
        turn_.score = 0.6F;
        extend(k, span.begin + dash, span.end);
      } else if (closes_transcript(text_, span, cues_)) {
        close();
      } else if (open_) {
        extend(k, span.begin, span.end);
      }
    }
    close();
  }

  // ---- questions

  /// Set apart in bold: by the markup, or by marks in plain text ("**Will you go?**").
  bool bold(size_t k) const {
    const Span span = paragraphs_[k].span;
    if (paragraphs_[k].hinted && paragraphs_[k].role == BlockRole::Heading) return true;
    return span.size() >= 6 && text_.substr(span.begin, 2) == "**" &&
           text_.substr(span.end - 2, 2) == "**" &&
           text_.substr(span.begin + 2, span.size() - 4).find("**") == std::string_view::npos;
  }

  // An interview without labels: paragraphs in bold, or ones that put a question to somebody, each
  // with an answer behind it.
  void by_questions() {
    size_t bolds = 0, bold_questions = 0, plain = 0, first_bold = paragraphs_.size(),
           first_plain = paragraphs_.size();
    size_t to_somebody = 0;
    Persons answers;
    for (size_t k = body_; k + 1 < paragraphs_.size(); ++k) {
      const Span span = paragraphs_[k].span;
      if (!running_text(paragraphs_[k].role)) continue;
      if (bold(k) && running_text(paragraphs_[k + 1].role) && !bold(k + 1)) {
        ++bolds;
        bold_questions += asks(span) ? 1 : 0;
        first_bold = std::min(first_bold, k);
      }
      if (asks(span) && span.size() < 600 && running_text(paragraphs_[k + 1].role) &&
          !asks(paragraphs_[k + 1].span)) {
        ++plain;
        to_somebody += count_persons(text_, span).second > 0 ? 1 : 0;
        first_plain = std::min(first_plain, k);
        const Persons answer = count_persons(text_, paragraphs_[k + 1].span);
        answers.singular += answer.singular;
        answers.plural += answer.plural;
        answers.words += answer.words;
      }
    }
    const bool by_bold = bolds >= 2 && bold_questions >= 2 && bold_questions * 2 >= bolds;
    const bool by_mark = plain >= 3 && to_somebody * 2 >= plain &&
                         (answers.singular + answers.plural) * 40 >= answers.words &&
                         first_plain < paragraphs_.size() && interview_head(first_plain);
    if (!by_bold && !by_mark) return;
    for (size_t k = by_bold ? first_bold : first_plain; k < paragraphs_.size(); ++k) {
      const Span span = paragraphs_[k].span;
      if (!running_text(paragraphs_[k].role)) continue;
      const bool question = by_bold ? bold(k) : asks(span) && span.size() < 600;
      if (closes_transcript(text_, span, cues_)) {
        close();
      } else if (question) {
        close();
        const uint32_t marks = by_bold && text_[span.begin] == '*' ? 2 : 0;
        open({}, {}, k, span.begin + marks);
        turn_.asks = true;
        turn_.score = 0.7F;
        extend(k, span.begin + marks, span.end - marks);
      } else if (open_) {
        if (turn_.asks) {
          close();
          open({}, {}, k, span.begin);
          turn_.score = 0.7F;
        }
        extend(k, span.begin, span.end);
      }
    }
    close();
  }

  /// The lines above say that somebody was asked.
  bool interview_head(size_t first) const {
    for (size_t k = 0; k < first; ++k) {
      const Span span = paragraphs_[k].span;
      const std::string_view line = text_.substr(span.begin, std::min<uint32_t>(span.size(), 500));
      for (const std::string_view word : {"interview", "interviewed", "questions", "q&a",
                                          "in conversation", "talks to", "spoke to", "answers"}) {
        if (find_phrase(line, word) != std::string_view::npos) return true;
      }
    }
    return false;
  }

  // ---- summaries

  std::optional<SummaryOpening> summary_at(uint32_t begin, uint32_t end) const {
    auto opening = read_summary(text_, {begin, end}, cues_);
    if (!opening) return std::nullopt;
    const std::string_view verb = text_.substr(opening->clause.begin, opening->clause.size());
    for (const std::string_view silent :
         {" spoke", " speaks", " addressed", " opened", " began", " introduced"}) {
      if (verb.ends_with(silent)) return std::nullopt;
    }
    return opening;
  }

  void by_summaries() {
    size_t delegates = 0;
    for (size_t k = body_; k < paragraphs_.size() && delegates < 3; ++k) {
      const Span span = paragraphs_[k].span;
      if (!running_text(paragraphs_[k].role) || span.size() < 40) continue;
      if (const auto opening = summary_at(span.begin, sentence_end(text_, span.begin, span.end))) {
        delegates += opening->delegate ? 1 : 0;
      }
    }
    if (delegates < 3) return;
    for (size_t k = body_; k < paragraphs_.size(); ++k) {
      const Paragraph& paragraph = paragraphs_[k];
      if (!running_text(paragraph.role)) continue;
      bool opened_here = false;
      for (uint32_t i = paragraph.span.begin; i < paragraph.span.end;) {
        const uint32_t end = sentence_end(text_, i, paragraph.span.end);
        const auto opening = summary_at(i, end);
        const bool first = i == paragraph.span.begin;
        // Inside a paragraph only another delegate takes over; "he added" and the like go on.
        const bool named = opening && names_somebody(*opening);
        const bool heads = opening && begins_upper(text_.substr(opening->speaker.begin, 4));
        if (opening && named &&
            (opening->delegate || (first && heads && has_office(opening->speaker)))) {
          close();
          open(opening->clause, opening->speaker, k, opening->content);
          turn_.direct = false;
          turn_.score = 0.9F;
          extend(k, opening->content, end);
          opened_here = true;
        } else if (open_) {
          if (first && !opened_here && !goes_on(i)) {
            close();
          } else {
            extend(k, i, end);
          }
        }
        i = skip_space(text_, end, paragraph.span.end);
        if (end >= paragraph.span.end) break;
      }
    }
    close();
  }

  bool names_somebody(const SummaryOpening& opening) const {
    // "China's delegate"
    if (opening.delegate && begins_upper(text_.substr(opening.speaker.begin, 4))) return true;
    WordStep step(text_, opening.speaker);
    for (Span word = step.next(); !word.empty(); word = step.next()) {
      if (word.begin > opening.speaker.begin && begins_upper(text_.substr(word.begin, 4)))
        return true;
    }
    return false;
  }
  bool has_office(Span speaker) const {
    WordStep step(text_, speaker);
    std::string lowered;
    for (Span word = step.next(); !word.empty(); word = step.next()) {
      if (cues_.titles.has(lower_into(text_.substr(word.begin, word.size()), lowered))) return true;
    }
    return text_.substr(speaker.begin, speaker.size()).find("Secretary-General") !=
           std::string_view::npos;
  }
  /// A paragraph that goes on with the speaker before it: "He went on ...", "His country ...".
  bool goes_on(uint32_t begin) const {
    WordStep step(text_,
                  {begin, static_cast<uint32_t>(std::min<size_t>(text_.size(), begin + 40))});
    const Span word = step.next();
    const std::string_view w = text_.substr(word.begin, word.size());
    return w == "He" || w == "She" || w == "His" || w == "Her" || w == "Further" ||
           w == "Turning" || w == "Moreover";
  }

  // ---- one speaker

  void by_one_speaker() {
    Persons persons;
    size_t first = paragraphs_.size(), last = 0;
    for (size_t k = body_; k < paragraphs_.size(); ++k) {
      if (!running_text(paragraphs_[k].role)) continue;
      if (first == paragraphs_.size()) first = k;
      last = k;
      if (persons.words > kSampleWords) continue;  // enough to tell
      Span sample = paragraphs_[k].span;
      if (sample.size() > kSampleBytes) {
        sample.end = sample.begin + kSampleBytes;
        while (!utf8::is_boundary(text_, sample.end)) --sample.end;
      }
      const Persons here = count_persons(text_, sample);
      persons.singular += here.singular;
      persons.plural += here.plural;
      persons.second += here.second;
      persons.words += here.words;
    }
    if (first == paragraphs_.size() || persons.words < 15) return;
    const auto named = named_speaker(first);
    // A salutation tells of a speaker as a name above the text does.
    const bool greets = is_salutation(text_, paragraphs_[first].span, cues_);
    const bool headed = named.has_value() || greets;
    const bool personal_head = greets || (named && signed_line(named->second));
    // The first person must carry the text: about one word in fifty, or "I" under a speaker's name.
    const bool carried = (persons.singular + persons.plural) * 60 >= persons.words &&
                         persons.singular * 400 >= persons.words;
    // Without an "I", "we" may be a body's; under a person's own line or behind a salutation it is
    // his.
    if (!(headed ? persons.singular >= 1 || (personal_head && persons.plural >= 2)
                 : carried && persons.singular >= 2))
      return;
    while (last > first && (ends_page(last) || !running_text(paragraphs_[last].role))) --last;
    const Span signer = signature(first, last);
    open(named ? named->first : Span{},
         !signer.empty() ? signer
         : named         ? named->second
                         : Span{},
         first, paragraphs_[first].span.begin);
    for (size_t k = first; k <= last; ++k) {
      if (running_text(paragraphs_[k].role))
        extend(k, paragraphs_[k].span.begin, paragraphs_[k].span.end);
    }
    turn_.score = headed ? 0.8F : 0.6F;
    close();
  }

  /// Capitalised words alone, two to five of them.
  bool name_line(Span span) const {
    if (span.size() > 60 || ends_sentence(text_, span)) return false;
    WordStep step(text_, span);
    uint32_t words = 0;
    for (Span word = step.next(); !word.empty(); word = step.next(), ++words) {
      const std::string_view w = text_.substr(word.begin, word.size());
      if (!begins_upper(w) && w.size() > 3) return false;
    }
    return words >= 2 && words <= 5 && begins_upper(text_.substr(span.begin, 4));
  }

  /// The line that names the speaker is a byline or "delivered by": nothing but a person's.
  bool signed_line(Span who) const {
    for (const Paragraph& paragraph : paragraphs_) {
      if (paragraph.span.contains(who)) return paragraph.role == BlockRole::Byline;
    }
    return false;
  }

  /// The name under a letter ("Sincerely," and a name; "(Signed) X"); `last` moves before it.
  Span signature(size_t first, size_t& last) {
    for (size_t k = paragraphs_.size(); k-- > first + 1 && k + 12 > last;) {
      Span span = paragraphs_[k].span;
      const std::string_view line = text_.substr(span.begin, span.size());
      if (span.size() > 120 || !begins_with_any(line, cues_.farewell)) continue;
      // The name behind the words of farewell, or on one of the next lines.
      Span name;
      if (line[0] == '(' || line.starts_with("Signed")) {
        const size_t at = line[0] == '('
                              ? line.find(')') + 1
                              : line.find(line.starts_with("Signed by") ? "by" : "ed") + 2;
        name = trim(text_, {span.begin + static_cast<uint32_t>(at), span.end});
        if (!name.empty() && text_[name.begin] == ':')
          name = trim(text_, {name.begin + 1, name.end});
      }
      for (size_t j = k + 1; name.empty() && j < std::min(paragraphs_.size(), k + 4); ++j) {
        if (name_line(paragraphs_[j].span)) name = paragraphs_[j].span;
      }
      if (name.empty()) continue;
      for (size_t j = k; j < paragraphs_.size(); ++j) {
        if (running_text(paragraphs_[j].role)) paragraphs_[j].role = BlockRole::Byline;
      }
      last = k - 1;
      while (last > first && !running_text(paragraphs_[last].role)) --last;
      return name;
    }
    return {};
  }

  bool ends_page(size_t k) const { return closes_transcript(text_, paragraphs_[k].span, cues_); }

  /// "Statement by the Minister ... X, following ..." above the text: the whole line and the name
  /// in it.
  std::optional<std::pair<Span, Span>> named_speaker(size_t first) const {
    static constexpr std::array<std::string_view, 18> kHeads = {
        "delivered by",      "statement by",    "remarks by",     "address by", "speech by",
        "speech of",         "statement of",    "message from",   "remarks of", "address of",
        "message by",        "message of",      "toast by",       "article by", "letter from",
        "statement made by", "intervention by", "attributable to"};
    // Who delivered a text is nearer to it than whose it is.
    for (size_t k = 0; k < first; ++k) {
      const Span span = paragraphs_[k].span;
      if (span.size() < 200 &&
          begins_with_any(text_.substr(span.begin, span.size()), {"delivered by"})) {
        const Span who = trim(text_, {span.begin + 12, span.end});
        if (!who.empty() && begins_upper(text_.substr(who.begin, 4))) return std::pair{span, who};
      }
    }
    for (size_t k = 0; k < first; ++k) {
      const Span span = paragraphs_[k].span;
      const std::string_view line = text_.substr(span.begin, std::min<uint32_t>(span.size(), 400));
      for (const auto head : kHeads) {
        const size_t at = find_phrase(line, head);
        if (at == std::string_view::npos || find_phrase(line, "joint") != std::string_view::npos)
          continue;
        Span who{span.begin + static_cast<uint32_t>(at + head.size()), span.end};
        who = trim(text_, who);
        for (const std::string_view end :
             {", following", ", at ", ", on ", " at the", " on the", " before ", " during ",
              " to the", ", after", " in ", " following ", " after "}) {
          const size_t cut = text_.substr(who.begin, who.size()).find(end);
          if (cut != std::string_view::npos && cut > 3)
            who.end = who.begin + static_cast<uint32_t>(cut);
        }
        who = trim(text_, who);
        if (!who.empty()) return std::pair{span, who};
      }
    }
    // State Department style: "Name, Office" as a line of its own.
    for (size_t k = 0; k < first; ++k) {
      if (paragraphs_[k].role != BlockRole::Byline) continue;
      Span who = paragraphs_[k].span;
      const std::string_view line = text_.substr(who.begin, who.size());
      if (line.starts_with("(")) continue;
      for (const std::string_view by : {"By ", "BY ", "by "}) {
        if (line.starts_with(by)) who = trim(text_, {who.begin + 3, who.end});
      }
      if (const size_t bar = text_.substr(who.begin, who.size()).find('|');
          bar != std::string_view::npos && bar > 3)
        who.end = trim(text_, {who.begin, who.begin + static_cast<uint32_t>(bar)}).end;
      // A body publishes; a person speaks.
      if (holds_any(text_.substr(who.begin, who.size()), cues_.institution) &&
          text_.substr(who.begin, who.size()).find(',') == std::string_view::npos)
        continue;
      return std::pair{paragraphs_[k].span, who};
    }
    return std::nullopt;
  }

  std::string_view text_;
  const Cues& cues_;
  const Openings& openings_;
  size_t body_;
  std::vector<Paragraph>& paragraphs_;
  std::vector<Turn> turns_;
  Turn turn_;
  bool open_ = false;
  size_t first_ = 0, last_ = 0;
};

}  // namespace

std::vector<Turn> find_turns(std::string_view text, const Cues& cues, const Openings& openings,
                             size_t body, std::vector<Paragraph>& paragraphs) {
  return TurnFinder(text, cues, openings, body, paragraphs).run();
}

}  // namespace readout::discourse
