#include "readout/syntax_labels.h"

namespace readout {
namespace {

constexpr std::array<std::string_view, kUposCount> kUposNames = {
  "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
  "PUNCT", "SCONJ", "SYM", "VERB", "X"};

constexpr std::array<std::string_view, kDepCount> kDepNames = {
  "acl", "acl:relcl", "advcl", "advcl:relcl", "advmod", "amod", "appos", "aux", "aux:pass",
  "case", "cc", "cc:preconj", "ccomp", "compound", "compound:prt", "conj", "cop", "csubj",
  "csubj:outer", "csubj:pass", "dep", "det", "det:predet", "discourse", "dislocated", "expl",
  "fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod", "nmod:desc", "nmod:poss",
  "nmod:unmarked", "nsubj", "nsubj:outer", "nsubj:pass", "nummod", "obj", "obl", "obl:agent",
  "obl:unmarked", "orphan", "parataxis", "punct", "reparandum", "root", "vocative", "xcomp"};

}  // namespace

std::string_view name(Upos upos) { return kUposNames[static_cast<size_t>(upos)]; }

std::string_view name(Dep dep) { return kDepNames[static_cast<size_t>(dep)]; }

std::optional<Upos> parse_upos(std::string_view label) {
  for (size_t i = 0; i < kUposCount; ++i) {
    if (kUposNames[i] == label) return static_cast<Upos>(i);
  }
  return std::nullopt;
}

std::optional<Dep> parse_dep(std::string_view label) {
  for (size_t i = 0; i < kDepCount; ++i) {
    if (kDepNames[i] == label) return static_cast<Dep>(i);
  }
  const size_t colon = label.find(':');
  if (colon != std::string_view::npos) return parse_dep(label.substr(0, colon));
  return std::nullopt;
}

Dep base(Dep dep) {
  const std::string_view label = name(dep);
  const size_t colon = label.find(':');
  return colon == std::string_view::npos ? dep : *parse_dep(label.substr(0, colon));
}

}  // namespace readout
