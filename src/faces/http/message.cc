#include "faces/http/message.h"

#include "core/json_writer.h"

namespace readout::http {

std::string_view status_words(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 416: return "Range Not Satisfiable";
    case 421: return "Misdirected Request";
    case 429: return "Too Many Requests";
    case 503: return "Service Unavailable";
    default: return "Internal Server Error";
  }
}

Response problem(int status, std::string_view detail) {
  Response response;
  response.status = status;
  response.type = "application/problem+json";
  JsonWriter json(response.body);
  json.begin_object().field("type", "about:blank").field("title", status_words(status)).field("status", status);
  json.field("detail", detail).end_object();
  response.body += '\n';
  return response;
}

Response problem(const Error& error) {
  switch (error.code) {
    case Code::BadInput: return problem(400, error.message);
    case Code::NotFound: return problem(404, error.message);
    case Code::Conflict: return problem(409, error.message).with("Retry-After", "1");
    case Code::Limit: return problem(503, error.message).with("Retry-After", "5");
    default: return problem(500, error.message);
  }
}

}  // namespace readout::http
