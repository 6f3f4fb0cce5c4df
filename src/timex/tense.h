// Whether the clause of a time expression looks back or ahead.
#pragma once

#include <string_view>
#include <vector>

#include "readout/document.h"
#include "timex/parser.h"

namespace readout::timex {

/// By the verb that governs the token, where the syntax layer is there; else by the nearest word that
/// tells a tense ("was", "will", "-ed", "planned"), words before the expression counting for more.
Direction tense_at(const Document& doc, const std::vector<Atom>& atoms, const Lexicon& lexicon, uint32_t atom);

}  // namespace readout::timex
