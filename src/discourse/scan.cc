// A sentence ends at a stop, a strong mark and what closes behind it, if a blank follows; not at
// the stop of a short capitalised word ("Mr. X", "No. 5") and not before a small letter.
#include "discourse/scan.h"

namespace readout::discourse {

uint32_t sentence_end(std::string_view text, uint32_t begin, uint32_t end) {
  for (uint32_t i = begin; i < end; ++i) {
    const char c = text[i];
    if (c != '.' && c != '!' && c != '?') continue;
    uint32_t k = i + 1;
    while (k < end && (text[k] == '"' || text[k] == ')' || text[k] == '\'' || text[k] == '.' ||
                       text[k] == '!' || text[k] == '?'))
      ++k;
    if (k + 2 < end && text[k] == '\xE2' && text[k + 1] == '\x80' &&
        (text[k + 2] == '\x9D' || text[k + 2] == '\x99'))
      k += 3;
    if (k >= end) return end;
    const uint32_t next = skip_space(text, k, end);
    if (next == k) continue;
    if (next >= end) return end;
    if (c == '.') {
      // "Mr. X", "J. X", "U.S. forces", "No. 5": a short capitalised word before the stop.
      uint32_t w = i;
      while (w > begin && (wordish(text[w - 1]) || text[w - 1] == '.')) --w;
      const std::string_view word = text.substr(w, i - w);
      if (word.size() <= 4 && !word.empty() && begins_upper(word)) continue;
      if (word.find('.') != std::string_view::npos) continue;
      if (begins_lower(text.substr(next, 4))) continue;
    }
    return k;
  }
  return end;
}

}  // namespace readout::discourse
