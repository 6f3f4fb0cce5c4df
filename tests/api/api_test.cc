// The description of the API (docs/api/openapi.json) against a running server, path by path: every
// documented answer that can be brought about is, and its JSON has the shape that is promised. (503, a
// question over its time, needs a large record and is not brought about here.)
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <set>

#include "../cli/toy_record.h"
#include "client.h"
#include "described.h"
#include "faces/http/api.h"
#include "faces/http/guard.h"

namespace readout::testing_support {
namespace {

class Api : public ::testing::Test {
 protected:
  Api() : toy_(toy_record()) {
    folder_.write("rows.jsonl", toy_.lines);
    EXPECT_EQ(run(folder_, {"import", "-r", "readout.db", "rows.jsonl"}).code, 0);
  }
  ToyRecord toy_;
  Folder folder_;
};

TEST_F(Api, EveryRouteIsDescribedAndEveryDescriptionIsARoute) {
  const Json root = description();
  http::Stores stores((folder_ / "readout.db").string(), 2, std::chrono::seconds(1));
  http::Router router;
  http::add_api(router, stores, nullptr, {});
  const http::Guard guard("127.0.0.1", "");
  guard.add_session(router);
  std::map<std::string, std::set<std::string>> routes, described;
  for (const http::Route& route : router.routes()) {
    std::string method = route.method;
    for (char& c : method) c = static_cast<char>(c - 'A' + 'a');
    routes[method + " " + route.path.substr(kApi.size())] = {route.parameters.begin(), route.parameters.end()};
  }
  for (const auto& [path, operations] : root["paths"].items()) {
    for (const auto& [method, operation] : operations.items()) {
      std::set<std::string>& names = described[method + " " + path];
      for (const Json& parameter : operation["parameters"]) {
        const Json& one = resolved(root, parameter);
        if (one["in"] != "query") continue;
        EXPECT_TRUE(names.insert(one["name"]).second) << path << " describes a parameter twice";
      }
    }
  }
  EXPECT_EQ(routes, described);
}

TEST_F(Api, EveryPathAnswersAsDescribed) {
  const Json root = description();
  const Server server(folder_);
  ASSERT_NE(server.port(), 0) << server.log();
  EXPECT_EQ(Json::parse(server.get(kApi + "/openapi.json").body), root);
  EXPECT_EQ(server.send("PUT", kApi + "/alerts/known", R"({"verb":"events"})").status, 201);
  const std::map<std::string, std::string> values = {
      {"actor", "archer"}, {"other", "baker"}, {"source", "baker"}, {"target", "freedonia"}, {"about", "sylvania"}, {"by", "sylvania"}, {"to", "freedonia"},
      {"party", "freedonia"}, {"name", "prisoner"}, {"unit", "people"}, {"type", "CONSULT"}, {"mode", "visit"}, {"cameo", "04"}, {"place", "sylvania city"},
      {"as_of", "2011-06-01"}, {"from", "2010"}, {"until", "2012-12"}, {"topic", "prisoners"}, {"words", "prisoners"}, {"document", toy_.ours},
      {"newest", "true"}, {"limit", "2"}, {"offset", "0"}, {"row", toy_.visit}, {"a", toy_.ours}, {"b", toy_.theirs}, {"speaker", "archer"},
      {"genre", "communique"}, {"publisher", "Gazette"}, {"title", "Archer"}, {"id", toy_.visit}, {"role", "source"}, {"kind", "event"}};
  const std::string absent = "no-such-thing";
  for (const auto& [path, operations] : root["paths"].items()) {
    if (!operations.contains("get")) continue;
    const Json& operation = operations["get"];
    const std::string id = path.starts_with("/documents") ? toy_.ours : path.starts_with("/rows") ? toy_.visit : "known";
    const auto at = [&](const std::string& what) {
      std::string target = kApi + path;
      for (const char* name : {"{id}", "{name}"}) {
        if (const size_t open = target.find(name); open != std::string::npos) target.replace(open, std::string(name).size(), what);
      }
      return target;
    };
    if (path.starts_with("/jobs/")) continue;  // Uploads has one
    std::string required;
    for (const Json& given : operation["parameters"]) {
      const Json& parameter = resolved(root, given);
      if (parameter["in"] != "query" || !parameter["required"]) continue;
      required += (required.empty() ? "?" : "&") + parameter["name"].get<std::string>() + "=" + escaped(values.at(parameter["name"]));
    }
    if (path == "/search") required = "?words=prisoners";  // words or a speaker
    if (path == "/diff") required = "?from=2010";          // days, or two documents
    const std::string plain = at(id) + required;
    const Reply reply = server.get(plain);
    EXPECT_EQ(reply.status, 200) << plain << "\n" << reply.body;
    expect_described(root, operation, reply, plain);
    // Every parameter, each with every choice that it has.
    for (const Json& given : operation["parameters"]) {
      const Json& parameter = resolved(root, given);
      const std::string name = parameter["name"];
      if (parameter["in"] != "query" || parameter["required"] || required.find(name + "=") != std::string::npos) continue;
      if (path == "/diff" && (name == "a" || name == "b")) continue;
      std::vector<std::string> tries;
      if (parameter["schema"].contains("enum")) {
        for (const Json& choice : parameter["schema"]["enum"]) tries.push_back(choice);
      } else if (name == "cursor") {
        continue;  // Paging
      } else if (path == "/export" && name == "to") {
        for (const Json& format : Json::parse(server.get(kApi + "/status").body)["exports"]) tries.push_back(format["name"]);
      } else {
        tries.push_back(name == "manifest" ? "false" : values.at(name));
      }
      for (const std::string& value : tries) {
        const std::string target = plain + (required.empty() ? "?" : "&") + name + "=" + escaped(value);
        expect_described(root, operation, server.get(target), target);
      }
    }
    if (operation["responses"].contains("304")) {
      ASSERT_TRUE(reply.headers.count("etag") || path == "/export") << plain;
      if (reply.headers.count("etag")) {
        const Reply again = server.get(plain, {"If-None-Match: " + reply.headers.at("etag")});
        EXPECT_EQ(again.status, 304) << plain;
        EXPECT_TRUE(again.body.empty()) << plain;
      }
    }
    expect_problem(server.get(plain + (required.empty() ? "?" : "&") + "nonsense=1"), 400, plain);
    expect_problem(server.get(plain, {"Host: example.org"}), 421, plain);
    if (operation["responses"].contains("404")) {
      std::string target = at(absent);
      if (path.find('{') == std::string::npos) {
        // A question about somebody or something that is not there.
        std::string query = required;
        for (const Json& given : operation["parameters"]) {
          const std::string name = resolved(root, given)["name"];
          for (const char* wanted : {"actor", "row", "a", "document"}) {
            if (name != wanted || (path == "/diff" && name == "a")) continue;
            const std::string known = name + "=" + escaped(values.at(name));
            if (const size_t place = query.find(known); place != std::string::npos) {
              query.replace(place, known.size(), name + "=" + absent);
            } else if (query.find(absent) == std::string::npos) {
              query += (query.empty() ? "?" : "&") + name + "=" + absent;
            }
          }
        }
        target += query;
      }
      if (path == "/rows" || path != "/export") expect_problem(server.get(target), 404, target);
    }
    EXPECT_EQ(server.send("HEAD", plain).status, 200) << plain;
    EXPECT_EQ(server.send("PATCH", plain).status, 405) << plain;
  }
}

TEST_F(Api, TheAnswersAreThoseOfTheCommandLine) {
  const Server server(folder_);
  const std::vector<std::pair<std::vector<std::string>, std::string>> same = {
      {{"who", "archer"}, "/who?actor=archer"},
      {{"said", "archer", "--about", "sylvania"}, "/said?actor=archer&about=sylvania&limit=50"},
      {{"events", "--source", "baker", "--newest"}, "/events?source=baker&newest=true"},
      {{"contacts", "archer", "baker"}, "/contacts?actor=archer&other=baker"},
      {{"commitments", "--overdue", "--as-of", "2011-04-02"}, "/commitments?state=overdue&as_of=2011-04-02"},
      {{"figures", "prisoner", "--about", "sylvania"}, "/figures?name=prisoner&about=sylvania"},
      {{"agreements", "--party", "freedonia"}, "/agreements?party=freedonia"},
      {{"timeline", "archer"}, "/timeline?actor=archer"},
      {{"dossier", "archer", "baker"}, "/dossier?actor=archer&other=baker"},
      {{"series", "--period", "week"}, "/series?period=week"},
      {{"why", toy_.visit}, "/why?row=" + toy_.visit},
      {{"diff", toy_.ours, toy_.theirs}, "/diff?a=" + toy_.ours + "&b=" + toy_.theirs},
  };
  for (const auto& [args, target] : same) {
    std::vector<std::string> asked = args;
    asked.insert(asked.end(), {"--format", "json"});
    EXPECT_EQ(server.get(kApi + target).body, run(folder_, asked).out) << target;
  }
  EXPECT_EQ(server.get(kApi + "/search?words=prisoners&format=jsonl").body, run(folder_, {"search", "prisoners", "--format", "jsonl"}).out);
  EXPECT_EQ(server.get(kApi + "/export").body, toy_.lines);
}

TEST_F(Api, PagesOfRowsAndDocumentsMeetEachRowOnce) {
  const Server server(folder_);
  for (const std::string& what : {std::string("rows"), std::string("documents")}) {
    const std::string base = kApi + "/" + what + "?limit=2";
    std::vector<std::string> ids;
    std::string cursor;
    do {
      const Json page = Json::parse(server.get(base + (cursor.empty() ? "" : "&cursor=" + cursor)).body);
      for (const Json& one : page[what]) ids.push_back(one["id"]);
      cursor = page.value("next", "");
    } while (!cursor.empty() && ids.size() < 1000);
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size()) << what;
    const size_t all = Json::parse(server.get(kApi + "/" + what + "?limit=1000").body)[what].size();
    EXPECT_EQ(ids.size(), all) << what;
    expect_problem(server.get(base + "&cursor=abc"), 400, what);
    expect_problem(server.get(kApi + "/" + what + "?limit=0"), 400, what);
    expect_problem(server.get(kApi + "/" + what + "?limit=1001"), 400, what);
  }
}

TEST_F(Api, DiffOfDocumentsAndOfDays) {
  const Json root = description();
  const Server server(folder_);
  const std::string two = kApi + "/diff?a=" + toy_.ours + "&b=" + toy_.theirs;
  const Reply documents = server.get(two);
  EXPECT_EQ(documents.status, 200) << documents.body;
  expect_described(root, root["paths"]["/diff"]["get"], documents, two);
  EXPECT_EQ(Json::parse(server.get(two + "&limit=1&offset=1").body)["rows"][0], Json::parse(documents.body)["rows"][1]);
  const Json days = Json::parse(server.get(kApi + "/diff?from=2011-03-05&until=2011-03-05").body);
  EXPECT_EQ(days["question"], "What is new in the record, between 2011-03-05 and 2011-03-05?");
  EXPECT_GT(days["total"], 0);
  expect_problem(server.get(kApi + "/diff?b=no-such-thing&a=" + toy_.ours), 404, "diff");
  for (const char* wrong : {"/diff", "/diff?a=1", "/diff?from=2011&a=1&b=2", "/diff?a=1&b=2&actor=x", "/diff?actor=baker"}) expect_problem(server.get(kApi + wrong), 400, wrong);
}

TEST_F(Api, Uploads) {
  const Json root = description();
  const Server server(folder_, {"--max-body", "20000"});
  const auto expect_job = [&](const Reply& reply, int status, const std::string& where) {
    EXPECT_EQ(reply.status, status) << where << reply.body;
    expect_described(root, root["paths"]["/documents"]["post"], reply, where);
  };
  const Reply read = server.send("POST", kApi + "/documents?wait=true&filename=../../note%20one.txt",
                                 "The President of Poland arrived in Paris on 3 May 2021. He met the President of France.\n", {"Content-Type: text/plain"});
  expect_job(read, 201, "a file");
  const Json job = Json::parse(read.body);
  ASSERT_EQ(job["documents"].size(), 1U) << read.body;
  const std::string id = job["documents"][0]["id"];
  const Json document = Json::parse(server.get(kApi + "/documents/" + id).body);
  EXPECT_EQ(document["document"]["file"], "note_one.txt");
  EXPECT_GT(Json::parse(server.get(kApi + "/search?words=poland").body)["hits"].size(), 0U);
  EXPECT_EQ(server.get(kApi + "/documents/" + id + "/text").body.substr(0, 13), "The President");
  // The same bytes again are known.
  const Reply again = server.send("POST", kApi + "/documents?wait=true&filename=x.txt",
                                  "The President of Poland arrived in Paris on 3 May 2021. He met the President of France.\n", {"Content-Type: text/plain"});
  EXPECT_EQ(Json::parse(again.body)["documents"][0]["outcome"], "known");
  expect_job(server.send("POST", kApi + "/documents?wait=true", R"({"text":"Sylvania thanked Poland.","title":"Thanks","date":"2021-05-04"})", {"Content-Type: application/json"}), 201, "a paste");
  const std::string form = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nPoland warned Sylvania.\r\n--x--\r\n";
  expect_job(server.send("POST", kApi + "/documents", form, {"Content-Type: multipart/form-data; boundary=x"}), 202, "a form");
  const Json jobs = Json::parse(server.get(kApi + "/jobs").body)["jobs"];
  ASSERT_EQ(jobs.size(), 4U);
  const std::string events = server.get(kApi + "/jobs/" + jobs[0]["id"].get<std::string>() + "/events").body;
  EXPECT_NE(events.find("event: done\n"), std::string::npos) << events;
  for (const std::string& path : {std::string("/jobs"), std::string("/jobs/{id}")}) {
    const std::string target = kApi + (path == "/jobs" ? path : "/jobs/" + jobs[0]["id"].get<std::string>());
    expect_described(root, root["paths"][path]["get"], server.get(target), target);
  }
  expect_problem(server.get(kApi + "/jobs/none"), 404, "a job");
  expect_problem(server.get(kApi + "/jobs/none/events"), 404, "a job's events");
  expect_problem(server.send("POST", kApi + "/documents", "", {"Content-Type: text/plain"}), 400, "an empty body");
  expect_problem(server.send("POST", kApi + "/documents", "{\"text\":1}", {"Content-Type: application/json"}), 400, "no text");
  expect_problem(server.send("POST", kApi + "/documents?input_format=none", "x", {"Content-Type: text/plain"}), 400, "no format");
  expect_problem(server.send("POST", kApi + "/documents", std::string(30'000, 'x'), {"Content-Type: text/plain"}), 413, "too long");
  EXPECT_EQ(server.send("DELETE", kApi + "/documents/" + id).status, 204);
  expect_problem(server.get(kApi + "/documents/" + id), 404, "a removed document");
  expect_problem(server.send("DELETE", kApi + "/documents/" + id), 404, "a removed document");
  // More than may wait: one is refused, none is lost.
  int refused = 0;
  for (int i = 0; i < 60 && refused == 0; ++i) {
    const Reply reply = server.send("POST", kApi + "/documents", "Text number " + std::to_string(i) + ". " + std::string(18'000, 'a' + static_cast<char>(i % 26)), {"Content-Type: text/plain"});
    if (reply.status == 429) {
      ++refused;
      expect_problem(reply, 429, "too many");
    } else {
      ASSERT_EQ(reply.status, 202);
    }
  }
  EXPECT_EQ(Json::parse(server.send("POST", kApi + "/links").body)["schema"], "readout.linked/1");
}

TEST_F(Api, CorrectionsAreKeptAppliedAndSurviveANewerReading) {
  const Json root = description();
  const auto total = [](const Reply& reply) { return Json::parse(reply.body)["total"].get<int>(); };
  {
    const Server server(folder_);
    const std::string path = kApi + "/rows/" + toy_.visit + "/corrections";
    EXPECT_EQ(total(server.get(kApi + "/events?target=freedonia")), 1);
    const Reply changed = server.send("POST", path, R"({"change":{"target":["state:FRD"],"status":"planned"},"by":"ann","note":"see the photo"})");
    EXPECT_EQ(changed.status, 201) << changed.body;
    expect_described(root, root["paths"]["/rows/{id}/corrections"]["post"], changed, path);
    const Json row = Json::parse(changed.body);
    EXPECT_EQ(row["target"], Json::array({"state:FRD"}));
    EXPECT_EQ(row["corrected"]["by"], "ann");
    EXPECT_EQ(total(server.get(kApi + "/events?target=freedonia")), 2);
    EXPECT_EQ(total(server.get(kApi + "/events?target=baker")), 0);
    EXPECT_EQ(total(server.get(kApi + "/events?status=planned")), 1);
    const Reply answer = server.get(kApi + "/events?status=planned");
    EXPECT_EQ(Json::parse(answer.body)["rows"][0]["row"]["corrected"]["verdict"], "changed");
    // A promise that is none.
    EXPECT_EQ(server.send("POST", kApi + "/rows/" + toy_.promise + "/corrections", R"({"verdict":"wrong"})").status, 201);
    EXPECT_EQ(total(server.get(kApi + "/commitments?type=pledge")), 0);
    EXPECT_EQ(server.get(kApi + "/documents/" + toy_.ours + "/record").body.find(toy_.promise), std::string::npos);
    EXPECT_EQ(Json::parse(server.get(kApi + "/corrections").body)["corrections"].size(), 2U);
    const std::vector<std::string> refused = {"[]", R"({"change":{}})", R"({"change":{"id":"x"}})", R"({"change":{"source":"x"}})", R"({"verdict":"so"})", R"({"who":"x"})", "{"};
    for (const std::string& body : refused) expect_problem(server.send("POST", path, body), 400, body);
    expect_problem(server.send("POST", kApi + "/rows/none/corrections", R"({"verdict":"wrong"})"), 404, "no row");
    // A newer engine reads the same bytes: the rows are replaced, the entries hold.
    std::string newer = toy_.lines;
    for (size_t at = newer.find("\"toy 1\""); at != std::string::npos; at = newer.find("\"toy 1\"", at)) newer.replace(at, 7, "\"toy 2\"");
    folder_.write("newer.jsonl", newer);
    ASSERT_EQ(run(folder_, {"import", "newer.jsonl"}).code, 0);
    EXPECT_EQ(total(server.get(kApi + "/events?target=freedonia")), 2);
    EXPECT_EQ(total(server.get(kApi + "/commitments?type=pledge")), 0);
    EXPECT_EQ(run(folder_, {"verify"}).code, 0);
  }
  // They travel with an export, and come off again.
  folder_.write("all.jsonl", run(folder_, {"export"}).out);
  ASSERT_EQ(run(folder_, {"import", "-r", "copy.db", "all.jsonl"}).code, 0);
  EXPECT_EQ(run(folder_, {"export", "-r", "copy.db"}).out, folder_.read("all.jsonl"));
  EXPECT_EQ(run(folder_, {"events", "--status", "planned", "-r", "copy.db"}).code, 0);
  EXPECT_EQ(run(folder_, {"correct", toy_.visit, "--withdraw", "-r", "copy.db"}).code, 0);
  EXPECT_EQ(run(folder_, {"events", "--status", "planned", "-r", "copy.db"}).code, 1);
  EXPECT_EQ(run(folder_, {"events", "--target", "baker", "-r", "copy.db"}).code, 0);
}

TEST_F(Api, AlertsTellWhatIsNewOnce) {
  const Json root = description();
  const Server server(folder_);
  const std::string path = kApi + "/alerts/aid";
  const Reply made = server.send("PUT", path, R"({"verb":"search","values":{"words":"prisoners"}})");
  EXPECT_EQ(made.status, 201) << made.body;
  expect_described(root, root["paths"]["/alerts/{name}"]["put"], made, path);
  expect_problem(server.send("PUT", path, R"({"verb":"events"})"), 409, "a second one");
  expect_problem(server.send("PUT", kApi + "/alerts/who", R"({"verb":"who","values":{"actor":"x"}})"), 400, "no list");
  expect_problem(server.send("PUT", kApi + "/alerts/x", R"({"verb":"events","values":{"nonsense":"x"}})"), 400, "no question");
  expect_problem(server.send("PUT", kApi + "/alerts/a%20b", R"({"verb":"events"})"), 400, "no name");
  const Reply nothing = server.send("POST", path + "/run");
  EXPECT_EQ(Json::parse(nothing.body)["new"].size(), 0U) << "what is there already is no news";
  ASSERT_EQ(server.send("POST", kApi + "/documents?wait=true&filename=n.txt", "Sylvania released three prisoners & left.\n", {"Content-Type: text/plain"}).status, 201);
  const Json told = Json::parse(server.get(path).body);
  ASSERT_EQ(told["new"].size(), 1U) << "an upload asks the alerts";
  EXPECT_EQ(told["new"][0]["evidence"], "Sylvania released three prisoners & left.");
  const Reply feed = server.get(path + "/atom");
  EXPECT_EQ(feed.headers.at("content-type"), "application/atom+xml; charset=utf-8");
  EXPECT_NE(feed.body.find("<summary>Sylvania released three prisoners &amp; left."), std::string::npos) << feed.body;
  EXPECT_NE(feed.body.find("/plain/documents/" + told["new"][0]["doc"].get<std::string>()), std::string::npos);
  EXPECT_EQ(Json::parse(server.send("POST", path + "/run").body)["new"].size(), 0U);
  // The same from the command line, for cron.
  EXPECT_EQ(run(folder_, {"alert", "run", "aid"}).code, 1);
  EXPECT_EQ(run(folder_, {"alert", "add", "late", "commitments", "by=sylvania", "--tell-all"}).code, 0);
  const Outcome first = run(folder_, {"alert", "run", "late"});
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_NE(first.out.find("late: "), std::string::npos);
  EXPECT_EQ(run(folder_, {"alert", "run", "late"}).code, 1);
  EXPECT_EQ(run(folder_, {"alert", "add", "bad", "dossier", "actor=x"}).code, 2);
  EXPECT_EQ(server.send("DELETE", path).status, 204);
  expect_problem(server.get(path), 404, "a forgotten one");
}

TEST_F(Api, TokenReadOnlyOriginAndStop) {
  Server server(folder_, {"--token", "open sesame", "--read-only"});
  for (const std::string& target : {kApi + "/status", kApi + "/events", std::string("/plain"), kApi + "/export"}) {
    const Reply refused = server.get(target);
    EXPECT_EQ(refused.status, 401) << target;
    EXPECT_EQ(refused.body.find("archer"), std::string::npos);
    EXPECT_EQ(server.get(target, {"Authorization: Bearer open sesam"}).status, 401) << target;
    EXPECT_EQ(server.get(target, {"Authorization: Bearer open sesame"}).status, 200) << target;
  }
  const Reply session = server.send("POST", kApi + "/session", R"({"token":"open sesame"})");
  ASSERT_EQ(session.status, 204);
  const std::string cookie = session.headers.at("set-cookie");
  EXPECT_NE(cookie.find("HttpOnly"), std::string::npos);
  EXPECT_EQ(server.get(kApi + "/status", {"Cookie: " + cookie.substr(0, cookie.find(';'))}).status, 200);
  expect_problem(server.send("POST", kApi + "/session", R"({"token":"x"})"), 401, "session");
  const std::vector<std::string> known = {"Authorization: Bearer open sesame"};
  for (const auto& [method, target] : std::vector<std::pair<std::string, std::string>>{
           {"POST", "/documents"}, {"DELETE", "/documents/" + toy_.ours}, {"POST", "/links"}, {"POST", "/rows/" + toy_.visit + "/corrections"},
           {"PUT", "/alerts/x"}, {"DELETE", "/alerts/x"}, {"POST", "/alerts/x/run"}}) {
    expect_problem(server.send(method, kApi + target, "{}", known), 403, target);
  }
  std::vector<std::string> foreign = known;
  foreign.push_back("Origin: http://example.org");
  expect_problem(server.send("POST", kApi + "/documents", "x", foreign), 403, "another origin");
  const Reply page = server.get("/plain", known);
  for (const char* header : {"content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy"}) {
    EXPECT_TRUE(page.headers.count(header)) << header;
  }
  for (const char* target : {"/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/plain/..%2f..%2fetc%2fpasswd", "/api/v1/documents/..%2f..%2freadout.db/source"}) {
    const Reply reply = server.get(target, known);
    EXPECT_EQ(reply.status, 404) << target;
    EXPECT_EQ(reply.body.find("root:"), std::string::npos);
  }
  EXPECT_EQ(server.stop(), 0);
}

TEST_F(Api, AnotherWriterIsAConflictNotAFailure) {
  const Server server(folder_);
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open((folder_ / "readout.db").string().c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  expect_problem(server.send("DELETE", kApi + "/documents/" + toy_.ours), 409, "a locked record");
  EXPECT_EQ(server.get(kApi + "/events").status, 200);
  sqlite3_close(other);
  EXPECT_EQ(server.send("DELETE", kApi + "/documents/" + toy_.ours).status, 204);
}

TEST_F(Api, PagesWithoutScript) {
  const Server server(folder_);
  const Reply library = server.get("/plain");
  EXPECT_NE(library.body.find("Archer visits Sylvania"), std::string::npos);
  const Reply document = server.get("/plain/documents/" + toy_.ours);
  EXPECT_NE(document.body.find("will return 12 prisoners by 1 April"), std::string::npos);
  EXPECT_NE(document.body.find("pledge of Sylvania to state:FRD deadline: by 1 April"), std::string::npos) << document.body;
  EXPECT_NE(server.get("/plain/dossier?actor=archer").body.find("Ann Archer"), std::string::npos);
  EXPECT_NE(server.get("/plain/search?words=prisoners").body.find("/plain/documents/" + toy_.ours + "#sentence-"), std::string::npos);
  for (const Reply* page : {&library, &document}) EXPECT_EQ(page->body.find("<script"), std::string::npos);
  EXPECT_EQ(server.get("/plain/dossier?actor=%3Cscript%3E").body.find("<script>"), std::string::npos);
}

}  // namespace
}  // namespace readout::testing_support
