// The stage `text.tokens`: words and sentences of every block (see text/tokenizer.h).
#pragma once

#include <memory>

#include "readout/pipeline.h"

namespace readout::text {

/// Reads Structure, writes Tokens. Sentences never reach over a block's end unless the next block
/// `continues` it, and always break where a turn begins or ends.
std::unique_ptr<const Stage> make_token_stage();

}  // namespace readout::text
