#include "events/marked.h"

#include <algorithm>

namespace readout::events {

std::optional<MarkedSentence> parse_marked(std::string_view line) {
  MarkedSentence out;
  bool has_source = false, has_target = false;
  while (!line.empty()) {
    const auto at = static_cast<uint32_t>(out.text.size());
    if (line.starts_with("<s>")) {
      out.source.begin = at;
      line.remove_prefix(3);
    } else if (line.starts_with("</s>")) {
      out.source.end = at;
      has_source = true;
      line.remove_prefix(4);
    } else if (line.starts_with("<t>")) {
      out.target.begin = at;
      line.remove_prefix(3);
    } else if (line.starts_with("</t>")) {
      out.target.end = at;
      has_target = true;
      line.remove_prefix(4);
    } else {
      out.text.push_back(line.front());
      line.remove_prefix(1);
    }
  }
  if (!has_source || !has_target) return std::nullopt;
  return out;
}

std::optional<Event> relation_between(const Document& doc, const MarkedSentence& sides) {
  const EventLayer* layer = doc.events();
  if (layer == nullptr || layer->events.empty()) return std::nullopt;
  const Event* best = nullptr;
  int best_value = -1;
  for (const Event& event : layer->events) {
    if (event.uncoded_reason != kNone<Sym>) continue;
    const auto holds = [](const std::vector<Span>& spans, Span side) {
      return std::any_of(spans.begin(), spans.end(), [&](Span span) { return span.overlaps(side); });
    };
    const bool source = holds(event.source_spans, sides.source), target = holds(event.target_spans, sides.target);
    const bool crossed_source = holds(event.target_spans, sides.source), crossed_target = holds(event.source_spans, sides.target);
    int value = 0;
    if (source && target) value = 10;
    else if (crossed_source && crossed_target) value = 7;
    else if (source || target) value = 5;
    else if (crossed_source || crossed_target) value = 2;
    if (event.plover != kNone<Sym>) ++value;
    if (value > best_value) {
      best_value = value;
      best = &event;
    }
  }
  if (best == nullptr) return std::nullopt;
  return *best;
}

}  // namespace readout::events
