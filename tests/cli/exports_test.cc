// Each export read back by a small reader of its format: columns by position or name, values against
// the rows that they came from.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <sstream>

#include "../run_program.h"
#include "toy_record.h"

namespace readout::testing_support {
namespace {

using Json = nlohmann::json;
using Table = std::vector<std::vector<std::string>>;

class Exports : public ::testing::Test {
 protected:
  Exports() : toy_(toy_record()) {
    folder_.write("rows.jsonl", toy_.lines);
    run(folder_, {"import", "rows.jsonl"});
  }
  std::string text(const std::string& format, std::vector<std::string> more = {}) {
    std::vector<std::string> args = {"export", "--to", format, "--out", "out.txt"};
    args.insert(args.end(), more.begin(), more.end());
    const Outcome outcome = run(folder_, args);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    err_ = outcome.err;
    return folder_.read("out.txt");
  }
  Table table(const std::string& format, size_t columns, std::vector<std::string> more = {}) {
    Table rows;
    std::istringstream in(text(format, std::move(more)));
    for (std::string line; std::getline(in, line);) {
      std::vector<std::string> cells;
      size_t at = 0;
      while (at <= line.size()) {
        const size_t tab = std::min(line.find('\t', at), line.size());
        cells.push_back(line.substr(at, tab - at));
        at = tab + 1;
      }
      EXPECT_EQ(cells.size(), columns) << line;
      rows.push_back(std::move(cells));
    }
    return rows;
  }
  std::vector<Json> objects(const std::string& format) {
    std::vector<Json> all;
    std::istringstream in(text(format));
    for (std::string line; std::getline(in, line);) all.push_back(Json::parse(line));
    return all;
  }
  ToyRecord toy_;
  Folder folder_;
  std::string err_;
};

TEST_F(Exports, Petrarch2) {
  const Table rows = table("petrarch2", 10);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0], (std::vector<std::string>{"20110303", "FRDGOV", "SYLGOV", "042", "PRISONERS,1", toy_.ours.substr(0, 16) + "_1", "Freedonia Gazette",
                                               "Ann Archer", "Bo Baker", "visited"}));
}

TEST_F(Exports, Phoenix) {
  const Table rows = table("phoenix", 26);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0][5] + rows[0][6] + rows[0][7], "FRDGOVFRDGOV");
  EXPECT_EQ(rows[2][13], "112");
  EXPECT_EQ(rows[2][14], "11");
  EXPECT_EQ(rows[2][15], "3");  // verbal conflict in the five classes
  EXPECT_EQ(rows[2][16], "-2");
  EXPECT_EQ(rows[0][20], "Sylvania City");
}

TEST_F(Exports, GdeltEventsAndMentionsShareTheirNumbers) {
  const Table events = table("gdelt", 61), mentions = table("gdelt-mentions", 16);
  ASSERT_EQ(events.size(), 3U);
  ASSERT_EQ(mentions.size(), 3U);
  for (size_t i = 0; i < 3; ++i) EXPECT_EQ(events[i][0], mentions[i][0]);
  EXPECT_EQ(events[0][1], "20110303");
  EXPECT_EQ(events[0][26], "042");
  EXPECT_EQ(events[0][28], "04");
  EXPECT_EQ(events[0][29], "1");
  EXPECT_EQ(events[0][30], "1.9");
  EXPECT_EQ(events[0][51], "4");
  EXPECT_EQ(events[0][56], "10.5");
  EXPECT_EQ(events[0][59], "20110304000000");
  EXPECT_EQ(mentions[0][9], std::to_string(std::string("Archer visits Sylvania\n\nForeign Minister Ann Archer ").size()));
}

TEST_F(Exports, KnowledgeGraph) {
  const Table rows = table("gkg", 27);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0][0], "20110304000000-0");
  EXPECT_EQ(rows[0][11], "Ann Archer;Bo Baker");
  EXPECT_NE(rows[0][22].find("|said|Sylvania will return"), std::string::npos);
  EXPECT_EQ(rows[0][16].substr(0, 12), "3,03,03,2011");
}

TEST_F(Exports, IcewsAndPolecatHaveHeaders) {
  const Table icews = table("icews", 20), polecat = table("polecat", 40);
  ASSERT_EQ(icews.size(), 4U);
  EXPECT_EQ(icews[0][6], "CAMEO Code");
  EXPECT_EQ(icews[1][6], "042");
  EXPECT_EQ(icews[1][2], "Ann Archer");
  ASSERT_EQ(polecat.size(), 4U);
  std::map<std::string, std::string> row;
  for (size_t i = 0; i < 40; ++i) row[polecat[0][i]] = polecat[3][i];
  EXPECT_EQ(row["Event Type"], "ACCUSE");
  EXPECT_EQ(row["Recipient Country"], "FRD");
  EXPECT_EQ(row["Publication Date"], "2011-03-05");
}

TEST_F(Exports, PloverKeepsListsAndIds) {
  const auto events = objects("plover");
  ASSERT_EQ(events.size(), 3U);
  for (const char* key : {"id", "date", "actor", "event"}) EXPECT_TRUE(events[0].contains(key)) << key;
  EXPECT_EQ(events[0]["id"], toy_.visit);
  EXPECT_EQ(events[0]["event"], Json::parse(R"(["CONSULT"])"));
  EXPECT_EQ(events[0]["mode"], Json::parse(R"(["visit"])"));
  EXPECT_EQ(events[0]["actor"][0]["identifier_id"], "person:ann-archer");
  EXPECT_EQ(events[2]["recipient"][0]["code"], "FRD");
}

TEST_F(Exports, Ngec) {
  const auto events = objects("ngec");
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[0]["event_type"], "CONSULT");
  EXPECT_EQ(events[0]["attributes"]["RECIP"][0]["text"], "Bo Baker");
  EXPECT_EQ(events[0]["event_geolocation"]["geo"]["lat"], 10.5);
}

TEST_F(Exports, W3cAnnotationsPointAtTheSameWords) {
  for (const Json& one : objects("w3c")) {
    const auto& selector = one["target"]["selector"];
    EXPECT_EQ(selector[0]["end"].get<size_t>() - selector[0]["start"].get<size_t>(), selector[1]["exact"].get<std::string>().size());
  }
}

TEST_F(Exports, GeoJson) {
  const Json points = Json::parse(text("geojson"));
  ASSERT_EQ(points["features"].size(), 1U);
  EXPECT_EQ(points["features"][0]["geometry"]["coordinates"], Json::parse("[20.25,10.5]"));  // longitude first
  EXPECT_NE(err_.find("2 rows cannot be said"), std::string::npos) << err_;
}

TEST_F(Exports, GraphMlNamesBothEndsOfEveryEdge) {
  pugi::xml_document xml;
  ASSERT_TRUE(xml.load_string(text("graphml").c_str()));
  std::map<std::string, int> nodes;
  const auto graph = xml.child("graphml").child("graph");
  for (const auto node : graph.children("node")) ++nodes[node.attribute("id").value()];
  EXPECT_EQ(nodes.size(), 3U);
  int edges = 0;
  for (const auto edge : graph.children("edge")) {
    ++edges;
    EXPECT_EQ(nodes.count(edge.attribute("source").value()), 1U);
    EXPECT_EQ(nodes.count(edge.attribute("target").value()), 1U);
  }
  EXPECT_EQ(edges, 3);
}

TEST_F(Exports, CalendarOfDeadlines) {
  const std::string calendar = text("ical", {"--as-of", "2011-03-10"});
  EXPECT_NE(calendar.find("DTSTART;VALUE=DATE:20110401\r\n"), std::string::npos) << calendar;
  EXPECT_NE(calendar.find("DTSTAMP:20110310T000000Z\r\n"), std::string::npos);
  std::istringstream in(calendar);
  for (std::string line; std::getline(in, line);) {
    EXPECT_LE(line.size(), 76U) << line;  // 75 octets and the carriage return
    EXPECT_EQ(line.back(), '\r');
  }
}

// Every word of WebAnno's table stands at its offsets in the text.
TEST_F(Exports, WebAnnoOffsetsAreRight) {
  std::istringstream in(text("webanno"));
  std::string all;
  size_t words = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("#Text=", 0) == 0) all += line.substr(6) + "\n";
    if (line.empty() || line[0] == '#') continue;
    std::istringstream cells(line);
    std::string number, offsets, word;
    std::getline(cells, number, '\t');
    std::getline(cells, offsets, '\t');
    std::getline(cells, word, '\t');
    const size_t begin = std::stoul(offsets), end = std::stoul(offsets.substr(offsets.find('-') + 1));
    EXPECT_EQ(all.substr(begin, end - begin), word) << line;  // the toy text is ASCII
    ++words;
  }
  EXPECT_GT(words, 50U);
}

TEST_F(Exports, CsvHasOneLineAnEvent) {
  std::istringstream in(text("csv"));
  std::string head, line;
  std::getline(in, head);
  EXPECT_EQ(std::count(head.begin(), head.end(), ','), 26);
  std::getline(in, line);
  EXPECT_EQ(line.substr(0, toy_.visit.size()), toy_.visit);
}

TEST_F(Exports, ViewsLeaveOutAndTheManifestSaysHowMuch) {
  EXPECT_EQ(table("petrarch2", 10, {"--from", "2011-03-04"}).size(), 1U);
  // A second telling of the same act on the same day by another paper.
  ToyDocument doc("Again", "Daily", "2011-03-06", {"Ann Archer visited Bo Baker on 3 March.", "It was closed.", "He did not leave."});
  const std::string actors = R"("type":"person","sectors":["GOV"],"aliases":[],"offices":[])";
  doc.row("actor", 0, "Ann Archer", R"("actor":"person:ann-archer","name":"Ann Archer","country":"FRD",)" + actors);
  doc.row("actor", 0, "Bo Baker", R"("actor":"person:bo-baker","name":"Bo Baker","country":"SYL",)" + actors);
  doc.row("event", 0, "visited", R"("source":["person:ann-archer"],"target":["person:bo-baker"],"plover":"CONSULT","cameo":"042","status":"happened","polarity":"positive","date":"2011-03-03")");
  doc.row("event", 1, "closed", R"("source":[],"target":["person:bo-baker"],"plover":"COERCE","cameo":"172","status":"happened","polarity":"positive")");
  doc.row("event", 2, "leave", R"("source":["person:bo-baker"],"target":["person:ann-archer"],"plover":"RETREAT","cameo":"087","status":"denied","polarity":"negative")");
  folder_.write("again.jsonl", doc.lines());
  ASSERT_EQ(run(folder_, {"import", "again.jsonl"}).code, 0);
  EXPECT_EQ(table("petrarch2", 10).size(), 6U);
  EXPECT_EQ(table("petrarch2", 10, {"--view", "one-a-day"}).size(), 5U);
  EXPECT_EQ(table("petrarch2", 10, {"--view", "dyads-only"}).size(), 5U);
  EXPECT_EQ(table("petrarch2", 10, {"--view", "one-a-day", "--view", "dyads-only", "--view", "happened-only"}).size(), 3U);
  const Json manifest = Json::parse(folder_.read("out.txt.manifest.json"));
  EXPECT_EQ(manifest["schema"], "readout.manifest/1");
  EXPECT_EQ(manifest["rows"], 3);
  EXPECT_EQ(manifest["filtered_by_views_and_days"], 3);
  EXPECT_EQ(manifest["documents"], 4);
  EXPECT_EQ(manifest["read_by"][0], "toy 1 data d model m");
  EXPECT_EQ(manifest["input"].get<std::string>().size(), std::string("sha256:").size() + 64);
}

TEST_F(Exports, AnUnknownFormatIsRefused) { EXPECT_EQ(run(folder_, {"export", "--to", "word"}).code, 2); }

}  // namespace
}  // namespace readout::testing_support
