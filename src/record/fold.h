// Folding for search: letters that people type for one another become one.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace readout::record {

/// Lower case, accents off, and Latin letters that have no accent to take off written plainly
/// (ə a, ı i, ø o, ł l, đ d, ß ss, æ ae, þ th). Other alphabets keep their letters, in lower case.
std::string fold(std::string_view text);

/// The words (runs of letters and digits) of `text`: byte range and folded form.
std::vector<std::pair<std::pair<uint32_t, uint32_t>, std::string>> folded_words(std::string_view text);

/// A user's query as an FTS5 expression over folded text: bare words, "phrases", prefix*,
/// NEAR(a b, 5), AND, OR, NOT, brackets. Anything else is taken as separators, so that no input is
/// a syntax error. Empty if no word is left. `words` receives the folded words asked for (a prefix
/// ends with '*'), for marking.
std::string fts_query(std::string_view query, std::vector<std::string>& words);

}  // namespace readout::record
