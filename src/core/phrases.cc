#include "core/phrases.h"

#include <algorithm>

#include "core/numerals.h"
#include "core/utf8.h"

namespace readout {
namespace {

std::vector<std::string> pieces_of(std::string_view phrase) {
  std::vector<std::string> pieces;
  size_t at = 0;
  while (at < phrase.size()) {
    const size_t begin = at;
    const char32_t c = utf8::next(phrase, at);
    if (utf8::is_space(c)) continue;
    if (utf8::is_letter(c)) {
      while (at < phrase.size()) {
        size_t next = at;
        if (!utf8::is_letter(utf8::next(phrase, next))) break;
        at = next;
      }
    } else if (c >= '0' && c <= '9') {
      while (at < phrase.size() && phrase[at] >= '0' && phrase[at] <= '9') ++at;
    }
    pieces.emplace_back(phrase.substr(begin, at - begin));
  }
  return pieces;
}

/// The atom as pieces are written.
std::string folded(std::string_view text, const Atom& atom) {
  if (atom.kind == AtomKind::Mark) {
    std::string out;
    utf8::append(out, atom.mark);
    return out;
  }
  return utf8::lower(text.substr(atom.span.begin, atom.span.size()));
}

bool same(std::string_view text, const Atom& atom, const std::string& piece) {
  if (atom.kind == AtomKind::Word) {
    if (atom_is(text, atom, piece)) return true;
    bool ascii = true;
    for (const char c : piece) ascii = ascii && static_cast<unsigned char>(c) < 0x80;
    if (ascii) return false;
  }
  return folded(text, atom) == piece;
}

}  // namespace

void PhraseTable::add(std::string_view phrase, uint32_t value, Lexicon& lexicon, uint8_t cls) {
  std::vector<std::string> pieces = pieces_of(phrase);
  if (pieces.empty()) return;
  size_t at = 0;
  const char32_t first = utf8::next(pieces[0], at);
  uint32_t key = 0x80000000U | static_cast<uint32_t>(first);
  if (utf8::is_letter(first)) {
    lexicon.add(pieces[0], cls, 1);
    key = lexicon.find(pieces[0]);
  }
  std::vector<Phrase>& list = heads_[key];
  pieces.erase(pieces.begin());
  list.push_back({std::move(pieces), value});
  std::stable_sort(list.begin(), list.end(),
                   [](const Phrase& a, const Phrase& b) { return a.pieces.size() > b.pieces.size(); });
}

std::optional<PhraseTable::Hit> PhraseTable::match(std::string_view text, const std::vector<Atom>& atoms,
                                                   uint32_t i) const {
  if (i >= atoms.size()) return std::nullopt;
  if (atoms[i].kind == AtomKind::Number || (atoms[i].kind == AtomKind::Word && atoms[i].entry == 0)) return std::nullopt;
  const auto found = heads_.find(atoms[i].kind == AtomKind::Word ? atoms[i].entry : 0x80000000U | static_cast<uint32_t>(atoms[i].mark));
  if (found == heads_.end()) return std::nullopt;
  for (const Phrase& phrase : found->second) {
    if (i + 1 + phrase.pieces.size() > atoms.size()) continue;
    size_t k = 0;
    while (k < phrase.pieces.size() && same(text, atoms[i + 1 + k], phrase.pieces[k])) ++k;
    if (k == phrase.pieces.size()) return Hit{phrase.value, static_cast<uint32_t>(i + 1 + k)};
  }
  return std::nullopt;
}

}  // namespace readout
