// Paths to handlers. What a path takes stands beside it in one table; a request that asks for more is
// refused before the handler sees it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "faces/http/message.h"

namespace readout::http {

using Handler = std::function<Response(const Request&)>;

struct Route {
  std::string method;                     // GET, POST, PUT, DELETE
  std::string path;                       // "/api/v1/documents/{id}/rows"; "{path*}" at the end takes the rest
  std::vector<std::string> parameters;    // names that the query may have; "*": any
  Handler handler;
  bool writes = false;                    // refused in read-only mode
};

class Router {
 public:
  void add(Route route) { routes_.push_back(std::move(route)); }
  const std::vector<Route>& routes() const { return routes_; }
  /// 404 if no route has the path, 405 with Allow if none has the method, 400 for unknown parameters.
  Response handle(Request request, bool read_only) const;

 private:
  std::vector<Route> routes_;
};

/// A strong tag of the body; 304 without it if the client has it already. Only for whole 200 answers to GET.
void tag(const Request& request, Response& response);

}  // namespace readout::http
