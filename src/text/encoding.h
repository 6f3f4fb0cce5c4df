// Bytes -> UTF-8, with every character's place in the bytes kept.
//
// The encoding is, in this order: what a byte order mark says; UTF-8 if the bytes are UTF-8; what
// the container declares; UTF-8 with damage if most of it is; what statistics of letters say (ICU).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "readout/document.h"
#include "readout/result.h"

namespace readout::text {

struct Decoded {
  std::string utf8;      // empty when `map.identity()`: the bytes are the text
  OffsetMap map;         // utf8 -> bytes
  std::string encoding;  // IANA name
  std::vector<Note> notes;

  std::string_view text(std::string_view bytes) const {
    return map.identity() ? bytes : std::string_view(utf8);
  }
};

enum class LineEnds { Keep, Unify };  // Unify: "\r\n" and "\r" become "\n"

/// Decodes a document's bytes. `declared` is the encoding that a header or tag names, or empty;
/// `place` is for notes. Damaged bytes become U+FFFD, one a byte, and a note tells how many.
Decoded decode(std::string_view bytes, std::string_view declared, LineEnds ends,
               std::string_view place);

/// The name that ICU and browsers read a label as ("latin1" is windows-1252), empty if unknown.
std::string canonical_encoding(std::string_view label);

}  // namespace readout::text
