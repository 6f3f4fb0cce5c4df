// readout read --marked: one JSON object a line for each sentence with <s>..</s> and <t>..</t>.
#pragma once

#include "faces/cli/app.h"

namespace readout::cli {

int read_marked(const Args& args);

}  // namespace readout::cli
