// readout serve: the record over HTTP on one address. Everything that the HTTP library does for us
// stands in server.cc; what is answered stands in api.cc, writing.cc and pages.cc.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "faces/http/jobs.h"
#include "readout/result.h"

namespace readout::http {

struct ServerOptions {
  std::string record;
  std::string host = "127.0.0.1";
  int port = 8080;                        // 0: any free one
  std::string token;                      // empty: nobody is asked for one
  bool read_only = false;
  size_t max_body = 64U << 20;            // bytes of one request
  std::chrono::milliseconds query_time{10'000};
  JobOptions jobs;
};

/// Serves until SIGINT or SIGTERM, then lets running requests end. `ready` is told the address once
/// connections are accepted. Blocks these signals in the calling thread, so call it once a process.
Result<void> serve(const ServerOptions& options, const std::function<void(const std::string& url)>& ready);

}  // namespace readout::http
