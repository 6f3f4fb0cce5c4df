// A sentence is read from its first token to its last. A cue word takes its complement out of the
// tree and marks it as used, so that "hope that deeds will follow" is one expectation and not a
// pledge too. What "will" says is judged last: who is the subject, is it the side that speaks or is
// reported to have spoken, is the verb one that can be promised.
#include "events/commitment_reader.h"

#include <algorithm>

#include "events/deadlines.h"

namespace readout::events {
namespace {

bool is_verb(Upos pos) { return pos == Upos::Verb || pos == Upos::Aux; }

}  // namespace

CommitmentLayer CommitmentReader::read() {
  const TokenLayer& tokens = *doc_.tokens();
  agreement_ = doc_.structure()->genre == "agreement";
  anchors_ = deadline_anchors(doc_);
  sides_ = sides();
  used_.assign(tokens.size(), false);
  for (uint32_t s = 0; s < tokens.sentences.size(); ++s) sentence(SentenceId{s});
  std::stable_sort(made_.begin(), made_.end(),
                   [](const Draftling& a, const Draftling& b) { return a.row.span < b.row.span; });
  tie_fulfilments();
  CommitmentLayer layer;
  layer.commitments.reserve(made_.size());
  for (Draftling& made : made_) layer.commitments.push_back(std::move(made.row));
  return layer;
}

void CommitmentReader::sentence(SentenceId id) {
  const TokenLayer& tokens = *doc_.tokens();
  const BlockId block = tokens.sentence_block[index(id)];
  const BlockRole role =
      block == kNone<BlockId> ? BlockRole::Narration : doc_.structure()->blocks[index(block)].role;
  const std::string_view text = doc_.text(doc_.sentence_span(id));
  if (text.starts_with("Article ") || text.starts_with("ARTICLE ") ||
      text.starts_with("Section ") || text.starts_with("Chapter ")) {
    size_t end = text.find_first_of(".:\n-", 8);
    article_ = std::string(text.substr(0, std::min(end, size_t{16})));
    while (!article_.empty() && article_.back() == ' ') article_.pop_back();
  }
  // Titles, captions and credits repeat or announce what the text says.
  if (role != BlockRole::Narration && role != BlockRole::Turn && role != BlockRole::ListItem &&
      role != BlockRole::Table) {
    open_.reset();
    return;
  }
  tree_.build(doc_, id);
  sentence_ = id;
  size_t last = tree_.end() - 1;
  while (last > tree_.begin() &&
         (tree_.word(last) == "\"" || tree_.word(last) == "”" || tree_.word(last) == ")"))
    --last;
  question_ = tree_.word(last) == "?";
  if (open_) list_item();
  const bool colon = tree_.word(tree_.end() - 1) == ":";
  if (question_ || asking()) return;
  for (size_t t = tree_.begin(); t < tree_.end(); ++t) {
    const Upos pos = tree_.upos(t);
    if (pos == Upos::Verb || pos == Upos::Adj || pos == Upos::Noun || pos == Upos::Adv) cue_word(t);
    if (pos == Upos::Verb && tree_.lemma(t) == "let") let(t);
    if (pos == Upos::Verb) announced(t);
  }
  for (size_t t = tree_.begin(); t < tree_.end(); ++t) {
    if (is_verb(tree_.upos(t)) || tree_.child(t, Dep::Cop) != kNo) kept(t);
  }
  for (size_t t = tree_.begin(); t < tree_.end(); ++t) {
    if (used_[t]) continue;
    if (tree_.upos(t) == Upos::Punct) continue;
    future(t);
    modal_word(t);
  }
  if (!colon && open_ && role != BlockRole::ListItem) {
    const std::string_view first = tree_.word(tree_.begin());
    if (first != "(" && first != "-" && tree_.upos(tree_.begin()) != Upos::Num &&
        tree_.lemma(tree_.begin()) != "to")
      open_.reset();
  }
}

/// The sentence belongs to the turn of somebody who asks: a label that says so, or a turn without a
/// speaker on record that ends in a question mark, where questions are put.
bool CommitmentReader::asking() const {
  const std::string& genre = doc_.structure()->genre;
  if (genre != "briefing" && genre != "interview" && genre != "transcript") return false;
  const TurnId turn = doc_.tokens()->sentence_turn[index(sentence_)];
  if (turn == kNone<TurnId> || index(turn) >= doc_.structure()->turns.size()) return false;
  const Turn& here = doc_.structure()->turns[index(turn)];
  const std::string_view label = doc_.text(here.speaker);
  if (label.starts_with("Q") &&
      (label.size() < 3 || label.starts_with("QUESTION") || label.starts_with("Question") ||
       label.starts_with("Q.") || label.starts_with("Q:")))
    return true;
  if (genre == "transcript") return false;
  std::string_view text = doc_.text(here.span);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text.size() < 700 && text.ends_with("?");
}

/// "(a) to establish a Mixed Commission;" under "Both sides agreed:".
void CommitmentReader::list_item() {
  size_t t = tree_.begin();
  size_t steps = 0;
  while (t < tree_.end() && steps < 5 && tree_.lemma(t) != "to" && !is_verb(tree_.upos(t)))
    ++t, ++steps;
  if (t >= tree_.end()) return;
  size_t verb = kNo;
  if (tree_.lemma(t) == "to" && tree_.upos(t) == Upos::Part) {
    verb = tree_.head(t);
  } else if (open_->bare && is_verb(tree_.upos(t)) && tree_.is_root(t)) {
    verb = t;
  }
  if (verb == kNo || steps >= 5) return;
  Draftling made;
  made.row.kind = open_->kind;
  made.row.strength = open_->strength;
  made.row.owed_by = open_->owed_by;
  made.row.owed_to = open_->owed_to;
  made.row.holder = open_->holder;
  made.cue = verb;
  made.content = verb;
  made.why = "list";
  made.row.what = verb_phrase(verb);
  if (verb > tree_.begin() && negated(verb) && t > tree_.begin() && tree_.lemma(t - 1) == "not")
    made.row.what.begin = doc_.tokens()->span[t - 1].begin;
  finish(std::move(made), verb);
}

void CommitmentReader::deadline(Draftling& made, size_t upper) {
  if (made.row.kind == CommitmentKind::Fulfilment) return;
  const Deadline found =
      find_deadline(doc_, tree_, cues_, anchors_, made.content, upper, made.row.what);
  if (found.span.empty()) return;
  made.row.deadline = found.span;
  if (!found.value.empty()) made.row.deadline_value = draft_.intern(found.value);
}

std::string CommitmentReader::provision_here() const {
  if (!agreement_) return {};
  std::string out = article_;
  const BlockId block = doc_.tokens()->sentence_block[index(sentence_)];
  if (block != kNone<BlockId>) {
    const std::string_view text = doc_.text(doc_.structure()->blocks[index(block)].span);
    size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
    if (digits > 0 && digits < 4 && digits < text.size() &&
        (text[digits] == '.' || text[digits] == ')')) {
      const std::string number(text.substr(0, digits));
      out = out.empty() ? number : out + "(" + number + ")";
    }
  }
  return out;
}

/// "..., she added, ..." inside of the content: what follows is the reporter's.
void CommitmentReader::cut_report(Span& what) const {
  const TokenRange range = doc_.tokens_in(what);
  const size_t first = index(range.begin), last = index(range.end);
  for (size_t t = first + 1; t + 2 < last; ++t) {
    if (tree_.word(t) != "," || tree_.word(t + 1) == "as") continue;  // "as you stressed" is no end
    for (size_t k = t + 2; k < last && k < t + 5; ++k) {
      if (tree_.upos(k) != Upos::Verb || !tree_.feat(k, "Tense=Past") ||
          !cues_.in("say", tree_.lemma(k)))
        continue;
      const size_t who = tree_.child_base(k, Dep::Nsubj);
      if (who == kNo || who < t || who > k || (k + 1 < last && tree_.word(k + 1) != ",")) continue;
      what.end = doc_.tokens()->span[t - 1].end;
      return;
    }
  }
}

void CommitmentReader::finish(Draftling made, size_t upper) {
  if (made.row.what.empty()) return;
  cut_report(made.row.what);
  // A lone function word is no content: the parser lost the rest.
  const TokenRange words = doc_.tokens_in(made.row.what);
  if (words.size() == 1) {
    const Upos pos = tree_.upos(index(words.begin));
    if (pos == Upos::Det || pos == Upos::Adp || pos == Upos::Part || pos == Upos::Aux) return;
  }
  if (made.row.owed_by.empty() && made.row.kind != CommitmentKind::Request &&
      made.row.kind != CommitmentKind::Expectation) {
    // "said that it was ready": the one who says it.
    const size_t who = subject(made.cue);
    size_t clause = made.cue;
    for (size_t steps = 0; steps < 4 && base(tree_.dep(clause)) == Dep::Conj; ++steps)
      clause = tree_.head(clause);
    if (who != kNo && tree_.upos(who) == Upos::Pron && !first_person(who) &&
        base(tree_.dep(clause)) == Dep::Ccomp && cues_.in("say", tree_.lemma(tree_.head(clause)))) {
      made.row.owed_by = actors_of(subject(tree_.head(clause)));
    }
    // In the text of an agreement, duties without a doer are its parties'.
    if (agreement_ && made.row.owed_by.empty() && doc_.agreements() != nullptr &&
        !doc_.agreements()->agreements.empty() && made.row.kind != CommitmentKind::Fulfilment &&
        (who == kNo || !person_like(who) || tree_.upos(who) == Upos::Pron ||
         passive(made.content))) {
      made.row.owed_by = doc_.agreements()->agreements[0].parties;
    }
  }
  settle_debtor(made);
  for (const Draftling& known : made_) {
    if (known.row.what == made.row.what) return;
    if (known.content == made.content && known.row.kind == made.row.kind && made.why != "list")
      return;
  }
  conditions(made, upper);
  // A firm condition at the end stands outside of what is promised.
  if (made.row.condition.begin > made.row.what.begin + 4 &&
      made.row.condition.begin < made.row.what.end && made.row.condition.end >= made.row.what.end) {
    const std::string_view text = doc_.text(made.row.condition);
    const bool firm = text.starts_with("on condition") || text.starts_with("on the condition") ||
                      text.starts_with("provid") || text.starts_with("until ") ||
                      text.starts_with("unless ");
    const size_t at = index(doc_.tokens_in(made.row.condition).begin);
    const size_t first = index(doc_.tokens_in(made.row.what).begin);
    if (firm && at > first + 1) made.row.what = trim(first, at - 1);
  }
  if (made.row.deadline.empty()) deadline(made, upper);
  const Span cue = doc_.tokens()->span[made.cue];
  made.row.span = {std::min(cue.begin, made.row.what.begin), std::max(cue.end, made.row.what.end)};
  if (doc_.figures() != nullptr) {
    const auto& figures = doc_.figures()->figures;
    for (size_t k = 0; k < figures.size(); ++k) {
      const Figure& figure = figures[k];
      if (!made.row.what.contains(figure.span)) continue;
      if (!made.row.deadline.empty() && made.row.deadline.overlaps(figure.span)) continue;
      if (!figure.value && !figure.low && !figure.high) continue;
      made.row.quantity = static_cast<FigureId>(k);
      break;
    }
  }
  if (doc_.agreements() != nullptr) {
    const auto& agreements = doc_.agreements()->agreements;
    const Span sentence = doc_.sentence_span(sentence_);
    for (size_t k = 0; k < agreements.size() && made.row.agreement == kNone<AgreementId>; ++k) {
      bool here = sentence.contains(agreements[k].span);
      for (const Span also : agreements[k].also) here = here || sentence.contains(also);
      if (here) made.row.agreement = static_cast<AgreementId>(k);
    }
    if (agreement_ && made.row.strength == Strength::Obliged && !agreements.empty())
      made.row.agreement = AgreementId{0};
  }
  if (agreement_) {
    const std::string provision = provision_here();
    if (!provision.empty()) made.row.provision = draft_.intern(provision);
    if (made.row.kind == CommitmentKind::Pledge) made.row.strength = Strength::Obliged;
  }
  const QuoteLayer* quotes = doc_.quotes();
  if (quotes != nullptr && made.cue < quotes->token_voice.size())
    made.row.voice = quotes->token_voice[made.cue];
  const float score = made.why == "cue" || made.why == "list" ? 0.9F
                      : made.why == "noun"                    ? 0.8F
                      : made.why == "kept"                    ? 0.75F
                                                              : 0.7F;
  made.row.made = {draft_.intern("events.commitments/1"), score};
  used_[made.content] = true;
  made.sentence = sentence_;
  made_.push_back(std::move(made));
  condition_row(Draftling(made_.back()));
}

/// A fulfilment answers the promise with which it shares most words; at least one word, and an
/// actor or a second word.
void CommitmentReader::tie_fulfilments() {
  const auto words = [&](Span span) {
    std::vector<std::string_view> out;
    const TokenRange range = doc_.tokens_in(span);
    for (uint32_t k = index(range.begin); k < index(range.end); ++k) {
      const Upos pos = doc_.syntax()->upos[k];
      if (pos != Upos::Noun && pos != Upos::Propn && pos != Upos::Verb) continue;
      const std::string_view lemma = doc_.lemma(static_cast<TokenId>(k));
      if (cues_.in("prior", lemma) || cues_.in("keep", lemma) || lemma == "have" || lemma == "do")
        continue;
      if (std::find(out.begin(), out.end(), lemma) == out.end()) out.push_back(lemma);
    }
    return out;
  };
  for (size_t i = 0; i < made_.size(); ++i) {
    Commitment& row = made_[i].row;
    if (row.kind != CommitmentKind::Fulfilment) continue;
    const SentenceId s = *doc_.sentence_of(row.span);
    const std::vector<std::string_view> mine = words(doc_.sentence_span(s));
    size_t best = 0;
    for (size_t k = 0; k < made_.size(); ++k) {
      const Commitment& other = made_[k].row;
      if (k == i || other.kind == CommitmentKind::Fulfilment ||
          other.kind == CommitmentKind::Condition)
        continue;
      if (doc_.sentence_of(other.span) == s) continue;
      size_t points = 0;
      for (const std::string_view w : words(other.what))
        points += std::find(mine.begin(), mine.end(), w) != mine.end() ? 2U : 0U;
      if (points > 0 && row.agreement != kNone<AgreementId> && row.agreement == other.agreement)
        points += 2;
      if (points > 0 && same_side(row.owed_by, other.owed_by)) points += 1;
      if (points > best && points >= 3) {
        best = points;
        row.fulfils = static_cast<CommitmentId>(k);
      }
    }
  }
}

}  // namespace readout::events
