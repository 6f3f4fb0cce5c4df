#include "faces/http/router.h"

#include <algorithm>

#include "core/hash.h"
#include "core/utf8.h"

namespace readout::http {
namespace {

/// The route's {names} against the path's segments.
bool matches(std::string_view pattern, std::string_view path, std::vector<std::string>& captures) {
  captures.clear();
  while (true) {
    if (pattern.starts_with("/{path*}")) {
      captures.emplace_back(path.empty() ? path : path.substr(1));
      return true;
    }
    if (pattern.empty() || path.empty()) return pattern.empty() && path.empty();
    if (path.front() != '/') return false;
    pattern.remove_prefix(1);
    path.remove_prefix(1);
    const std::string_view wanted = pattern.substr(0, std::min(pattern.find('/'), pattern.size()));
    const std::string_view given = path.substr(0, std::min(path.find('/'), path.size()));
    if (wanted.starts_with('{')) {
      if (given.empty()) return false;
      captures.emplace_back(given);
    } else if (wanted != given) {
      return false;
    }
    pattern.remove_prefix(wanted.size());
    path.remove_prefix(given.size());
  }
}

bool clean(std::string_view text) {
  return utf8::find_invalid(text) == std::string_view::npos &&
         std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

}  // namespace

Response Router::handle(Request request, bool read_only) const {
  if (!clean(request.path)) return problem(400, "the path is not valid UTF-8 or has control characters");
  for (const auto& [name, value] : request.query) {
    if (!clean(name) || utf8::find_invalid(value) != std::string_view::npos || value.find('\0') != std::string::npos) {
      return problem(400, "a parameter is not valid UTF-8");
    }
  }
  std::string allowed;
  for (const Route& route : routes_) {
    // The page takes every path but those of the API.
    if (route.path == "/{path*}" && request.path.starts_with("/api/")) continue;
    if (!matches(route.path, request.path, request.captures)) continue;
    if (route.method != request.method) {
      if (allowed.find(route.method) == std::string::npos) allowed += (allowed.empty() ? "" : ", ") + route.method + (route.method == "GET" ? ", HEAD" : "");
      continue;
    }
    for (const auto& [name, value] : request.query) {
      if (!route.parameters.empty() && route.parameters.front() == "*") break;
      if (std::find(route.parameters.begin(), route.parameters.end(), name) == route.parameters.end()) {
        return problem(400, request.path + " takes no \"" + name + "\"");
      }
    }
    if (route.writes && read_only) return problem(403, "this server is read-only");
    return route.handler(request);
  }
  if (!allowed.empty()) return problem(405, request.path + " takes " + allowed).with("Allow", allowed);
  return problem(404, "there is nothing at " + request.path);
}

void tag(const Request& request, Response& response) {
  if (request.method != "GET" || response.status != 200 || response.stream) return;
  const std::string etag = "\"" + sha256_hex(response.body).substr(0, 32) + "\"";
  response.with("ETag", etag).with("Cache-Control", "no-cache");
  const std::string known = request.header("if-none-match");
  if (known == "*" || known.find(etag) != std::string::npos) {
    response.status = 304;
    response.body.clear();
  }
}

}  // namespace readout::http
