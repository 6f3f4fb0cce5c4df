// The stage that codes acts with a user's own dictionaries of PETRARCH or TABARI instead of the
// frames.
#pragma once

#include <memory>
#include <string>

#include "readout/pipeline.h"
#include "readout/result.h"

namespace readout::events::petrarch {

/// Reads the dictionaries in `data_folder`/petrarch, where `readout data import petrarch` puts
/// them. An error if there are no verbs or no actors. `reads`: the layers that are there before
/// acts; syntax is needed.
Result<std::unique_ptr<const Stage>> make_petrarch_stage(const std::string& data_folder,
                                                         LayerSet reads);

}  // namespace readout::events::petrarch
