// What a paragraph is for: title, caption, credit, date line and the like. Decided from its own
// words, its place on the page, and from repetition.
#pragma once

#include <string_view>
#include <vector>

#include "discourse/cues.h"
#include "discourse/paragraphs.h"
#include "discourse/publication.h"
#include "readout/document.h"

namespace readout::discourse {

struct PageRoles {
  size_t body = 0;  // index of the first paragraph of running text
  std::optional<Span> title;
  std::optional<StatedTime> published;  // of a date line or the like
  std::optional<Span> clock;            // of a line that holds a clock time alone
  std::optional<Span> place;            // of a date line
  std::optional<Span> author, source_line, publisher;
  std::vector<Span> captions, credits;
};

/// Sets the role of every paragraph that is no running text. `speech` tells for each paragraph
/// whether a speaker's label or introduction opens it; those are never titles or headings.
PageRoles find_roles(std::string_view text, const ContainerMeta& meta, const Cues& cues,
                     const DateReader& dates, const std::vector<bool>& speech,
                     std::vector<Paragraph>& paragraphs);

}  // namespace readout::discourse
