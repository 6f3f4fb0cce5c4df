// Three shapes, in this order: a scheme or "www.", something with one @, names parted by stops with
// a known ending. Each is cut at marks that it cannot hold, then trimmed of marks that close the
// sentence.
#include "text/address.h"

#include <algorithm>
#include <string>

#include "text/characters.h"

namespace readout::text {
namespace {

using C = CharClass;

bool ascii_letter(char c) {
  const C k = ascii_class(c);
  return k == C::Lower || k == C::Upper;
}
bool ascii_upper(char c) { return ascii_class(c) == C::Upper; }

}  // namespace

uint32_t find_address(std::string_view text, uint32_t i, uint32_t end, const WordTable& domains) {
  const uint32_t chunk = end;
  const std::string_view all = text.substr(i, end - i);
  const size_t scheme = all.find("://");
  const bool mailto = all.starts_with("mailto:");
  const size_t at = all.find('@');
  bool found = (scheme != std::string_view::npos && scheme > 1 && scheme < 12) ||
               all.starts_with("www.") || mailto;
  if (found && scheme != std::string_view::npos && !mailto) {
    for (size_t k = 0; k < scheme; ++k) found = found && ascii_letter(all[k]);
  }
  // Marks behind an address do not belong to it; a closing bracket does if it was opened inside.
  const auto trim = [&] {
    while (end > i + 1) {
      const char c = text[end - 1];
      if (c == ')' && text.substr(i, end - 1 - i).find('(') != std::string_view::npos) break;
      if (c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == '"' ||
          c == '\'' || c == ')' || c == ']' || c == '>' || c == '}' || c == '*' || c == '|') {
        --end;
        continue;
      }
      if (static_cast<unsigned char>(c) >= 0x80) {
        size_t before = end;
        const C k = class_of(utf8::prev(text, before));
        if (!is_word(k)) {
          end = static_cast<uint32_t>(before);
          continue;
        }
      }
      break;
    }
  };
  const auto cut_at_any = [&](const char* marks) {
    const size_t bad = text.substr(i, end - i).find_first_of(marks);
    if (bad != std::string_view::npos) end = i + static_cast<uint32_t>(bad);
  };
  if (found) {
    cut_at_any("<>\"");
    trim();
    return end > i + 4 ? end : 0;
  }
  if (at != std::string_view::npos && at > 0) {
    cut_at_any("<>\"()[],;:/");
    trim();
    const std::string_view mail = text.substr(i, end - i);
    const size_t where = mail.find('@');
    const size_t dot = mail.rfind('.');
    if (where != std::string_view::npos && where + 1 < mail.size() &&
        dot != std::string_view::npos && dot > where) {
      return end;
    }
    if (where != std::string_view::npos && where > 0 && where + 1 < mail.size() &&
        is_word(ascii_class(mail[where + 1])) &&
        mail.find('@', where + 1) == std::string_view::npos) {
      return end;  // "Rice@ENRON"
    }
    return 0;
  }
  // name.ending, name.ending/path
  end = chunk;
  trim();
  const std::string_view name = text.substr(i, end - i);
  const size_t slash = std::min(name.find('/'), name.size());
  const size_t dot = name.substr(0, slash).rfind('.');
  if (dot == std::string_view::npos || dot < 2 || dot + 2 >= slash) return 0;
  for (size_t k = 0; k < slash; ++k) {
    const C c = ascii_class(name[k]);
    if (!is_word(c) && c != C::Hyphen && name[k] != '.' && name[k] != '_') {
      return 0;
    }
  }
  const std::string_view ending = name.substr(dot + 1, slash - dot - 1);
  std::string lower(ending);
  for (char& c : lower) c = ascii_upper(c) ? static_cast<char>(c + 32) : c;
  if (!domains.has(lower)) return 0;
  // "end.In" is a missing blank, "enron.COM" and "apa.az" are names.
  const bool mixed = ascii_upper(ending[0]) && ending.size() > 1 && !ascii_upper(ending[1]);
  return mixed ? 0 : end;
}

}  // namespace readout::text
