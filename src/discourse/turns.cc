// See turns.h for the five readings of a document.
#include "discourse/turns.h"

#include <algorithm>
#include <array>

namespace readout::discourse {
namespace {

// How much of a document is read to tell whether its first person carries it.
constexpr uint32_t kSampleWords = 600, kSampleBytes = 4000;

bool running_text(BlockRole role) {
  return role == BlockRole::Narration || role == BlockRole::ListItem ||
         role == BlockRole::Heading || role == BlockRole::Table || role == BlockRole::Turn;
}

/// Does what stands behind a label read like speech? It begins like a sentence and ends like one,
/// or is long.
bool speech_like(std::string_view text, const Label& label, const Paragraph& paragraph) {
  const uint32_t end = paragraph.span.end;
  if (label.content >= end) return false;
  const char c = text[label.content];
  if (!begins_upper(text.substr(label.content, 4)) && !ascii_digit(c) && c != '(' && c != '[' &&
      c != '"' && c != '*' && typographic_mark(text, label.content) == 0 && c != '-' && c != '.' &&
      c != '$') {
    return false;
  }
  return ends_sentence(text, paragraph.span) || end - label.content > 60;
}

struct LabelStatistics {
  uint64_t key = 0;
  uint32_t count = 0, speech = 0;
  Strength strength = Strength::Weak;
  bool capitals = false;
  LabelClass kind = LabelClass::None;
};

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
         letters <= 5 && letters >= 2 && line.size() <= 20;
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
    for (size_t k = 0; k < paragraphs_.size(); ++k) {
      const Paragraph& paragraph = paragraphs_[k];
      if (const auto& label = openings_.labels[k]) {
        close();
        open(label->whole, label->speaker, k, label->content);
        turn_.score = label->strength == Strength::Strong   ? 1.0F
                      : label->strength == Strength::Medium ? 0.9F
                                                            : 0.8F;
        if (label->content < paragraph.span.end) extend(k, label->content, paragraph.span.end);
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
      extend(k, paragraph.span.begin, paragraph.span.end);
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
  // narration.
  void drop_closing_narration() {
    for (int dropped = 0; dropped < 3 && last_ > first_; ++dropped) {
      const Span span = paragraphs_[last_].span;
      if (count_persons(text_, span).any() > 0 || leading_dash(text_, span) != 0) break;
      if (!holds_any(text_.substr(span.begin, std::min<uint32_t>(span.size(), 300)),
                     cues_.narration))
        break;
      size_t k = last_ - 1;
      while (k > first_ && !running_text(paragraphs_[k].role)) --k;
      last_ = k;
      turn_.span.end = std::max(paragraphs_[k].span.end, turn_.span.begin);
    }
  }

  void by_introductions() {
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
    const bool headed = named.has_value();
    // The first person must carry the text: about one word in fifty, or "I" under a speaker's name.
    const bool carried = (persons.singular + persons.plural) * 60 >= persons.words &&
                         persons.singular * 400 >= persons.words;
    if (!(headed ? persons.singular >= 2 || (persons.singular >= 1 && carried)
                 : carried && persons.singular >= 2))
      return;
    while (last > first && (ends_page(last) || !running_text(paragraphs_[last].role))) --last;
    open(headed ? named->first : Span{}, headed ? named->second : Span{}, first,
         paragraphs_[first].span.begin);
    for (size_t k = first; k <= last; ++k) {
      if (running_text(paragraphs_[k].role))
        extend(k, paragraphs_[k].span.begin, paragraphs_[k].span.end);
    }
    turn_.score = headed ? 0.8F : 0.6F;
    close();
  }

  bool ends_page(size_t k) const { return closes_transcript(text_, paragraphs_[k].span, cues_); }

  /// "Statement by the Minister ... X, following ..." above the text: the whole line and the name
  /// in it.
  std::optional<std::pair<Span, Span>> named_speaker(size_t first) const {
    static constexpr std::array<std::string_view, 12> kHeads = {
        "statement by", "remarks by", "address by", "speech by",  "speech of",  "statement of",
        "message from", "remarks of", "address of", "message by", "message of", "toast by"};
    for (size_t k = 0; k < first; ++k) {
      const Span span = paragraphs_[k].span;
      const std::string_view line = text_.substr(span.begin, std::min<uint32_t>(span.size(), 400));
      for (const auto head : kHeads) {
        const size_t at = find_phrase(line, head);
        if (at == std::string_view::npos) continue;
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
      if (paragraphs_[k].role == BlockRole::Byline)
        return std::pair{paragraphs_[k].span, paragraphs_[k].span};
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

Persons count_persons(std::string_view text, Span span) {
  Persons out;
  bool quoted = false;
  for (uint32_t i = span.begin; i < span.end;) {
    const char c = text[i];
    if (c == '"') {
      quoted = !quoted;
      ++i;
      continue;
    }
    if (c == '\xE2' && i + 2 < span.end && text[i + 1] == '\x80' &&
        (text[i + 2] == '\x9C' || text[i + 2] == '\x9D')) {
      quoted = text[i + 2] == '\x9C';
      i += 3;
      continue;
    }
    if (!wordish(c)) {
      ++i;
      continue;
    }
    const uint32_t begin = i;
    while (i < span.end &&
           (ascii_alpha(text[i]) || ascii_digit(text[i]) || (high(text[i]) && text[i] != '\xE2')))
      ++i;
    if (i == begin) {
      ++i;  // a byte of a typographic mark
      continue;
    }
    ++out.words;
    if (quoted || i - begin > 9) continue;
    const char first = lower(text[begin]);
    const uint32_t n = i - begin;
    const auto is = [&](std::string_view word) {
      if (n != word.size()) return false;
      for (uint32_t k = 0; k < n; ++k) {
        if (lower(text[begin + k]) != word[k]) return false;
      }
      return true;
    };
    switch (first) {
      case 'i':
        if (n == 1 && text[begin] == 'I' && !(i < span.end && text[i] == '.')) ++out.singular;
        break;
      case 'm':
        if (is("my") || is("me") || is("myself")) ++out.singular;
        break;
      case 'w':
        if (is("we")) ++out.plural;
        break;
      case 'o':
        if (is("our") || is("ours")) ++out.plural;
        break;
      case 'u':
        if (n == 2 && text[begin] == 'u' && is("us")) ++out.plural;
        break;
      case 'y':
        if (is("you") || is("your") || is("yours")) ++out.second;
        break;
      default:
        break;
    }
  }
  return out;
}

Openings find_openings(std::string_view text, const Cues& cues,
                       const std::vector<Paragraph>& paragraphs) {
  Openings out;
  const size_t n = paragraphs.size();
  out.labels.resize(n);
  out.speech.resize(n, false);
  std::vector<std::optional<Label>> found(n);
  std::vector<LabelStatistics> statistics;
  const auto usable = [&](size_t k) {
    return !paragraphs[k].hinted || paragraphs[k].role == BlockRole::Turn ||
           paragraphs[k].role == BlockRole::Narration || paragraphs[k].role == BlockRole::ListItem;
  };
  // "Q" with no mark behind it counts once two paragraphs begin so, or some other label is certain.
  size_t bare_q = 0;
  bool certain = false;
  for (size_t k = 0; k < n; ++k) {
    const Span span = paragraphs[k].span;
    if (!usable(k)) continue;
    if (span.size() > 2 && text[span.begin] == 'Q' && space_length(text, span.begin + 1) != 0)
      ++bare_q;
    found[k] = read_label(text, span, cues, false);
    certain = certain || (found[k] && found[k]->strength == Strength::Strong);
  }
  if (bare_q >= 2 || (bare_q == 1 && certain)) {
    for (size_t k = 0; k < n; ++k) {
      const Span span = paragraphs[k].span;
      if (usable(k) && text[span.begin] == 'Q') found[k] = read_label(text, span, cues, true);
    }
  }
  for (size_t k = 0; k < n; ++k) {
    if (!found[k]) continue;
    const Label& label = *found[k];
    auto it = std::find_if(statistics.begin(), statistics.end(),
                           [&](const LabelStatistics& s) { return s.key == label.key; });
    if (it == statistics.end()) {
      statistics.push_back({label.key, 0, 0, label.strength, label.capitals, label.kind});
      it = std::prev(statistics.end());
      if (statistics.size() > 400) break;  // a list of some kind, not speakers
    }
    ++it->count;
    const bool next_speaks = label.content >= paragraphs[k].span.end && k + 1 < n &&
                             ends_sentence(text, paragraphs[k + 1].span);
    if (next_speaks || speech_like(text, label, paragraphs[k])) ++it->speech;
    it->strength = std::max(it->strength, label.strength);
  }
  const auto statistics_of = [&](uint64_t key) -> const LabelStatistics* {
    for (const LabelStatistics& s : statistics) {
      if (s.key == key) return &s;
    }
    return nullptr;
  };
  // What the document is, as far as labels tell.
  uint32_t strong = 0, medium_keys = 0, repeated_keys = 0, repeated = 0;
  bool question = false;
  for (const LabelStatistics& s : statistics) {
    question = question || s.kind == LabelClass::Question;
    if (s.strength == Strength::Strong && s.speech > 0) strong += s.count;
    if (s.strength == Strength::Medium && s.speech * 5 >= s.count * 3) ++medium_keys;
    if (s.count >= 2 && s.speech * 5 >= s.count * 3) {
      ++repeated_keys;
      repeated += s.count;
    }
  }
  // Bare surnames in capitals, each said once or twice ("FLAVIA: ... MICHAEL: ..."): speakers if
  // two or more of them are named in the text too and speak in the first or second person.
  const auto surname_speaks = [&](size_t k) {
    const Label& label = *found[k];
    if (!label.capitals || label.strength == Strength::Strong || label.words > 3 ||
        !speech_like(text, label, paragraphs[k]))
      return false;
    if (count_persons(text, {label.content, paragraphs[k].span.end}).any() == 0) return false;
    WordStep step(text, label.speaker);
    Span word = step.next();
    for (Span next = step.next(); !next.empty(); next = step.next()) word = next;
    std::string name(text.substr(word.begin, word.size()));
    for (size_t i = 1; i < name.size(); ++i) name[i] = lower(name[i]);
    return text.find(name) != std::string_view::npos;
  };
  std::vector<uint64_t> surnames;
  if (strong == 0) {
    for (size_t k = 0; k < n && surnames.size() < 50; ++k) {
      if (found[k] && surname_speaks(k) &&
          std::find(surnames.begin(), surnames.end(), found[k]->key) == surnames.end()) {
        surnames.push_back(found[k]->key);
      }
    }
  }
  const bool transcript = strong >= 1;
  const bool interview = repeated_keys >= 2 && repeated >= 4;
  const auto accepted = [&](const Label& label) {
    const LabelStatistics* s = statistics_of(label.key);
    if (s == nullptr) return false;
    const bool speaks = s->speech * 5 >= s->count * 3;
    if (label.kind == LabelClass::Answer) return question;
    if (surnames.size() >= 2 && speaks &&
        std::find(surnames.begin(), surnames.end(), label.key) != surnames.end())
      return true;
    switch (label.strength) {
      case Strength::Strong:
        return s->speech > 0;
      case Strength::Medium:
        return speaks && (transcript || s->count >= 2 || medium_keys >= 2 || interview);
      default:
        if (!speaks) return false;
        if (label.capitals && strong >= 2 && label.words <= 4) return true;
        return interview && s->count >= 2 && (strong < 2 || label.capitals);
    }
  };
  for (size_t k = 0; k < n; ++k) {
    if (found[k] && accepted(*found[k])) out.labels[k] = found[k];
  }
  // In an interview, the first time a speaker's name is written out: "Shirley Botchwey:", later
  // "Botchwey:".
  if (interview && strong < 2) {
    for (size_t k = 0; k < n; ++k) {
      if (!found[k] || out.labels[k] || !speech_like(text, *found[k], paragraphs[k])) continue;
      const bool beside =
          (k + 1 < n && (out.labels[k + 1] || found[k + 1])) || (k > 0 && out.labels[k - 1]);
      if (beside) out.labels[k] = found[k];
    }
  }
  for (size_t k = 0; k < n; ++k) {
    if (out.labels[k]) {
      ++out.label_count;
      out.speech[k] = true;
    } else if (const auto intro = read_introduction(text, paragraphs[k].span, cues)) {
      out.speech[k] = intro->follows != Follows::Lower;
    }
  }
  return out;
}

std::vector<Turn> find_turns(std::string_view text, const Cues& cues, const Openings& openings,
                             size_t body, std::vector<Paragraph>& paragraphs) {
  return TurnFinder(text, cues, openings, body, paragraphs).run();
}

}  // namespace readout::discourse
