// Answers held against the description of the API.
#pragma once

#include <gtest/gtest.h>

#include "client.h"
#include "schema.h"

namespace readout::testing_support {

inline const std::string kApi = "/api/v1";

inline Json description() {
  std::ifstream in(READOUT_SOURCE_DIR "/docs/api/openapi.json");
  return Json::parse(in);
}

inline std::string escaped(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain) {
      out += c;
    } else {
      out += {'%', kHex[u >> 4U], kHex[u & 15U]};
    }
  }
  return out;
}

/// Follows a {"$ref": "#/..."}.
inline const Json& resolved(const Json& root, const Json& node) {
  return node.contains("$ref") ? root.at(Json::json_pointer(node["$ref"].get<std::string>().substr(1))) : node;
}

inline void expect_problem(const Reply& reply, int status, const std::string& where) {
  EXPECT_EQ(reply.status, status) << where << "\n" << reply.body;
  EXPECT_EQ(reply.headers.count("content-type") ? reply.headers.at("content-type") : "", "application/problem+json") << where;
  const Json body = Json::parse(reply.body, nullptr, false);
  ASSERT_TRUE(body.is_object()) << where << reply.body;
  EXPECT_EQ(body["status"], status) << where;
  EXPECT_FALSE(body["detail"].get<std::string>().empty()) << where;
}

/// Its status is described, and its body is of a described type and shape.
inline void expect_described(const Json& root, const Json& operation, const Reply& reply, const std::string& where) {
  const std::string status = std::to_string(reply.status);
  ASSERT_TRUE(operation["responses"].contains(status)) << where << " answers " << status << ", which is not described\n" << reply.body;
  const Json& response = resolved(root, operation["responses"][status]);
  if (!response.contains("content")) {
    EXPECT_TRUE(reply.body.empty()) << where;
    return;
  }
  std::string type = reply.headers.count("content-type") ? reply.headers.at("content-type") : "";
  type = type.substr(0, type.find(';'));
  ASSERT_TRUE(response["content"].contains(type)) << where << " is of the type " << type << ", which is not described";
  if (type.find("json") == std::string::npos || type == "application/x-ndjson") return;
  const Json body = Json::parse(reply.body, nullptr, false);
  ASSERT_FALSE(body.is_discarded()) << where << ": no JSON";
  std::vector<std::string> wrong;
  check_schema(root, response["content"][type]["schema"], body, where, wrong);
  for (const std::string& one : wrong) ADD_FAILURE() << one;
}

}  // namespace readout::testing_support
