// readout serve: the record over HTTP.
#include <charconv>
#include <fstream>

#include "faces/cli/app.h"
#include "faces/cli/terminal.h"
#include "faces/http/server.h"

namespace readout::cli {
namespace {

int fail(const Error& error) {
  complain("readout serve: " + error.message);
  return error.code == Code::NotFound ? kNothingFound : kFailed;
}

/// A whole number from `least` to `most`.
template <class Number>
bool number(const Args& args, std::string_view option, Number least, Number most, Number& out) {
  const std::string given = args.get(option);
  const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), out);
  if (error == std::errc() && end == given.data() + given.size() && out >= least && out <= most) return true;
  complain("readout serve: --" + std::string(option) + ": \"" + given + "\" is not a number from " + std::to_string(least) + " to " + std::to_string(most));
  return false;
}

int run_serve(const Args& args) {
  http::ServerOptions options;
  options.record = args.get("record");
  options.host = args.get("host");
  options.token = args.get("token");
  options.read_only = args.on("read-only");
  options.jobs.data_folder = args.get("data");
  options.jobs.threads = thread_count(args.get("threads"));
  long query_ms = 0, upload_s = 0;
  if (!number(args, "port", 0, 65535, options.port) || !number<size_t>(args, "max-body", 1024, size_t{1} << 32U, options.max_body) ||
      !number(args, "query-ms", 10L, 3'600'000L, query_ms) || !number(args, "upload-seconds", 1L, 86'400L, upload_s)) {
    return kFailed;
  }
  options.query_time = std::chrono::milliseconds(query_ms);
  options.jobs.most_time = std::chrono::seconds(upload_s);
  if (const std::string file = args.get("token-file"); !file.empty()) {
    std::ifstream in(file);
    if (!std::getline(in, options.token) || options.token.empty()) return fail({Code::BadInput, file + ": no token in its first line"});
  }
  const auto done = http::serve(options, [&](const std::string& url) {
    complain("serving " + options.record + " at " + url + (options.read_only ? " (read-only)" : ""));
    const bool local = options.host.starts_with("127.") || options.host == "localhost" || options.host == "::1";
    if (!local && options.token.empty()) complain("readout serve: everybody who can reach " + url + " may read and write; --token or --read-only say otherwise");
  });
  return done ? kDone : fail(done.error());
}

}  // namespace

Verb serve_verb() {
  return {"serve", "a record in the browser and over HTTP",
          "Serves the web page, and the API of docs/api/openapi.json below /api/v1, until it is told to stop\n"
          "(Ctrl-C). Without --host it can be reached from this machine alone.\n\n"
          "  readout serve --record desk.db\n  readout serve --record desk.db --host 0.0.0.0 --token-file desk.token",
          {record_option(), {"--host", "ADDRESS", "127.0.0.1", "address to listen on", {}}, {"-p,--port", "PORT", "8080", "port; 0: any free one", {}},
           {"--token", "TOKEN", "", "ask for this token", {}}, {"--token-file", "FILE", "", "ask for the token in the file's first line", {}},
           {"--read-only", "", "", "nothing can be added, removed or corrected", {}},
           {"--max-body", "BYTES", "67108864", "longest request body", {}}, {"--query-ms", "MS", "10000", "longest time of one question", {}},
           {"--upload-seconds", "S", "300", "longest time of one upload", {}}, data_option(), threads_option()},
          run_serve};
}

}  // namespace readout::cli
