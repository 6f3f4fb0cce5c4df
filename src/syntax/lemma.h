// Lemmas by edit scripts: the network names a script, the script makes the lemma from the form.
//
//   "L1|"    lower case, drop the last letter          cities: "L3|y" -> city
//   "K0|"    the form as it is                         Paris -> Paris
//   "T0|"    lower case with a capital first letter    PARIS -> Paris
//   "=be"    this word                                 was -> be
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "readout/result.h"

namespace readout::syntax {

struct LemmaScript {
  enum class Case : uint8_t { Keep, Lower, Title, Whole };
  Case change = Case::Keep;
  uint32_t drop = 0;         // letters from the end
  std::string_view add;      // or the whole lemma; points into the model
};

Result<LemmaScript> parse_lemma_script(std::string_view text);

/// Writes the lemma of `form` to `out`, which is cleared first. A script that would drop more letters
/// than there are drops none and adds none.
void make_lemma(const LemmaScript& script, std::string_view form, std::string& out);

}  // namespace readout::syntax
