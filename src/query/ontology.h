// Names and values of CAMEO codes and PLOVER types (data/ontology).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace readout::query {

struct CameoCode {
  std::string_view code, name, plover, mode, context;
  int quad = 0;
  std::optional<double> goldstein;
};

/// The code, or its parent where a longer code is not in the list ("0841x" -> "0841").
const CameoCode* cameo(std::string_view code);

struct PloverType {
  std::string_view name;
  int quad = 0;
  double score = 0;
};
const PloverType* plover(std::string_view type);

}  // namespace readout::query
