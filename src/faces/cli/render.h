// Shows the record of one document to a person: title and circumstances, turns with their speakers,
// sentences, and under each sentence the rows of the layers that were asked for.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "faces/cli/terminal.h"

namespace readout::cli {

struct RenderOptions {
  std::set<std::string, std::less<>> layers;  // row kinds to list under sentences ("event", "figure"); "all"
  int width = 100;
  bool sentences = true;                      // false: only the outline
};

/// `record`: the JSON Lines of one document (append_record's output).
std::string render_record(std::string_view record, const RenderOptions& options, const Painter& paint);

/// One row in one line, without its text: `CONSULT/visit 042 happened state:RUS > state:AZE`.
std::string row_summary(std::string_view row_json);

}  // namespace readout::cli
