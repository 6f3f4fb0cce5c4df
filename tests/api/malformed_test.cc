// Requests as nobody should send them, made from good ones by chance (with a fixed seed): whatever comes
// is answered with less than 500, what is refused is refused as a problem, and the server lives on.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <random>

#include "../cli/toy_record.h"
#include "client.h"

namespace readout::testing_support {
namespace {

using Json = nlohmann::json;

class Generator {
 public:
  explicit Generator(uint32_t seed) : random_(seed) {}
  size_t below(size_t n) { return random_() % n; }
  template <class T>
  const T& one_of(const std::vector<T>& items) {
    return items[below(items.size())];
  }
  std::string bytes(size_t most) {
    std::string out(below(most + 1), ' ');
    for (char& c : out) c = static_cast<char>(random_());
    return out;
  }
  /// A value that is wrong in one of the ways that values are wrong.
  std::string value() {
    static const std::vector<std::string> kOdd = {
        "", "%", "%0", "%zz", "%00", "%ff%fe", "%ed%a0%80", "..", "../../../etc/passwd", "%2e%2e%2f", "-1", "0", "99999999999999999999999", "1e9", "NaN", "true", "null",
        "2021-13-45", "0000-00-00", "2021-02-30", "'; DROP TABLE row; --", "%22", "%28%28%28%28", "NEAR(", "a%20AND", "*", "%22a", "NOT", "{}", "[]", "%3Cscript%3E", "a=b=c", "a&a", "state:",
        std::string(3000, 'a'), std::string(900, '%') , "%F0%9F%92%A9", "a%0d%0aX:%20y"};
    return one_of(kOdd);
  }

 private:
  std::mt19937 random_;
};

TEST(Malformed, NoRequestBreaksTheServer) {
  const ToyRecord toy = toy_record();
  const Folder folder;
  folder.write("rows.jsonl", toy.lines);
  ASSERT_EQ(run(folder, {"import", "-r", "readout.db", "rows.jsonl"}).code, 0);
  const Server server(folder, {"--max-body", "20000"});
  ASSERT_NE(server.port(), 0);
  std::ifstream in(READOUT_SOURCE_DIR "/docs/api/openapi.json");
  const Json root = Json::parse(in);
  std::vector<std::string> paths, names;
  for (const auto& [path, operations] : root["paths"].items()) paths.push_back("/api/v1" + path);
  for (const auto& [key, parameter] : root["components"]["parameters"].items()) names.push_back(parameter["name"]);
  paths.insert(paths.end(), {"/", "/plain", "/plain/documents/{id}", "/plain/dossier", "/plain/search", "/nothing"});
  const std::vector<std::string> methods = {"GET", "GET", "GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "TRACE", "BREW", "get", ""};
  const std::vector<std::string> bodies = {"", "{", "[]", "{}", "null", "\"x\"", "{\"verb\":1}", "{\"verb\":\"events\",\"values\":[]}", "{\"change\":[]}", "{\"text\":\"\"}",
                                           "{\"token\":{}}", std::string(25'000, '['), std::string(3'000, '{'), "\xff\xfe\xfd", "--x\r\n\r\n--x--"};
  const std::vector<std::string> types = {"application/json", "text/plain", "multipart/form-data; boundary=x", "multipart/form-data", "application/x-www-form-urlencoded", "", "\x01"};
  Generator g(20240501);
  size_t answered = 0, refused = 0;
  for (int i = 0; i < 1000; ++i) {
    std::string target = g.one_of(paths);
    for (const char* name : {"{id}", "{name}"}) {
      if (const size_t at = target.find(name); at != std::string::npos) target.replace(at, std::string(name).size(), g.below(2) == 0 ? g.value() : toy.visit);
    }
    for (size_t n = g.below(4); n > 0; --n) target += (target.find('?') == std::string::npos ? "?" : "&") + g.one_of(names) + "=" + g.value();
    const std::string method = g.one_of(methods);
    std::string body = method == "POST" || method == "PUT" || method == "DELETE" ? g.one_of(bodies) : "";
    // Uploads of garbage are read as documents; a few are enough.
    if (method == "POST" && target.starts_with("/api/v1/documents") && g.below(10) != 0) body.clear();
    std::string head = method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
    if (g.below(4) == 0) head += "Content-Type: " + g.one_of(types) + "\r\n";
    if (g.below(6) == 0) head += "If-None-Match: " + g.value() + "\r\n";
    if (g.below(8) == 0) head += "Range: bytes=" + g.value() + "\r\n";
    if (g.below(8) == 0) head += "Authorization: " + g.value() + "\r\n";
    if (g.below(8) == 0) head += "Cookie: readout_session=" + g.value() + "; =;\r\n";
    // Without a length the server waits for the other side to end.
    bool whole = g.below(20) != 0;
    if (whole) head += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    std::string request = head + "\r\n" + body;
    if (g.below(5) == 0) {
      whole = false;
      for (size_t n = 1 + g.below(4); n > 0; --n) request[g.below(request.size())] = static_cast<char>(g.below(256));
    }
    if (g.below(40) == 0) request = g.bytes(400) + "\r\n\r\n";
    const Reply reply = parse_reply(exchange_bytes(server.port(), request, whole ? 20'000 : 200));
    if (reply.status == 0) continue;  // cut short, or not HTTP at all: nobody to answer
    ++answered;
    ASSERT_LT(reply.status, 500) << request.substr(0, 400) << "\n" << reply.body;
    if (reply.status < 400 || method == "HEAD") continue;
    ++refused;
    const Json problem = Json::parse(reply.body, nullptr, false);
    const bool sign_in = reply.body.starts_with("<!doctype html>");  // pages for people
    EXPECT_TRUE(sign_in || (problem.is_object() && problem["status"] == reply.status)) << request.substr(0, 400) << "\n" << reply.body;
  }
  EXPECT_TRUE(server.alive()) << server.log();
  EXPECT_EQ(server.get("/api/v1/status").status, 200);
  EXPECT_GT(answered, 600U);
  EXPECT_GT(refused, 200U);
}

}  // namespace
}  // namespace readout::testing_support
