// Every limit on what comes from outside, in one place. Exceeding one is an error or a note that
// names the limit; nothing grows without bound.
#pragma once

#include <cstddef>
#include <cstdint>

namespace readout::limits {

inline constexpr size_t kDocumentBytes = 64U << 20;      // one document's bytes, unpacked
inline constexpr size_t kJsonLineBytes = 64U << 20;      // one line of JSON Lines
inline constexpr size_t kArchiveMembers = 1'000'000;     // files in one archive
inline constexpr uint64_t kArchiveBytes = 64ULL << 30;   // all members of one archive, unpacked
inline constexpr uint64_t kArchiveRatio = 200;           // unpacked : packed, past 16 MiB (zip bombs)
inline constexpr uint64_t kArchiveRatioFrom = 16U << 20; // smaller ones may have any ratio
inline constexpr int kArchiveNesting = 2;                // archives inside archives
inline constexpr int kMarkupDepth = 400;                 // HTML or XML elements inside each other
inline constexpr size_t kMarkdownBytes = 4U << 20;       // longer ones are read as plain text, with a note
inline constexpr size_t kMailParts = 10'000;             // lines that may divide the parts of a mail
inline constexpr size_t kMailHeaderLines = 100'000;      // lines that look like header fields
inline constexpr size_t kMailAddressBytes = 1U << 20;    // one field of addresses
inline constexpr uint32_t kSentenceTokens = 400;         // longer ones are cut, with a note
inline constexpr uint32_t kTokenBytes = 200;             // longer ones are cut, with a note
inline constexpr int kExtractorSeconds = 60;             // processor time of the PDF text extractor
inline constexpr size_t kExtractorBytes = 1U << 30;      // its address space
inline constexpr size_t kHttpBodyBytes = 64U << 20;      // one request's body

}  // namespace readout::limits
