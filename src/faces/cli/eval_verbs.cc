// readout eval: a layer against gold.
#include "faces/cli/app.h"

namespace readout::cli {

std::vector<Verb> eval_verbs() { return {}; }

}  // namespace readout::cli
