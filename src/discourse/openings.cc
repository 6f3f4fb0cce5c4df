// Candidates, then what is counted of each label, then seeds, then what the seeds draw in.
#include "discourse/openings.h"

#include <algorithm>
#include <array>

#include "core/hash.h"
#include "discourse/introductions.h"
#include "discourse/persons.h"

namespace readout::discourse {
namespace {

constexpr size_t kMostKeys = 400;      // more different labels are a list of some kind
constexpr uint32_t kHeadBytes = 4000;  // how far the head of a page is searched for names
constexpr uint32_t kLongestLine = 70;  // a name on a line of its own

uint64_t word_key(std::string_view word) {
  uint64_t h = 0xcbf29ce484222325U;
  for (const char c : word) h = (h ^ static_cast<unsigned char>(lower(c))) * 0x100000001b3U;
  return h;
}

struct Key {
  uint64_t key = 0;
  uint32_t count = 0, speech = 0, asks = 0;
  Strength strength = Strength::Weak;
  bool capitals = false, named = false, accepted = false, stopped = false;
  LabelClass kind = LabelClass::None;
  uint32_t words = 0;
  std::array<uint64_t, 12> names{},
      titles{};  // hashes of the words that are no titles, and of titles
  size_t name_count = 0, title_count = 0;
  std::string_view last_name;  // the last word that is no title
};

bool ends_with_question(std::string_view text, Span span) {
  uint32_t end = span.end;
  while (end > span.begin && (text[end - 1] == '*' || text[end - 1] == '_' ||
                              text[end - 1] == ')' || text[end - 1] == '"' || blank(text[end - 1])))
    --end;
  return end > span.begin && text[end - 1] == '?';
}

class OpeningFinder {
 public:
  OpeningFinder(std::string_view text, const Cues& cues, const std::vector<Paragraph>& paragraphs)
      : text_(text), cues_(cues), paragraphs_(paragraphs) {}

  Openings run() {
    const size_t n = paragraphs_.size();
    out_.labels.resize(n);
    out_.speech.resize(n, false);
    out_.asks.resize(n, false);
    key_at_.assign(n, SIZE_MAX);
    read_candidates();
    count_keys();
    seed();
    grow();
    first_of_short_names();
    if (std::none_of(out_.labels.begin(), out_.labels.end(),
                     [](const auto& l) { return l.has_value(); }))
      names_on_lines();
    finish();
    return std::move(out_);
  }

 private:
  bool usable(size_t k) const {
    return !paragraphs_[k].hinted || paragraphs_[k].role == BlockRole::Turn ||
           paragraphs_[k].role == BlockRole::Heading ||
           paragraphs_[k].role == BlockRole::Narration ||
           paragraphs_[k].role == BlockRole::ListItem;
  }

  void read_candidates() {
    const size_t n = paragraphs_.size();
    found_.resize(n);
    // "Q" with no mark behind it counts once two paragraphs begin so, or some other label is
    // certain.
    size_t bare_q = 0;
    bool certain = false;
    for (size_t k = 0; k < n; ++k) {
      const Span span = paragraphs_[k].span;
      if (!usable(k)) continue;
      if (span.size() > 2 && text_[span.begin] == 'Q' && space_length(text_, span.begin + 1) != 0)
        ++bare_q;
      found_[k] = read_label(text_, span, cues_, false);
      certain = certain || (found_[k] && found_[k]->strength == Strength::Strong);
    }
    if (bare_q >= 2 || (bare_q == 1 && certain)) {
      for (size_t k = 0; k < n; ++k) {
        const Span span = paragraphs_[k].span;
        if (usable(k) && text_[span.begin] == 'Q') found_[k] = read_label(text_, span, cues_, true);
      }
    }
  }

  /// Does what stands behind a label read like speech? It begins like a sentence and ends like one,
  /// is long, or greets somebody before the next paragraph goes on.
  bool speech_like(size_t k) const {
    const Label& label = *found_[k];
    const Span paragraph = paragraphs_[k].span;
    const uint32_t end = paragraph.end;
    if (label.content >= end) {
      return k + 1 < paragraphs_.size() && ends_sentence(text_, paragraphs_[k + 1].span) &&
             begins_upper(text_.substr(paragraphs_[k + 1].span.begin, 4));
    }
    const char c = text_[label.content];
    if (!begins_upper(text_.substr(label.content, 4)) && !ascii_digit(c) && c != '(' && c != '[' &&
        c != '"' && c != '*' && typographic_mark(text_, label.content) == 0 && c != '-' &&
        c != '.' && c != '$') {
      return false;
    }
    if (ends_sentence(text_, paragraph) || end - label.content > 60) return true;
    return k + 1 < paragraphs_.size() && is_salutation(text_, {label.content, end}, cues_);
  }

  void describe(Key& key, Span speaker) const {
    WordStep step(text_, speaker);
    std::string lowered;
    for (Span word = step.next(); !word.empty(); word = step.next()) {
      const std::string_view w = text_.substr(word.begin, word.size());
      const std::string_view low = lower_into(w, lowered);
      if (low == "the" || low == "of" || low == "and" || low == "for" || low == "to") continue;
      if (cues_.titles.has(low) || cues_.label_class(low) == LabelClass::Role) {
        if (key.title_count < key.titles.size()) key.titles[key.title_count++] = word_key(w);
      } else {
        if (key.name_count < key.names.size()) key.names[key.name_count++] = word_key(w);
        // What stands in brackets or behind a comma is no family name.
        const std::string_view before = text_.substr(speaker.begin, word.begin - speaker.begin);
        if (begins_upper(w) && before.find_first_of("(,[") == std::string_view::npos)
          key.last_name = w;
      }
    }
  }

  void count_keys() {
    uint32_t first = static_cast<uint32_t>(text_.size());
    for (size_t k = 0; k < paragraphs_.size(); ++k) {
      if (!found_[k]) continue;
      const Label& label = *found_[k];
      first = std::min(first, label.whole.begin);
      auto it = std::find_if(keys_.begin(), keys_.end(),
                             [&](const Key& s) { return s.key == label.key; });
      if (it == keys_.end()) {
        if (keys_.size() >= kMostKeys) continue;
        Key key;
        key.key = label.key;
        key.strength = label.strength;
        key.capitals = label.capitals;
        key.kind = label.kind;
        key.words = label.words;
        key.stopped = label.stopped;
        describe(key, label.speaker);
        keys_.push_back(key);
        it = std::prev(keys_.end());
      }
      key_at_[k] = static_cast<size_t>(it - keys_.begin());
      ++it->count;
      if (speech_like(k)) ++it->speech;
      if (ends_with_question(text_, paragraphs_[k].span)) ++it->asks;
      it->strength = std::max(it->strength, label.strength);
    }
    // Whose name does the head of the page hold?
    const std::string_view head = text_.substr(0, std::min(first, kHeadBytes));
    std::string lowered;
    for (Key& key : keys_) {
      if (key.last_name.size() < 3 || key.kind != LabelClass::None) continue;
      key.named = find_phrase(head, lower_into(key.last_name, lowered)) != std::string_view::npos;
    }
  }

  static bool holds(const std::array<uint64_t, 12>& set, size_t n, uint64_t key) {
    return std::find(set.begin(), set.begin() + static_cast<std::ptrdiff_t>(n), key) !=
           set.begin() + static_cast<std::ptrdiff_t>(n);
  }
  /// One label is a short form of the other: its names are among the other's, or, if it has none,
  /// its titles.
  static bool related(const Key& a, const Key& b) {
    const Key& little = a.name_count < b.name_count ? a : b;
    const Key& big = a.name_count < b.name_count ? b : a;
    if (little.name_count > 0) {
      for (size_t i = 0; i < little.name_count; ++i) {
        if (!holds(big.names, big.name_count, little.names[i])) return false;
      }
      return true;
    }
    if (little.title_count == 0) return false;
    for (size_t i = 0; i < little.title_count; ++i) {
      if (!holds(big.titles, big.title_count, little.titles[i])) return false;
    }
    return true;
  }

  /// Bare surnames in capitals, each said once or twice ("FLAVIA: ... MICHAEL: ..."): speakers if
  /// two or more of them are named in the text too and speak in the first or second person.
  bool surname_speaks(size_t k) const {
    const Label& label = *found_[k];
    if (!label.capitals || label.strength == Strength::Strong || label.words > 3 || !speech_like(k))
      return false;
    if (count_persons(text_, {label.content, paragraphs_[k].span.end}).any() == 0) return false;
    WordStep step(text_, label.speaker);
    Span word = step.next();
    for (Span next = step.next(); !next.empty(); next = step.next()) word = next;
    std::string name(text_.substr(word.begin, word.size()));
    for (size_t i = 1; i < name.size(); ++i) name[i] = lower(name[i]);
    return text_.find(name) != std::string_view::npos;
  }

  static bool speaks(const Key& key) { return key.speech * 5 >= key.count * 3 && key.speech > 0; }

  void seed() {
    uint32_t strong_answers = 0, medium_keys = 0, repeated_keys = 0, repeated = 0;
    for (const Key& s : keys_) {
      question_ = question_ || (s.kind == LabelClass::Question && s.speech > 0);
      if (s.strength == Strength::Strong && s.speech > 0) {
        strong_ += s.count;
        if (s.kind != LabelClass::Question) strong_answers += s.count;
      }
      if (s.strength == Strength::Medium && speaks(s)) ++medium_keys;
      if (s.count >= 2 && speaks(s)) {
        ++repeated_keys;
        repeated += s.count;
      }
    }
    std::vector<uint64_t> surnames;
    if (strong_ == 0) {
      for (size_t k = 0; k < paragraphs_.size() && surnames.size() < 50; ++k) {
        if (found_[k] && surname_speaks(k) &&
            std::find(surnames.begin(), surnames.end(), found_[k]->key) == surnames.end()) {
          surnames.push_back(found_[k]->key);
        }
      }
    }
    interview_ = repeated_keys >= 2 && repeated >= 4;
    for (Key& s : keys_) {
      if (s.kind == LabelClass::Answer) {
        s.accepted = question_;
        continue;
      }
      const bool talks = speaks(s);
      if (surnames.size() >= 2 && talks &&
          std::find(surnames.begin(), surnames.end(), s.key) != surnames.end())
        s.accepted = true;
      switch (s.strength) {
        case Strength::Strong:
          s.accepted = s.speech > 0;
          break;
        case Strength::Medium:
          s.accepted = s.accepted || (talks && (strong_ >= 1 || s.count >= 2 || medium_keys >= 2 ||
                                                interview_ || s.named));
          break;
        default:
          if (!talks) break;
          if (s.capitals && strong_ >= 2 && s.words <= 4) s.accepted = true;
          if (interview_ && s.count >= 2 && (strong_answers < 2 || s.capitals)) s.accepted = true;
          // A name of the headline that is said again, or answers where somebody asks.
          if (s.named && (s.count >= 2 || question_)) s.accepted = true;
          if (question_ && strong_answers == 0 && s.count >= 2) s.accepted = true;
      }
    }
    strong_answers_ = strong_answers;
    // A document marks its labels in one way: beside labels with colons, "President X." ends a
    // sentence; alone, it must be said again or answer somebody.
    bool colons = false;
    for (const Key& s : keys_) {
      colons = colons || (s.accepted && !s.stopped && s.kind != LabelClass::Question);
    }
    for (Key& s : keys_) {
      if (s.stopped && (colons || (s.strength == Strength::Weak && s.count < 2 && !question_))) {
        s.accepted = false;
        s.speech = 0;
      }
    }
  }

  // What stands among accepted labels: short and long forms of them, and who asks whom they answer.
  void grow() {
    bool any = true;
    for (int round = 0; round < 3 && any; ++round) {
      any = false;
      std::vector<size_t> labelled;
      for (size_t k = 0; k < paragraphs_.size(); ++k) {
        if (key_at_[k] != SIZE_MAX) labelled.push_back(k);
      }
      for (size_t i = 0; i < labelled.size(); ++i) {
        Key& key = keys_[key_at_[labelled[i]]];
        if (key.accepted || !speaks(key)) continue;
        bool take = false;
        for (const Key& other : keys_)
          take = take || (other.accepted && other.kind == LabelClass::None && related(key, other));
        if (!take && key.asks * 2 >= key.count && i + 1 < labelled.size() &&
            labelled[i + 1] <= labelled[i] + 4) {
          const Key& next = keys_[key_at_[labelled[i + 1]]];
          take = next.accepted && next.kind != LabelClass::Question &&
                 (strong_answers_ == 0 || key.strength != Strength::Weak || key.capitals);
        }
        if (take) any = key.accepted = true;
      }
    }
    for (size_t k = 0; k < paragraphs_.size(); ++k) {
      if (key_at_[k] == SIZE_MAX || !keys_[key_at_[k]].accepted) continue;
      out_.labels[k] = found_[k];
      const Key& key = keys_[key_at_[k]];
      out_.asks[k] = key.kind == LabelClass::Question ||
                     (key.kind == LabelClass::None && key.strength == Strength::Weak &&
                      key.asks * 5 >= key.count * 3);
    }
  }

  // In an interview, the first time a speaker's name is written out: "Shirley Botchwey:", later
  // "Botchwey:".
  void first_of_short_names() {
    if (!interview_ || strong_ >= 2) return;
    const size_t n = paragraphs_.size();
    for (size_t k = 0; k < n; ++k) {
      if (!found_[k] || out_.labels[k] || !speech_like(k)) continue;
      const bool beside =
          (k + 1 < n && (out_.labels[k + 1] || found_[k + 1])) || (k > 0 && out_.labels[k - 1]);
      if (beside) out_.labels[k] = found_[k];
    }
  }

  /// Capitalised words alone, at most six of them: a name or a body on a line of its own.
  bool name_line(size_t k) const {
    Span span = paragraphs_[k].span;
    if (paragraphs_[k].role == BlockRole::ListItem || paragraphs_[k].role == BlockRole::Table)
      return false;
    if (span.size() > kLongestLine || span.size() < 3 || ends_sentence(text_, span)) return false;
    WordStep step(text_, span);
    uint32_t words = 0;
    for (Span word = step.next(); !word.empty(); word = step.next()) {
      const std::string_view w = text_.substr(word.begin, word.size());
      ++words;
      if (!begins_upper(w) && !ascii_digit(w[0]) && w.size() > 3) return false;
    }
    return words >= 1 && words <= 6 && begins_upper(text_.substr(span.begin, 4));
  }

  // Names on lines of their own, said again and again, with speech behind each.
  void names_on_lines() {
    struct Line {
      uint64_t key;
      uint32_t count = 0, asks = 0;
    };
    std::vector<Line> lines;
    std::vector<size_t> at;
    for (size_t k = 0; k + 1 < paragraphs_.size(); ++k) {
      if (!name_line(k) || !ends_sentence(text_, paragraphs_[k + 1].span) || name_line(k + 1))
        continue;
      const Span span = paragraphs_[k].span;
      const uint64_t key = word_key(text_.substr(span.begin, span.size()));
      auto it =
          std::find_if(lines.begin(), lines.end(), [&](const Line& l) { return l.key == key; });
      if (it == lines.end()) {
        if (lines.size() >= kMostKeys) return;
        lines.push_back({key});
        it = std::prev(lines.end());
      }
      ++it->count;
      if (ends_with_question(text_, paragraphs_[k + 1].span)) ++it->asks;
      at.push_back(k);
    }
    uint32_t twice = 0, asked = 0;
    for (const Line& line : lines) {
      twice += line.count >= 2 ? 1 : 0;
      asked += line.count >= 2 ? line.asks : 0;
    }
    // Two who take turns, one of whom asks; headings are said once.
    if (twice < 2 || asked < 2) return;
    for (const size_t k : at) {
      const Span span = paragraphs_[k].span;
      const uint64_t key = word_key(text_.substr(span.begin, span.size()));
      const auto it =
          std::find_if(lines.begin(), lines.end(), [&](const Line& l) { return l.key == key; });
      if (it->count < 2) continue;
      Label label;
      label.whole = label.speaker = span;
      label.content = span.end;
      label.strength = Strength::Medium;
      label.key = key;
      out_.labels[k] = label;
      out_.asks[k] = it->asks * 2 >= it->count;
    }
  }

  void finish() {
    bool others = false, questions = false;
    for (size_t k = 0; k < paragraphs_.size(); ++k) {
      if (out_.labels[k]) {
        ++out_.label_count;
        out_.speech[k] = true;
        (out_.labels[k]->kind == LabelClass::Question ? questions : others) = true;
      } else if (const auto intro = read_introduction(text_, paragraphs_[k].span, cues_)) {
        out_.speech[k] = intro->follows != Follows::Lower;
      }
    }
    out_.only_questions = questions && !others;
    if (out_.label_count > 0) return;
    // A salutation among the first lines opens a speech or letter.
    for (size_t k = 0; k + 1 < std::min<size_t>(paragraphs_.size(), 30); ++k) {
      if (!paragraphs_[k].hinted && is_salutation(text_, paragraphs_[k].span, cues_)) {
        out_.speech[k] = true;
        break;
      }
      if (ends_sentence(text_, paragraphs_[k].span) && paragraphs_[k].span.size() > 150) break;
    }
  }

  std::string_view text_;
  const Cues& cues_;
  const std::vector<Paragraph>& paragraphs_;
  std::vector<std::optional<Label>> found_;
  std::vector<Key> keys_;
  std::vector<size_t> key_at_;  // [paragraphs] index of keys_, SIZE_MAX if none
  uint32_t strong_ = 0, strong_answers_ = 0;
  bool question_ = false, interview_ = false;
  Openings out_;
};

}  // namespace

bool is_salutation(std::string_view text, Span paragraph, const Cues& cues) {
  if (paragraph.size() > 240 || paragraph.size() < 4) return false;
  while (!paragraph.empty() && (text[paragraph.end - 1] == '*' || text[paragraph.end - 1] == '_'))
    --paragraph.end;
  while (!paragraph.empty() && (text[paragraph.begin] == '*' || text[paragraph.begin] == '_'))
    ++paragraph.begin;
  if (paragraph.empty()) return false;
  const char last = text[paragraph.end - 1];
  if (last != ',' && last != ':' && last != '!' && last != ';' && !wordish(last)) return false;
  const std::string_view line = text.substr(paragraph.begin, paragraph.size());
  if (!begins_with_any(line, cues.salutation)) return false;
  // Words of address alone: small words but for those that join them would be a sentence.
  WordStep step(text, paragraph);
  uint32_t words = 0, small = 0;
  std::string lowered;
  for (Span word = step.next(); !word.empty(); word = step.next(), ++words) {
    const std::string_view w = text.substr(word.begin, word.size());
    if (!begins_lower(w)) continue;
    const std::string_view low = lower_into(w, lowered);
    if (low.size() <= 3 || cues.titles.has(low) || low == "dear" || low.back() == 's' ||
        low == "gentlemen" || low == "esteemed" || low == "respected" || low == "distinguished") {
      continue;
    }
    ++small;
  }
  if (wordish(last)) {
    // Without a mark only words that are nothing else.
    return words <= 4 && small == 0 &&
           (find_phrase(line, "excellency") != std::string_view::npos ||
            find_phrase(line, "excellencies") != std::string_view::npos ||
            find_phrase(line, "dear") == 0);
  }
  return words <= 30 && small <= 2;
}

Openings find_openings(std::string_view text, const Cues& cues,
                       const std::vector<Paragraph>& paragraphs) {
  return OpeningFinder(text, cues, paragraphs).run();
}

}  // namespace readout::discourse
