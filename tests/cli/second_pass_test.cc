// The second pass over invented documents: threads of commitments on three axes, series of figures, agreements
// under several names, one meeting told by both sides; the same links whatever came in first.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>

#include "../run_program.h"
#include "toy_record.h"

namespace readout::testing_support {
namespace {

using Json = nlohmann::json;

class SecondPass : public ::testing::Test {
 protected:
  void import(const ToyDocument& doc) {
    const std::string file = "doc" + std::to_string(++files_) + ".jsonl";
    folder_.write(file, doc.lines());
    const Outcome outcome = run(folder_, {"import", "-r", "readout.db", file});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
  }
  Outcome link() { return run(folder_, {"link", "--format", "jsonl"}); }
  /// Rows of an answer by their id.
  std::map<std::string, Json> rows(std::vector<std::string> args) {
    args.insert(args.end(), {"--format", "jsonl"});
    std::map<std::string, Json> all;
    std::istringstream in(run(folder_, args).out);
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
      const Json row = Json::parse(line);
      all[row.value("id", row.value("name", ""))] = row;
    }
    return all;
  }
  static std::vector<std::string> said(const Json& row, const char* axis) {
    std::vector<std::string> out;
    for (const Json& claim : row["axes"][axis]["claims"]) out.push_back(claim["status"].get<std::string>() + " " + claim["day"].get<std::string>());
    return out;
  }
  Folder folder_;
  int files_ = 0;
};

std::string commitment(const ToyDocument& doc, std::string_view kind, std::string_view by, size_t sentence, std::string_view what, const std::string& more = "") {
  return "\"commitment_kind\":\"" + std::string(kind) + "\",\"owed_by\":[\"" + std::string(by) + "\"],\"owed_to\":[\"state:FRD\"],\"holder\":[]," + doc.words("what", sentence, what) +
         ",\"strength\":\"commits\"" + more;
}
std::string due(const std::string& day) { return ",\"deadline\":{\"text\":\"by then\",\"value\":\"" + day + "\"}"; }
std::string event(const ToyDocument& doc, const std::string& source, const std::string& target, size_t sentence, std::string_view predicate, const std::string& type,
                  const std::string& code, const std::string& status = "happened", const std::string& polarity = "positive") {
  const auto list = [](const std::string& id) { return id.empty() ? std::string("[]") : "[\"" + id + "\"]"; };
  return "\"source\":" + list(source) + ",\"target\":" + list(target) + "," + doc.words("predicate", sentence, predicate) + ",\"plover\":\"" + type +
         "\",\"plover_context\":[],\"cameo\":\"" + code + "\",\"quad\":2,\"status\":\"" + status + "\",\"polarity\":\"" + polarity + "\",\"evidentiality\":\"reported\"";
}

/// A promise, told again with a later day, reported done by who owes it, denied by the other side, shown in part.
struct Story {
  std::vector<ToyDocument> docs;
  std::string first, again, done, denied, accused, part;
};
Story story() {
  Story out;
  ToyDocument one("Talks", "Herald", "2011-03-01", {"Sylvania will return twelve captured prisoners.", "It will also repair the harbour."});
  out.first = one.row("commitment", 0, "will return", commitment(one, "pledge", "state:SYL", 0, "return twelve captured prisoners", due("2011-04-01")));
  one.row("commitment", 1, "will also repair", commitment(one, "pledge", "state:SYL", 1, "repair the harbour"));
  ToyDocument two("Talks go on", "Herald", "2011-03-20", {"Sylvania will return the captured prisoners later than planned."});
  out.again = two.row("commitment", 0, "will return", commitment(two, "pledge", "state:SYL", 0, "return the captured prisoners", due("2011-05-01")));
  ToyDocument three("Statement", "Ministry of Sylvania", "2011-04-20", {"The captured prisoners have been returned by Sylvania."}, "gov:SYL.mfa");
  out.done = three.row("event", 0, "have been returned", event(three, "state:SYL", "state:FRD", 0, "have been returned", "RETREAT", "0841"));
  ToyDocument four("Freedonia objects", "Gazette", "2011-04-25",
                   {"Freedonia said that Sylvania had not returned the captured prisoners.", "It accused Sylvania of hiding captured prisoners instead of a return."}, "state:FRD");
  out.denied = four.row("event", 0, "had not returned", event(four, "state:SYL", "state:FRD", 0, "had not returned", "RETREAT", "0841", "happened", "negative"));
  out.accused = four.row("event", 1, "accused", event(four, "state:FRD", "state:SYL", 1, "accused", "ACCUSE", "112"));
  out.docs = {one, two, three, four};
  return out;
}

TEST_F(SecondPass, APromiseIsToldAgainRevisedReportedDoneAndDisputed) {
  const Story told = story();
  for (const ToyDocument& doc : told.docs) import(doc);
  ASSERT_EQ(link().code, 0);
  const auto now = rows({"commitments", "--as-of", "2011-06-01"});
  ASSERT_TRUE(now.contains(told.first));
  const Json& first = now.at(told.first);
  EXPECT_EQ(said(first, "official"), (std::vector<std::string>{"stated 2011-03-01", "revised 2011-03-20", "reported_done 2011-04-20"})) << first.dump(1);
  EXPECT_EQ(said(first, "evidence"), (std::vector<std::string>{"denies 2011-04-25", "denies 2011-04-25"})) << first.dump(1);
  EXPECT_EQ(first["state"], "disputed");
  EXPECT_EQ(first["axes"]["evidence"]["state"], "denied");
  // Each claim names its row, its sentence and who says it.
  const Json& done = first["axes"]["official"]["claims"][2];
  EXPECT_EQ(done["row"], told.done);
  EXPECT_EQ(done["by"], "gov:SYL.mfa");
  EXPECT_EQ(done["text"], "The captured prisoners have been returned by Sylvania.");
  EXPECT_EQ(done["shared"], "captured prisoners return");
  EXPECT_EQ(first["axes"]["evidence"]["claims"][0]["by"], "state:FRD");
  EXPECT_EQ(now.at(told.again)["thread"]["relation"], "revised");
  EXPECT_EQ(now.at(told.again)["thread"]["first"], told.first);
  EXPECT_EQ(rows({"commitments", "--disputed", "--as-of", "2011-06-01"}).size(), 2U);
  EXPECT_EQ(rows({"commitments", "--fulfilled", "--as-of", "2011-06-01"}).size(), 0U);
}

// The same thread as it was known on earlier days.
TEST_F(SecondPass, EachDayHasItsOwnStates) {
  const Story told = story();
  for (const ToyDocument& doc : told.docs) import(doc);
  ASSERT_EQ(link().code, 0);
  const auto state = [&](const std::string& day) { return rows({"commitments", "--as-of", day}).at(told.first)["state"]; };
  EXPECT_EQ(state("2011-03-10"), "due");
  EXPECT_EQ(state("2011-04-10"), "revised") << "another deadline holds since 20 March";
  EXPECT_EQ(state("2011-04-21"), "answered");
  EXPECT_EQ(state("2011-04-26"), "disputed");
  EXPECT_FALSE(rows({"commitments", "--as-of", "2011-03-10"}).contains(told.again)) << "not known yet";
  const auto schedule = [&](const std::string& day) { return rows({"commitments", "--as-of", day}).at(told.first)["axes"]["schedule"]; };
  EXPECT_EQ(schedule("2011-03-10")["due"], "2011-04-01");
  EXPECT_EQ(schedule("2011-04-10")["due"], "2011-05-01");
  EXPECT_EQ(schedule("2011-04-10")["state"], "due");
  EXPECT_EQ(schedule("2011-04-10")["rows"], Json::array({told.again}));
  EXPECT_EQ(schedule("2011-04-21")["state"], "met");
  EXPECT_EQ(schedule("2011-04-21")["rows"], Json::array({told.again, told.done}));
  EXPECT_EQ(schedule("2011-05-02")["state"], "overdue") << "one says done, one denies it: the calendar alone";
  // Overdue and due lists have the row whose deadline holds.
  EXPECT_EQ(rows({"commitments", "--overdue", "--as-of", "2011-04-10"}).size(), 0U);
  const auto due_then = rows({"commitments", "--due", "--as-of", "2011-04-10"});
  ASSERT_EQ(due_then.size(), 1U);
  EXPECT_TRUE(due_then.contains(told.again));
}

// What has only a word or two in common with a promise says nothing of it.
TEST_F(SecondPass, OtherDeedsAreNoEvidence) {
  const Story told = story();
  import(told.docs[0]);
  ToyDocument other("Other news", "Gazette", "2011-04-02",
                    {"Sylvania returned a painting.", "Sylvania will return to the talks.", "Osterlich returned the captured prisoners.", "Sylvania received captured prisoners."});
  other.row("event", 0, "returned", event(other, "state:SYL", "", 0, "returned", "RETREAT", "0841"));
  other.row("commitment", 1, "will return", commitment(other, "pledge", "state:SYL", 1, "return to the talks"));
  other.row("event", 2, "returned", event(other, "state:OST", "", 2, "returned", "RETREAT", "0841"));
  other.row("event", 3, "received", event(other, "state:SYL", "", 3, "received", "RETREAT", "0841"));
  import(other);
  ASSERT_EQ(link().code, 0);
  EXPECT_EQ(link().out, "");
}

TEST_F(SecondPass, ASmallerNumberShowsAPartOnly) {
  ToyDocument one("Talks", "Herald", "2011-03-01", {"Sylvania will return 12 captured prisoners."});
  const std::string twelve = one.row("figure", 0, "12 captured prisoners", R"("value":12,"comparator":"exact","unit":"people","counted":"prisoner","about":[])");
  const std::string promise = one.row("commitment", 0, "will return", commitment(one, "pledge", "state:SYL", 0, "return 12 captured prisoners", ",\"quantity\":\"" + twelve + "\""));
  ToyDocument two("Note", "Gazette", "2011-04-02", {"Sylvania returned 4 captured prisoners."});
  two.row("figure", 0, "4 captured prisoners", R"("value":4,"comparator":"exact","unit":"people","counted":"prisoner","about":[])");
  two.row("event", 0, "returned", event(two, "state:SYL", "state:FRD", 0, "returned", "RETREAT", "0841"));
  import(one);
  import(two);
  ASSERT_EQ(link().code, 0);
  const Json row = rows({"commitments", "--as-of", "2011-06-01"}).at(promise);
  EXPECT_EQ(said(row, "evidence"), (std::vector<std::string>{"partly 2011-04-02"}));
  EXPECT_EQ(row["state"], "open");
}

TEST_F(SecondPass, FiguresOfOneThingAreASeriesWithWhoClaimsThem) {
  ToyDocument one("Camp", "Herald", "2011-03-01", {"The camp near Tarsk shelters 400 families."});
  const std::string before = one.row("figure", 0, "400 families", R"("value":400,"comparator":"exact","unit":"","counted":"family","about":[])");
  ToyDocument two("Camp grows", "Gazette", "2011-03-09", {"The camp near Tarsk now shelters 650 families, said Bo Baker.", "The town of Lemnik counts 30 families."}, "person:bo-baker");
  const std::string after = two.row("figure", 0, "650 families", R"("value":650,"comparator":"exact","unit":"","counted":"family","about":[])");
  const std::string other = two.row("figure", 1, "30 families", R"("value":30,"comparator":"exact","unit":"","counted":"family","about":[])");
  import(one);
  import(two);
  ASSERT_EQ(link().code, 0);
  const auto figures = rows({"figures", "family"});
  ASSERT_EQ(figures.size(), 3U);
  EXPECT_EQ(figures.at(after)["previous"], before);
  EXPECT_EQ(figures.at(after)["change"], "up");
  EXPECT_FALSE(figures.at(other).contains("previous")) << "another place";
  const std::string table = run(folder_, {"figures", "family"}).out;
  EXPECT_NE(table.find("up from 400"), std::string::npos) << table;
}

TEST_F(SecondPass, AnAgreementHasSeveralNames) {
  const auto paper = [](const std::string& name, const std::string& more) { return "\"name\":\"" + name + "\",\"type\":\"agreement\"," + more + ",\"said\":[]"; };
  const std::string parties = R"("parties":["state:FRD","state:SYL"])";
  ToyDocument one("Signed", "Herald", "2011-03-01", {"The Tarsk Protocol (TAP) was signed.", "A ceasefire holds in the south."});
  one.row("agreement", 0, "Tarsk Protocol", paper("Tarsk Protocol", parties + ",\"date\":\"2011-02-28\"") + ",\"also\":[{\"begin\":20,\"end\":23,\"text\":\"TAP\"}]");
  one.row("agreement", 1, "ceasefire", paper("ceasefire", "\"parties\":[\"state:OST\"]"));
  ToyDocument two("Reaction", "Gazette", "2011-03-02", {"The TAP is a success.", "The ceasefire in the north was broken.", "The Protocol on the Bridge and the Tarsk Protocol of 1903 are older."});
  two.row("agreement", 0, "TAP", paper("TAP", "\"parties\":[]"));
  two.row("agreement", 1, "ceasefire", paper("ceasefire", "\"parties\":[\"state:FRD\"]"));
  two.row("agreement", 2, "Protocol on the Bridge", paper("Protocol on the Bridge", parties + ",\"date\":\"2011-02-28\""));
  two.row("agreement", 2, "Tarsk Protocol of 1903", paper("Tarsk Protocol", "\"parties\":[],\"date\":\"1903\""));
  import(one);
  import(two);
  ASSERT_EQ(link().code, 0);
  const Json answer = Json::parse(run(folder_, {"agreements", "--format", "json"}).out);
  EXPECT_EQ(answer["total"], 4) << "the protocol under three names, that of 1903, and two ceasefires";
  const Json& first = answer["rows"][0]["row"];
  EXPECT_EQ(first["tellings"], 3) << answer.dump(1);
  EXPECT_EQ(first["documents"], 2);
  std::set<std::string> names = first["names"].get<std::set<std::string>>();
  names.insert(first["name"].get<std::string>());
  EXPECT_EQ(names, (std::set<std::string>{"Tarsk Protocol", "TAP", "Protocol on the Bridge"}));
}

// The record between two days: what is told now for the first time, what became of promises, what fell due.
TEST_F(SecondPass, DiffOfTwoDaysTellsWhatIsNew) {
  const Story told = story();
  for (const ToyDocument& doc : told.docs) import(doc);
  ASSERT_EQ(link().code, 0);
  const auto news = [&](std::vector<std::string> args) {
    args.insert(args.begin(), "diff");
    std::map<std::string, std::string> out;
    for (const auto& [id, row] : rows(args)) out[id] = row["news"];
    return out;
  };
  const auto march = news({"--from", "2011-03", "--until", "2011-03"});
  EXPECT_EQ(march.at(told.first), "new commitment");
  EXPECT_EQ(march.at(told.again), "deadline or sum revised");
  EXPECT_EQ(march.size(), 3U);
  const auto april = news({"--from", "2011-04", "--until", "2011-04"});
  EXPECT_EQ(april.at(told.done), "said to be kept");
  EXPECT_EQ(april.at(told.denied), "said not to be kept");
  EXPECT_EQ(april.size(), 3U) << "what was promised in March is no news";
  // By the end of April nobody had said so yet; the first deadline was replaced before it came.
  EXPECT_EQ(news({"--from", "2011-04-01", "--until", "2011-04-02"}).size(), 0U);
  ASSERT_EQ(run(folder_, {"remove", told.docs[2].id()}).code, 0);
  ASSERT_EQ(link().code, 0);
  EXPECT_EQ(news({"--from", "2011-05", "--until", "2011-05"}), (std::map<std::string, std::string>{{told.again, "fell due"}}));
  EXPECT_EQ(news({"--from", "2011-05", "--until", "2011-05", "--actor", "state:FRD"}).size(), 1U);
  EXPECT_EQ(run(folder_, {"diff", "--from", "2015"}).code, 1);
  EXPECT_EQ(run(folder_, {"diff"}).code, 2);
  EXPECT_EQ(run(folder_, {"diff", "abc", "--from", "2015"}).code, 2);
}

// A saved question tells each new row once, with the exit code for cron; the feed keeps what it told.
TEST_F(SecondPass, AnAlertTellsWhatIsNewAndItsFeedKeepsIt) {
  const Story told = story();
  import(told.docs[0]);
  ASSERT_EQ(run(folder_, {"alert", "add", "promises", "commitments", "by=state:SYL"}).code, 0);
  ASSERT_EQ(run(folder_, {"alert", "add", "events", "events"}).code, 0);
  EXPECT_EQ(run(folder_, {"alert", "run"}).code, 1);
  import(told.docs[1]);
  const Outcome first = run(folder_, {"alert", "run", "promises", "--format", "atom"});
  EXPECT_EQ(first.code, 0);
  EXPECT_NE(first.out.find("urn:readout:alert:promises:" + told.again), std::string::npos) << first.out;
  EXPECT_EQ(first.out.find(told.first), std::string::npos) << "was there before";
  EXPECT_NE(first.out.find("<content type=\"text\">Sylvania will return the captured prisoners later than planned.</content>"), std::string::npos) << first.out;
  const Outcome again = run(folder_, {"alert", "run", "promises", "--format", "atom"});
  EXPECT_EQ(again.code, 1);
  EXPECT_NE(again.out.find(told.again), std::string::npos) << "a feed in a file goes on telling";
  EXPECT_EQ(run(folder_, {"alert", "run", "--format", "atom"}).code, 2) << "two alerts are no one feed";
  const Outcome json = run(folder_, {"alert", "run", "promises", "--format", "json"});
  EXPECT_EQ(Json::parse(json.out)["new"].size(), 0U);
}

// Both sides tell of one meeting, one of them a day later: one event, both tellings kept.
TEST_F(SecondPass, BothSidesTellOfOneMeeting) {
  ToyDocument ours("Readout", "Herald", "2011-03-04", {"Ann Archer met Bo Baker.", "Ann Archer met Cy Cole."});
  const std::string first = ours.row("event", 0, "met", event(ours, "person:ann-archer", "person:bo-baker", 0, "met", "CONSULT", "040"));
  ours.row("event", 1, "met", event(ours, "person:ann-archer", "person:cy-cole", 1, "met", "CONSULT", "040"));
  ToyDocument theirs("Readout", "Gazette", "2011-03-05", {"Bo Baker met Ann Archer."});
  const std::string second = theirs.row("event", 0, "met", event(theirs, "person:bo-baker", "person:ann-archer", 0, "met", "CONSULT", "040"));
  ToyDocument later("Another readout", "Gazette", "2011-03-07", {"Bo Baker met Ann Archer."});
  const std::string another = later.row("event", 0, "met", event(later, "person:bo-baker", "person:ann-archer", 0, "met", "CONSULT", "040"));
  for (const ToyDocument* doc : {&ours, &theirs, &later}) import(*doc);
  const Outcome links = link();
  EXPECT_EQ(rows({"contacts"}).size(), 4U);
  EXPECT_EQ(rows({"contacts"}).at(second)["told_first_by"], first) << links.out;
  EXPECT_FALSE(rows({"contacts"}).at(another).contains("told_first_by"));
}

// Whatever came in first or in between, and however often the pass ran: the same links.
TEST_F(SecondPass, AddingAndLinkingInTurnGivesWhatOnePassGives) {
  const Story told = story();
  for (const ToyDocument& doc : told.docs) import(doc);
  const std::string at_once = link().out;
  EXPECT_EQ(link().out, at_once);
  Folder other;
  for (size_t i = 0; i < told.docs.size(); ++i) {
    other.write("a.jsonl", told.docs[i].lines());
    ASSERT_EQ(run(other, {"import", "-r", "readout.db", "a.jsonl"}).code, 0);
    ASSERT_EQ(run(other, {"link"}).code, 0);
  }
  EXPECT_EQ(run(other, {"link", "--format", "jsonl"}).out, at_once);
  // What goes takes its links along; what comes back brings them back.
  ASSERT_EQ(run(other, {"remove", told.docs[3].id()}).code, 0);
  const std::string without = run(other, {"link", "--format", "jsonl"}).out;
  EXPECT_EQ(without.find("denies"), std::string::npos) << without;
  other.write("a.jsonl", told.docs[3].lines());
  ASSERT_EQ(run(other, {"import", "-r", "readout.db", "a.jsonl"}).code, 0);
  EXPECT_EQ(run(other, {"link", "--format", "jsonl"}).out, at_once);
  // A correction changes what is linked, too.
  ASSERT_EQ(run(other, {"correct", told.done, "--wrong"}).code, 0);
  EXPECT_EQ(run(other, {"link", "--format", "jsonl"}).out.find("reported_done"), std::string::npos);
  EXPECT_EQ(run(other, {"verify"}).code, 0);
}

}  // namespace
}  // namespace readout::testing_support
