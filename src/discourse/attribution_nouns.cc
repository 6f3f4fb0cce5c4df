// Attributions whose cue is no verb: "X's claim that C", "X is sure that C", "according to X", "in X's view".
#include <algorithm>

#include "discourse/attribution.h"

namespace readout::discourse {
namespace {

constexpr uint32_t kNo = Arcs::kNo;

bool one_of(std::string_view w, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), w) != list.end();
}

}  // namespace

void AttributionFinder::by_noun(uint32_t n, std::vector<Attribution>& out) const {
  if (arcs_.upos(n) != Upos::Noun) return;
  const uint32_t bits = words_.nouns.find(arcs_.lemma(n)) & ~(Cue::Point | Cue::Goods | Cue::Finder);
  if (bits == 0) return;
  Attribution a;
  a.cue = a.cue_begin = n;
  a.cue_end = n + 1;
  a.bits = bits;
  uint32_t clause = kNo;
  for (uint32_t c = arcs_.first(n); c != kNo; c = arcs_.next(c)) {
    if ((arcs_.dep(c) == Dep::Acl || arcs_.dep(c) == Dep::Ccomp) && has_case(c, "that") && c > n) clause = c;
  }
  if (clause == kNo && arcs_.dep(n) == Dep::Obj && !arcs_.root(n)) {
    // "confirm reports in the press that C": the clause hung on the verb
    const uint32_t beside = arcs_.child(arcs_.head(n), Dep::Ccomp);
    if (beside != kNo && beside > n && has_case(beside, "that") && (bits & (Cue::Statement | Cue::Rumour | Cue::View)) != 0) clause = beside;
  }
  const bool outer = arcs_.dep(n) == Dep::NsubjOuter || arcs_.dep(n) == Dep::Nsubj;
  const uint32_t governor = arcs_.head(n);
  bool rumour_of = false;
  if (clause == kNo && outer && governor != n && has_case(governor, "that") && arcs_.dep(n) == Dep::NsubjOuter) {
    // "Its position is that C"
    clause = governor;
    a.content = clause;
    uint32_t begin = arcs_.right(n) + 1;
    while (begin < arcs_.right(governor) && arcs_.upos(begin) == Upos::Aux) ++begin;
    add_piece(a, begin, arcs_.right(governor) + 1);
    a.source = owner_of(n);
    if (a.source == kNo || a.pieces.empty()) return;
    judge(a);
    out.push_back(std::move(a));
    return;
  }
  // "dismissed reports of C", "Reports of C are false"
  uint32_t verb = governor != n ? governor : kNo;
  const bool object = verb != kNo && (arcs_.dep(n) == Dep::Obj || arcs_.dep(n) == Dep::NsubjPass);
  const uint32_t verb_bits = verb == kNo ? 0 : words_.verbs.find(arcs_.lemma(verb));
  bool rejected = object && (verb_bits & Cue::Reject) != 0;
  if (verb != kNo && (object || outer) && negated(verb) && one_of(arcs_.lemma(verb), {"confirm", "verify", "substantiate", "corroborate", "true", "correct"})) {
    rejected = true;
  }
  if (verb != kNo && outer && (words_.adjectives.find(arcs_.lemma(verb)) & Cue::False) != 0) rejected = true;
  for (uint32_t c = arcs_.first(n); c != kNo; c = arcs_.next(c)) {
    if (arcs_.dep(c) == Dep::Amod && (words_.adjectives.find(arcs_.lemma(c)) & Cue::False) != 0) rejected = true;
  }
  if (clause == kNo && (bits & Cue::Rumour) != 0 && rejected) {
    for (uint32_t t = n + 1; t <= arcs_.right(n) && clause == kNo; ++t) {
      if (arcs_.dep(t) == Dep::Nmod && has_case(t, "of")) clause = t;
    }
    rumour_of = clause != kNo;
  }
  if (clause == kNo) return;
  set_content(a, clause, kNo, kNo);
  if (a.pieces.empty()) return;
  a.source = rumour_of ? arcs_.child(n, Dep::NmodPoss) : owner_of(n);
  if (a.source != kNo && arcs_.under(clause, a.source)) a.source = kNo;
  // Who makes the statement: "X expressed the hope that"
  if (a.source == kNo && object && !rejected) {
    a.source = subject_of(verb);
    if (a.source == kNo && (bits & (Cue::View | Cue::Statement)) == 0) return;
    if (verb < n && n - verb <= 4) a.cue_begin = verb;
    if (unreal(verb)) a.unreal = true;
    if (negated(verb) || negated(n)) a.denied = true;
  }
  const bool unreal_before = a.unreal, denied_before = a.denied;
  judge(a);
  a.unreal |= unreal_before;
  a.denied |= denied_before || rejected || (bits & Cue::Denial) != 0;
  if (a.source == kNo && !rejected && (bits & (Cue::Rumour | Cue::Statement)) == 0) a.reported = false;
  if (a.source == kNo && !rejected && (bits & Cue::Rumour) == 0) a.reported = false;
  a.score = 0.9F;
  out.push_back(std::move(a));
}

void AttributionFinder::by_adjective(uint32_t t, std::vector<Attribution>& out) const {
  const Upos pos = arcs_.upos(t);
  if (pos != Upos::Adj && pos != Upos::Verb) return;
  const uint32_t bits = words_.adjectives.find(arcs_.lemma(t)) | (pos == Upos::Verb ? words_.adjectives.find(arcs_.word(t)) : 0);
  if ((bits & (Cue::Think | Cue::Doubt)) == 0) return;
  if (pos == Upos::Verb && verb_bits(t) != 0) return;
  const uint32_t clause = arcs_.child(t, Dep::Ccomp);
  if (clause == kNo) return;
  Attribution a;
  a.cue = a.cue_begin = t;
  a.cue_end = t + 1;
  a.bits = bits;
  set_content(a, clause, kNo, kNo);
  if (a.pieces.empty()) return;
  a.source = pos == Upos::Verb && passive(t) ? arcs_.child(t, Dep::NsubjPass) : subject_of(t);
  if (a.source == kNo || arcs_.dep(a.source) == Dep::Expl || arcs_.lemma(a.source) == "it") a.reported = false;
  const bool made = !arcs_.root(t) && arcs_.lemma(arcs_.head(t)) == "make" && arcs_.dep(t) == Dep::Xcomp;  // "make sure that"
  judge(a);
  if (made) a.reported = false;
  if (negated(t)) a.denied = !a.denied;
  a.unreal |= unreal(t);
  out.push_back(std::move(a));
}

void AttributionFinder::by_phrase(uint32_t t, std::vector<Attribution>& out) const {
  uint32_t source = kNo, begin = t, end = t;
  uint32_t hook = kNo;  // what the phrase hangs on
  if (arcs_.word_is(t, "according") && t + 1 < arcs_.size() && arcs_.word_is(t + 1, "to")) {
    if (arcs_.dep(t) == Dep::Case) {
      source = arcs_.head(t);
    } else {
      source = arcs_.child(t, Dep::Obl);
      hook = arcs_.root(t) ? kNo : arcs_.head(t);
    }
    if (source == kNo || source < t) return;
    if (hook == kNo && !arcs_.root(source)) hook = arcs_.head(source);
    end = t + 2;
  } else if (arcs_.upos(t) == Upos::Noun && has_case(t, "in") && !arcs_.root(t) &&
             one_of(arcs_.lemma(t), {"view", "opinion", "word", "words", "estimation", "assessment", "judgement", "judgment", "eye", "mind", "telling", "reading"})) {
    source = owner_of(t);
    if (source == kNo) return;
    hook = arcs_.head(t);
    begin = arcs_.left(t);
    end = t + 1;
  } else {
    return;
  }
  if (hook == kNo) return;
  Attribution a;
  a.cue = t;
  a.cue_begin = std::min(begin, t);
  a.cue_end = end;
  a.bits = Cue::Say;
  a.source = source;
  const TokenRange who = source_words(source);
  uint32_t cut_begin = std::min(a.cue_begin, index(who.begin)), cut_end = std::max(std::max(end, index(who.end)), arcs_.right(source) + 1);
  if (t != source && cut_end < arcs_.right(t) + 1 && arcs_.upos(t) == Upos::Noun) cut_end = arcs_.right(t) + 1;
  // The phrase takes in the whole clause that it stands in.
  set_content(a, hook, cut_begin, cut_end);
  if (a.pieces.empty()) return;
  a.reported = !first_or_second_person(source);
  a.score = 0.9F;
  out.push_back(std::move(a));
}

}  // namespace readout::discourse
