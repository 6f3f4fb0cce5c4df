// A cue word opens a small number of constructions; each names where the content and the source are.
//
//   X says that C          ccomp of the verb            source: its subject
//   C, X says / says X     the verb is parataxis of C
//   as X says, C           the verb is advcl of C
//   X urges Y to C         xcomp with a "to"            Y: addressee
//   X accuses Y of C       advcl or obl with "of"
//   X's claim that C       acl or ccomp of the noun     source: possessor, "of", "by", or who "makes" it
//   X is sure that C       ccomp of the adjective
//   according to X, C      the rest of the clause
//   in X's view, C
#include "discourse/attribution.h"

#include <algorithm>

namespace readout::discourse {
namespace {

constexpr uint32_t kNo = Arcs::kNo;

bool mark_word(std::string_view w) { return w == "that" || w == "That" || w == "whether" || w == "if" || w == "of" || w == "to"; }

bool stops(std::string_view w) {
  return w == "," || w == ":" || w == ";" || w == "." || w == "-" || w == "--" || w == "–" || w == "—" || w == "..." || w == "…" ||
         w == "!";
}
bool quote_token(std::string_view w) {
  return w == "\"" || w == "“" || w == "”" || w == "„" || w == "‘" || w == "’" || w == "''" || w == "``" || w == "«" || w == "»" ||
         w == "'" || w == "`";
}

bool one_of(std::string_view w, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), w) != list.end();
}

}  // namespace

bool AttributionFinder::has_case(uint32_t t, std::string_view word) const {
  for (uint32_t c = arcs_.first(t); c != kNo; c = arcs_.next(c)) {
    if ((arcs_.dep(c) == Dep::Case || arcs_.dep(c) == Dep::Mark) && arcs_.word_is(c, word)) return true;
  }
  return false;
}

uint32_t AttributionFinder::verb_bits(uint32_t t) const {
  const Upos pos = arcs_.upos(t);
  if (pos != Upos::Verb && pos != Upos::Aux) return verb_like(t) ? words_.verbs.find(arcs_.lemma(t)) : 0;
  if (arcs_.lemma(t) == "point" && t + 1 < arcs_.size() && arcs_.word(t + 1) == "out") return Cue::Say;
  return words_.verbs.find(arcs_.lemma(t));
}

/// "The Front claims to have won", "UNICEF reports 400 cases": the present tense of a cue that the tagger took
/// for a plural, as the head of a sentence without another verb.
bool AttributionFinder::verb_like(uint32_t t) const {
  if (arcs_.upos(t) != Upos::Noun || !arcs_.root(t) || !arcs_.word(t).ends_with('s') || !words_.verbs.has(arcs_.lemma(t))) return false;
  uint32_t name = arcs_.child(t, Dep::Nsubj);
  if (name == kNo) name = arcs_.child(t, Dep::Compound);
  if (name == kNo || t + 1 >= arcs_.sentence_end(t) || name + 1 != t) return false;
  const uint32_t next = t + 1;
  if (arcs_.upos(next) != Upos::Num && !arcs_.word_is(next, "to") && !arcs_.word_is(next, "that") && arcs_.upos(next) != Upos::Det) return false;
  for (uint32_t k = arcs_.sentence_begin(t); k < arcs_.sentence_end(t); ++k) {
    if (arcs_.head(k) == t && arcs_.dep(k) == Dep::Cop) return false;
  }
  return true;
}

bool AttributionFinder::negated(uint32_t t) const {
  for (uint32_t c = arcs_.first(t); c != kNo; c = arcs_.next(c)) {
    if (arcs_.dep(c) != Dep::Advmod && arcs_.dep(c) != Dep::Det) continue;
    if (one_of(arcs_.lemma(c), {"not", "never", "n't", "no", "neither", "nor"})) return true;
  }
  return false;
}

bool AttributionFinder::passive(uint32_t verb) const {
  if (arcs_.child(verb, Dep::AuxPass) != kNo || arcs_.child(verb, Dep::NsubjPass) != kNo) return true;
  return arcs_.dep(verb) == Dep::Acl && arcs_.feats(verb).find("VerbForm=Part") != std::string_view::npos &&
         arcs_.feats(verb).find("Tense=Past") != std::string_view::npos;
}

bool AttributionFinder::past(uint32_t verb) const {
  if (arcs_.feats(verb).find("Tense=Past") != std::string_view::npos) return true;
  for (uint32_t c = arcs_.first(verb); c != kNo; c = arcs_.next(c)) {
    if (arcs_.dep(c) == Dep::Aux && one_of(arcs_.lemma(c), {"have", "do"}) &&
        (arcs_.lemma(c) == "have" || arcs_.feats(c).find("Tense=Past") != std::string_view::npos)) {
      return true;
    }
  }
  return false;
}

bool AttributionFinder::first_or_second_person(uint32_t t) const {
  return arcs_.upos(t) == Upos::Pron && one_of(arcs_.lemma(t), {"I", "i", "we", "We", "you", "You", "one", "my", "our", "your", "My", "Our", "Your"});
}

uint32_t AttributionFinder::owner_of(uint32_t noun) const {
  const uint32_t possessor = arcs_.child(noun, Dep::NmodPoss);
  if (possessor != kNo) return possessor;
  for (uint32_t c = arcs_.first(noun); c != kNo; c = arcs_.next(c)) {
    if (arcs_.dep(c) == Dep::Nmod && (has_case(c, "of") || has_case(c, "by") || has_case(c, "from"))) return c;
    if (arcs_.dep(c) == Dep::Nmod && arcs_.upos(c) == Upos::Propn && has_case(c, "in") && (words_.nouns.find(arcs_.lemma(noun)) & Cue::Rumour) != 0) {
      return c;  // "reports in the Gazette"
    }
  }
  return kNo;
}

/// ""This is a good day," read the statement": behind marked speech the parser takes the subject for an object.
uint32_t AttributionFinder::inverted_subject(uint32_t verb) const {
  if (verb == 0 || !quote_token(arcs_.word(verb - 1)) || verb - 1 == arcs_.sentence_begin(verb) || verb_bits(verb) == 0) return kNo;
  const uint32_t object = arcs_.child(verb, Dep::Obj);
  return object != kNo && object > verb && arcs_.child(verb, Dep::Nsubj) == kNo && arcs_.child(verb, Dep::Ccomp) != kNo ? object : kNo;
}

uint32_t AttributionFinder::subject_of(uint32_t verb) const { return subject_of(verb, 0); }

uint32_t AttributionFinder::subject_of(uint32_t verb, int depth) const {
  if (depth > 6) return kNo;
  const bool is_passive = passive(verb);
  uint32_t agent = kNo, subject = kNo;
  for (uint32_t c = arcs_.first(verb); c != kNo; c = arcs_.next(c)) {
    switch (arcs_.dep(c)) {
      case Dep::Nsubj:
      case Dep::NsubjOuter:
        // "Madam, the government declared": who is addressed stands first
        if (subject == kNo || (c < verb && arcs_.left(subject) == arcs_.sentence_begin(verb) && arcs_.word(arcs_.right(subject)) == ",")) subject = c;
        if (subject != c && c < verb && arcs_.right(subject) + 1 < c && arcs_.word(arcs_.right(subject) + 1) == "," && arcs_.left(subject) == arcs_.sentence_begin(verb)) subject = c;
        if (subject != c && c + 1 == verb && c > 0 && quote_token(arcs_.word(c - 1))) subject = c;  // ""Reports are baseless," she said"
        break;
      case Dep::OblAgent: agent = c; break;
      case Dep::Obl: if (is_passive && agent == kNo && has_case(c, "by")) agent = c; break;
      default: break;
    }
  }
  if (is_passive) return agent;
  const uint32_t head = arcs_.head(verb);
  const Dep dep = arcs_.dep(verb);
  if (subject != kNo) {
    // "the man who said": the antecedent
    const bool relative = arcs_.upos(subject) == Upos::Pron && one_of(arcs_.lemma(subject), {"who", "which", "that"});
    for (uint32_t up = verb, steps = 0; relative && steps < 6 && !arcs_.root(up); ++steps) {
      if (arcs_.dep(up) == Dep::AclRelcl || arcs_.dep(up) == Dep::Acl) return arcs_.head(up);
      up = arcs_.head(up);
    }
    // "Minister, the embassy claims that": who is addressed is not the subject, but looks like one.
    for (uint32_t c = arcs_.first(subject); c != kNo; c = arcs_.next(c)) {
      if (arcs_.dep(c) != Dep::Appos || c > verb || arcs_.left(c) == 0) continue;
      uint32_t comma = arcs_.left(c);
      if (arcs_.word(comma) != ",") --comma;
      if (arcs_.word(comma) != "," || arcs_.left(subject) != arcs_.sentence_begin(verb)) continue;
      bool closed = false;
      for (uint32_t t = std::max(c, comma + 1); t < verb; ++t) closed |= arcs_.word(t) == ",";
      if (!closed) return c;
    }
    return subject;
  }
  const uint32_t said = inverted_subject(verb);
  if (said != kNo) return said;
  if (head == verb) return verb_like(verb) ? arcs_.child(verb, Dep::Compound) : kNo;
  if (reporting_participle(verb)) {
    const uint32_t above = depth == 0 ? reporter_above(verb) : kNo;
    if (above != kNo) return above;
    if (dep == Dep::Ccomp || dep == Dep::Parataxis) return subject_of(head, depth + 1);
  }
  if (reporter_conjunct(verb)) {
    uint32_t cue = arcs_.head(head);
    if (arcs_.upos(cue) == Upos::Noun && !verb_like(cue)) cue = arcs_.head(cue);  // "voiced concern that C, and stressed that D"
    return subject_of(cue, depth + 1);
  }
  if (depth == 0 && dep == Dep::Conj && arcs_.left(verb) == verb && verb > 0 && arcs_.word(verb - 1) == ";") {
    // "They opposed all that ...; affirmed C; and pledged D": a list of what one subject did
    uint32_t root = verb;
    for (int steps = 0; steps < 16 && !arcs_.root(root); ++steps) root = arcs_.head(root);
    const uint32_t subject_of_all = root < verb ? arcs_.child(root, Dep::Nsubj) : kNo;
    if (subject_of_all != kNo) return subject_of_all;
  }
  switch (dep) {
    case Dep::Conj: return arcs_.upos(head) == Upos::Verb || arcs_.child(head, Dep::Cop) != kNo ? subject_of(head, depth + 1) : kNo;
    case Dep::Xcomp:
    case Dep::Advcl: {
      // "quoted X as saying", "X was quoted as saying"
      if ((words_.verbs.find(arcs_.lemma(head)) & Cue::Cite) != 0 && (has_case(verb, "as") || dep == Dep::Xcomp)) {
        const uint32_t quoted = arcs_.child(head, passive(head) ? Dep::NsubjPass : Dep::Obj);
        if (quoted != kNo) return quoted;
      }
      if (dep == Dep::Xcomp) {
        const uint32_t object = arcs_.child(head, Dep::Obj);
        if (object != kNo) return object;
        if (passive(head)) {
          const uint32_t patient = arcs_.child(head, Dep::NsubjPass);
          if (patient != kNo) return patient;
        }
      } else if (reporting_participle(verb) && arcs_.dep(head) == Dep::Ccomp && verb_bits(arcs_.head(head)) != 0 && arcs_.left(verb) > 0 &&
                 (arcs_.word(arcs_.left(verb)) == "," || arcs_.word(arcs_.left(verb) - 1) == ",")) {
        return subject_of(arcs_.head(head), depth + 1);
      } else if (passive(head)) {
        const uint32_t patient = arcs_.child(head, Dep::NsubjPass);
        if (patient != kNo && subject_of(head, depth + 1) == kNo) return patient;
      }
      return subject_of(head, depth + 1);
    }
    case Dep::Acl: return head;   // "a statement saying that", "an official speaking on ..."
    case Dep::Parataxis:
    case Dep::Ccomp: return kNo;
    default: return kNo;
  }
}

uint32_t AttributionFinder::addressee_of(uint32_t verb, uint32_t bits) const {
  uint32_t object = kNo, oblique = kNo;
  for (uint32_t c = arcs_.first(verb); c != kNo; c = arcs_.next(c)) {
    const Dep dep = arcs_.dep(c);
    if (dep == Dep::Iobj) return c;
    if (dep == Dep::Obj && object == kNo) object = c;
    if ((dep == Dep::Obl || dep == Dep::Nmod) && has_case(c, "to") && oblique == kNo) oblique = c;
    if (dep == Dep::Obl && oblique == kNo && (has_case(c, "in") || has_case(c, "by")) &&
        one_of(arcs_.lemma(c), {"letter", "message", "note", "address", "speech", "interview", "telegram", "cable", "statement", "briefing", "call", "conversation", "remark"})) {
      // "said in a letter to X", "told in an interview with X"
      for (uint32_t n = arcs_.first(c); n != kNo; n = arcs_.next(n)) {
        if (arcs_.dep(n) == Dep::Nmod && (has_case(n, "to") || has_case(n, "with"))) oblique = n;
      }
    }
    if (dep == Dep::NsubjPass && (bits & (Cue::Tell | Cue::Urge)) != 0) return c;
  }
  if ((bits & (Cue::Tell | Cue::Ask | Cue::Urge)) != 0 && object != kNo && arcs_.upos(object) != Upos::Verb) return object;
  return oblique;
}

TokenRange AttributionFinder::source_words(uint32_t head) const {
  uint32_t begin = head, end = head;
  for (uint32_t c = arcs_.first(head); c != kNo; c = arcs_.next(c)) {
    switch (arcs_.dep(c)) {
      case Dep::Det:
      case Dep::DetPredet:
      case Dep::Amod:
      case Dep::Nmod:
      case Dep::NmodPoss:
      case Dep::NmodDesc:
      case Dep::NmodUnmarked:
      case Dep::Nummod:
      case Dep::Compound:
      case Dep::Flat:
      case Dep::Fixed:
      case Dep::Conj:
      case Dep::Goeswith:
        begin = std::min(begin, arcs_.left(c));
        end = std::max(end, arcs_.right(c));
        break;
      default: break;
    }
  }
  // An aside inside a modifier would drag its commas along: stop at the first one behind the head,
  // unless names are being listed.
  if (arcs_.child(head, Dep::Conj) == kNo) {
    for (uint32_t t = head + 1; t <= end; ++t) {
      if (arcs_.upos(t) == Upos::Punct && arcs_.word(t) == ",") {
        end = t - 1;
        break;
      }
    }
  }
  return {TokenId{begin}, TokenId{end + 1}};
}

bool AttributionFinder::unreal(uint32_t verb) const {
  bool infinitive = false;
  for (uint32_t c = arcs_.first(verb); c != kNo; c = arcs_.next(c)) {
    const std::string_view lemma = arcs_.lemma(c);
    if (arcs_.dep(c) == Dep::Aux && one_of(lemma, {"can", "could", "may", "might", "should", "must", "will", "would", "shall", "ought", "let"})) {
      return true;
    }
    if (arcs_.dep(c) == Dep::Mark) {
      if (one_of(lemma, {"if", "unless", "whether", "lest"})) return true;
      if (lemma == "to") infinitive = true;
    }
  }
  const bool clause = arcs_.dep(verb) == Dep::Xcomp || arcs_.dep(verb) == Dep::Conj;
  if (infinitive) {
    // "went on to say" was said; "refused to say" was not, and is a denial
    const bool done = clause && one_of(arcs_.lemma(arcs_.head(verb)), {"go", "continue", "seek", "begin", "hasten", "proceed", "rush", "want", "like",
                                                                     "move", "appear", "seem", "refuse", "decline", "use", "fail"});
    return !done || unreal(arcs_.head(verb));
  }
  if (clause && arcs_.child(verb, Dep::Nsubj) == kNo && arcs_.feats(verb).find("VerbForm=Inf") != std::string_view::npos &&
      arcs_.child(verb, Dep::Aux) == kNo && !arcs_.root(verb)) {
    return unreal(arcs_.head(verb));
  }
  return arcs_.feats(verb).find("Mood=Imp") != std::string_view::npos && arcs_.child(verb, Dep::Nsubj) == kNo && inverted_subject(verb) == kNo;
}

void AttributionFinder::add_piece(Attribution& a, uint32_t begin, uint32_t end) const {
  const auto edge = [&](uint32_t t) { return stops(arcs_.word(t)) || quote_token(arcs_.word(t)); };
  while (begin < end && (stops(arcs_.word(begin)) || (quote_token(arcs_.word(begin)) && begin + 1 < end && stops(arcs_.word(begin + 1))))) ++begin;
  while (begin < end && edge(end - 1) && !quote_token(arcs_.word(end - 1))) --end;
  if (begin >= end) return;
  // a leading "that" or "whether" is the frame's, not the content's
  if (mark_word(arcs_.word(begin)) && (arcs_.dep(begin) == Dep::Mark || arcs_.dep(begin) == Dep::Case) && end - begin > 1) {
    a.that = true;
    ++begin;
  }
  while (begin < end && stops(arcs_.word(begin))) ++begin;
  bool words = false;
  for (uint32_t t = begin; t < end; ++t) words |= arcs_.upos(t) != Upos::Punct;
  if (words) a.pieces.push_back({TokenId{begin}, TokenId{end}});
}

/// Of the pieces around a cue, those that say something: not "And as previously" or "But just to reiterate".
void AttributionFinder::whole_pieces(Attribution& a) const {
  if (a.pieces.size() < 2 || a.content == kNo) return;
  std::vector<TokenRange> kept;
  for (const TokenRange piece : a.pieces) {
    bool whole = piece.contains(TokenId{a.content});
    for (uint32_t t = index(piece.begin); t < index(piece.end) && !whole; ++t) {
      whole = arcs_.upos(t) == Upos::Verb && (arcs_.child(t, Dep::Nsubj) != kNo || arcs_.child(t, Dep::NsubjPass) != kNo) && index(piece.end) - index(piece.begin) > 4;
    }
    if (whole) kept.push_back(piece);
  }
  if (!kept.empty()) a.pieces = std::move(kept);
}

void AttributionFinder::set_content(Attribution& a, uint32_t head, uint32_t cut_begin, uint32_t cut_end) const {
  a.content = head;
  const uint32_t begin = arcs_.left(head), end = content_end(head);
  if (cut_begin >= end || cut_end <= begin) {
    add_piece(a, begin, end);
    return;
  }
  if (begin < cut_begin) add_piece(a, begin, cut_begin);
  if (cut_end < end) add_piece(a, cut_end, end);
}

/// "X stressed C, pointing out that D": whoever stressed it, whatever verb of C the parser hung the participle on.
uint32_t AttributionFinder::reporter_above(uint32_t v) const {
  uint32_t subject = kNo;
  for (uint32_t t = v, steps = 0; steps < 8 && !arcs_.root(t); ++steps) {
    t = arcs_.head(t);
    for (uint32_t c = arcs_.first(t); c != kNo && c < v; c = arcs_.next(c)) {  // "C, she said, adding that D" hung on C
      if (arcs_.dep(c) != Dep::Parataxis || (verb_bits(c) & Cue::Speech) == 0) continue;
      const uint32_t by = arcs_.child(c, Dep::Nsubj);
      if (by != kNo) return by;
    }
    if (arcs_.dep(t) == Dep::Parataxis && arcs_.child(t, Dep::Nsubj) != kNo) {  // "C, she added, stressing that D"
      const uint32_t by = subject_of(t, 3);
      if (by != kNo) return by;
    }
    if (t < v && (verb_bits(t) & (Cue::Say | Cue::Tell | Cue::Deny | Cue::Ask | Cue::Accuse)) != 0 && !reporting_participle(t)) {
      const uint32_t by = subject_of(t, 3);
      if (by != kNo) subject = by;
    }
  }
  return subject;
}

/// "X said that C and asked that D": the second verb is X's, though the parser hung it on C. Signs: it is in the
/// simple past beside "will" or "would", it agrees with X and not with the subject of C, it is a cue with a clause
/// of its own, or a cue in the simple past beside content that is told in another tense.
bool AttributionFinder::reporter_conjunct(uint32_t c) const {
  if (arcs_.dep(c) != Dep::Conj || arcs_.feats(c).find("VerbForm=Fin") == std::string_view::npos) return false;
  for (const Dep dep : {Dep::Nsubj, Dep::NsubjPass, Dep::Aux, Dep::AuxPass, Dep::Mark, Dep::Cop}) {
    if (arcs_.child(c, dep) != kNo) return false;
  }
  const uint32_t clause = arcs_.head(c);
  const Dep dep = arcs_.dep(clause);
  if ((dep != Dep::Ccomp && dep != Dep::Acl) || arcs_.root(clause)) return false;
  const uint32_t cue = arcs_.head(clause);
  const bool noun = arcs_.upos(cue) == Upos::Noun && !verb_like(cue);
  if (cue > clause || (noun ? !words_.nouns.has(arcs_.lemma(cue)) : verb_bits(cue) == 0)) return false;
  const auto feat = [&](uint32_t t, std::string_view what) { return t != kNo && arcs_.feats(t).find(what) != std::string_view::npos; };
  if (feat(c, "Tense=Pres") && feat(c, "Number=Sing") && feat(cue, "Tense=Pres") && feat(cue, "Number=Sing")) {
    uint32_t subject = arcs_.child(clause, Dep::Nsubj);
    if (subject == kNo) subject = arcs_.child(clause, Dep::NsubjPass);
    return feat(subject, "Number=Plur") || arcs_.child(clause, Dep::Aux) != kNo;
  }
  const auto simple_past = [&](uint32_t t) { return feat(t, "Tense=Past") && feat(t, "VerbForm=Fin"); };
  if (!simple_past(c) || (!noun && !past(cue))) return false;
  for (uint32_t a = arcs_.first(clause); a != kNo; a = arcs_.next(a)) {
    if (arcs_.dep(a) == Dep::Aux && arcs_.lemma(a) == "have" && !arcs_.word(c).ends_with("ed")) return true;  // "had opened fire and spoke of"
    if (arcs_.dep(a) == Dep::Aux && one_of(arcs_.lemma(a), {"will", "would", "can", "could", "may", "might", "must", "shall", "should"})) return true;
  }
  const uint32_t bits = verb_bits(c);
  if ((bits & (Cue::Say | Cue::Tell | Cue::Deny | Cue::Ask | Cue::Urge | Cue::Accuse | Cue::Reject)) == 0) return false;
  const uint32_t own = arcs_.child(c, Dep::Ccomp);
  if (own != kNo && has_case(own, "that") && (bits & (Cue::Say | Cue::Tell | Cue::Ask)) != 0) return true;
  return !simple_past(clause) && !feat(arcs_.child(clause, Dep::Cop), "Tense=Past");
}

uint32_t AttributionFinder::clause_child(uint32_t v, uint32_t bits) const {
  uint32_t best = kNo;
  for (uint32_t c = arcs_.first(v); c != kNo; c = arcs_.next(c)) {
    switch (arcs_.dep(c)) {
      case Dep::Ccomp:
        if (reporting_participle(c)) break;  // "he said, adding that"
        if (c < v && c == arcs_.sentence_begin(v) && verb_bits(c) != 0 && arcs_.word(c).ends_with("ed")) break;  // "Asked whether C, he said"
        if (const uint32_t left = arcs_.left(c); left > v + 1 && arcs_.word(left) == "that" && verb_bits(left - 1) != 0 && reporting_participle(left - 1)) break;
        return c;
      case Dep::Xcomp:
        if ((bits & Cue::Urge) != 0 && has_case(c, "to") &&
            (arcs_.child(v, Dep::Obj) != kNo || arcs_.child(v, Dep::NsubjPass) != kNo || arcs_.lemma(v) == "call")) {
          best = c;
        }
        if (c > v && passive(v) && has_case(c, "to") && one_of(arcs_.lemma(v), {"say", "report", "allege", "claim", "rumor", "rumour", "understand", "believe", "think"})) best = c;  // "is said to have left"
        if (((bits & Cue::Deny) != 0 || one_of(arcs_.lemma(v), {"claim", "admit", "acknowledge", "profess", "purport", "allege", "confess"})) &&
            c > v) {
          best = c;
        }
        break;
      case Dep::Obl:
      case Dep::Advcl:
        if ((bits & Cue::Accuse) != 0 && has_case(c, "of") && (arcs_.upos(c) == Upos::Verb || arcs_.upos(c) == Upos::Aux)) best = c;
        if ((bits & Cue::Accuse) != 0 && has_case(c, "of") && arcs_.child(c, Dep::Cop) != kNo) best = c;
        if (best == kNo && c > v && arcs_.dep(c) == Dep::Advcl && (bits & (Cue::Ask | Cue::Know)) != 0 && (bits & Cue::Think) == 0 &&
            arcs_.child(v, Dep::Obj) == kNo &&
            one_of(arcs_.word(arcs_.left(c)), {"if", "whether", "why", "what", "how", "where", "who"})) {
          best = c;  // "asked whether C"
        }
        if ((bits & Cue::Urge) != 0 && arcs_.lemma(v) == "call" && arcs_.upos(c) == Upos::Verb && has_case(c, "to") && c > v) best = c;
        break;
      case Dep::Parataxis: {
        // "X said: C"
        if ((bits & Cue::Speech) == 0 || c < v || best != kNo) break;
        const uint32_t begin = arcs_.left(c);
        if (begin > v && begin > 0 && (arcs_.word(begin - 1) == ":" || quote_token(arcs_.word(begin - 1)) || quote_token(arcs_.word(begin)))) best = c;
        break;
      }
      default: break;
    }
  }
  return best;
}

/// A clause of the verb that the parser hung on a noun between: "told observers that C", "noted with
/// satisfaction that C", "accused X of C".
uint32_t AttributionFinder::stray_clause(uint32_t v, uint32_t bits) const {
  const bool that = (bits & (Cue::Say | Cue::Tell | Cue::Deny | Cue::Think | Cue::Promise | Cue::Know)) != 0;
  const bool of = (bits & Cue::Accuse) != 0;
  if (!that && !of) return kNo;
  if ((bits & Cue::Tell) != 0) {
    // "told reporters they had been chased away"
    uint32_t told = arcs_.child(v, Dep::Iobj);
    if (told == kNo) told = arcs_.child(v, Dep::Obj);
    const uint32_t clause = told != kNo && told > v ? arcs_.child(told, Dep::AclRelcl) : kNo;
    const uint32_t subject = clause == kNo ? kNo : arcs_.child(clause, arcs_.child(clause, Dep::Nsubj) != kNo ? Dep::Nsubj : Dep::NsubjPass);
    if (subject == told + 1 && arcs_.left(clause) == subject && arcs_.upos(subject) == Upos::Pron &&
        one_of(arcs_.lemma(subject), {"they", "he", "she", "it", "we", "I"})) {
      return clause;
    }
  }
  const uint32_t end = std::min(arcs_.sentence_end(v), v + 14);
  for (uint32_t t = v + 1; t < end; ++t) {
    const Upos pos = arcs_.upos(t);
    if (that && arcs_.word(t) == "that" && (arcs_.dep(t) == Dep::Mark || pos == Upos::Sconj) && arcs_.head(t) > t) {
      const uint32_t clause = arcs_.head(t), hook = arcs_.head(clause);
      const Dep dep = arcs_.dep(clause);
      if (t == v + 1) return clause == v || arcs_.under(v, clause) ? kNo : clause;  // nothing stands between
      if (dep != Dep::Acl && dep != Dep::AclRelcl && dep != Dep::Ccomp && dep != Dep::Advcl) return kNo;
      if (hook == v && dep == Dep::Advcl) return clause;
      if (hook <= v || hook >= t || !arcs_.under(hook, v)) return kNo;
      // "rejected the claim that C" is the noun's, "noted with satisfaction that C" the verb's.
      const bool noun_owns = (words_.nouns.find(arcs_.lemma(hook)) & ~(Cue::Point | Cue::Goods | Cue::Finder)) != 0 && arcs_.dep(hook) != Dep::Obl && !has_case(hook, "with");
      return noun_owns ? kNo : clause;
    }
    if (of && arcs_.word(t) == "of" && t > v + 1 && t + 1 < end && arcs_.upos(t + 1) == Upos::Verb && arcs_.word(t + 1).ends_with("ing")) {
      if (arcs_.dep(t + 1) == Dep::Amod && arcs_.head(t + 1) > t + 1) return arcs_.head(t + 1);
      return arcs_.head(t) == t + 1 || arcs_.left(t + 1) <= t || arcs_.right(t + 1) > t + 1 ? t + 1 : kNo;
    }
    if (of && pos == Upos::Verb && arcs_.word(t).ends_with("ing")) continue;  // "accuses neighbouring X of"
    if (pos == Upos::Verb || pos == Upos::Aux || arcs_.word(t) == ";" || arcs_.word(t) == ":") break;
  }
  return kNo;
}

/// Content that is no clause.
bool AttributionFinder::object_content(uint32_t v, uint32_t bits, Attribution& a) const {
  if (passive(v) && (bits & Cue::Accuse) == 0) return false;
  if (verb_like(v)) {
    a.content = v + 1;
    uint32_t end = v + 1;
    while (end < arcs_.sentence_end(v) && arcs_.word(end) != ";" && arcs_.word(end) != ".") ++end;
    add_piece(a, v + 1, end);
    return !a.pieces.empty();
  }
  uint32_t object = arcs_.child(v, Dep::Obj);
  if ((bits & Cue::Accuse) != 0) {
    for (uint32_t c = arcs_.first(v); c != kNo; c = arcs_.next(c)) {
      if (c < v || arcs_.dep(c) != Dep::Obl || !has_case(c, "of") || arcs_.upos(c) != Upos::Noun) continue;
      if (object == kNo && !passive(v)) return false;
      set_content(a, c, kNo, kNo);
      return !a.pieces.empty();
    }
    return false;
  }
  if (object == kNo || object < v || arcs_.upos(object) != Upos::Noun) return false;
  const uint32_t noun = words_.nouns.find(arcs_.lemma(object));
  bool any = false, number = false;
  for (uint32_t c = arcs_.first(object); c != kNo; c = arcs_.next(c)) {
    any |= arcs_.dep(c) == Dep::Det && arcs_.lemma(c) == "any";
    number |= arcs_.dep(c) == Dep::Nummod;
  }
  const bool denied = (bits & Cue::Deny) != 0 && arcs_.child(v, Dep::Iobj) == kNo && (noun & (Cue::Goods | Cue::Statement | Cue::Rumour)) == 0 &&
                      (any || one_of(arcs_.lemma(object), {"responsibility", "involvement", "wrongdoing", "complicity", "guilt", "liability", "knowledge"}) ||
                       arcs_.child(object, Dep::Nmod) != kNo || arcs_.child(object, Dep::NmodPoss) != kNo || arcs_.child(object, Dep::Acl) != kNo);
  const bool point = (noun & Cue::Point) != 0 && (bits & (Cue::Say | Cue::Promise)) != 0 && (bits & Cue::Know) == 0;
  const bool counted = number && one_of(arcs_.lemma(v), {"report", "confirm", "allege"});
  if (!denied && !point && !counted) return false;
  set_content(a, object, kNo, kNo);
  if ((point || counted) && !a.pieces.empty()) {
    // "the need for X to be respected and for Y to be supported": what the parser hung on the verb
    for (uint32_t c = arcs_.next(object); c != kNo; c = arcs_.next(c)) {
      const Dep dep = arcs_.dep(c);
      const bool goes_on = (dep == Dep::Xcomp || dep == Dep::Advcl || dep == Dep::Obl) && (counted || has_case(c, "to") || has_case(c, "for") || has_case(c, "of"));
      if (!goes_on) break;
      a.pieces.back().end = TokenId{std::max(index(a.pieces.back().end), content_end(c))};
    }
  }
  a.bits = denied ? bits & (Cue::Deny | Cue::Say) : Cue::Say;
  return !a.pieces.empty();
}

/// ", calling the charge “false”", ", adding that": after a comma, the reporter's and not the reported.
/// "C; X could not confirm D": a sentence beside the other, not its reporting clause.
bool AttributionFinder::own_sentence(uint32_t v) const {
  const uint32_t begin = arcs_.left(v);
  if (begin > 0 && begin > arcs_.sentence_begin(v) && (arcs_.word(begin) == ";" || arcs_.word(begin - 1) == ";")) return true;
  const uint32_t object = arcs_.child(v, Dep::Obj);
  return object != kNo && object > v && (verb_bits(v) & (Cue::Tell | Cue::Ask)) == 0;
}

bool AttributionFinder::reporting_participle(uint32_t v) const {
  const Dep dep = arcs_.dep(v);
  if (dep == Dep::Ccomp || dep == Dep::Xcomp || dep == Dep::Conj || dep == Dep::Parataxis) {
    if (v == 0 || arcs_.word(v - 1) != ",") return false;
  } else if (dep != Dep::Advcl) {
    return false;
  }
  return (verb_bits(v) & (Cue::Say | Cue::Tell | Cue::Name | Cue::Accuse)) != 0 && arcs_.word(v).ends_with("ing") &&
         arcs_.child(v, Dep::Nsubj) == kNo && arcs_.child(v, Dep::Mark) == kNo;
}

/// The end of the content's own words. What follows a comma and has its own subject and its own verb of
/// saying goes back to the reporter: "X said C, and Y agrees".
uint32_t AttributionFinder::content_end(uint32_t head) const {
  uint32_t end = arcs_.right(head) + 1;
  for (uint32_t t = head + 1; t + 2 < end; ++t) {
    // ", pointing out that": the reporter's, wherever it hangs
    if (arcs_.word(t) != "," || !arcs_.word(t + 1).ends_with("ing") || (verb_bits(t + 1) & (Cue::Say | Cue::Tell)) == 0) continue;
    uint32_t k = t + 2;
    while (k + 1 < end && k < t + 4 && arcs_.dep(k) == Dep::CompoundPrt) ++k;
    if (arcs_.word(k) == "that" || quote_token(arcs_.word(k))) end = t;
  }
  for (uint32_t c = arcs_.first(head); c != kNo; c = arcs_.next(c)) {
    if (c > head && reporter_conjunct(c) && arcs_.left(c) > head) {
      end = std::min(end, arcs_.left(c));
      continue;
    }
    if (c < head || (arcs_.dep(c) != Dep::Conj && arcs_.dep(c) != Dep::Advcl && arcs_.dep(c) != Dep::Parataxis)) continue;
    const uint32_t begin = arcs_.left(c);
    if (begin <= head || begin >= end) continue;
    const bool comma = arcs_.word(begin) == "," || arcs_.word(begin - 1) == ",";
    if (comma && reporting_participle(c)) {
      end = std::min(end, begin);
      continue;
    }
    if (!comma || arcs_.child(c, Dep::Nsubj) == kNo) continue;
    if (arcs_.dep(c) == Dep::Conj && has_case(c, "that")) continue;
    if (arcs_.dep(c) == Dep::Advcl && !has_case(c, "although") && !has_case(c, "though") && !has_case(c, "while") && !has_case(c, "whereas")) continue;
    const uint32_t bits = verb_bits(c);
    const bool says = (bits & (Cue::Say | Cue::Tell | Cue::Deny)) != 0 || (arcs_.dep(c) == Dep::Advcl && (bits & (Cue::Doubt | Cue::Think)) != 0);
    const uint32_t subject = arcs_.child(c, Dep::Nsubj);
    const bool differ = arcs_.lemma(c) == "differ" && arcs_.dep(c) == Dep::Advcl;
    if ((says && !first_or_second_person(subject)) || differ) end = std::min(end, begin);
  }
  return end;
}

void AttributionFinder::judge(Attribution& a) const {
  const uint32_t v = a.cue;
  const bool verb = arcs_.upos(v) == Upos::Verb || arcs_.upos(v) == Upos::Aux;
  const bool speech = (a.bits & (Cue::Say | Cue::Tell | Cue::Ask | Cue::Deny | Cue::Accuse | Cue::Promise | Cue::Urge)) != 0;
  if (verb) {
    const bool not_said = negated(v) || (arcs_.dep(v) == Dep::Xcomp && one_of(arcs_.lemma(arcs_.head(v)), {"refuse", "decline", "fail"}));
    const bool doubt = (a.bits & Cue::Deny) != 0 || ((a.bits & Cue::Doubt) != 0 && (a.bits & (Cue::Say | Cue::Ask | Cue::Think)) == 0);
    a.denied = doubt != not_said;
    a.unreal = unreal(v);
    // "would not say whether": said to have not been said
    if (a.unreal && not_said && speech && arcs_.child(v, Dep::Mark) == kNo) a.unreal = false;
    if (a.content != kNo && arcs_.dep(a.content) != Dep::Ccomp && (a.bits & Cue::Urge) != 0 && has_case(a.content, "to")) a.reported = false;  // a request is no report
    const bool only_known = !speech && (a.bits & Cue::Think) == 0;
    // "The inquiry found that": whose business it is to find and show reports what it finds.
    const bool finding = !one_of(arcs_.lemma(v), {"hear", "learn", "see", "know"}) && (a.bits & (Cue::Know | Cue::Show)) != 0 && a.source != kNo && arcs_.upos(a.source) == Upos::Noun &&
                         (words_.nouns.find(arcs_.lemma(a.source)) & Cue::Finder) != 0;
    if (only_known && !finding) a.reported = false;
    if (a.source != kNo && first_or_second_person(a.source) && (!speech || !past(v))) a.reported = false;
    if ((a.bits & Cue::Think) != 0 && !speech && a.source == kNo) a.reported = false;
  } else if ((a.bits & Cue::Doubt) != 0) {
    a.denied = true;
  }
  if (!verb && a.source != kNo && first_or_second_person(a.source)) a.reported = false;
  // A question does not say that anything was said.
  const uint32_t last = arcs_.sentence_end(v) - 1;
  if (arcs_.word(last) == "?" && verb && !a.pieces.empty() && index(a.pieces.back().end) + 1 >= last && arcs_.root(v)) {
    for (uint32_t c = arcs_.first(v); c != kNo; c = arcs_.next(c)) {
      if (arcs_.dep(c) == Dep::Aux && c < v && a.source != kNo && c < a.source) a.unreal = true;  // "Did he say that ...?"
    }
  }
}

void AttributionFinder::by_verb(uint32_t v, std::vector<Attribution>& out) const {
  const uint32_t bits = verb_bits(v);
  if (bits == 0) return;
  Attribution a;
  a.cue = a.cue_begin = v;
  a.cue_end = v + 1;
  a.bits = bits;
  if (has_case(v, "than")) return;  // "more than scientists advise"
  uint32_t clause = clause_child(v, bits);
  const uint32_t stray = stray_clause(v, bits);
  uint32_t last = kNo;  // the content reaches so far at least
  if (clause == kNo && arcs_.dep(v) == Dep::Advcl && has_case(v, "as") && stray != v + 1) {
    clause = kNo;  // "As X wrote in the letter that he sent, C"
  } else if (clause == kNo) {
    clause = stray;
    // "told partners that C1, “provided that C2”": two clauses side by side
  } else if (has_case(clause, "that") && clause > v) {
    for (uint32_t c = arcs_.next(clause); c != kNo; c = arcs_.next(c)) {
      if (arcs_.dep(c) != Dep::Ccomp || reporting_participle(c)) break;
      const uint32_t left = arcs_.left(c);
      if (left == arcs_.right(clause) + 1 && (quote_token(arcs_.word(left)) || quote_token(arcs_.word(left + 1)))) last = arcs_.right(c);
    }
  } else if (stray != kNo && stray != clause && arcs_.left(clause) > stray && !has_case(clause, "that")) {
    last = arcs_.right(clause);  // "told partners that C1, “provided that C2”": the parser lost the first
    clause = stray;
  }
  if (clause != kNo) {
    const Dep clause_dep = arcs_.dep(clause);
    const bool asked = clause_dep == Dep::Advcl && (bits & (Cue::Ask | Cue::Know)) != 0 && !has_case(clause, "to") && !has_case(clause, "of");
    const bool request = !asked && (clause_dep == Dep::Xcomp || clause_dep == Dep::Advcl || clause_dep == Dep::Obl);
    if (request && (bits & (Cue::Urge | Cue::Accuse)) != 0 && (bits & Cue::Deny) == 0) {
      a.bits = bits & (Cue::Urge | Cue::Accuse | Cue::Say | Cue::Tell);
    } else if (request) {
      a.bits = bits & (Cue::Deny | Cue::Say);
    } else {
      a.bits = bits & ~(Cue::Accuse | Cue::Name | Cue::Urge | Cue::Cite);
      if (a.bits == 0) a.bits = bits;
    }
    if (arcs_.dep(clause) == Dep::Acl || arcs_.dep(clause) == Dep::Amod) a.bits = bits & ~(Cue::Name | Cue::Urge | Cue::Cite);
    // The cue may stand inside what it introduces ("C1, X said, C2").
    if (arcs_.left(clause) < v && arcs_.right(clause) > v) {
      uint32_t end = v + 1;
      for (uint32_t c = arcs_.first(v); c != kNo; c = arcs_.next(c)) {  // "C, said X of Y, D": X is no content
        if (c > v && arcs_.dep(c) == Dep::Nsubj && !arcs_.under(clause, c)) end = std::max(end, arcs_.right(c) + 1);
      }
      set_content(a, clause, std::min(v, arcs_.left(v)), end);
    } else {
      set_content(a, clause, kNo, kNo);
    }
    if (clause > v && arcs_.left(clause) < v) {
      a.pieces.clear();
      uint32_t begin = v + 1;
      for (uint32_t c = arcs_.first(v); c != kNo; c = arcs_.next(c)) {  // "C, said X of Y, and D"
        if (c > v && c < clause && (arcs_.dep(c) == Dep::Nsubj || arcs_.dep(c) == Dep::Obl)) begin = std::max(begin, arcs_.right(c) + 1);
      }
      add_piece(a, begin, arcs_.right(clause) + 1);
      a.content = clause;
    }
    if (last != kNo && !a.pieces.empty() && last + 1 > index(a.pieces.back().end)) a.pieces.back().end = TokenId{last + 1};
  } else if (object_content(v, bits, a)) {
    // "denied any part in it", "stressed the need for C", "accused X of theft"
    a.that = true;
  } else if (arcs_.dep(v) == Dep::Parataxis && (bits & (Cue::Speech | Cue::Think | Cue::Know | Cue::Manner)) != 0 &&
             subject_of(v) != kNo && !own_sentence(v)) {
    // "C, X said"
    const uint32_t head = arcs_.head(v);
    uint32_t begin = arcs_.left(v), end = arcs_.right(v) + 1;
    if (arcs_.first(v) == kNo) return;
    if (arcs_.left(head) <= begin && v > head) {
      // What hangs on the cue behind it ("..., she added, stressing that") is not content.
      set_content(a, head, begin, end);
      if (end <= arcs_.right(head) && a.pieces.size() == 2 && arcs_.right(head) - end < 2) a.pieces.pop_back();
    } else {
      set_content(a, head, begin, end);
    }
  } else if (arcs_.lemma(arcs_.head(v)) == "quote" && passive(arcs_.head(v))) {
    return;  // "X was quoted as saying": the marks beside it are what he said
  } else if (arcs_.dep(v) == Dep::Advcl && (bits & (Cue::Say | Cue::Tell)) != 0 && (bits & Cue::Know) == 0 && has_case(v, "as") && subject_of(v) != kNo &&
             (arcs_.child(v, Dep::Obj) == kNo || arcs_.lemma(arcs_.child(v, Dep::Obj)) == "time")) {
    set_content(a, arcs_.head(v), arcs_.left(v), arcs_.right(v) + 1);
    a.score = 0.8F;
  } else if (arcs_.dep(v) == Dep::AclRelcl && arcs_.lemma(arcs_.head(v)) == "what" && (bits & (Cue::Speech | Cue::Think)) != 0 &&
             !arcs_.root(arcs_.head(v)) && arcs_.head(arcs_.head(v)) > v) {
    // "What X said is that C"
    const uint32_t clause_head = arcs_.head(arcs_.head(v));
    uint32_t begin = arcs_.right(v) + 1;
    while (begin < clause_head && arcs_.upos(begin) == Upos::Aux) ++begin;
    a.content = clause_head;
    add_piece(a, begin, arcs_.right(clause_head) + 1);
  } else {
    return;
  }
  whole_pieces(a);
  if (a.pieces.empty()) return;
  if ((a.bits & (Cue::Deny | Cue::Accuse)) != 0) {
    // What is denied ends with the clause: "denied that C; what it had asked for was D"
    TokenRange& piece = a.pieces.back();
    for (uint32_t t = index(piece.begin); t < index(piece.end); ++t) {
      if (arcs_.word(t) == ";" && t > v) piece.end = TokenId{t};
    }
  }
  if ((a.bits & (Cue::Say | Cue::Tell | Cue::Think | Cue::Deny | Cue::Ask | Cue::Know | Cue::Accuse)) == 0 && (a.bits & Cue::Promise) != 0 && !a.that) return;
  a.source = subject_of(v);
  if (a.source != kNo && arcs_.dep(a.source) == Dep::Expl) a.source = kNo;
  if (a.source == kNo && !passive(v) && arcs_.feats(v).find("VerbForm=Fin") != std::string_view::npos && arcs_.dep(v) != Dep::Parataxis) {
    // A verb that the parser hung somewhere in its own sentence: whose subject stands above it.
    for (uint32_t t = v, steps = 0; steps < 6 && !arcs_.root(t) && a.source == kNo; ++steps) {
      t = arcs_.head(t);
      const uint32_t subject = arcs_.child(t, Dep::Nsubj);
      if (subject != kNo && subject < v && t < v && arcs_.upos(t) == Upos::Verb && one_of(arcs_.lemma(subject), {"which", "that", "who", "what"}) == false) a.source = subject;
    }
  }
  if (a.source == kNo && passive(v) && one_of(arcs_.lemma(v), {"agree", "decide", "resolve"})) return;  // "it was agreed that": an act, no report
  a.addressee = addressee_of(v, bits);
  if (a.addressee == a.source) a.addressee = kNo;
  if (a.addressee != kNo && a.content != kNo && arcs_.under(a.addressee, a.content) && a.content != a.addressee) a.addressee = kNo;
  judge(a);
  out.push_back(std::move(a));
}

std::vector<Attribution> AttributionFinder::find() const {
  std::vector<Attribution> out;
  for (uint32_t t = 0; t < arcs_.size(); ++t) {
    const size_t before = out.size();
    by_verb(t, out);
    if (out.size() == before) by_noun(t, out);
    if (out.size() == before) by_adjective(t, out);
    if (out.size() == before) by_phrase(t, out);
  }
  return out;
}

}  // namespace readout::discourse
