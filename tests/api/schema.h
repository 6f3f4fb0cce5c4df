// Checks JSON against as much of JSON Schema as docs/api/openapi.json uses.
#pragma once

#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

namespace readout::testing_support {

using Json = nlohmann::json;

/// What is wrong, with where; empty if nothing is.
inline void check_schema(const Json& root, const Json& schema, const Json& value, const std::string& at, std::vector<std::string>& wrong) {
  if (schema.contains("$ref")) {
    const std::string path = schema["$ref"].get<std::string>().substr(1);
    check_schema(root, root.at(Json::json_pointer(path)), value, at, wrong);
    return;
  }
  if (schema.contains("type")) {
    const std::string type = schema["type"];
    const bool fits = (type == "object" && value.is_object()) || (type == "array" && value.is_array()) || (type == "string" && value.is_string()) ||
                      (type == "integer" && value.is_number_integer()) || (type == "number" && value.is_number()) || (type == "boolean" && value.is_boolean());
    if (!fits) {
      wrong.push_back(at + ": not of the type " + type + ": " + value.dump().substr(0, 80));
      return;
    }
  }
  if (schema.contains("const") && schema["const"] != value) wrong.push_back(at + ": not " + schema["const"].dump() + " but " + value.dump().substr(0, 80));
  if (schema.contains("enum") && std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end()) {
    wrong.push_back(at + ": " + value.dump().substr(0, 80) + " is not in the list");
  }
  if (schema.contains("pattern") && value.is_string() && !std::regex_search(value.get<std::string>(), std::regex(schema["pattern"].get<std::string>()))) {
    wrong.push_back(at + ": does not match " + schema["pattern"].get<std::string>());
  }
  if (schema.contains("minimum") && value.is_number() && value.get<double>() < schema["minimum"].get<double>()) wrong.push_back(at + ": too small");
  if (schema.contains("maximum") && value.is_number() && value.get<double>() > schema["maximum"].get<double>()) wrong.push_back(at + ": too large");
  if (value.is_object()) {
    for (const Json& name : schema.value("required", Json::array())) {
      if (!value.contains(name.get<std::string>())) wrong.push_back(at + ": has no \"" + name.get<std::string>() + "\"");
    }
    const Json properties = schema.value("properties", Json::object());
    for (const auto& [name, inner] : value.items()) {
      if (properties.contains(name)) {
        check_schema(root, properties[name], inner, at + "." + name, wrong);
      } else if (schema.contains("additionalProperties") && schema["additionalProperties"] == false) {
        wrong.push_back(at + ": has \"" + name + "\", which is not described");
      } else if (schema.contains("additionalProperties") && schema["additionalProperties"].is_object()) {
        check_schema(root, schema["additionalProperties"], inner, at + "." + name, wrong);
      }
    }
  }
  if (value.is_array() && schema.contains("items")) {
    for (size_t i = 0; i < value.size(); ++i) check_schema(root, schema["items"], value[i], at + "[" + std::to_string(i) + "]", wrong);
  }
}

}  // namespace readout::testing_support
