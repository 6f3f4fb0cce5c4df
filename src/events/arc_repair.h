// Arcs of one sentence as the events layer reads them: the parser's, with what it regularly gets
// wrong in headlines and lists of names put right.
//
//   "Petro Poroshenko and Vladimir Putin agreed": "Vladimir" hangs on "Petro", not on the head
//   "Worshippers were slain by gunmen": a participle that the tagger took for an adjective
//   "Rebels, villagers attack convoy": the verb hangs on "Rebels" instead of the other way round
//
// The document's own columns stay as they are.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "readout/document.h"

namespace readout::events {

struct Arcs {
  std::vector<TokenId> head;   // [sentence length], of the document
  std::vector<Dep> dep;
  std::vector<Upos> upos;
  std::vector<TokenId> verbs;  // tokens that are verbs here though the tagger says otherwise
};

/// Copies the arcs of `range` and mends them. Time linear in the sentence for all but its lists.
/// `acts` tells of a lower-case form whether it is one of a verb that some frame asks for.
void read_arcs(const Document& doc, TokenRange range, const std::function<bool(std::string_view)>& acts, Arcs& out);

}  // namespace readout::events
