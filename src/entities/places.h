// The stage `entities.places`: names of places, resolved against the gazetteer.
//
// A name of several places is decided by the company it keeps: the countries that the document
// names, what stands behind the comma ("Tripoli, Lebanon"), size and rank. A name that is an actor's
// in this document (a person called Paris, a capital that acts for its government) is no place. A
// name that no table knows is a place if it stands as one ("in Varnstad", "Toktogul reservoir");
// it has no id then, and harms no other.
#pragma once

#include <memory>

#include "entities/knowledge.h"
#include "readout/pipeline.h"

namespace readout::entities {

/// Reads Tokens and Actors, and Entities where `available` has them; writes Places.
Result<std::unique_ptr<const Stage>> make_place_stage(std::shared_ptr<const Knowledge> knowledge, LayerSet available);

}  // namespace readout::entities
