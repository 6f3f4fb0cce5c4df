// Each marked stretch and what governs it: an attribution whose content it is, a cue verb above it, beside it or in
// the sentence before that ends in a colon, or the quote before it, which it goes on from.
#include "discourse/speech_marks.h"

#include <algorithm>

#include "discourse/scan.h"

namespace readout::discourse {
namespace {

constexpr uint32_t kNo = Arcs::kNo;

bool is_quote_mark(std::string_view w) {
  uint32_t i = 0;
  while (i < w.size()) {
    const uint32_t n = quotation_mark(w, i);
    if (n == 0) return false;
    i += n;
  }
  return i > 0;
}

}  // namespace

SpeechMarks::SpeechMarks(const Arcs& arcs, const QuoteWords& words)
    : arcs_(arcs), words_(words), doc_(arcs.doc()), finder_(arcs, words), marks_(find_marked(doc_.plain(), doc_.structure()->blocks)), attributions_(finder_.find()) {}

size_t SpeechMarks::block_at(uint32_t offset) const {
  const auto& blocks = doc_.structure()->blocks;
  const auto it = std::partition_point(blocks.begin(), blocks.end(), [&](const Block& b) { return b.span.end <= offset; });
  return static_cast<size_t>(it - blocks.begin());
}

bool SpeechMarks::opens_turn(const Marked& mark) const {
  if (mark.depth != 0) return false;
  for (const Turn& turn : doc_.structure()->turns) {
    if (turn.span.begin > mark.inner.begin) break;
    // The turn's own marks: from its first word to its last, or to where the turn was cut.
    const Span trimmed = trim(doc_.plain(), turn.span);
    if (trimmed.begin >= mark.outer.begin && trimmed.begin <= mark.inner.begin && mark.inner.size() * 10 >= trimmed.size() * 6) return true;
  }
  return false;
}

bool SpeechMarks::sentence_like(Span inner) const {
  const TokenRange range = doc_.tokens_in(inner);
  bool verb = false;
  uint32_t words = 0;
  for (uint32_t t = index(range.begin); t < index(range.end); ++t) {
    const Upos pos = arcs_.upos(t);
    if (pos != Upos::Punct) ++words;
    if ((pos == Upos::Verb || pos == Upos::Aux) &&
        (arcs_.feats(t).find("VerbForm=Fin") != std::string_view::npos || arcs_.feats(t).find("Mood=") != std::string_view::npos)) {
      verb = true;
    }
  }
  if (words == 0) return false;
  const char last = doc_.plain()[inner.end - 1];
  const bool ended = last == '.' || last == '!' || last == '?' || last == ',';
  return verb || (ended && words >= 2);
}

bool SpeechMarks::title_or_name(const Marked& mark) const {
  const TokenRange range = doc_.tokens_in(mark.inner);
  const uint32_t from = index(range.begin), to = index(range.end);
  if (from >= to) return true;
  // A word that says so right before ("the film", "operation", "so-called", "named").
  uint32_t t = from;
  for (int steps = 0; t > 0 && steps < 3; ++steps) {
    --t;
    if (is_quote_mark(arcs_.word(t))) continue;
    if (arcs_.upos(t) == Upos::Punct) break;
    if (words_.titles.has(arcs_.lemma(t)) && !sentence_like(mark.inner)) return true;
    const Upos pos = arcs_.upos(t);
    if (pos == Upos::Verb || pos == Upos::Aux || pos == Upos::Adp || pos == Upos::Sconj) break;
  }
  // A word that says so right behind ("the "Peace" initiative").
  uint32_t behind = to;
  while (behind < arcs_.size() && is_quote_mark(arcs_.word(behind))) ++behind;
  if (behind < arcs_.sentence_end(from) && words_.titles.has(arcs_.lemma(behind)) && arcs_.upos(behind) != Upos::Verb) return true;
  // All words capitalised: a name.
  uint32_t words = 0, capital = 0;
  for (uint32_t i = from; i < to; ++i) {
    if (arcs_.upos(i) == Upos::Punct) continue;
    const bool small = arcs_.upos(i) == Upos::Adp || arcs_.upos(i) == Upos::Det || arcs_.upos(i) == Upos::Cconj;
    if (small && i != from) continue;
    ++words;
    capital += (doc_.tokens()->flags[i] & (TokenFlags::kUpper | TokenFlags::kDigit)) != 0 ? 1U : 0U;
  }
  const char last = doc_.plain()[mark.inner.end - 1];
  const bool ended = last == '.' || last == '!' || last == '?' || last == ',';
  return words == capital && words >= 1 && words <= 8 && !ended && !sentence_like(mark.inner);
}

/// The marked stretch is all that its sentences hold.
bool SpeechMarks::alone(const Marked& mark) const {
  const TokenRange range = doc_.tokens_in(mark.inner);
  const uint32_t from = index(range.begin), to = index(range.end);
  if (from >= to) return false;
  for (uint32_t t = arcs_.sentence_begin(from); t < from; ++t) {
    if (arcs_.upos(t) != Upos::Punct && arcs_.upos(t) != Upos::Cconj) return false;
  }
  for (uint32_t t = to; t < arcs_.sentence_end(to - 1); ++t) {
    if (arcs_.upos(t) != Upos::Punct) return false;
  }
  return true;
}

/// The name nearest to a cue verb that has no subject in the tree, between `low` and `high`.
uint32_t SpeechMarks::name_beside(uint32_t cue, uint32_t low, uint32_t high) const {
  const auto nominal = [&](uint32_t t) {
    const Upos pos = arcs_.upos(t);
    return pos == Upos::Propn || pos == Upos::Noun || pos == Upos::Pron;
  };
  uint32_t best = kNo;
  if (cue > low && nominal(cue - 1)) best = cue - 1;
  if (best == kNo) {
    for (uint32_t t = cue + 1; t < high && t < cue + 8; ++t) {
      if (nominal(t)) {
        best = t;
        break;
      }
      if (arcs_.upos(t) == Upos::Punct || arcs_.upos(t) == Upos::Adp || arcs_.upos(t) == Upos::Verb) break;
    }
  }
  if (best == kNo) return kNo;
  for (int steps = 0; steps < 4 && !arcs_.root(best) && nominal(arcs_.head(best)) && arcs_.head(best) >= low && arcs_.head(best) < high; ++steps) {
    best = arcs_.head(best);
  }
  return best;
}

SpeechMarks::Governor SpeechMarks::at_cue(uint32_t cue, uint32_t low, uint32_t high) const {
  Governor g;
  g.cue = cue;
  g.source = finder_.subject_of(cue);
  const uint32_t bits = finder_.verb_bits(cue);
  if (g.source == kNo && !finder_.passive(cue)) g.source = name_beside(cue, low, high);
  if (g.source != kNo && arcs_.dep(g.source) == Dep::Expl) g.source = kNo;
  g.addressee = finder_.addressee_of(cue, bits);
  if (g.addressee == g.source) g.addressee = kNo;
  g.unreal = finder_.unreal(cue);
  const bool not_said = finder_.negated(cue);
  g.denied = ((bits & Cue::Deny) != 0) != not_said;
  if (not_said) g.unreal = false;
  return g;
}

SpeechMarks::Governor SpeechMarks::governor_behind(uint32_t to, uint32_t limit) const {
  // "...", X said / said X / X of Y told Z: the first finite verb behind the marks is the cue.
  uint32_t start = to;
  while (start < limit && (arcs_.upos(start) == Upos::Punct || is_quote_mark(arcs_.word(start)))) {
    if (arcs_.word(start) == "." && start > to) return {};
    ++start;
  }
  for (uint32_t t = start; t < limit && t < start + 24; ++t) {
    if (is_quote_mark(arcs_.word(t))) break;
    const uint32_t bits = finder_.verb_bits(t);
    if ((bits & (Cue::Speech | Cue::Manner | Cue::Think)) != 0 && arcs_.feats(t).find("VerbForm=Inf") == std::string_view::npos &&
        (arcs_.dep(t) != Dep::AclRelcl && arcs_.dep(t) != Dep::Acl)) {
      Governor g = at_cue(t, start, limit);
      if (g.source == kNo || g.source >= to) return g;
    }
    if (arcs_.upos(t) == Upos::Verb && arcs_.dep(t) != Dep::AclRelcl && arcs_.dep(t) != Dep::Acl && bits == 0 && t > start) break;
  }
  return {};
}

SpeechMarks::Governor SpeechMarks::governor_before(uint32_t from, uint32_t limit) const {
  if (from == 0) return {};
  for (uint32_t t = from; t-- > limit;) {
    if (is_quote_mark(arcs_.word(t)) && t + 1 < from) {
      // another quotation ends here; what stands before it is its own
      break;
    }
    const uint32_t bits = finder_.verb_bits(t);
    if ((bits & Cue::Think) != 0 && (bits & Cue::Speech) == 0 && arcs_.dep(t) == Dep::Ccomp && arcs_.head(t) < t && arcs_.head(t) >= limit &&
        (finder_.verb_bits(arcs_.head(t)) & Cue::Speech) != 0) {
      continue;  // "X said he did not expect it, "and we don't ask for it"": said, not expected
    }
    if (arcs_.lemma(t) == "quote" && t > limit && arcs_.word_is(t - 1, "i")) continue;  // "told us, and I quote, "..."": who told us
    if ((bits & (Cue::Speech | Cue::Name | Cue::Cite | Cue::Think | Cue::Accuse | Cue::Urge)) != 0) {
      Governor g = at_cue(t, limit, from);
      g.named = (bits & (Cue::Speech | Cue::Think)) == 0;
      if (g.source != kNo && g.source >= from && arcs_.doc().span(TokenId{g.source}).begin >= arcs_.span(from).begin) g.source = kNo;
      return g;
    }
    if (arcs_.word_is(t, "according") && t + 1 < from && arcs_.word_is(t + 1, "to")) {
      Governor g;
      g.cue = t;
      g.source = arcs_.dep(t) == Dep::Case ? arcs_.head(t) : arcs_.child(t, Dep::Obl);
      if (g.source == kNo || g.source >= from) return {};
      return g;
    }
  }
  return {};
}

SpeechMarks::Governor SpeechMarks::governor_by_arcs(uint32_t from, uint32_t to) const {
  // The topmost token of the stretch, and the cue verbs above it.
  uint32_t top = from;
  for (uint32_t t = from; t < to; ++t) {
    const uint32_t head = arcs_.head(t);
    if ((head < from || head >= to || head == t) && arcs_.upos(t) != Upos::Punct) {
      top = t;
      break;
    }
  }
  for (uint32_t t = top, steps = 0; steps < 5 && !arcs_.root(t); ++steps) {
    const Dep dep = arcs_.dep(t);
    const uint32_t head = arcs_.head(t);
    if (head >= from && head < to) return {};
    const uint32_t bits = finder_.verb_bits(head);
    if ((bits & (Cue::Say | Cue::Tell | Cue::Ask | Cue::Deny | Cue::Name | Cue::Cite | Cue::Accuse | Cue::Urge | Cue::Promise | Cue::Think)) != 0 &&
        dep != Dep::Nsubj && dep != Dep::Conj) {
      Governor g = at_cue(head, arcs_.sentence_begin(head), arcs_.sentence_end(head));
      g.named = true;
      return g;
    }
    if ((dep == Dep::Nsubj || dep == Dep::Parataxis || dep == Dep::AclRelcl) && t != top) break;
    if ((dep == Dep::Acl || dep == Dep::Advcl) && t != top && arcs_.upos(t) == Upos::Verb && finder_.verb_bits(t) == 0) break;  // another's deed
    t = head;
  }
  return {};
}

SpeechMarks::Governor SpeechMarks::governor_of(const Marked& mark) const {
  const TokenRange range = doc_.tokens_in(mark.inner);
  const uint32_t from = index(range.begin), to = index(range.end);
  const Marked* outer = mark.depth > 0 ? inside(mark.outer.begin) : nullptr;
  uint32_t low = arcs_.sentence_begin(from), high = arcs_.sentence_end(to - 1);
  if (outer != nullptr) {
    const TokenRange around = doc_.tokens_in(outer->inner);
    low = std::max(low, index(around.begin));
    high = std::min(high, index(around.end));
  }
  const bool clause = sentence_like(mark.inner);
  // A comma or colon before the mark, or a cue right before it: what stands before governs.
  uint32_t before = from;
  while (before > low && is_quote_mark(arcs_.word(before - 1))) --before;
  const bool joined = before > low && (arcs_.word(before - 1) == "," || arcs_.word(before - 1) == ":");
  const bool cue_before = before > low && (finder_.verb_bits(before - 1) & (Cue::Speech | Cue::Name | Cue::Cite | Cue::Manner)) != 0;
  Governor g;
  if (clause && before > low && (joined || cue_before)) {
    g = governor_before(before, low);
    if (g && g.source != kNo) return g;
  }
  if (clause) {
    const Governor behind = governor_behind(to, high);
    if (behind && behind.source != kNo) return behind;
    if (!g && behind) g = behind;
  }
  if (before > low) {
    Governor above = governor_by_arcs(from, to);
    if (above && above.cue < from && above.cue >= low) {
      if (clause) above.named = false;
      return above;
    }
    const Governor ahead = governor_before(before, low);
    if (ahead && (clause || ahead.cue + 6 >= before)) {
      if (!g) g = ahead;
    }
  }
  if (!g && clause && before == low && low > 0 && arcs_.word(low - 1) == ":" && outer == nullptr) {
    // the sentence before ends in a colon
    const uint32_t previous = arcs_.sentence_begin(low - 1);
    g = governor_before(low, previous);
  }
  if (g) g.score = 0.9F;
  return g;
}

/// "said that the road “will be open”", "accused X of firing “at night”": the content begins before the
/// marks, behind the cue.
SpeechMarks::Lead SpeechMarks::lead_of(const Marked& mark) const {
  const TokenRange range = doc_.tokens_in(mark.inner);
  const uint32_t from = index(range.begin);
  const uint32_t low = arcs_.sentence_begin(from);
  uint32_t before = from;
  while (before > low && is_quote_mark(arcs_.word(before - 1))) --before;
  if (before == low) return {};
  uint32_t that = kNo;
  for (uint32_t t = before; t-- > low && before - t < 16;) {
    const std::string_view w = arcs_.word(t);
    if (is_quote_mark(w) || w == ";" || w == ":" || (w == "," && t + 1 == before)) return {};
    if (w == "that" && arcs_.upos(t) != Upos::Det && that == kNo) that = t;
    const uint32_t bits = finder_.verb_bits(t);
    if (bits == 0) continue;
    if (finder_.reporter_conjunct(t)) return {};  // what the reporter's second verb governs does not begin at the first
    const bool speech = (bits & (Cue::Say | Cue::Tell | Cue::Deny)) != 0;
    uint32_t begin = kNo;
    if (speech && that != kNo && that + 1 < before) begin = that + 1;
    if (speech && that == kNo && (bits & Cue::Tell) == 0 && t + 2 < before && (bits & Cue::Say) != 0 && !begins_upper(doc_.text(mark.inner)) &&
        holds_subject(t + 1, before)) {
      begin = t + 1;
    }
    if ((bits & Cue::Accuse) != 0 && begin == kNo) {
      for (uint32_t k = t + 1; k + 1 < before; ++k) {
        if (arcs_.word(k) == "of" && arcs_.word(k + 1).ends_with("ing")) begin = k + 1;
      }
    }
    if (begin == kNo) {
      if (speech) return {};  // this cue governs the marks, whatever stands before it
      continue;
    }
    Lead lead;
    lead.begin = begin;
    lead.governor = at_cue(t, low, begin);
    if (lead.governor.source == kNo) return {};
    return lead;
  }
  return {};
}

/// A noun or pronoun, and no preposition before it: what could be the subject of a clause in marks.
bool SpeechMarks::holds_subject(uint32_t begin, uint32_t end) const {
  bool nominal = false;
  for (uint32_t t = begin; t < end; ++t) {
    const Upos pos = arcs_.upos(t);
    if (arcs_.dep(t) == Dep::OblUnmarked || arcs_.dep(t) == Dep::Advmod || arcs_.dep(t) == Dep::Obl) continue;
    if (t == begin && (pos == Upos::Adp || pos == Upos::Adv || pos == Upos::Punct)) return false;
    nominal |= pos == Upos::Noun || pos == Upos::Propn || pos == Upos::Pron;
  }
  return nominal;
}

const Marked* SpeechMarks::inside(uint32_t offset) const {
  const Marked* best = nullptr;
  for (const Marked& mark : marks_) {
    if (mark.outer.begin >= offset) break;
    if (mark.outer.end > offset) best = &mark;
  }
  return best;
}

/// What marked stretch `m` is: whose words, and how they hang on what is around them. Nobody's (names, titles of
/// works, scare marks, what was never said) is None.
SpeechMarks::Reading SpeechMarks::reading(size_t m) const {
  Reading r;
  const Marked& mark = marks_[m];
  if (mark.continues) return r;  // taken up by the piece that it goes on from
  const TokenRange range = doc_.tokens_in(mark.inner);
  if (range.empty()) return r;
  if (opens_turn(mark)) return r;
  const uint32_t from = index(range.begin), to = index(range.end);
  const BlockRole role = doc_.structure()->blocks[std::min(block_at(mark.inner.begin), doc_.structure()->blocks.size() - 1)].role;
  if (role == BlockRole::Navigation || role == BlockRole::Boilerplate) return r;

  // Pieces over several paragraphs are one quote.
  r.whole = mark.inner;
  size_t last_piece = m;
  for (size_t k = m; marks_[k].continued;) {
    size_t next = k + 1;
    while (next < marks_.size() && !(marks_[next].continues && marks_[next].depth == 0)) ++next;
    if (next >= marks_.size()) break;
    r.whole.end = marks_[next].inner.end;
    last_piece = k = next;
  }

  // An attribution by arcs whose content this is, or that the marks stand in.
  size_t owner = SIZE_MAX;
  bool part = false;
  // Content stands in the sentence of its cue.
  const auto first = std::partition_point(attributions_.begin(), attributions_.end(),
                                          [&](const Attribution& x) { return x.cue < arcs_.sentence_begin(from); });
  for (size_t a = static_cast<size_t>(first - attributions_.begin()); a < attributions_.size(); ++a) {
    const Attribution& attribution = attributions_[a];
    if (attribution.cue >= arcs_.sentence_end(to - 1)) break;
    if (attribution.cue >= from && attribution.cue < to) continue;
    for (const TokenRange piece : attribution.pieces) {
      const uint32_t low = std::max(from, index(piece.begin)), high = std::min(to, index(piece.end));
      if (low >= high) continue;
      // Words of the piece outside of the marks.
      uint32_t outside = 0;
      for (uint32_t t = index(piece.begin); t < index(piece.end); ++t) {
        if ((t < from || t >= to) && arcs_.upos(t) != Upos::Punct) ++outside;
      }
      const bool covered = high - low + 2 >= std::min(to - from, arcs_.sentence_end(from) - from) || outside == 0;
      if (!covered) continue;
      const bool closer = owner == SIZE_MAX || index(piece.begin) >= index(attributions_[owner].pieces.front().begin);
      if (!closer) continue;
      owner = a;
      part = outside > 0;
    }
  }
  r.clause = sentence_like(mark.inner);
  const Lead lead = lead_of(mark);
  if (lead && owner != SIZE_MAX && !part && attributions_[owner].cue == lead.governor.cue &&
      index(attributions_[owner].pieces.front().begin) >= (from > 0 && is_quote_mark(arcs_.word(from - 1)) ? from - 1 : from)) {
    owner = SIZE_MAX;  // the content begins before the marks
  }
  if (owner != SIZE_MAX) {
    const Attribution& attribution = attributions_[owner];
    const bool partly = part && last_piece == m;
    if (!partly && !r.clause && title_or_name(mark)) return r;
    r.kind = partly ? Kind::Part : Kind::Content;
    r.attribution = owner;
    r.governor.cue = attribution.cue;
    r.governor.source = attribution.source;
    r.governor.addressee = attribution.addressee;
    r.governor.denied = attribution.denied;
    r.governor.unreal = attribution.unreal;
    return r;
  }
  if (lead) {
    r.kind = Kind::Led;
    r.lead = lead.begin;
    r.governor = lead.governor;
    return r;
  }
  r.governor = governor_of(mark);
  if (r.governor) {
    const bool name = title_or_name(mark);
    if ((!r.clause && name) || r.governor.unreal || (r.governor.source == kNo && !r.clause)) return r;
    r.kind = Kind::Governed;
    return r;
  }
  if (r.clause && !title_or_name(mark)) r.kind = alone(mark) ? Kind::GoesOn : Kind::Unclaimed;
  return r;
}

std::vector<Saying> SpeechMarks::sayings() const {
  std::vector<Saying> out;
  const auto token = [](uint32_t t) { return t == kNo ? kNone<TokenId> : TokenId{t}; };
  for (size_t m = 0; m < marks_.size(); ++m) {
    const Reading r = reading(m);
    if (r.kind == Kind::None || r.governor.unreal) continue;
    Saying saying;
    saying.span = marks_[m].inner;
    saying.goes_on = r.kind == Kind::GoesOn;
    saying.cue = token(r.governor.cue);
    saying.source = token(r.governor.source);
    saying.addressee = token(r.governor.addressee);
    out.push_back(saying);
    saying.goes_on = true;
    for (size_t k = m; marks_[k].continued;) {
      size_t next = k + 1;
      while (next < marks_.size() && !(marks_[next].continues && marks_[next].depth == 0)) ++next;
      if (next >= marks_.size()) break;
      saying.span = marks_[next].inner;
      out.push_back(saying);
      k = next;
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Saying& a, const Saying& b) { return a.span.begin < b.span.begin; });
  return out;
}

}  // namespace readout::discourse
