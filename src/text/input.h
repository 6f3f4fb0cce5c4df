// From paths to documents: what the user names (files, folders, archives, standard input) becomes a
// stream of raw documents, and each raw document becomes the TextLayer that the stages read.
//
// The two steps are apart because the first is sequential and cheap and the second runs on all
// threads: the stream opens files and splits containers (JSON Lines, zip, tar, PETRARCH XML); the
// extraction decodes, strips markup and builds the offset map.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "readout/document.h"
#include "readout/result.h"

namespace readout::text {

enum class Format { Auto, Text, Markdown, Html, Pdf, Docx, Eml, Jsonl, PetrarchXml };

struct InputOptions {
  Format format = Format::Auto;    // of the documents, inside whatever compression or archive
  std::vector<std::string> paths;  // "-" is standard input; folders are walked in sorted order
};

/// One document's bytes as they came out of the container, not yet decoded.
struct RawDocument {
  std::string bytes;
  Format format = Format::Auto;  // Auto: to be sniffed by `extract`
  ContainerMeta meta;
  std::vector<Note> notes;  // damage met while unpacking; `extract` hands them on
};

/// A document (or a whole container) that could not be read. The stream goes on behind it.
struct Rejected {
  std::string place;  // "dir/batch.jsonl:17", "a.zip!/b.pdf"
  Error error;
};

using InputItem = std::variant<RawDocument, Rejected>;

class InputSource {
 public:
  virtual ~InputSource() = default;
  /// The next document or rejection; nothing at the end. Memory is bounded by one document.
  virtual std::optional<InputItem> next() = 0;
  /// Bytes of the named inputs and how many of them were consumed (packed size); total is 0 when
  /// unknown (standard input). For the progress bar.
  virtual uint64_t bytes_total() const = 0;
  virtual uint64_t bytes_done() const = 0;
};

/// Fails only if nothing can be opened at all (no paths); a missing file is a Rejected item.
Result<std::unique_ptr<InputSource>> open_inputs(InputOptions options);

/// Decodes one document. Thread-safe. Damage is a note in the layer, not an error; an error means
/// that no text could be had (not a PDF, over a limit, empty).
Result<TextLayer> extract(RawDocument raw);

}  // namespace readout::text
