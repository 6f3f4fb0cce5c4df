// Questions over a small record of invented towns: who is found, what is counted, what is shown.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>

#include "../run_program.h"
#include "toy_record.h"

namespace readout::testing_support {
namespace {

using Json = nlohmann::json;

class Questions : public ::testing::Test {
 protected:
  Questions() : toy_(toy_record()) {
    folder_.write("rows.jsonl", toy_.lines);
    imported_ = run(folder_, {"import", "-r", "readout.db", "rows.jsonl"});
  }
  /// The rows of an answer as JSON, without its head line.
  std::vector<Json> rows(std::vector<std::string> args) {
    args.insert(args.end(), {"--format", "jsonl"});
    const Outcome outcome = run(folder_, args);
    EXPECT_TRUE(outcome.err.empty()) << outcome.err;
    std::vector<Json> all;
    std::istringstream in(outcome.out);
    for (std::string line; std::getline(in, line);) all.push_back(Json::parse(line));
    if (!all.empty()) {
      head_ = all.front();
      all.erase(all.begin());
    }
    return all;
  }
  ToyRecord toy_;
  Folder folder_;
  Outcome imported_;
  Json head_;
};

TEST_F(Questions, TheToyRecordIsSound) {
  ASSERT_EQ(imported_.code, 0) << imported_.err;
  const Outcome verified = run(folder_, {"verify"});
  EXPECT_EQ(verified.code, 0) << verified.err << verified.out;
  EXPECT_EQ(run(folder_, {"export"}).out, toy_.lines);
}

TEST_F(Questions, WhoTellsNamesOfficesAndCompany) {
  const Outcome outcome = run(folder_, {"who", "ARCHER", "--format", "json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const Json dossier = Json::parse(outcome.out);
  EXPECT_EQ(dossier["title"], "Ann Archer");
  const std::string text = dossier["facts"].dump();
  EXPECT_NE(text.find("Minister Archer (1)"), std::string::npos) << text;
  EXPECT_NE(text.find("Foreign Minister of Freedonia (2010-01-01 to now)"), std::string::npos) << text;
  EXPECT_NE(text.find("3 documents, first 2011-03-04, last 2011-05-20"), std::string::npos) << text;
  EXPECT_NE(text.find("Bo Baker [person:bo-baker] (2)"), std::string::npos) << text;
  EXPECT_NE(text.find("event as target (1)"), std::string::npos) << text;
}

TEST_F(Questions, AnActorIsFoundByIdCodeAcronymAndPartOfAName) {
  for (const char* name : {"state:FRD", "FRD", "frd", "F.R.D.", "freedonia", "freed"}) {
    const Outcome outcome = run(folder_, {"who", name});
    EXPECT_EQ(outcome.code, 0) << name << outcome.err;
    EXPECT_EQ(outcome.out.substr(0, 9), "Freedonia") << name;
  }
  const Outcome nobody = run(folder_, {"who", "zeppelin"});
  EXPECT_EQ(nobody.code, 1);
  EXPECT_NE(nobody.err.find("nobody in the record is called \"zeppelin\""), std::string::npos) << nobody.err;
}

TEST_F(Questions, SaidFindsQuotesAndOwnTurns) {
  const auto quotes = rows({"said", "baker"});
  ASSERT_EQ(quotes.size(), 1U);
  EXPECT_EQ(quotes[0]["id"], toy_.quote);
  EXPECT_EQ(head_["question"], "What Bo Baker (person:bo-baker) said.");
  EXPECT_EQ(rows({"said", "archer"}).size(), 2U);
  const auto about = rows({"said", "archer", "--about", "baker"});
  ASSERT_EQ(about.size(), 1U);
  EXPECT_EQ(about[0]["text"], "We thank Bo Baker.");
  EXPECT_EQ(rows({"said", "archer", "--about", "sylvania", "--from", "2011-05"}).size(), 1U);
  EXPECT_EQ(rows({"said", "archer", "--about", "sylvania", "--until", "2011-04"}).size(), 0U);
  // Nobody is called so: the words are looked for.
  EXPECT_EQ(rows({"said", "archer", "--about", "prisoners"}).size(), 1U);
}

TEST_F(Questions, EventsByRoleTypeCodeStatusAndDay) {
  EXPECT_EQ(rows({"events"}).size(), 3U);
  const auto accused = rows({"events", "--source", "baker", "--target", "freedonia"});
  ASSERT_EQ(accused.size(), 1U);
  EXPECT_EQ(accused[0]["cameo"], "112");
  EXPECT_EQ(accused[0]["evidence"], "He accused Freedonia of closing the bridge.");
  EXPECT_EQ(accused[0]["day"], "2011-03-05");  // no date of its own: the day of publication
  EXPECT_EQ(rows({"events", "--type", "consult"}).size(), 2U);
  EXPECT_EQ(rows({"events", "--cameo", "04"}).size(), 2U);
  EXPECT_EQ(rows({"events", "--cameo", "042"}).size(), 1U);
  EXPECT_EQ(rows({"events", "--status", "denied"}).size(), 0U);
  EXPECT_EQ(rows({"events", "--until", "2011-03-03"}).size(), 2U);
  EXPECT_EQ(rows({"events", "--place", "sylvania city"}).size(), 1U);
  EXPECT_EQ(rows({"events", "--topic", "prisoners"}).size(), 1U);
  EXPECT_EQ(rows({"events", "--words", "accus*"}).size(), 1U);
  EXPECT_EQ(rows({"events", "--document", toy_.theirs.substr(0, 10)}).size(), 2U);
  EXPECT_EQ(rows({"events", "--limit", "1", "--offset", "1"}).size(), 1U);
  EXPECT_EQ(head_["total"], 3);
}

TEST_F(Questions, ContactsOfTwo) {
  EXPECT_EQ(rows({"contacts", "archer", "baker"}).size(), 2U);
  EXPECT_EQ(head_["question"], "Meetings, visits and calls of Ann Archer (person:ann-archer) with Bo Baker (person:bo-baker).");
  EXPECT_EQ(rows({"contacts", "archer", "freedonia"}).size(), 0U);
}

TEST_F(Questions, ACommitmentIsOverdueFromTheDayAfterItsDeadline) {
  EXPECT_EQ(rows({"commitments", "--overdue", "--as-of", "2011-04-01"}).size(), 0U);
  const auto overdue = rows({"commitments", "--overdue", "--as-of", "2011-04-02"});
  ASSERT_EQ(overdue.size(), 1U);
  EXPECT_EQ(overdue[0]["id"], toy_.promise);
  EXPECT_EQ(overdue[0]["due"], "2011-04-01");
  EXPECT_EQ(overdue[0]["state"], "overdue");
  EXPECT_EQ(rows({"commitments", "--due", "--as-of", "2011-04-01"}).size(), 1U);
  EXPECT_EQ(rows({"commitments", "--by", "sylvania", "--to", "freedonia"}).size(), 2U);
  EXPECT_EQ(rows({"commitments", "--by", "freedonia"}).size(), 0U);
  EXPECT_EQ(rows({"commitments", "--type", "fulfilment"}).size(), 1U);
  EXPECT_EQ(rows({"commitments", "--topic", "prisoners"}).size(), 2U);
}

// A fulfilment in the same document, tied to the promise, takes it off the list of the overdue.
TEST_F(Questions, WhatWasKeptIsNotOverdue) {
  ToyDocument doc("Note", "Gazette", "2012-01-10", {"We promised to pay by 1 February 2011.", "The sum was paid in March."});
  const std::string promise =
      doc.row("commitment", 0, "promised to pay", R"("commitment_kind":"pledge","owed_by":["state:SYL"],"owed_to":[],"holder":[],)" + doc.words("what", 0, "pay") +
                                                      R"(,"strength":"commits","deadline":{"text":"by 1 February 2011","value":"2011-02-01"})");
  doc.row("commitment", 1, "was paid", R"("commitment_kind":"fulfilment","owed_by":["state:SYL"],"owed_to":[],"holder":[],)" + doc.words("what", 1, "paid") +
                                           R"(,"strength":"commits","fulfils":")" + promise + "\"");
  folder_.write("note.jsonl", doc.lines());
  ASSERT_EQ(run(folder_, {"import", "note.jsonl"}).code, 0);
  const auto overdue = rows({"commitments", "--overdue", "--as-of", "2013-01-01", "--document", doc.id()});
  EXPECT_EQ(overdue.size(), 0U);
  EXPECT_EQ(rows({"commitments", "--fulfilled", "--as-of", "2013-01-01"}).size(), 1U);
  // Before anybody said so, it was not known to be kept.
  EXPECT_EQ(rows({"commitments", "--overdue", "--as-of", "2011-06-01", "--document", doc.id()}).size(), 1U);
}

TEST_F(Questions, FiguresOfOneThingStandTogether) {
  const auto figures = rows({"figures", "prisoners"});
  EXPECT_EQ(figures.size(), 0U) << "counted is the lemma";
  const auto lemma = rows({"figures", "prisoner"});
  ASSERT_EQ(lemma.size(), 2U);
  EXPECT_EQ(lemma[0]["value"], 12);
  EXPECT_EQ(lemma[1]["value"], 15);
  EXPECT_EQ(rows({"figures", "--unit", "USD"}).size(), 0U);
  EXPECT_EQ(rows({"figures", "--about", "sylvania"}).size(), 2U);
}

TEST_F(Questions, AgreementsAreGroupedByName) {
  const auto found = rows({"agreements", "bridge"});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0]["date"], "1999");
  EXPECT_EQ(found[0]["parties"], Json::parse(R"(["state:FRD","state:SYL"])"));
  EXPECT_EQ(found[0]["rows"][0]["said"][0]["status"], "being implemented");
  EXPECT_EQ(rows({"agreements", "--party", "sylvania"}).size(), 1U);
}

TEST_F(Questions, TimelineIsByDay) {
  const auto found = rows({"timeline", "baker"});
  ASSERT_EQ(found.size(), 3U);
  EXPECT_LE(found[0]["day"], found[1]["day"]);
  EXPECT_LE(found[1]["day"], found[2]["day"]);
}

TEST_F(Questions, DossiersInFourForms) {
  const Outcome text = run(folder_, {"dossier", "baker"});
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_NE(text.out.find("== Contacts (2)"), std::string::npos) << text.out;
  const Outcome markdown = run(folder_, {"dossier", "archer", "baker", "--format", "markdown"});
  EXPECT_NE(markdown.out.find("## What the first said about the second"), std::string::npos) << markdown.out;
  const Outcome html = run(folder_, {"dossier", "--kind", "agreement", "bridge", "--format", "html"});
  EXPECT_NE(html.out.find("<td>Bridge Agreement</td>"), std::string::npos) << html.out;
  EXPECT_EQ(html.out.find("<script"), std::string::npos);
  const Json place = Json::parse(run(folder_, {"dossier", "--kind", "place", "Sylvania City", "--format", "json"}).out);
  EXPECT_EQ(place["sections"][0]["answer"]["total"], 1);
  EXPECT_EQ(run(folder_, {"dossier", "--kind", "topic", "prisoners"}).code, 0);
  EXPECT_EQ(run(folder_, {"dossier", "--kind", "topic", "balloons"}).code, 1);
}

TEST_F(Questions, WhyMarksTheSentenceAndNamesTheFrame) {
  const Outcome why = run(folder_, {"why", toy_.visit});
  ASSERT_EQ(why.code, 0) << why.err;
  EXPECT_NE(why.out.find("[visited](predicate)"), std::string::npos) << why.out;
  EXPECT_NE(why.out.find("consult.rules:12"), std::string::npos) << why.out;
  EXPECT_NE(why.out.find("because her name stands behind"), std::string::npos) << why.out;
  EXPECT_NE(why.out.find("the 3 March nearest to publication"), std::string::npos) << why.out;
  EXPECT_EQ(run(folder_, {"why", toy_.visit.substr(0, 12)}).code, 0);
  EXPECT_EQ(run(folder_, {"why", "event-"}).code, 2);
  EXPECT_EQ(run(folder_, {"why", "nothing-1"}).code, 1);
}

TEST_F(Questions, WhyOfADocumentThatIsInNoRecord) {
  folder_.write("a.txt", "Mayors meet\n\nAnn Archer said: Thank you for coming. We meet again.\n");
  const Outcome read = run(folder_, {"read", "--format", "jsonl", "a.txt"});
  const size_t at = read.out.find("\"id\":\"turn-");
  ASSERT_NE(at, std::string::npos) << read.out;
  const Outcome why = run(folder_, {"why", read.out.substr(at + 6, 21), "--file", "a.txt"});
  EXPECT_EQ(why.code, 0) << why.err;
}

TEST_F(Questions, DiffTellsWhatEachSideLeftOut) {
  const auto found = rows({"diff", toy_.ours, toy_.theirs});
  std::map<std::string, int> told;
  for (const Json& row : found) ++told[row["told_by"].get<std::string>() + " " + row["kind"].get<std::string>()];
  EXPECT_EQ(told["both event"], 1);              // the visit, told from either end
  EXPECT_EQ(told["B only event"], 1);            // the accusation
  EXPECT_EQ(told["A only commitment"], 1);
  EXPECT_EQ(told["both, differently figure"], 1);  // 12 or about 15 prisoners
}

TEST_F(Questions, SeriesCountsAndSums) {
  const Outcome csv = run(folder_, {"series", "--period", "week", "--format", "csv"});
  EXPECT_EQ(csv.out, "period,source,target,events,cooperation,conflict,goldstein,without_goldstein\n2011-W09,,,3,2,1,2.7,0\n") << csv.err;
  const Outcome dyad = run(folder_, {"series", "archer", "baker", "--format", "csv", "--period", "year"});
  EXPECT_EQ(dyad.out,
            "period,source,target,events,cooperation,conflict,goldstein,without_goldstein\n"
            "2011,Ann Archer,Bo Baker,1,1,0,1.9,0\n2011,Bo Baker,Ann Archer,1,1,0,2.8,0\n");
  EXPECT_EQ(run(folder_, {"series", "--format", "svg"}).out.substr(0, 4), "<svg");
  EXPECT_NE(run(folder_, {"series"}).out.find("3 events"), std::string::npos);
}

TEST_F(Questions, CsvCarriesTheEvidence) {
  const Outcome csv = run(folder_, {"events", "--format", "csv", "--cameo", "112"});
  EXPECT_NE(csv.out.find("He accused Freedonia of closing the bridge."), std::string::npos) << csv.out;
  EXPECT_EQ(csv.out.substr(0, csv.out.find('\n')), "day,type,code,status,source,target,words,evidence,document,title,row");
}

TEST_F(Questions, ABadDayIsRefused) {
  const Outcome outcome = run(folder_, {"events", "--from", "March"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.err.find("YYYY-MM-DD"), std::string::npos);
}

// What is removed is in no answer any more, and its names are gone.
TEST_F(Questions, RemovingADocumentRemovesItsAnswers) {
  ASSERT_EQ(run(folder_, {"remove", toy_.theirs}).code, 0);
  EXPECT_EQ(rows({"events"}).size(), 1U);
  EXPECT_EQ(run(folder_, {"who", "FRD"}).code, 0);  // the id still stands in rows of other documents
  EXPECT_EQ(run(folder_, {"who", "freedonia"}).code, 1);
}

// The second pass: the visit told from either end is one event; the promise of March is kept in May.
TEST_F(Questions, LinkJoinsTellingsAndThreads) {
  ToyDocument doc("Short note", "Gazette", "2011-06-01", {"A. Archer met nobody."});
  doc.row("actor", 0, "A. Archer", R"("actor":"person:a-archer","name":"A. Archer","type":"person","sectors":[],"aliases":[],"offices":[])");
  doc.row("event", 0, "met", R"("source":["person:a-archer"],"target":[],"plover":"CONSULT","cameo":"040","status":"happened","polarity":"negative")");
  folder_.write("note.jsonl", doc.lines());
  ASSERT_EQ(run(folder_, {"import", "note.jsonl"}).code, 0);
  EXPECT_EQ(rows({"commitments", "--overdue", "--as-of", "2011-06-01"}).size(), 1U);
  const Outcome first = run(folder_, {"link", "--format", "jsonl"});
  ASSERT_EQ(first.code, 0) << first.err;
  std::map<std::string, Json> links;
  std::istringstream in(first.out);
  for (std::string line; std::getline(in, line);) {
    const Json link = Json::parse(line);
    links[link["kind"]] = link;
  }
  ASSERT_EQ(links.size(), 3U) << first.out;
  EXPECT_EQ(links["same_event"]["to"], toy_.visit);
  // The other side says so: evidence, not the word of who owes it.
  EXPECT_EQ(links["evidence"]["from"], toy_.kept);
  EXPECT_EQ(links["evidence"]["to"], toy_.promise);
  EXPECT_EQ(links["evidence"]["reason"], "supports: prisoners return");
  EXPECT_EQ(links["same_actor"]["from"], "person:a-archer");
  EXPECT_EQ(links["same_actor"]["to"], "person:ann-archer");
  EXPECT_EQ(run(folder_, {"link", "--format", "jsonl"}).out, first.out) << "repeatable";
  EXPECT_EQ(rows({"commitments", "--overdue", "--as-of", "2011-06-01"}).size(), 0U);
  EXPECT_EQ(rows({"commitments", "--overdue", "--as-of", "2011-05-01"}).size(), 1U) << "not yet said to be kept";
  EXPECT_EQ(rows({"events", "--source", "person:ann-archer"}).size(), 2U);
  EXPECT_EQ(run(folder_, {"verify"}).code, 0);
  const std::string before = run(folder_, {"export"}).out;
  EXPECT_EQ(before, toy_.lines + doc.lines());
}

// The same text with one sentence more is near; another text is not.
TEST_F(Questions, LinkFindsNearDocuments) {
  std::vector<std::string> sentences;
  for (int i = 0; i < 40; ++i) {
    sentences.push_back("Delegate " + std::to_string(i * 7919) + " spoke of item" + std::to_string(i * 31) + " and of town" + std::to_string(i * 17) + " at length.");
  }
  const ToyDocument one("One", "A", "2011-01-01", sentences);
  sentences.push_back("This was added later.");
  const ToyDocument two("Two", "B", "2011-01-02", sentences);
  for (std::string& sentence : sentences) sentence = "Elsewhere " + sentence.substr(9, 8) + " nobody knew of plan" + sentence.substr(10, 6) + " or harbour works.";
  const ToyDocument other("Three", "C", "2011-01-03", sentences);
  folder_.write("more.jsonl", one.lines() + two.lines() + other.lines());
  ASSERT_EQ(run(folder_, {"import", "more.jsonl"}).code, 0);
  const Outcome linked = run(folder_, {"link", "--format", "jsonl"});
  size_t near = 0;
  std::istringstream in(linked.out);
  for (std::string line; std::getline(in, line);) {
    const Json link = Json::parse(line);
    if (link["kind"] != "near_document") continue;
    ++near;
    EXPECT_EQ(link["from"], one.id());
    EXPECT_EQ(link["to"], two.id());
  }
  EXPECT_EQ(near, 1U) << linked.out;
}

// A record of version 1 (a file that its program wrote) has no look-up tables: they are made when it
// is first opened, also for reading.
TEST_F(Questions, ARecordOfVersionOneIsBroughtUpToDate) {
  for (const char* name : {"readout.db", "readout.db-wal", "readout.db-shm"}) fs::remove(folder_ / name);
  fs::copy_file(fs::path(READOUT_SOURCE_DIR) / "tests/compat/record_v1.db", folder_ / "readout.db");
  EXPECT_EQ(rows({"events"}).size(), 3U);
  EXPECT_EQ(rows({"said", "archer", "--about", "baker"}).size(), 1U);
  EXPECT_EQ(run(folder_, {"verify"}).code, 0);
  EXPECT_EQ(run(folder_, {"export"}).out, toy_.lines);
}

}  // namespace
}  // namespace readout::testing_support
