// A server on the visitor's own machine is reachable by every page that the visitor has open. So a
// request must name a host that is really ours (against rebinding of names), and one that writes must
// not come from a page of another origin.
#include "faces/http/guard.h"

#include <nlohmann/json.hpp>

#include "core/hash.h"

namespace readout::http {
namespace {

constexpr const char* kCookie = "readout_session";

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> decoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] == '%') {
      if (i + 2 >= text.size() || hex(text[i + 1]) < 0 || hex(text[i + 2]) < 0) return std::nullopt;
      out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

/// Takes as long for a near miss as for a far one.
bool same(std::string_view a, std::string_view b) {
  const std::string x = sha256_hex(a), y = sha256_hex(b);
  unsigned char differ = 0;
  for (size_t i = 0; i < x.size(); ++i) differ = static_cast<unsigned char>(differ | (x[i] ^ y[i]));
  return differ == 0;
}

std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') == std::string_view::npos ? host.size() : host.find(']') + 1);
  return host.substr(0, std::min(host.find(':'), host.size()));
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host.starts_with("127.") || host == "::1" || host == "[::1]";
}

std::string cookie_of(const Request& request) {
  const std::string all = request.header("cookie");
  const std::string name = std::string(kCookie) + "=";
  size_t at = all.starts_with(name) ? 0 : all.find("; " + name);
  if (at == std::string::npos) return {};
  at = all.find('=', at) + 1;
  return all.substr(at, std::min(all.find(';', at), all.size()) - at);
}

}  // namespace

std::optional<std::map<std::string, std::string, std::less<>>> parse_query(std::string_view text) {
  std::map<std::string, std::string, std::less<>> values;
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, std::min(text.find('&'), text.size()));
    text.remove_prefix(std::min(pair.size() + 1, text.size()));
    if (pair.empty()) continue;
    const size_t equals = std::min(pair.find('='), pair.size());
    auto name = decoded(pair.substr(0, equals));
    auto value = decoded(equals < pair.size() ? pair.substr(equals + 1) : std::string_view());
    if (!name || !value || !values.emplace(std::move(*name), std::move(*value)).second) return std::nullopt;
  }
  return values;
}

Guard::Guard(std::string host, std::string token) : host_(std::move(host)), token_(std::move(token)) {
  loopback_ = is_loopback(host_);
  if (!token_.empty()) cookie_ = sha256_hex("readout session " + token_);
}

bool Guard::known(const Request& request) const {
  if (token_.empty()) return true;
  const std::string bearer = request.header("authorization");
  if (bearer.starts_with("Bearer ") && same(std::string_view(bearer).substr(7), token_)) return true;
  return same(cookie_of(request), cookie_);
}

std::optional<Response> Guard::check(const Request& request) const {
  const std::string host = request.header("host");
  if (loopback_ && !is_loopback(without_port(host)) && without_port(host) != host_) {
    return problem(421, "this server is not \"" + host + "\"");
  }
  if (request.method != "GET") {
    const std::string origin = request.header("origin");
    if (!origin.empty() && origin != "http://" + host && origin != "https://" + host) return problem(403, "a page of another origin may not write here");
    if (request.header("sec-fetch-site") == "cross-site") return problem(403, "a page of another site may not write here");
  }
  const bool data = request.path.starts_with("/api/") || request.path.starts_with("/plain");
  if (!data || request.path == "/api/v1/session" || request.path == "/plain/style.css" || known(request)) return std::nullopt;
  Response refused = problem(401, "this server wants a token (Authorization: Bearer ..., or a session)");
  refused.with("WWW-Authenticate", "Bearer");
  if (request.path.starts_with("/plain")) {
    refused.type = "text/html; charset=utf-8";
    refused.body =
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>readout: sign in</title><link rel=\"stylesheet\" href=\"/plain/style.css\"></head><body><main>"
        "<h1>This record wants a token</h1><form method=\"post\" action=\"/api/v1/session\"><label>Token "
        "<input type=\"password\" name=\"token\" required autofocus></label> <button>Sign in</button></form></main></body></html>\n";
  }
  return refused;
}

void Guard::add_session(Router& router) const {
  router.add({"POST", "/api/v1/session", {}, [this](const Request& request) {
                std::string given;
                const bool form = request.header("content-type").starts_with("application/x-www-form-urlencoded");
                if (form) {
                  auto values = parse_query(request.body);
                  if (values) given = (*values)["token"];
                } else {
                  const auto json = nlohmann::json::parse(request.body, nullptr, false);
                  if (json.is_object() && json.contains("token") && json["token"].is_string()) given = json["token"].get<std::string>();
                }
                if (given.empty()) return problem(400, "the body has no \"token\"");
                if (token_.empty() || !same(given, token_)) return problem(401, "the token is wrong").with("WWW-Authenticate", "Bearer");
                Response response;
                response.status = form ? 303 : 204;
                if (form) response.with("Location", "/");
                return response.with("Set-Cookie", std::string(kCookie) + "=" + cookie_ + "; Path=/; HttpOnly; SameSite=Strict");
              }, false});
  router.add({"DELETE", "/api/v1/session", {}, [](const Request&) {
                Response response;
                response.status = 204;
                return response.with("Set-Cookie", std::string(kCookie) + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
              }, false});
}

std::vector<std::pair<std::string, std::string>> security_headers() {
  return {{"X-Content-Type-Options", "nosniff"},
          {"X-Frame-Options", "DENY"},
          {"Referrer-Policy", "no-referrer"},
          {"Cross-Origin-Opener-Policy", "same-origin"},
          {"Cross-Origin-Resource-Policy", "same-origin"},
          // Charts set styles on elements; scripts come from us alone, and nothing from elsewhere.
          {"Content-Security-Policy",
           "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; object-src 'none'; "
           "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"}};
}

}  // namespace readout::http
