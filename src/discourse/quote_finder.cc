// First the marked stretches, each with what governs it: an attribution whose content it is, a cue verb
// above it, beside it or in the sentence before that ends in a colon, or the quote before it, which it
// goes on from. Then the attributions that no marks took up. Last the rows are made a tree.
#include "discourse/quote_finder.h"

#include <algorithm>

#include "core/check.h"
#include "discourse/scan.h"

namespace readout::discourse {
namespace {

constexpr uint32_t kNo = Arcs::kNo;
constexpr std::string_view kMethod = "discourse.quotes/1";

bool is_quote_mark(std::string_view w) {
  uint32_t i = 0;
  while (i < w.size()) {
    const uint32_t n = quotation_mark(w, i);
    if (n == 0) return false;
    i += n;
  }
  return i > 0;
}

void add_all(std::vector<ActorId>& to, const std::vector<ActorId>& from) {
  for (const ActorId actor : from) {
    if (std::find(to.begin(), to.end(), actor) == to.end()) to.push_back(actor);
  }
}

}  // namespace

QuoteFinder::QuoteFinder(const Arcs& arcs, const QuoteWords& words, Draft& draft)
    : arcs_(arcs), words_(words), draft_(draft), doc_(draft.doc()), finder_(arcs, words) {}

std::vector<Quote> QuoteFinder::find() {
  marks_ = find_marked(doc_.plain(), doc_.structure()->blocks);
  attributions_ = finder_.find();
  used_.assign(attributions_.size(), false);
  index_mentions();
  marked_quotes();
  arc_quotes();
  summary_quotes();
  tree();
  return std::move(quotes_);
}

// ------------------------------------------------------------------------------------ who it is

void QuoteFinder::index_mentions() {
  mention_at_.assign(arcs_.size(), -1);
  mention_over_.assign(arcs_.size(), -1);
  const auto& mentions = doc_.actors()->mentions;
  for (size_t m = 0; m < mentions.size(); ++m) {
    const Mention& mention = mentions[m];
    const auto row = static_cast<int32_t>(m);
    if (index(mention.head) < arcs_.size()) {
      int32_t& at = mention_at_[index(mention.head)];
      if (at < 0 || mentions[static_cast<size_t>(at)].tokens.size() < mention.tokens.size()) at = row;
    }
    for (uint32_t t = index(mention.tokens.begin); t < index(mention.tokens.end) && t < arcs_.size(); ++t) {
      int32_t& over = mention_over_[t];
      if (over < 0 || mentions[static_cast<size_t>(over)].tokens.size() > mention.tokens.size()) over = row;
    }
  }
}

const Mention* QuoteFinder::mention_of(uint32_t head) const {
  const auto& mentions = doc_.actors()->mentions;
  int32_t row = mention_at_[head];
  if (row < 0) row = mention_over_[head];
  return row < 0 ? nullptr : &mentions[static_cast<size_t>(row)];
}

bool QuoteFinder::unnamed(const std::vector<ActorId>& actors) const {
  return std::all_of(actors.begin(), actors.end(), [&](ActorId a) { return doc_.str(doc_.actors()->actors[index(a)].id) == "?"; });
}

std::vector<ActorId> QuoteFinder::actors_of(uint32_t head) const {
  std::vector<ActorId> actors;
  if (const Mention* mention = mention_of(head)) actors = mention->actors;
  if (unnamed(actors)) {
    // "spokeswoman Liv Haldane", "the agent, Erik Maltzan": the name stands beside the role
    for (uint32_t c = arcs_.first(head); c != kNo; c = arcs_.next(c)) {
      const Dep dep = arcs_.dep(c);
      if (dep != Dep::Appos && dep != Dep::Flat && dep != Dep::NmodDesc) continue;
      const Mention* mention = mention_of(c);
      if (mention != nullptr && !unnamed(mention->actors)) {
        actors = mention->actors;
        break;
      }
    }
  }
  if (actors.empty() && arcs_.upos(head) == Upos::Propn) {
    // A family name that the reading of mentions passed over.
    uint32_t last = head;
    for (uint32_t c = arcs_.first(head); c != kNo; c = arcs_.next(c)) {
      if (arcs_.dep(c) == Dep::Flat && c > last) last = c;
    }
    const std::string_view word = arcs_.word(last);
    for (size_t a = 0; a < doc_.actors()->actors.size() && word.size() >= 3; ++a) {
      const Actor& actor = doc_.actors()->actors[a];
      const std::string_view name = doc_.str(actor.name);
      if (actor.type != ActorType::Person || !name.ends_with(word) || name.size() <= word.size() || name[name.size() - word.size() - 1] != ' ') continue;
      if (!actors.empty()) {
        actors.clear();  // two of that name
        break;
      }
      actors.push_back(ActorId{static_cast<uint32_t>(a)});
    }
  }
  if (unnamed(actors) && arcs_.upos(head) == Upos::Noun) {
    // The name stands further down: "the agent at the tribunal, Erik Maltzan", "critics such as X"
    for (uint32_t t = head + 1; t <= arcs_.right(head); ++t) {
      const bool aside = arcs_.dep(t) == Dep::Appos && arcs_.word(arcs_.left(t) > 0 ? arcs_.left(t) - 1 : 0) == ",";
      bool such = false;
      for (uint32_t c = arcs_.first(t); c != kNo; c = arcs_.next(c)) such |= arcs_.dep(c) == Dep::Case && arcs_.lemma(c) == "such";
      if (arcs_.dep(t) == Dep::Appos && arcs_.upos(t) == Upos::Propn && !aside) {
        for (uint32_t c = arcs_.first(t); c != kNo; c = arcs_.next(c)) such |= arcs_.dep(c) == Dep::Punct && arcs_.word(c) == ",";
        such |= t > 0 && arcs_.word(t - 1) == ",";
      }
      if (!aside && !such) continue;
      const Mention* mention = mention_of(t);
      if (mention == nullptr || unnamed(mention->actors) || doc_.actors()->actors[index(mention->actors[0])].type != ActorType::Person) continue;
      actors = mention->actors;
      break;
    }
  }
  for (uint32_t c = arcs_.first(head); c != kNo; c = arcs_.next(c)) {
    if (arcs_.dep(c) == Dep::Conj && c > head) add_all(actors, actors_of(c));
  }
  return actors;
}

/// `own`: the quote itself, whose words can't name its source.
QuoteFinder::Source QuoteFinder::source_of(uint32_t head, Span own) {
  Source source;
  if (head == kNo) return source;
  const TokenRange words = finder_.source_words(head);
  source.span = arcs_.span(index(words.begin), index(words.end));
  if (const Mention* mention = mention_of(head)) {
    if (mention->tokens.contains(TokenId{head}) && mention->span.begin <= source.span.begin && mention->span.end >= source.span.begin) {
      source.span.begin = std::min(source.span.begin, mention->span.begin);
      source.span.end = std::max(source.span.end, mention->span.end);
    }
  }
  if (source.span.overlaps(own)) source.span = arcs_.span(head);
  source.pronoun = arcs_.upos(head) == Upos::Pron;
  source.actors = actors_of(head);
  if (unnamed(source.actors) && arcs_.word_is(head, "latter")) {
    // Who was named last in the sentence before.
    const uint32_t sentence = arcs_.sentence_begin(head);
    const uint32_t before = sentence > 0 ? arcs_.sentence_begin(sentence - 1) : sentence;
    for (const Mention& mention : doc_.actors()->mentions) {
      if (index(mention.head) < before || index(mention.head) >= sentence || mention.actors.size() != 1) continue;
      if (mention.form == MentionForm::Name && doc_.actors()->actors[index(mention.actors[0])].type == ActorType::Person) source.actors = mention.actors;
    }
  }
  if (source.actors.empty() && arcs_.upos(head) == Upos::Noun && (words_.nouns.find(arcs_.lemma(head)) & (Cue::Statement | Cue::View)) != 0) {
    // "Karsund's statement said"
    const uint32_t owner = finder_.owner_of(head);
    if (owner != kNo) source.actors = actors_of(owner);
  }
  if (unnamed(source.actors) && source.pronoun && (arcs_.word_is(head, "he") || arcs_.word_is(head, "she"))) {
    // A pronoun that nobody resolved: who was quoted last, but not who speaks here.
    const std::vector<ActorId>* speaker = nullptr;
    const auto& turns = doc_.structure()->turns;
    for (size_t i = 0; i < turns.size(); ++i) {
      if (turns[i].span.contains(arcs_.span(head))) speaker = &doc_.actors()->turn_speaker[i];
    }
    const auto fits = [&](const std::vector<ActorId>& actors) {
      return actors.size() == 1 && doc_.actors()->actors[index(actors[0])].type == ActorType::Person && !unnamed(actors) &&
             (speaker == nullptr || *speaker != actors);
    };
    uint32_t nearest = 0;
    for (const Quote& quote : quotes_) {
      if (quote.span.begin >= source.span.begin || source.span.begin - quote.span.begin > 800 || !fits(quote.source)) continue;
      if (quote.span.begin >= nearest) {
        nearest = quote.span.begin;
        source.actors = quote.source;
      }
    }
  }
  return source;
}

// ------------------------------------------------------------------------------- marked stretches

size_t QuoteFinder::block_at(uint32_t offset) const {
  const auto& blocks = doc_.structure()->blocks;
  const auto it = std::partition_point(blocks.begin(), blocks.end(), [&](const Block& b) { return b.span.end <= offset; });
  return static_cast<size_t>(it - blocks.begin());
}

bool QuoteFinder::opens_turn(const Marked& mark) const {
  if (mark.depth != 0) return false;
  for (const Turn& turn : doc_.structure()->turns) {
    if (turn.span.begin > mark.inner.begin) break;
    // The turn's own marks: from its first word to its last, or to where the turn was cut.
    const Span trimmed = trim(doc_.plain(), turn.span);
    if (trimmed.begin >= mark.outer.begin && trimmed.begin <= mark.inner.begin && mark.inner.size() * 10 >= trimmed.size() * 6) return true;
  }
  return false;
}

bool QuoteFinder::sentence_like(Span inner) const {
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

bool QuoteFinder::title_or_name(const Marked& mark) const {
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
bool QuoteFinder::alone(const Marked& mark) const {
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
uint32_t QuoteFinder::name_beside(uint32_t cue, uint32_t low, uint32_t high) const {
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

QuoteFinder::Governor QuoteFinder::at_cue(uint32_t cue, uint32_t low, uint32_t high) const {
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

QuoteFinder::Governor QuoteFinder::governor_behind(uint32_t to, uint32_t limit) const {
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

QuoteFinder::Governor QuoteFinder::governor_before(uint32_t from, uint32_t limit) const {
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

QuoteFinder::Governor QuoteFinder::governor_by_arcs(uint32_t from, uint32_t to) const {
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

QuoteFinder::Governor QuoteFinder::governor_of(const Marked& mark) const {
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

void QuoteFinder::set_addressee(Quote& quote, uint32_t head) const {
  if (head == kNo) return;
  const TokenRange words = finder_.source_words(head);
  const Span span = arcs_.span(index(words.begin), index(words.end));
  if (span.overlaps(quote.span)) return;
  quote.addressee = actors_of(head);
}

/// "said that the road “will be open”", "accused X of firing “at night”": the content begins before the
/// marks, behind the cue.
QuoteFinder::Lead QuoteFinder::lead_of(const Marked& mark) const {
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
bool QuoteFinder::holds_subject(uint32_t begin, uint32_t end) const {
  bool nominal = false;
  for (uint32_t t = begin; t < end; ++t) {
    const Upos pos = arcs_.upos(t);
    if (arcs_.dep(t) == Dep::OblUnmarked || arcs_.dep(t) == Dep::Advmod || arcs_.dep(t) == Dep::Obl) continue;
    if (t == begin && (pos == Upos::Adp || pos == Upos::Adv || pos == Upos::Punct)) return false;
    nominal |= pos == Upos::Noun || pos == Upos::Propn || pos == Upos::Pron;
  }
  return nominal;
}

const Marked* QuoteFinder::inside(uint32_t offset) const {
  const Marked* best = nullptr;
  for (const Marked& mark : marks_) {
    if (mark.outer.begin >= offset) break;
    if (mark.outer.end > offset) best = &mark;
  }
  return best;
}

void QuoteFinder::marked_quotes() {
  size_t last_direct = SIZE_MAX;
  for (size_t m = 0; m < marks_.size(); ++m) {
    const Marked& mark = marks_[m];
    if (mark.continues) continue;  // taken up by the piece that it goes on from
    const TokenRange range = doc_.tokens_in(mark.inner);
    if (range.empty()) continue;
    if (opens_turn(mark)) continue;
    const uint32_t from = index(range.begin), to = index(range.end);
    const BlockRole role = doc_.structure()->blocks[std::min(block_at(mark.inner.begin), doc_.structure()->blocks.size() - 1)].role;
    if (role == BlockRole::Navigation || role == BlockRole::Boilerplate) continue;

    // Pieces over several paragraphs are one quote.
    Span whole = mark.inner;
    size_t last_piece = m;
    for (size_t k = m; marks_[k].continued;) {
      size_t next = k + 1;
      while (next < marks_.size() && !(marks_[next].continues && marks_[next].depth == 0)) ++next;
      if (next >= marks_.size()) break;
      whole.end = marks_[next].inner.end;
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
    const bool clause = sentence_like(mark.inner);
    Quote quote;
    quote.made = {draft_.intern(kMethod), 1.0F};
    const Lead lead = lead_of(mark);
    if (lead && owner != SIZE_MAX && !part && attributions_[owner].cue == lead.governor.cue &&
        index(attributions_[owner].pieces.front().begin) >= (from > 0 && is_quote_mark(arcs_.word(from - 1)) ? from - 1 : from)) {
      owner = SIZE_MAX;  // the content begins before the marks
    }
    if (owner != SIZE_MAX) {
      const Attribution& attribution = attributions_[owner];
      if (part && last_piece == m) continue;  // a mixed quote: arc_quotes makes it
      if (!clause && title_or_name(mark)) continue;
      used_[owner] = true;
      if (attribution.unreal) continue;
      quote.span = whole;
      quote.type = attribution.that || !clause ? QuoteType::Mixed : QuoteType::Direct;
      quote.cue = arcs_.span(attribution.cue_begin, attribution.cue_end);
      quote.denied = attribution.denied;
      const Source source = source_of(attribution.source, whole);
      quote.source = source.actors;
      quote.source_span = source.span;
      set_addressee(quote, attribution.addressee);
      if (attribution.source == kNo && (attribution.bits & (Cue::Know | Cue::Show)) != 0 && (attribution.bits & Cue::Speech) == 0) continue;
      // other pieces of a split quote point at the same attribution
      quotes_.push_back(std::move(quote));
      last_direct = quotes_.size() - 1;
      continue;
    }
    if (lead) {
      for (size_t a = 0; a < attributions_.size(); ++a) {
        if (attributions_[a].cue == lead.governor.cue) used_[a] = true;
      }
      if (lead.governor.unreal) continue;
      const Source source = source_of(lead.governor.source, whole);
      quote.span = {arcs_.span(lead.begin).begin, mark.outer.end};
      quote.type = QuoteType::Mixed;
      quote.cue = arcs_.span(lead.governor.cue);
      quote.source = source.actors;
      quote.source_span = source.span;
      quote.denied = lead.governor.denied;
      quote.made.score = 0.8F;
      set_addressee(quote, lead.governor.addressee);
      quotes_.push_back(std::move(quote));
      last_direct = quotes_.size() - 1;
      continue;
    }
    const Governor governor = governor_of(mark);
    if (governor) {
      if (!clause && title_or_name(mark) && !(governor.named && governor.cue + 8 >= from && !title_or_name(mark))) continue;
      if (governor.unreal) continue;
      const Source source = source_of(governor.source, whole);
      if (source.span.empty() && !clause) continue;
      quote.span = whole;
      quote.type = clause && !governor.named ? QuoteType::Direct : QuoteType::Mixed;
      quote.cue = arcs_.span(governor.cue);
      quote.source = source.actors;
      quote.source_span = source.span;
      quote.denied = governor.denied;
      quote.made.score = governor.score;
      if (!governor.named) set_addressee(quote, governor.addressee);
      quotes_.push_back(std::move(quote));
      last_direct = quotes_.size() - 1;
      continue;
    }
    if (!clause || title_or_name(mark)) continue;
    if (!alone(mark)) {
      if (to - from < 4) continue;
      // A sentence in marks that nothing introduces ("So much for "we never said that""): nobody's.
      continue;
    }
    // On its own: the speaker goes on.
    if (mark.depth == 0 && last_direct != SIZE_MAX && quotes_[last_direct].type != QuoteType::Indirect) {
      const Quote& previous = quotes_[last_direct];
      const size_t gap = block_at(mark.inner.begin) - block_at(previous.span.end > 0 ? previous.span.end - 1 : 0);
      if (gap <= 1 && block_at(mark.inner.begin) >= block_at(previous.span.begin)) {
        quote.span = whole;
        quote.source = previous.source;
        quote.source_span = previous.source_span;
        quote.addressee = previous.addressee;
        quote.made.score = gap == 0 ? 0.8F : 0.6F;
        quotes_.push_back(std::move(quote));
        last_direct = quotes_.size() - 1;
        continue;
      }
    }
    // A passage set off from the text repeats what somebody is quoted with elsewhere.
    const std::string_view said = doc_.text(whole);
    for (const Quote& other : quotes_) {
      if (other.type != QuoteType::Direct || said.size() < 20 || doc_.text(other.span).find(said) == std::string_view::npos) continue;
      quote.span = whole;
      quote.source = other.source;
      quote.source_span = other.source_span;
      quote.made.score = 0.6F;
      quotes_.push_back(std::move(quote));
      break;
    }
  }
}

// ------------------------------------------------------------------------------------ by arcs

Span QuoteFinder::content_span(uint32_t begin, uint32_t end) const {
  Span span = arcs_.span(begin, end);
  // Marks at the edges that close or open outside are not the content's.
  for (const Marked& mark : marks_) {
    if (mark.outer.begin >= span.end) break;
    if (mark.outer.end <= span.begin) continue;
    if (mark.inner.contains(span) || span.contains(mark.outer)) continue;
    // Crossing: the part inside of the marks is not this speaker's own clause, unless most of it is.
    if (span.begin < mark.outer.begin && span.end < mark.outer.end) {
      if (span.end <= mark.inner.begin) span.end = mark.outer.begin;
      else span.end = mark.outer.end;
    } else if (span.begin >= mark.outer.begin && span.end > mark.inner.end) {
      if (span.begin >= mark.inner.begin) {
        span.end = std::min(span.end, mark.inner.end);
      } else {
        span.begin = mark.outer.begin;
      }
    }
  }
  return trim(doc_.plain(), span);
}

bool QuoteFinder::introduces_turn(const Attribution& attribution) const {
  const auto& turns = doc_.structure()->turns;
  const Span cue = arcs_.span(attribution.cue);
  const auto turn = std::partition_point(turns.begin(), turns.end(), [&](const Turn& t) { return t.span.end <= cue.begin; });
  if (turn == turns.end() || !turn->introduced_by.contains(cue)) return false;
  // "X, recalling that C, said": C is reported on the way; "According to X, the minister said:" says nothing
  if (!attribution.pieces.empty() && finder_.verb_bits(index(attribution.pieces.back().end) - 1) != 0) return true;
  return attribution.pieces.empty() || !turn->introduced_by.contains(arcs_.span(index(attribution.pieces[0].begin), index(attribution.pieces[0].end)));
}

/// "The representative of X said that C" where C begins a turn told in the third person, and the sentences
/// after it that go on telling: "His country was ready to send observers."
void QuoteFinder::summary_quotes() {
  const StructureLayer& structure = *doc_.structure();
  for (size_t i = 0; i < structure.turns.size(); ++i) {
    const Turn& turn = structure.turns[i];
    if (turn.direct || turn.introduced_by.empty()) continue;
    const TokenRange intro = doc_.tokens_in(turn.introduced_by), speech = doc_.tokens_in(turn.span);
    if (intro.empty() || speech.empty()) continue;
    uint32_t cue = kNo;
    for (uint32_t t = index(intro.begin); t < index(intro.end); ++t) {
      if ((words_.verbs.find(arcs_.lemma(t)) & (Cue::Speech | Cue::Think)) != 0 && arcs_.upos(t) != Upos::Noun) cue = t;
    }
    const bool at_cue = cue != kNo && index(intro.end) - cue <= 4;
    uint32_t begin = index(speech.begin);
    for (bool first = true; begin < index(speech.end); first = false) {
      const uint32_t end = std::min(arcs_.sentence_end(begin), index(speech.end)), sentence = begin;
      begin = end;
      if (first ? !at_cue : !told_on(sentence, end)) continue;
      Quote quote;
      quote.span = content_span(sentence, end);
      while (quote.span.end > quote.span.begin + 1 && (doc_.plain()[quote.span.end - 1] == '.' || doc_.plain()[quote.span.end - 1] == ';')) --quote.span.end;
      quote.type = QuoteType::Indirect;
      for (const Marked& mark : marks_) {
        if (quote.span.contains(mark.inner) && !title_or_name(mark)) quote.type = QuoteType::Mixed;
      }
      if (cue != kNo) quote.cue = arcs_.span(cue);
      quote.source = doc_.actors()->turn_speaker[i];
      quote.source_span = turn.speaker;
      quote.made = {draft_.intern(kMethod), first ? 0.9F : 0.7F};
      if (quote.source_span.empty() && quote.source.empty()) continue;
      quotes_.push_back(std::move(quote));
    }
  }
}

/// A sentence of a summary that has no cue of its own and does not tell what the speaker did ("He thanked Spain").
bool QuoteFinder::told_on(uint32_t begin, uint32_t end) const {
  uint32_t root = begin;
  while (root < end && !arcs_.root(root)) ++root;
  if (root >= end || (arcs_.upos(root) == Upos::Noun && arcs_.child(root, Dep::Cop) == kNo)) return false;
  for (const Attribution& attribution : attributions_) {
    if (attribution.cue < begin || attribution.cue >= end || attribution.source == kNo) continue;
    if (attribution.cue == root || arcs_.head(attribution.cue) == root) return false;
  }
  const Span span = arcs_.span(begin, end);
  for (const Quote& quote : quotes_) {
    if (quote.span.overlaps(span)) return false;
  }
  const uint32_t subject = arcs_.child(root, Dep::Nsubj);
  if (subject == kNo) return arcs_.child(root, Dep::NsubjPass) != kNo || arcs_.child(root, Dep::Expl) != kNo;
  const bool shifted = arcs_.child(root, Dep::Aux) != kNo;
  if (arcs_.upos(subject) == Upos::Pron && (arcs_.word_is(subject, "he") || arcs_.word_is(subject, "she") || arcs_.word_is(subject, "they"))) return shifted;
  const bool speaker = arcs_.lemma(subject) == "representative" || arcs_.lemma(subject) == "delegate" || arcs_.lemma(subject) == "speaker";
  return !speaker && words_.verbs.find(arcs_.lemma(root)) != Cue::Urge;
}

void QuoteFinder::arc_quotes() {
  const std::vector<Quote> marked = quotes_;
  for (size_t a = 0; a < attributions_.size(); ++a) {
    const Attribution& attribution = attributions_[a];
    if (used_[a] || attribution.unreal) continue;
    if (!attribution.reported) {
      // An opinion in the first person is the speaker's own, unless he speaks for others too.
      if ((attribution.bits & Cue::Think) == 0 || attribution.source == kNo || actors_of(attribution.source).size() < 2) continue;
    }
    if (attribution.source == kNo && (attribution.bits & (Cue::Say | Cue::Rumour)) == 0) continue;
    if (introduces_turn(attribution)) continue;
    const std::string_view lemma = arcs_.lemma(attribution.cue);
    const bool shows = (attribution.bits & Cue::Show) != 0 && ((attribution.bits & (Cue::Know | Cue::Tell)) != 0 || lemma == "reflect" || lemma == "signal" || lemma == "reveal");
    if (shows && attribution.source != kNo && lemma != "confirm" && lemma != "conclude") {
      // What shows or suggests something says it only if it is somebody, or a paper.
      const uint32_t noun = arcs_.upos(attribution.source) == Upos::Noun ? words_.nouns.find(arcs_.lemma(attribution.source)) : 0;
      if ((noun & (Cue::Statement | Cue::Finder)) == 0 && unnamed(actors_of(attribution.source))) continue;
    }
    for (const TokenRange piece : attribution.pieces) {
      const uint32_t begin = index(piece.begin), end = index(piece.end);
      if (attribution.pieces.size() > 1 && end - begin < 3) continue;
      Quote quote;
      quote.span = content_span(begin, end);
      if (quote.span.empty()) continue;
      bool taken = false, partly = false;
      for (const Marked& mark : marks_) {
        if (mark.outer.begin >= quote.span.end) break;
        partly |= quote.span.contains(mark.inner) && !title_or_name(mark);
      }
      for (const Quote& other : marked) taken |= other.span == quote.span || (other.span.overlaps(quote.span) && other.cue == arcs_.span(attribution.cue));
      if (taken) continue;
      quote.type = partly ? QuoteType::Mixed : QuoteType::Indirect;
      quote.cue = arcs_.span(attribution.cue_begin, attribution.cue_end);
      quote.denied = attribution.denied;
      const Source source = source_of(attribution.source, quote.span);
      quote.source = source.actors;
      quote.source_span = source.span;
      set_addressee(quote, attribution.addressee);
      own_introduction(quote);
      quote.made = {draft_.intern(kMethod), attribution.score};
      quotes_.push_back(std::move(quote));
    }
  }
}

/// What a turn's introduction reports on the way ("X, noting that C, said") is said by who speaks the turn.
void QuoteFinder::own_introduction(Quote& quote) const {
  const auto& turns = doc_.structure()->turns;
  for (size_t i = 0; i < turns.size(); ++i) {
    if (!turns[i].introduced_by.contains(quote.span) || turns[i].speaker.empty()) continue;
    if (!quote.source_span.empty() && !turns[i].speaker.overlaps(quote.source_span)) continue;
    quote.source = doc_.actors()->turn_speaker[i];
    if (quote.source_span.empty()) quote.source_span = {turns[i].speaker.begin, std::min(turns[i].speaker.end, quote.span.begin)};
  }
}

// ------------------------------------------------------------------------------------ the tree

void QuoteFinder::tree() {
  std::stable_sort(quotes_.begin(), quotes_.end(), [](const Quote& a, const Quote& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  std::vector<Quote> kept;
  std::vector<size_t> open;
  for (Quote& quote : quotes_) {
    while (!open.empty() && kept[open.back()].span.end <= quote.span.begin) open.pop_back();
    if (!open.empty()) {
      const Quote& outer = kept[open.back()];
      if (outer.span == quote.span && outer.cue == quote.cue) continue;
      if (quote.span.end > outer.span.end) {  // crossing: what lies behind belongs to nobody
        quote.span.end = outer.span.end;
        quote.span = trim(doc_.plain(), quote.span);
        if (quote.span.empty()) continue;
      }
      quote.parent = QuoteId{static_cast<uint32_t>(open.back())};
    }
    open.push_back(kept.size());
    kept.push_back(std::move(quote));
  }
  quotes_ = std::move(kept);
}

}  // namespace readout::discourse
