// The date of a document that does not say it in its head: a date line among the first paragraphs, a dateline that runs into the text, the
// formula at the end of an agreement.
//
//   "(11 May 2012)"                                    a paragraph of its own
//   "Belgrade, September 18, 1963 (Tass). On the ..."  run in
//   "DONE at Algiers, this 21st day of June 1999"      closing formula
//   "Done at Asunción on the twenty-second day of August two thousand and eight."
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/word_table.h"
#include "discourse/paragraphs.h"
#include "discourse/publication.h"

namespace readout::discourse {

struct LateDate {
  StatedTime time;
  size_t paragraph = 0;
  bool whole = false;  // the paragraph is nothing but the date line
};

class LateDateReader {
 public:
  LateDateReader();
  std::optional<LateDate> find(std::string_view text, const std::vector<Paragraph>& paragraphs, const DateReader& dates) const;
  /// "the twenty-second day of August two thousand and eight", "21st day of June 1999"; nothing else.
  std::optional<StatedTime> find_spelled(std::string_view text, Span within) const;

 private:
  std::optional<StatedTime> closing(std::string_view text, Span span, const DateReader& dates) const;

  // Values are shifted by one: a table's value must not be 0.
  WordTable ordinals_, ones_, tens_, months_;
};

}  // namespace readout::discourse
