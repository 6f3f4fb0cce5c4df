// Sentence ends among the words of one stretch: at stops and strong marks with what closes behind
// them, at ellipses before a capital, behind an abbreviation only before a word that is known to
// open sentences. In edited text a stop of its own ends a sentence practically always (UD EWT
// train: 240 of 241 even before a small letter), so the work is in what the tokenizer left as a
// stop of its own.
#include "text/tokenizer.h"

namespace readout::text {

void Tokenizer::sentences(std::string_view text, const Words& words, uint32_t first, uint32_t last,
                          std::vector<uint32_t>& ends) const {
  const auto kind = [&](uint32_t k) { return words.kind[k]; };
  const auto adjacent = [&](uint32_t k) { return words.span[k - 1].end == words.span[k].begin; };
  bool quote_open = false;
  for (uint32_t k = first; k < last; ++k) {
    switch (kind(k)) {
      case WordKind::Quote:
        // Opens if a blank stands before it and none behind it, closes the other way; else it
        // toggles.
        if (k > first && adjacent(k) && (words.flags[k] & TokenFlags::kSpaceAfter) != 0) {
          quote_open = false;
        } else if ((k == first || !adjacent(k)) &&
                   (words.flags[k] & TokenFlags::kSpaceAfter) == 0) {
          quote_open = true;
        } else {
          quote_open = !quote_open;
        }
        continue;
      case WordKind::Stop:
      case WordKind::Strong:
      case WordKind::Ellipsis:
      case WordKind::AbbreviationStop:
        break;
      default:
        continue;
    }
    // What closes directly behind the stop belongs to the sentence; a note number in brackets too.
    uint32_t m = k + 1;
    bool closed = false;
    while (m < last) {
      if (!adjacent(m) && !(kind(m) == WordKind::Quote && quote_open &&
                            (words.flags[m] & TokenFlags::kSpaceAfter) != 0))
        break;
      if (kind(m) == WordKind::Close || kind(m) == WordKind::SingleQuote ||
          kind(m) == WordKind::Quote) {
        if (kind(m) == WordKind::Quote) quote_open = false;
        closed = true;
        ++m;
      } else if (kind(m) == WordKind::Open && text[words.span[m].begin] == '[' && m + 2 < last &&
                 kind(m + 2) == WordKind::Close && kind(k) == WordKind::Stop) {
        m += 3;
      } else if (kind(m) == WordKind::Stop && closed) {
        ++m;
      } else {
        break;
      }
    }
    if (m >= last) break;
    const uint8_t next_flags = words.flags[m];
    const bool lower =
        (next_flags & TokenFlags::kAlpha) != 0 && (next_flags & TokenFlags::kUpper) == 0;
    const bool upper = (next_flags & TokenFlags::kUpper) != 0;
    const WordKind next_kind = kind(m);
    const bool mid_mark = next_kind == WordKind::Comma || next_kind == WordKind::Semicolon ||
                          next_kind == WordKind::Colon || next_kind == WordKind::Close ||
                          (next_kind == WordKind::Dash && closed);
    bool ends_here = false;
    switch (kind(k)) {
      case WordKind::Stop:
        ends_here = !mid_mark && !(closed && lower);
        break;
      case WordKind::Strong:
        ends_here = !mid_mark && !(closed && lower);
        break;
      case WordKind::Ellipsis:
        ends_here = upper && !adjacent(k + 1);
        break;
      default: {  // AbbreviationStop
        // `at 11 p.m. "Our men ..."`: behind the mark that opens a quotation as without it.
        const bool mark = (next_kind == WordKind::Quote || next_kind == WordKind::SingleQuote || next_kind == WordKind::Open) && m + 1 < last && adjacent(m + 1) && !adjacent(m);
        const uint32_t word = mark ? m + 1 : m;
        const bool large = (words.flags[word] & TokenFlags::kUpper) != 0;
        ends_here = large && starters_.has(text.substr(words.span[word].begin, words.span[word].size()));
        break;
      }
    }
    if (ends_here) {
      ends.push_back(m);
      k = m - 1;
    }
  }
  if (last > first && (ends.empty() || ends.back() != last)) ends.push_back(last);
}

}  // namespace readout::text
