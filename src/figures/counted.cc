// What is counted: the noun that the number belongs to in the tree, without a tree the words up to
// the first plural; for amounts the noun that they hang on, in a table the first cell of the row.
#include <algorithm>

#include "figures/finder.h"

namespace readout::figures {

bool Finder::plural(uint32_t i) const {
  if (!word(i) || has(i, kSingularS)) return false;
  if (has(i, kPlural)) return true;
  const std::string_view w = text_.substr(atoms_[i].span.begin, atoms_[i].span.size());
  return w.size() > 3 && w.back() == 's' && w[w.size() - 2] != 's' && !has(i, kStop);
}

// The end of the noun phrase at `i`, if the number modifies its head.
std::optional<uint32_t> Finder::noun_by_tree(uint32_t i, uint32_t number_atom) const {
  const SyntaxLayer* syntax = doc_.syntax();
  if (syntax == nullptr || number_atom >= size()) return std::nullopt;
  const uint32_t token = atoms_[number_atom].token;
  const uint32_t head = index(syntax->head[token]);
  if (base(syntax->dep[token]) != Dep::Nummod || head <= token || head > token + 8)
    return std::nullopt;
  uint32_t end = i;
  while (end < size() && atoms_[end].token <= head) ++end;
  if (end == i) return std::nullopt;
  for (uint32_t a = i; a < end; ++a) {
    if (timed_[a] || number(a) || any(a, {"and", "or", "than"})) return std::nullopt;
    const bool inside = mark(a, '-') || mark(a, '\'') || mark(a, '.');
    if (atoms_[a].kind == AtomKind::Mark && !inside) return std::nullopt;
  }
  return end;
}

// The noun phrase behind atom `i`: its end, or `i` if none. By the tree where there is one.
uint32_t Finder::noun_run(uint32_t i, uint32_t number_atom, double value) const {
  if (i >= size() || !word(i)) return i;
  if (const auto end = noun_by_tree(i, number_atom)) return *end;
  uint32_t k = i;
  uint32_t last = i;
  for (int n = 0; n < 5 && k < size(); ++n) {
    if (!word(k) || timed_[k] || has(k, kStop)) break;
    ++k;
    while (mark(k, '-') && glued(k) && word(k + 1) && glued(k + 1)) k += 2;
    if (mark(k, '\'') && glued(k)) break;
    // "ships vessels" does not occur; "tank trucks" ends at the first plural that is no name's
    if (plural(k - 1)) return k;
    last = k;
  }
  if (value != 1 || last == i) return i;
  const Span end = atoms_[last - 1].span;
  if (end.size() > 2 && text_.substr(end.end - 2, 2) == "ly") return i;  // "one merely has to look"
  return std::min(last, i + (mark(i + 1, '-') ? 4U : 2U));
}

uint32_t Finder::object_run(uint32_t i) const {
  uint32_t k = i;
  for (int n = 0; n < 4 && word(k) && !timed_[k] && !has(k, kStop); ++n) {
    ++k;
    if (plural(k - 1)) break;
  }
  return k;
}

// "40 trucks", "three more Somali refugees", "a couple of ships"
void Finder::read_noun(Candidate& c) const {
  Found& f = c.found;
  uint32_t at = c.end;
  if (is(at, "of") && (c.number.vague_group || any(c.end - 1, {"couple", "dozen"}))) ++at;
  if (has(at, kFurther)) ++at;
  c.noun_begin = c.noun_end = at;
  if (f.unit.empty()) {
    c.noun_end = noun_run(at, c.end - 1, c.range ? 2 : c.number.value);
    if (!c.has_noun()) return;
    count(f, c.noun_begin, c.noun_end);
    // "Estonians", "Somali refugees"
    const Span head = atoms_[c.noun_end - 1].span;
    const bool share = c.number.fraction && c.number.value < 1;
    if (!share && words_.names_person(text_.substr(head.begin, head.size()))) f.unit = "people";
  } else if (f.unit == "people") {
    f.counted = "people";
    c.noun_begin = c.noun_end = c.end;
  }
}

// "two thirds of the seats", "a credit of 12 million dollars"
void Finder::read_object(Candidate& c) const {
  Found& f = c.found;
  if (!c.has_noun() && is(c.end, "of")) {
    uint32_t at = c.end + 1;
    while (has(at, kDeterminer)) ++at;
    if (const auto whole = numeral(at)) at = whole->next;
    if (const uint32_t end = object_run(at); end > at) count(f, at, end);
  }
  const uint32_t i = c.start;
  if (f.counted.empty() && !f.unit.empty() && i > 1 && is(i - 1, "of") && word(i - 2) &&
      !has(i - 2, kStop) && !timed_[i - 2]) {
    count(f, i - 2, i - 1);
  }
}

// In a table the first cell of the row says what is counted.
void Finder::count_row_label(Found& f) const {
  const uint32_t begin = atoms_[f.begin].span.begin;
  const size_t newline = text_.rfind('\n', begin);
  size_t from = newline == std::string_view::npos ? 0 : newline + 1;
  const auto padding = [&](char c) { return c == '|' || c == ' ' || c == '\t' || c == '*'; };
  while (from < begin && padding(text_[from])) ++from;
  const size_t to = text_.find_first_of("|\t", from);
  if (to == std::string_view::npos || to >= begin) return;
  size_t end = to;
  while (end > from && (text_[end - 1] == ' ' || text_[end - 1] == '*')) --end;
  if (end <= from || (text_[from] >= '0' && text_[from] <= '9')) return;
  f.counted = std::string(text_.substr(from, end - from));
  f.figure.counted_span = {static_cast<uint32_t>(from), static_cast<uint32_t>(end)};
}

// The token that the amount in tokens [first, last] is said of, by the tree: the noun it belongs to
// ("a loan of 350 million"), else the subject of the verb it measures ("trade grew by 17 percent").
// UINT32_MAX if there is none.
uint32_t Finder::owner_by_tree(uint32_t first, uint32_t last) const {
  const SyntaxLayer* syntax = doc_.syntax();
  const TokenLayer& tokens = *doc_.tokens();
  const TokenRange sentence = tokens.sentences[index(tokens.sentence[first])];
  const auto noun = [&](uint32_t t) { return syntax->upos[t] == Upos::Noun; };
  const auto inside = [&](uint32_t t) { return t >= first && t <= last; };
  // the head of the amount: the token in it whose head lies outside
  uint32_t head = first;
  for (uint32_t k = first; k <= last; ++k) {
    const uint32_t h = index(syntax->head[k]);
    if (!inside(h) || h == k) {
      head = k;
      break;
    }
  }
  uint32_t at = head;
  for (int step = 0; step < 4; ++step) {
    const uint32_t up = index(syntax->head[at]);
    const Dep dep = base(syntax->dep[at]);
    if (up != at && noun(up) &&
        (dep == Dep::Nmod || dep == Dep::Appos || dep == Dep::Nummod || dep == Dep::Acl)) {
      return inside(up) ? UINT32_MAX : up;
    }
    const bool itself = syntax->upos[at] == Upos::Verb && at == head;  // "trade doubled"
    if (up != at && !itself && syntax->upos[up] != Upos::Verb) {
      at = up;
      continue;
    }
    if (dep == Dep::Obj && !itself)
      return UINT32_MAX;  // the subject pays, it is not what is counted
    const uint32_t verb = itself ? at : up;
    uint32_t owner = UINT32_MAX;
    for (uint32_t k = index(sentence.begin); k < index(sentence.end); ++k) {
      if (index(syntax->head[k]) != verb || k == verb || inside(k) || !noun(k)) continue;
      const Dep role = base(syntax->dep[k]);
      if (role == Dep::Nsubj) owner = k;
      // "received 2 million in compensation", "cut production by a fifth": the object is measured
      if (role == Dep::Obj && dep == Dep::Obl) return k;
    }
    return owner;
  }
  return UINT32_MAX;
}

// The noun that an amount is said of, with its compounds and adjectives.
void Finder::count_by_tree(Found& f) const {
  const SyntaxLayer* syntax = doc_.syntax();
  if (syntax == nullptr || !f.counted.empty()) return;
  const TokenLayer& tokens = *doc_.tokens();
  const uint32_t first = atoms_[f.number_begin].token;
  const uint32_t owner = owner_by_tree(first, atoms_[f.end - 1].token);
  if (owner == UINT32_MAX || tokens.sentence[owner] != tokens.sentence[first]) return;
  const uint32_t sentence_begin = index(tokens.sentences[index(tokens.sentence[first])].begin);
  uint32_t begin = owner;
  while (begin > sentence_begin && index(syntax->head[begin - 1]) == owner) {
    const Dep dep = base(syntax->dep[begin - 1]);
    if (dep != Dep::Compound && dep != Dep::Amod) break;
    --begin;
  }
  const Span span{tokens.span[begin].begin, tokens.span[owner].end};
  f.counted = std::string(text_.substr(span.begin, span.size()));
  f.figure.counted_span = span;
}

}  // namespace readout::figures
