#include "timex/tense.h"

#include <algorithm>

namespace readout::timex {
namespace {

// A time that hangs on a noun is told only by words close to it.
constexpr uint32_t kNounReach = 14;

enum Tense : int32_t { kNone = 0, kPastTense = 1, kPresentTense = 2, kFutureTense = 3 };

bool ends_with_ed(std::string_view word) {
  return word.size() > 4 && word.substr(word.size() - 2) == "ed" && word[word.size() - 3] != 'e';
}

/// The tense that the word at `i` tells by itself, with the auxiliaries before it.
Tense tense_of(std::string_view text, const std::vector<Atom>& atoms, const Lexicon& lexicon,
               uint32_t i) {
  const Atom& a = atoms[i];
  if (a.kind != AtomKind::Word) return kNone;
  if (a.is(kMonth) || a.is(kArticle)) return kNone;
  // "your last visit in October"
  if ((atom_is(text, a, "last") || atom_is(text, a, "previous")) && i + 1 < atoms.size() &&
      atoms[i + 1].kind == AtomKind::Word && !atoms[i + 1].is(kUnit) && !atoms[i + 1].is(kUnits) &&
      !atoms[i + 1].is(kWeekday)) {
    return kPastTense;
  }
  if (a.is(kTense)) {
    const auto own = static_cast<Tense>(lexicon.value(a.entry, kTense));
    if (atom_is(text, a, "s") && !(i > 0 && atoms[i].glued && atoms[i - 1].mark == '\''))
      return kNone;
    if (atom_is(text, a, "may") && a.upper) return kNone;
    if (own == kPastTense && !atom_is(text, a, "was") && !atom_is(text, a, "were") &&
        !atom_is(text, a, "had") && !atom_is(text, a, "did")) {
      // "will be held", "is to be built": the participle takes the tense of what leads it
      for (uint32_t k = i; k-- > 0 && k + 4 > i;) {
        if (atoms[k].kind != AtomKind::Word) break;
        if (atom_is(text, atoms[k], "to") && k > 0 && !atom_is(text, atoms[i - 1], "to"))
          return kFutureTense;
        if (atom_is(text, atoms[k], "be")) continue;
        if (atoms[k].is(kTense)) {
          if (lexicon.value(atoms[k].entry, kTense) == kFutureTense) return kFutureTense;
          break;
        }
      }
    }
    if (own == kPresentTense || own == kPastTense) {
      // "is expected", "was to be opened", "are going to", "has been"
      for (uint32_t k = i + 1; k < std::min<uint32_t>(i + 4, static_cast<uint32_t>(atoms.size()));
           ++k) {
        if (atoms[k].kind != AtomKind::Word) break;
        if (atoms[k].is(kTense) && lexicon.value(atoms[k].entry, kTense) == kFutureTense &&
            own == kPresentTense)
          return kFutureTense;
        if (atom_is(text, atoms[k], "to") && k == i + 1 &&
            (atom_is(text, a, "is") || atom_is(text, a, "are")))
          return kFutureTense;
        if ((atom_is(text, a, "has") || atom_is(text, a, "have") || atom_is(text, a, "ve")) &&
            (ends_with_ed(text.substr(atoms[k].span.begin, atoms[k].span.size())) ||
             atom_is(text, atoms[k], "been") ||
             (atoms[k].is(kTense) && lexicon.value(atoms[k].entry, kTense) == kPastTense))) {
          return kPastTense;
        }
      }
    }
    return own;
  }
  const std::string_view word = text.substr(a.span.begin, a.span.size());
  if (ends_with_ed(word) && !a.upper) {
    for (uint32_t k = i; k-- > 0 && k + 4 > i;) {
      if (atoms[k].kind != AtomKind::Word) break;
      if (atom_is(text, atoms[k], "be")) {
        if (k > 0 && atom_is(text, atoms[k - 1], "to")) return kFutureTense;  // "is to be opened"
        continue;
      }
      if (atom_is(text, atoms[k], "to")) continue;
      if (atoms[k].is(kTense))
        return static_cast<Tense>(lexicon.value(atoms[k].entry, kTense)) == kFutureTense
                   ? kFutureTense
                   : kPastTense;
    }
    if (i > 0 && atom_is(text, atoms[i - 1], "be")) return kFutureTense;
    return kPastTense;
  }
  // "to meet": ahead, unless it is a preposition
  if (i > 0 && atom_is(text, atoms[i - 1], "to") && !a.upper && (a.mask & ~kBesideTime) == 0)
    return kFutureTense;
  return kNone;
}

/// `reach`: how far a word may stand to tell.
Direction by_words(std::string_view text, const std::vector<Atom>& atoms, const Lexicon& lexicon,
                   uint32_t at, uint32_t reach) {
  Tense best = kNone;
  uint32_t best_cost = UINT32_MAX;
  uint32_t cost = 0;
  for (uint32_t i = at; i-- > 0;) {
    const Atom& a = atoms[i];
    ++cost;
    if (a.kind == AtomKind::Mark) {
      if (a.mark == ';' || a.mark == '"') break;
      if (a.mark == ',' || a.mark == ':') cost += 4;
      continue;
    }
    if (cost > reach) break;
    if (atom_is(text, a, "and") || atom_is(text, a, "but")) cost += 2;
    const Tense t = tense_of(text, atoms, lexicon, i);
    if (t != kNone && cost < best_cost) {
      best = t;
      best_cost = cost;
      break;
    }
  }
  cost = 2;
  for (uint32_t i = at + 1; i < atoms.size(); ++i) {
    const Atom& a = atoms[i];
    ++cost;
    if (cost >= best_cost || cost > reach) break;
    if (a.kind == AtomKind::Mark) {
      if (a.mark == ';' || a.mark == '"') break;
      // an opening "On 5 May, the minister met ..." is governed by what follows the comma
      if (a.mark == ',') cost += at < 3 ? 1 : 5;
      continue;
    }
    const Tense t = tense_of(text, atoms, lexicon, i);
    if (t != kNone) {
      best = t;
      best_cost = cost;
      break;
    }
  }
  return best == kPastTense     ? Direction::Past
         : best == kFutureTense ? Direction::Future
                                : Direction::Unknown;
}

bool is_any(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// What the tree says of the governing verb.
enum class Governed : uint8_t { Past, Future, Present, ByNoun, Unknown };

Governed by_syntax(const Document& doc, uint32_t token) {
  const SyntaxLayer& syntax = *doc.syntax();
  const TokenLayer& tokens = *doc.tokens();
  const SentenceId sentence = tokens.sentence[token];
  const TokenRange range = tokens.sentences[index(sentence)];
  uint32_t at = token;
  for (int step = 0; step < 24; ++step) {
    const uint32_t head = index(syntax.head[at]);
    const Upos upos = syntax.upos[at];
    if (at != token &&
        (upos == Upos::Verb || upos == Upos::Aux || (upos == Upos::Adj || upos == Upos::Noun))) {
      bool future = false, past = false, present = false;
      bool predicate = upos == Upos::Verb || upos == Upos::Aux;
      for (uint32_t k = index(range.begin); k < index(range.end); ++k) {
        if (index(syntax.head[k]) != at || k == at) continue;
        const Dep dep = base(syntax.dep[k]);
        if (dep == Dep::Aux || dep == Dep::Cop || syntax.dep[k] == Dep::AuxPass) {
          predicate = true;
          const std::string_view lemma = doc.str(syntax.lemma[k]);
          const std::string_view feats = doc.str(syntax.feats[k]);
          if (is_any(lemma, {"will", "shall", "would", "should", "could", "can", "may", "might",
                             "must", "'ll"}))
            future = true;
          else if (feats.find("Tense=Past") != std::string_view::npos || lemma == "have")
            past = true;
          else if (feats.find("Tense=Pres") != std::string_view::npos)
            present = true;
        }
        if (syntax.dep[k] == Dep::Mark && doc.word(static_cast<TokenId>(k)) == "to") future = true;
      }
      if (predicate) {
        const std::string_view lemma = doc.str(syntax.lemma[at]);
        const std::string_view feats = doc.str(syntax.feats[at]);
        if (is_any(lemma,
                   {"plan", "schedule", "expect", "intend", "due", "hope", "set", "slate", "go"}) &&
            !past)
          future = future || present || feats.find("Tense=Pres") != std::string_view::npos;
        if (future) return Governed::Future;
        if (past) return Governed::Past;
        if (feats.find("VerbForm=Fin") != std::string_view::npos ||
            feats.find("Mood=Ind") != std::string_view::npos) {
          if (feats.find("Tense=Past") != std::string_view::npos) return Governed::Past;
          return Governed::Present;
        }
        if (is_any(lemma, {"plan", "schedule", "expect", "slate"})) return Governed::Future;
        if (feats.find("Tense=Past") != std::string_view::npos && !present) return Governed::Past;
        if (present) return Governed::Present;
      }
    }
    if (head == at) break;
    // "the summit on Saturday": the verb above says nothing of when the summit is
    if (base(syntax.dep[at]) == Dep::Nmod && syntax.upos[head] != Upos::Num && head < token)
      return Governed::ByNoun;
    at = head;
  }
  return Governed::Unknown;
}

}  // namespace

Direction tense_at(const Document& doc, const std::vector<Atom>& atoms, const Lexicon& lexicon,
                   uint32_t atom) {
  uint32_t reach = 30;
  if (doc.syntax() != nullptr) {
    switch (by_syntax(doc, atoms[atom].token)) {
      case Governed::Past:
        return Direction::Past;
      case Governed::Future:
        return Direction::Future;
      case Governed::Present:
        return Direction::Unknown;
      case Governed::ByNoun:
        reach = kNounReach;
        break;
      case Governed::Unknown:
        break;
    }
  }
  return by_words(doc.plain(), atoms, lexicon, atom, reach);
}

}  // namespace readout::timex
