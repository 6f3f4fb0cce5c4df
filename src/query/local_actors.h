// Ids that no knowledge base gives: annotators and the reading both make a slug of what the text
// calls a person or body, and need not make the same one ("ngo:joint-church-aid",
// "org:joint-church"). Where both mean the same words of a sentence they are one actor.
//
//   gold  org:joint-church-aid  over "the Joint Church Aid"     known to nobody
//   found org:joint-church      over "Joint Church Aid"         known to nobody     -> one actor
//   gold  state:SUN, found state:RUS                            known               -> two actors
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "entities/knowledge.h"
#include "readout/span.h"

namespace readout::query {

struct NamedActor {
  std::string id;
  Span words;   // of the plain text
};

/// One side's way of writing what both mean: a government as a whole is its state, a chamber its
/// parliament, an embassy its foreign ministry, a branch its armed forces. Sentence gold knows no
/// finer ids.
std::string comparable_actor(std::string_view id);

/// Gold id -> found id, one to one. A found id that the knowledge base knows is taken only if the
/// gold id is a slug of one of its names, or of a part of the same state that has no id; an office
/// meets a person who held it. A state is never renamed, nor a body of another state.
std::map<std::string, std::string> align_local_actors(const entities::Knowledge& knowledge, std::span<const NamedActor> gold,
                                                      std::span<const NamedActor> found);

}  // namespace readout::query
