// Arcs of one sentence as the events layer reads them: the parser's, with what it regularly gets
// wrong in headlines and lists of names put right.
//
//   "Petro Poroshenko and Vladimir Putin agreed": "Vladimir" hangs on "Petro", not on the head
//   "Rebels, villagers attack convoy": the verb hangs on "Rebels" instead of the other way round
//
// The document's own columns stay as they are.
#pragma once

#include <vector>

#include "readout/document.h"

namespace readout::events {

struct Arcs {
  std::vector<TokenId> head;   // [sentence length], of the document
  std::vector<Dep> dep;
};

/// Copies the arcs of `range` and mends them. Time linear in the sentence for all but its lists.
void read_arcs(const Document& doc, TokenRange range, Arcs& out);

}  // namespace readout::events
