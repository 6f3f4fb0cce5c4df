// On which condition something is promised, and the condition as a demand of its own.
#include "events/commitment_reader.h"

namespace readout::events {

void CommitmentReader::conditions(Draftling& made, size_t upper) const {
  // "..., provided the old debt is paid": the parser may not see the clause; it runs to the end.
  for (size_t k = tree_.begin() + 2; made.row.condition.empty() && k + 3 < tree_.end(); ++k) {
    const std::string_view word = tree_.word(k), next = tree_.word(k + 1);
    const bool opens = (word == "provided" || word == "providing") &&
                       (tree_.word(k - 1) == "," || tree_.upos(k - 1) == Upos::Punct) &&
                       next != "by" && next != "for" && next != "with" && next != "in";
    const bool on = word == "condition" && next == "that" &&
                    (tree_.word(k - 1) == "on" || tree_.word(k - 2) == "on");
    if ((!opens && !on) || k < made.content) continue;
    const size_t from = !on ? k : tree_.word(k - 1) == "on" ? k - 1 : k - 2;
    size_t last = k, verbs = 0;
    while (last + 1 < tree_.end() && tree_.word(last + 1) != ";" && tree_.word(last + 1) != "\"" &&
           tree_.word(last + 1) != "”") {
      ++last;
      const Upos pos = tree_.upos(last);
      verbs += pos == Upos::Verb || pos == Upos::Aux ? 1U : 0U;
    }
    if (verbs == 0) continue;
    made.row.condition = trim(from, last);
    made.row.condition.begin = doc_.tokens()->span[from].begin;
  }
  // Clauses under the content or under the cue, before or after.
  size_t inner = tree_.child(made.content, Dep::Xcomp);
  if (inner == kNo) inner = made.content;
  for (const size_t top : {made.content, inner, upper, made.cue}) {
    for (const uint32_t c : tree_.children(top)) {
      if (!made.row.condition.empty()) return;
      const Dep relation = base(tree_.dep(c));
      if (relation != Dep::Advcl && relation != Dep::Obl && relation != Dep::Ccomp &&
          relation != Dep::Acl)
        continue;
      const auto [lo, hi] = tree_.extent(c, [](size_t) { return false; });
      const std::string_view first = tree_.lemma(tree_.upos(lo) == Upos::Punct ? lo + 1 : lo);
      const size_t mark = tree_.child(c, Dep::Mark);
      const std::string_view marker = mark == kNo ? std::string_view() : tree_.lemma(mark);
      bool fits = relation == Dep::Advcl && (cues_.in("condition", marker) ||
                                             cues_.in("condition", first) || first == "unless");
      // "until the junta frees the prisoners": a state of things, not a date.
      fits = fits || (relation == Dep::Advcl && marker == "until" &&
                      tree_.child_base(c, Dep::Nsubj) != kNo);
      // "provided that", "as soon as", "on condition that", "as long as"
      fits = fits || (relation == Dep::Advcl &&
                      (tree_.lemma(c) == "provide" && tree_.word(c) == "provided"));
      fits = fits || (relation == Dep::Obl && tree_.lemma(c) == "condition" && first == "on");
      if (!fits && relation == Dep::Advcl && first == "as" && lo + 2 < tree_.end() &&
          (tree_.lemma(lo + 1) == "soon" || tree_.lemma(lo + 1) == "long")) {
        fits = true;
      }
      if (!fits) continue;
      made.row.condition = trim(lo, hi);
      if (tree_.dep(lo) == Dep::Mark) made.row.condition.begin = doc_.tokens()->span[lo].begin;
    }
  }
  for (size_t k = tree_.begin() + 1; made.row.condition.empty() && k < tree_.end(); ++k) {
    if (tree_.lemma(k) != "condition" || tree_.lemma(k - 1) != "on" ||
        !tree_.below(k, made.content))
      continue;
    const auto [lo, hi] = tree_.extent(k, [](size_t) { return false; });
    made.row.condition = trim(std::max(lo, k - 1), hi);
    made.row.condition.begin = doc_.tokens()->span[k - 1].begin;
  }
  // "as soon as circumstances allow": the clause hangs on "soon".
  const TokenRange range = doc_.tokens_in(made.row.what);
  for (size_t k = index(range.begin); made.row.condition.empty() && k + 2 < index(range.end); ++k) {
    if (tree_.lemma(k) == "as" && (tree_.lemma(k + 1) == "soon" || tree_.lemma(k + 1) == "long") &&
        tree_.lemma(k + 2) == "as" && tree_.lemma(k + 3 < tree_.end() ? k + 3 : k) != "possible") {
      made.row.condition = {doc_.tokens()->span[k].begin, made.row.what.end};
    }
  }
}

/// Who promises a thing on a firm condition asks for it: "on condition that its members are granted
/// ...", "until the road is opened".
void CommitmentReader::condition_row(const Draftling& made) {
  const Span condition = made.row.condition;
  if (condition.empty() ||
      (made.row.kind != CommitmentKind::Pledge && made.row.kind != CommitmentKind::Intention &&
       made.row.kind != CommitmentKind::Offer))
    return;
  const std::string_view text = doc_.text(condition);
  size_t skip = 0;
  for (const std::string_view opening :
       {"on condition that ", "on the condition that ", "provided that ", "until ", "provided ",
        "providing that ", "only if "}) {
    if (skip == 0 && text.starts_with(opening)) skip = opening.size();
  }
  if (skip == 0) return;
  const Span what{condition.begin + static_cast<uint32_t>(skip), condition.end};
  const TokenRange range = doc_.tokens_in(what);
  if (range.empty()) return;
  // The clause's verb and who stands before it; duties of the side itself are no conditions.
  size_t verb = kNo;
  for (size_t k = index(range.begin); k < index(range.end) && verb == kNo; ++k) {
    if (tree_.child_base(k, Dep::Nsubj) != kNo) verb = k;
  }
  Draftling asked;
  asked.cue = made.cue;
  asked.content = index(range.begin);
  asked.sentence = sentence_;
  asked.why = "condition";
  asked.row.kind = CommitmentKind::Condition;
  asked.row.strength = Strength::Expects;
  asked.row.what = what;
  const size_t who = verb == kNo ? kNo : tree_.child_base(verb, Dep::Nsubj);
  if (who != kNo && first_person(who)) return;
  const bool acts = who != kNo && !passive(verb) && person_like(who);
  if (acts || (who != kNo && tree_.upos(who) == Upos::Pron && !passive(verb))) {
    asked.row.owed_by = actors_of(who);
    if (who < verb && verb < index(range.end)) {
      size_t first = verb;
      for (const uint32_t c : tree_.children(verb)) {
        if (c > who && c < first && tree_.upos(c) != Upos::Punct) first = c;
      }
      asked.row.what = {doc_.tokens()->span[first].begin, what.end};
    }
  }
  if (asked.row.owed_by.empty()) asked.row.owed_by = made.row.owed_to;
  asked.row.owed_to = made.row.owed_by;
  asked.row.holder = made.row.owed_by;
  asked.row.span = condition;
  asked.row.voice = made.row.voice;
  asked.row.made = {draft_.intern("events.commitments/1"), 0.7F};
  made_.push_back(std::move(asked));
}

}  // namespace readout::events
