// Mentions and persons of speech against hand-made gold.
//
// A mention is found if a mention of the reading overlaps it (pronouns: stands exactly there) and names the
// same set of actors; each is matched once, but one that gold cuts in two at an apposition ("Ned Price, Department
// Spokesperson") counts for both. Where annotators differ on what is marked at all (labels of turns, a state inside
// a longer mention: "the Jordanian Minister"), what gold leaves out is no mistake. Actors that no table knows have no agreed id: their
// ids are first aligned, one to one, by the mentions that they share.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "entities/knowledge.h"
#include "query/gold.h"

namespace readout::query {

struct ActorScores {
  Score mentions;                                  // span and actors
  Score spans;                                     // span alone
  std::map<std::string, Score> by_form;            // gold and correct by gold's form: recall alone
  Score first, second, third;                      // pronouns: correct of gold
  Score speakers;                                  // of turns
  Score places;
  std::vector<std::string> failures, person_failures;
};

Result<ActorScores> eval_actors(const std::vector<GoldDocument>& gold, const entities::Knowledge& knowledge);

}  // namespace readout::query
