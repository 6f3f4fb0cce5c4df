// What the fuzz targets of the text layer check of any layer that comes out.
#pragma once

#include <cstdlib>
#include <string>
#include <utility>

#include "core/check.h"
#include "core/utf8.h"
#include "text/input.h"

namespace readout::text {

inline void check_layer(const TextLayer& layer) {
  const std::string_view plain = layer.text();
  READOUT_CHECK(utf8::find_invalid(plain) == std::string_view::npos);
  const auto size = static_cast<uint32_t>(plain.size());
  uint32_t last_begin = 0;
  for (uint32_t i = 0; i < size; i += 1 + size / 200) {
    const SourceSpan one = layer.map.to_source({i, std::min(i + 5, size)});
    READOUT_CHECK(one.begin <= one.end && one.end <= layer.source.size());
    READOUT_CHECK(one.begin >= last_begin);
    last_begin = one.begin;
    READOUT_CHECK(layer.map.to_plain(one.begin) <= size);
  }
  uint32_t last = 0;
  for (const BlockHint& hint : layer.hints) {
    READOUT_CHECK(hint.span.begin >= last && hint.span.begin < hint.span.end &&
                  hint.span.end <= size);
    READOUT_CHECK(utf8::is_boundary(plain, hint.span.begin) &&
                  utf8::is_boundary(plain, hint.span.end));
    last = hint.span.end;
  }
  for (const Page& page : layer.pages) READOUT_CHECK(page.begin <= size);
  for (const Note& note : layer.notes)
    READOUT_CHECK(note.span.begin <= note.span.end && note.span.end <= size);
}

inline int fuzz_format(const uint8_t* data, size_t size, Format format) {
  RawDocument doc;
  doc.bytes.assign(reinterpret_cast<const char*>(data), size);
  doc.format = format;
  doc.meta.file = "fuzz";
  const auto layer = extract(std::move(doc));
  if (layer) check_layer(*layer);
  return 0;
}

}  // namespace readout::text
