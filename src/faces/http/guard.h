// Who may ask: token, cookie, and protection against other sites that use the visitor's browser.
#pragma once

#include <optional>
#include <string>

#include "faces/http/router.h"

namespace readout::http {

class Guard {
 public:
  /// `host`: what the server listens on. An empty token lets everybody in.
  Guard(std::string host, std::string token);
  /// The refusal, if this request is to be refused.
  std::optional<Response> check(const Request& request) const;
  /// Lets a browser sign in: a cookie instead of the header. Paths of /api/v1/session.
  void add_session(Router& router) const;
  bool token_wanted() const { return !token_.empty(); }

 private:
  bool known(const Request& request) const;
  std::string host_, token_, cookie_;
  bool loopback_ = false;
};

/// Headers that every response carries.
std::vector<std::pair<std::string, std::string>> security_headers();
/// name=value&...; nothing if it is malformed or a name stands twice.
std::optional<std::map<std::string, std::string, std::less<>>> parse_query(std::string_view text);

}  // namespace readout::http
