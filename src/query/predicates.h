// What the backoff model of events is trained on: every predicate with its features and the type that a frame gave it, if one did.
#pragma once

#include <string>
#include <string_view>

#include "readout/pipeline.h"
#include "readout/result.h"

namespace readout::query {

/// `jsonl`: lines with "text", and "id" and "date" where known. One line of JSON a predicate: id, begin, end (bytes of the text), verb, type (of
/// the act that the frames coded at it, or empty), features. `engine` codes with frames.
Result<std::string> predicate_lines(const Engine& engine, const std::string& data_folder, std::string_view jsonl);

}  // namespace readout::query
