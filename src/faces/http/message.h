// What a request and a response are to our own code. Only server.cc knows the HTTP library.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "readout/result.h"

namespace readout::http {

/// One part of a form.
struct Part {
  std::string name, filename, type, content;
};

struct Request {
  std::string method;                                    // "GET"; HEAD arrives as GET
  std::string path;                                      // decoded, begins with '/'
  std::map<std::string, std::string, std::less<>> query; // decoded; a name given twice is refused before
  std::map<std::string, std::string, std::less<>> headers;  // names in lower case
  std::string body;
  std::vector<Part> parts;                               // of multipart/form-data
  std::vector<std::string> captures;                     // what the route's {names} stood for

  std::string get(std::string_view name) const {
    const auto it = query.find(name);
    return it == query.end() ? std::string() : it->second;
  }
  std::string header(std::string_view name) const {
    const auto it = headers.find(name);
    return it == headers.end() ? std::string() : it->second;
  }
};

/// Writes a piece of a streamed body; false once the other side has gone.
using Write = std::function<bool(std::string_view)>;

struct Response {
  int status = 200;
  std::string type = "application/json; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::function<void(const Write&)> stream;              // instead of `body`

  Response& with(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
};

/// {"type":"about:blank","title":...,"status":...,"detail":...} after RFC 9457.
Response problem(int status, std::string_view detail);
/// NotFound is 404, BadInput 400, Conflict 409, Limit 503, all else 500.
Response problem(const Error& error);
std::string_view status_words(int status);

}  // namespace readout::http
