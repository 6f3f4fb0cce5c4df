// Requests made from the description of the API, by chance with a fixed seed: parameters that fit their schema and
// such that do not, in all combinations, with Unicode and control characters. Whatever is asked, the answer has a
// status that is described, and a body of the shape that is described for it.
#include <random>

#include "../cli/toy_record.h"
#include "described.h"

namespace readout::testing_support {
namespace {

class Requests {
 public:
  Requests(const Json& root, const ToyRecord& toy, uint32_t seed) : root_(root), toy_(toy), random_(seed) {}

  size_t below(size_t n) { return random_() % n; }
  template <class T>
  const T& one_of(const std::vector<T>& items) {
    return items[below(items.size())];
  }
  /// A value for a parameter: mostly one that fits.
  std::string value(const Json& parameter) {
    const Json& schema = resolved(root_, parameter["schema"]);
    const std::string name = parameter["name"];
    if (below(6) == 0) return odd();
    if (schema.contains("enum")) return one_of(schema["enum"].get<std::vector<std::string>>());
    if (schema.value("type", "") == "integer") return std::to_string(below(4) == 0 ? below(100000) : below(5) + schema.value("minimum", 0));
    if (schema.value("type", "") == "boolean") return below(2) == 0 ? "true" : "false";
    if (name == "from" || name == "until" || name == "as_of") return one_of(days_);
    if (name == "a" || name == "b" || name == "document") return one_of(std::vector<std::string>{toy_.ours, toy_.theirs, toy_.later.substr(0, 12)});
    return one_of(known_);
  }
  /// Without it nothing is answered.
  static bool wanted(const std::string& path, const Json& parameter, bool documents) {
    const std::string name = parameter["name"];
    if (path == "/diff") return documents ? name == "a" || name == "b" : name == "from";
    return parameter.value("required", false) || (path == "/search" && name == "words");
  }
  /// A path with its gaps filled, and any of its parameters.
  std::string target(const std::string& path, const Json& operation) {
    std::string out = kApi + path;
    for (const char* name : {"{id}", "{name}"}) {
      if (const size_t at = out.find(name); at != std::string::npos) {
        out.replace(at, std::string(name).size(), escaped(below(3) == 0 ? odd() + "x" : one_of(std::vector<std::string>{toy_.ours, toy_.visit, toy_.promise, toy_.ours.substr(0, 9), "aid"})));
      }
    }
    char before = '?';
    const size_t one_in = 2 + below(10);    // so many parameters stand in a request: from half of them to hardly any
    const bool documents = below(2) == 0;   // of /diff: they exclude days
    for (const Json& given : operation.value("parameters", Json::array())) {
      const Json& parameter = resolved(root_, given);
      if (parameter["in"] != "query" || (below(one_in) != 0 && !(wanted(path, parameter, documents) && below(8) != 0))) continue;
      const std::string name = parameter["name"];
      if (path == "/diff" && below(10) != 0 && documents != (name == "a" || name == "b" || name == "format")) continue;
      out += before + parameter["name"].get<std::string>() + "=" + escaped(value(parameter));
      before = '&';
    }
    return out;
  }

 private:
  std::string odd() {
    static const std::vector<std::string> kOdd = {"", " ", "\"", "'", "\\", "%", "..", "../..", "\n", std::string(1, '\0'), "\x1b[2J", "\xff", "\xed\xa0\x80", "\xc0\xaf", "\xf0\x9f\x8f\xb4",
                                                  "\xe2\x80\xae", "\xcc\x81", "NULL", "-1", "1e3", "0x10", "2147483648", "18446744073709551616", "2021-02-29", "9999-99-99", "true", "[]", "{}", "*", "\"\"",
                                                  "a OR", "(a", "NEAR(a b, 99999)", "a NEAR", "{folded} : a", "speaker : x", "x' OR '1'='1", "state:", ":", "?", "&", "=", "#", std::string(1500, 'a'), std::string(400, '(')};
    return one_of(kOdd);
  }
  const Json& root_;
  const ToyRecord& toy_;
  std::mt19937 random_;
  const std::vector<std::string> days_ = {"2011", "2011-03", "2011-03-04", "2010-12-31", "2012"};
  const std::vector<std::string> known_ = {"archer", "baker", "freedonia", "sylvania", "FRD", "state:SYL", "person:ann-archer", "prisoners", "prisoner", "bridge", "CONSULT", "visit", "people", "04",
                                           "sylvania city", toy_.ours, toy_.theirs, toy_.visit, toy_.promise, "Gazette", "readout", "Əliyev", "source", "event"};
};

TEST(Fuzz, EveryAnswerIsOneThatIsDescribed) {
  const ToyRecord toy = toy_record();
  const Folder folder;
  folder.write("rows.jsonl", toy.lines);
  ASSERT_EQ(run(folder, {"import", "-r", "readout.db", "rows.jsonl"}).code, 0);
  ASSERT_EQ(run(folder, {"link"}).code, 0);
  const Server server(folder);
  ASSERT_NE(server.port(), 0);
  ASSERT_EQ(server.send("PUT", kApi + "/alerts/aid", R"({"verb":"events"})").status, 201);
  const Json root = description();
  std::vector<std::pair<std::string, Json>> operations;
  for (const auto& [path, methods] : root["paths"].items()) {
    if (methods.contains("get") && !path.starts_with("/jobs/")) operations.emplace_back(path, methods["get"]);
  }
  Requests requests(root, toy, 20240502);
  std::map<int, size_t> statuses;
  std::map<std::string, size_t> good;
  for (size_t i = 0; i < 1500 && !::testing::Test::HasFailure(); ++i) {
    const auto& [path, operation] = operations[i % operations.size()];
    const std::string target = requests.target(path, operation);
    const Reply reply = server.get(target);
    ++statuses[reply.status];
    if (reply.status == 200) ++good[path];
    // An empty or climbing name of a path is another path; a very long address is refused before any is looked at.
    if (path.find('{') != std::string::npos && (reply.status == 404 || reply.status == 400)) continue;
    if (reply.status == 414 && target.size() > 4000) continue;
    expect_described(root, operation, reply, target);
    if (reply.status >= 400) expect_problem(reply, reply.status, target);
  }
  EXPECT_TRUE(server.alive()) << server.log();
  EXPECT_GT(statuses[200], 400U);
  EXPECT_GT(statuses[400], 200U);
  EXPECT_EQ(statuses[0] + statuses[500] + statuses[503], 0U);
  // Each path was answered, and not only refused.
  for (const auto& [path, operation] : operations) EXPECT_GT(good[path], 0U) << path;
}

}  // namespace
}  // namespace readout::testing_support
