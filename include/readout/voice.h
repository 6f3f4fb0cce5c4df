// Reading a chain of voices. Actors who speak together follow one another in the chain and share
// their evidence; kNone<ActorId> stands for somebody whom the text doesn't name.
#pragma once

#include <vector>

#include "readout/layers.h"

namespace readout {

/// Index in the chain at which the level that holds `i` begins. i < voice.chain.size().
inline size_t level_begin(const Voice& voice, size_t i) {
  while (i > 0 && !voice.evidence[i].empty() && voice.evidence[i - 1] == voice.evidence[i]) --i;
  return i;
}

/// Who speaks at the innermost level; empty if the text doesn't name them.
inline std::vector<ActorId> innermost(const Voice& voice) {
  std::vector<ActorId> actors;
  if (voice.chain.empty()) return actors;
  for (size_t i = level_begin(voice, voice.chain.size() - 1); i < voice.chain.size(); ++i) {
    if (voice.chain[i] != kNone<ActorId>) actors.push_back(voice.chain[i]);
  }
  return actors;
}

}  // namespace readout
