// A sentence in which somebody has marked who acts on whom: "<s>Ethiopia</s> shelled <t>Eritrea</t>."
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "readout/document.h"

namespace readout::events {

struct MarkedSentence {
  std::string text;      // without the marks
  Span source, target;   // in `text`
};

/// Takes <s>..</s> and <t>..</t> out. Nothing if one of the two is missing.
std::optional<MarkedSentence> parse_marked(std::string_view line);

/// The event of `doc` (the text of the marked sentence) whose roles hold the marked words best:
/// both in place, both the other way round, then one of them; then the first event.
std::optional<Event> relation_between(const Document& doc, const MarkedSentence& sides);

}  // namespace readout::events
