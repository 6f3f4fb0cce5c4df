// Who faces whom in a document: the states, governments and groups that "we", "they" and "the two
// sides" mean, and that a joint text binds.
#pragma once

#include <string_view>
#include <vector>

#include "readout/document.h"

namespace readout::events {

/// Leaders and governments act for their states: each becomes its state where the document has it
/// as an actor. Without doubles, in order.
std::vector<ActorId> as_states(const Document& doc, const std::vector<ActorId>& actors);

struct Sides {
  std::vector<ActorId> actors;  // sorted; empty if the document has no sides
  size_t told = 0;              // how often the text speaks of them together
};

/// The set of two to twelve sides that mentions most often mean together; in a communique without
/// such mentions, the two states that its first sentences name most.
Sides document_sides(const Document& doc);

}  // namespace readout::events
