// The chain of voices behind every token: publisher > source line > speaker of the turn > quoted source.
#pragma once

#include "readout/document.h"

namespace readout::discourse {

/// Sets `layer.voices` and `layer.token_voice` from the document and `layer.quotes`. Equal neighbours
/// in a chain are one; every chain is stored once. An unnamed source is kNone<ActorId>; actors who
/// speak together share their evidence (readout/voice.h).
/// O(tokens + quotes * depth).
void find_voices(const Document& doc, QuoteLayer& layer);

}  // namespace readout::discourse
