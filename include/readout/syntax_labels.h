// Labels of Universal Dependencies v2 as English treebanks use them: tags and relations.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace readout {

/// Universal part-of-speech tags, in alphabetical order; `name(Upos)` gives the label.
enum class Upos : uint8_t {
  Adj, Adp, Adv, Aux, Cconj, Det, Intj, Noun, Num, Part, Pron, Propn, Punct, Sconj, Sym, Verb, X
};
inline constexpr size_t kUposCount = 17;

/// Dependency relations with the subtypes of UD English 2.16, in alphabetical order.
enum class Dep : uint8_t {
  Acl, AclRelcl, Advcl, AdvclRelcl, Advmod, Amod, Appos, Aux, AuxPass, Case, Cc, CcPreconj,
  Ccomp, Compound, CompoundPrt, Conj, Cop, Csubj, CsubjOuter, CsubjPass, Dep, Det, DetPredet,
  Discourse, Dislocated, Expl, Fixed, Flat, Goeswith, Iobj, List, Mark, Nmod, NmodDesc, NmodPoss,
  NmodUnmarked, Nsubj, NsubjOuter, NsubjPass, Nummod, Obj, Obl, OblAgent, OblUnmarked, Orphan,
  Parataxis, Punct, Reparandum, Root, Vocative, Xcomp
};
inline constexpr size_t kDepCount = 51;

/// The label as CoNLL-U writes it ("NOUN", "nsubj:pass").
std::string_view name(Upos upos);
std::string_view name(Dep dep);
/// The value of a label; an unknown subtype falls back to its main relation.
std::optional<Upos> parse_upos(std::string_view label);
std::optional<Dep> parse_dep(std::string_view label);
/// The relation without its subtype: "nsubj:pass" -> "nsubj".
Dep base(Dep dep);

}  // namespace readout
