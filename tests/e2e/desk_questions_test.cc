// Ten questions that a desk officer would ask of the example documents, from their bytes to the answer.
// What is expected is what a person reads in the documents; further rows may stand beside it.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>

#include "../run_program.h"

namespace readout::testing_support {
namespace {

using Json = nlohmann::json;

class DeskQuestions : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<Folder>();
    std::vector<std::string> args = {"add", "--record", "readout.db"};
    for (const auto& entry : fs::directory_iterator(READOUT_SOURCE_DIR "/examples")) {
      const std::string file = entry.path().string();
      if (!file.ends_with(".gold.jsonl") && !file.ends_with("README.md")) args.push_back(file);
    }
    std::sort(args.begin() + 3, args.end());
    ASSERT_EQ(run(*folder_, args).code, 0);
  }
  static void TearDownTestSuite() { folder_.reset(); }

  /// A row of the answer whose sentence has these words and whose fields are these.
  static void expect_row(std::vector<std::string> args, const std::string& evidence, const Json& fields) {
    args.insert(args.end(), {"--format", "jsonl", "--limit", "1000"});
    const Outcome outcome = run(*folder_, args);
    std::istringstream lines(outcome.out);
    std::string seen;
    for (std::string line; std::getline(lines, line);) {
      const Json row = Json::parse(line);
      if (!row.contains("evidence") && !row.contains("text")) continue;
      const std::string words = row.value("evidence", row.value("text", ""));
      if (words.find(evidence) == std::string::npos) continue;
      seen += line + "\n";
      bool same = true;
      for (const auto& [name, value] : fields.items()) same = same && row.contains(name) && row[name] == value;
      if (same) return;
    }
    ADD_FAILURE() << "no row with " << fields.dump() << " in a sentence with \"" << evidence << "\"; rows of that sentence:\n" << seen << outcome.err;
  }
  static size_t count(std::vector<std::string> args) {
    args.insert(args.end(), {"--format", "json"});
    const Json answer = Json::parse(run(*folder_, args).out, nullptr, false);
    return answer.is_object() ? answer["total"].get<size_t>() : 0;
  }
  static std::unique_ptr<Folder> folder_;
};
std::unique_ptr<Folder> DeskQuestions::folder_;

TEST_F(DeskQuestions, WhenDidTheTwoSpeak) {
  expect_row({"contacts", "martin", "kenyatta"}, "spoke by phone this afternoon",
             {{"day", "2021-02-23"}, {"plover_mode", "phone"}, {"source", {"person:micheal-martin"}}, {"target", {"person:uhuru-kenyatta"}}});
}
TEST_F(DeskQuestions, WhatIsZambiaLateWith) {
  expect_row({"commitments", "--by", "zambia", "--overdue", "--as-of", "1974-07-01"}, "undertook to submit a list of its requirements",
             {{"due", "1974-06-30"}, {"state", "overdue"}, {"commitment_kind", "pledge"}});
}
TEST_F(DeskQuestions, WhatWasNotYetLateOnItsLastDay) {
  EXPECT_EQ(count({"commitments", "--by", "zambia", "--overdue", "--as-of", "1974-06-30"}), 0U);
  expect_row({"commitments", "--by", "zambia", "--due", "--as-of", "1974-07-01"}, "air services agreement before the end of the current year",
             {{"due", "1974-12-31"}, {"state", "due"}});
}
TEST_F(DeskQuestions, WhichCeasefireTermsRunOutFirst) {
  expect_row({"commitments", "--overdue", "--as-of", "1996-08-02", "--from", "1996", "--until", "1996"}, "cease all hostilities",
             {{"due", "1996-08-01"}, {"commitment_kind", "pledge"}});
}
TEST_F(DeskQuestions, WhatDidTheHostSayOfTrade) {
  expect_row({"said", "tokayev", "--words", "trade"}, "Trade between our countries grew by 17 percent", {{"kind", "sentence"}});
}
TEST_F(DeskQuestions, WhereDoIcelandAndNorwayDisagree) {
  expect_row({"said", "gylfadottir", "--words", "agree"}, "here we do not agree", {{"kind", "sentence"}});
}
TEST_F(DeskQuestions, WhatIsDenied) {
  expect_row({"events", "--status", "denied", "--from", "2008", "--until", "2008"}, "denied that its coastguard had opened fire",
             {{"plover", "ASSAULT"}, {"polarity", "negative"}, {"day", "2008-08-19"}});
}
TEST_F(DeskQuestions, HowManySailorsAndWhoSaysSo) {
  expect_row({"figures", "sailor"}, "Defence Minister Pavel Orsic said", {{"value", 2}, {"unit", "people"}});
}
TEST_F(DeskQuestions, HowLargeMayTheObserverMissionBe) {
  expect_row({"figures", "military personnel"}, "observer mission", {{"value", 150}, {"comparator", "at_most"}});
}
TEST_F(DeskQuestions, WhenWasTheVisitorLastThere) {
  expect_row({"contacts", "tokayev", "--mode", "visit"}, "your last visit in October", {{"day", "2022-10-01"}, {"status", "happened"}});
}

}  // namespace
}  // namespace readout::testing_support
