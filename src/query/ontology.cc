#include "query/ontology.h"

#include <charconv>
#include <map>

#include "core/embedded.h"
#include "core/tsv.h"

namespace readout::query {
namespace {

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto done = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || done.ec != std::errc()) return std::nullopt;
  return value;
}

int small_int(std::string_view text) { return text.size() == 1 && text[0] >= '0' && text[0] <= '9' ? text[0] - '0' : 0; }

}  // namespace

const CameoCode* cameo(std::string_view code) {
  static const std::map<std::string_view, CameoCode> kCodes = [] {
    std::map<std::string_view, CameoCode> codes;
    for_each_row(embedded("ontology/cameo.tsv"), [&](const TsvRow& row) {
      codes[row[0]] = {row[0], row[1], row[2], row[3], row[4], small_int(row[5]), number(row[6])};
    });
    return codes;
  }();
  while (code.size() >= 2) {
    if (const auto it = kCodes.find(code); it != kCodes.end()) return &it->second;
    code.remove_suffix(1);
  }
  return nullptr;
}

const PloverType* plover(std::string_view type) {
  static const std::map<std::string_view, PloverType> kTypes = [] {
    std::map<std::string_view, PloverType> types;
    for_each_row(embedded("ontology/plover.tsv"), [&](const TsvRow& row) {
      if (row[0] == "event") types[row[1]] = {row[1], small_int(row[3]), number(row[4]).value_or(0)};
    });
    return types;
  }();
  const auto it = kTypes.find(type);
  return it == kTypes.end() ? nullptr : &it->second;
}

}  // namespace readout::query
