// Who stands on the sides of an act, and which tellings are one act: whole documents through the
// real engine and the real frames.
#include <gtest/gtest.h>

#include "readout/layer_names.h"
#include "readout/pipeline.h"

namespace readout::events {
namespace {

const Engine& engine() {
  static const std::shared_ptr<const Engine> kEngine = [] {
    EngineOptions options;
    options.layers = {Layer::Events};
    auto opened = Engine::open(options);
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
    return *opened;
  }();
  return *kEngine;
}

std::string_view id_of(const Document& doc, ActorId actor) {
  const size_t known = doc.actors()->actors.size();
  return index(actor) < known ? doc.str(doc.actors()->actors[index(actor)].id) : doc.str(doc.events()->actors[index(actor) - known].id);
}

/// "ASSAULT mil:RUS -> people:UKR | ...", uncoded rows as "uncoded".
std::string acts(const std::string& text) {
  TextLayer layer;
  layer.source = text;
  std::vector<Draft> batch;
  batch.emplace_back(std::move(layer));
  Scratch scratch;
  const auto done = engine().pipeline().run(batch, scratch);
  EXPECT_TRUE(done) << (done ? "" : done.error().message);
  const Document doc = std::move(batch[0]).finish();
  std::string out;
  for (const Event& event : doc.events()->events) {
    if (!out.empty()) out += " | ";
    if (event.uncoded_reason != kNone<Sym>) {
      out += "uncoded";
      continue;
    }
    const auto list = [&](const std::vector<ActorId>& side) {
      std::string ids;
      for (const ActorId actor : side) ids += (ids.empty() ? "" : ",") + std::string(id_of(doc, actor));
      return ids.empty() ? std::string("-") : ids;
    };
    out += std::string(doc.str(event.plover)) + " " + list(event.source) + " -> " + list(event.target);
  }
  return out;
}

TEST(Sides, PossessorsAndAdjectivesTellWhose) {
  EXPECT_EQ(acts("Turkish police arrested two journalists."), "COERCE gov:TUR.police -> ?");
  EXPECT_EQ(acts("Peru's foreign ministry condemned the attack."), "ACCUSE gov:PER.mfa -> -");
  EXPECT_EQ(acts("Saudi-led aircraft bombed the port.").substr(0, 18), "ASSAULT mil:SAU ->");
}

TEST(Sides, ConjunctsOfNamesActTogether) {
  EXPECT_EQ(acts("Petro Poroshenko and Vladimir Putin agreed in Minsk to set up a contact group on the crisis in the east."),
            "AGREE person:petro-poroshenko,person:vladimir-putin -> person:petro-poroshenko,person:vladimir-putin");
}

TEST(Sides, AVerbBelowItsSubjectIsStillTheVerb) {
  EXPECT_EQ(acts("Taliban raiders massacred 132 schoolboys in Peshawar."), "ASSAULT group:taliban -> people:PAK");
}

TEST(Sides, TheIssuerActsInItsPoints) {
  EXPECT_EQ(acts("The Security Council,\n\n1. Condemns the attack;\n\n2. Urges Libya to cooperate;\n\n3. Demands that Chad withdraw its troops.\n").find("REQUEST org:unsc -> state:LBY") != std::string::npos, true);
}

TEST(Sides, CiviliansAreAPopulationWhereHarmBefallsThem) {
  EXPECT_EQ(acts("Gunmen killed two Israeli athletes."), "ASSAULT ? -> people:ISR");
}

TEST(Sides, WhatNobodyOwnsDoesNotAct) {
  // A bomb is nobody; the sentence still tells of harm.
  EXPECT_EQ(acts("A bomb killed four Belgian tourists."), "ASSAULT - -> people:BEL");
}

TEST(Sides, AllIdsAreWellFormed) {
  const std::string found = acts("Lebanese soldiers clashed with gunmen. Kenyan customs impounded a ship. The Spanish gendarmes shot a driver. The Philippine tanks headed up to Marawi.");
  EXPECT_EQ(found.find('/'), std::string::npos) << found;
}

TEST(Sides, SeveralWhoAgreeDoSoWithOneAnother) {
  EXPECT_EQ(acts("Kenya and Uganda agreed to expand trade."), "AGREE state:KEN,state:UGA -> state:KEN,state:UGA");
}

TEST(Tellings, OneMeetingIsOneEvent) {
  EXPECT_EQ(acts("The president of Finland met the president of Latvia in Turku. Finland and Latvia discussed trade. The talks between Latvia and Finland lasted two hours.").find(" | "), std::string::npos);
}

TEST(Tellings, ASentenceFromWhichNothingCameSaysWhy) {
  EXPECT_EQ(acts("Four villages were occupied."), "uncoded");
  EXPECT_EQ(acts("Does Kenya condemn Uganda?"), "uncoded");
}

TEST(Standing, HarmOnAConditionIsAThreat) {
  EXPECT_EQ(acts("Iran will attack Israel if Israel strikes again.").substr(0, 8), "THREATEN");
}

TEST(Standing, CourtesiesAreDone) {
  EXPECT_EQ(acts("PRESIDENT SMITH: I would like to thank Ghana for its help.").substr(0, 7), "SUPPORT");
}

}  // namespace
}  // namespace readout::events
