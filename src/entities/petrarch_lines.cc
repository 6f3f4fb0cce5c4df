// Plain scans of one line; what is wrong with it is told to the caller, who knows the file and the
// number.
#include "entities/petrarch_lines.h"

#include <algorithm>

#include "core/utf8.h"

namespace readout::entities {
namespace {

bool blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/// "950601" or "19950601" -> 19950601; 0 if it is no date.
uint32_t read_day(std::string_view digits) {
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) return 0;
  if (digits.size() != 6 && digits.size() != 8) return 0;
  uint32_t n = 0;
  for (const char c : digits) n = n * 10 + static_cast<uint32_t>(c - '0');
  if (digits.size() == 6) n += n >= 300000 ? 19000000 : 20000000;
  const uint32_t month = n / 100 % 100, day = n % 100;
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? n : 0;
}

}  // namespace

std::string_view trim_line(std::string_view s) {
  while (!s.empty() && blank(s.front())) s.remove_prefix(1);
  while (!s.empty() && blank(s.back())) s.remove_suffix(1);
  return s;
}

std::string lower_base_name(std::string_view file) {
  const size_t slash = file.rfind('/');
  return utf8::lower(file.substr(slash == std::string_view::npos ? 0 : slash + 1));
}

std::string without_comment(std::string_view line, bool& comment, CommentMarks marks) {
  const std::string_view looked_for = marks == CommentMarks::TagsOnly ? "<" : "#;<";
  std::string kept;
  while (!line.empty()) {
    if (comment) {
      const size_t stop = line.find("-->");
      if (stop == std::string_view::npos) return kept;
      comment = false;
      line.remove_prefix(stop + 3);
      continue;
    }
    size_t mark = line.find_first_of(looked_for);
    while (mark != std::string_view::npos) {
      const size_t open = line.rfind('[', mark);
      const size_t shut = open == std::string_view::npos ? open : line.find(']', open);
      const bool inside = shut != std::string_view::npos && shut > mark;
      const bool tag = line[mark] == '<' && !line.substr(mark).starts_with("<!--");
      if (!inside && !(tag && marks != CommentMarks::HashOrTag)) break;
      mark = line.find_first_of(looked_for, inside ? shut : mark + 1);
    }
    kept += line.substr(0, mark);
    if (mark == std::string_view::npos || !line.substr(mark).starts_with("<!--")) return kept;
    comment = true;
    line.remove_prefix(mark + 4);
  }
  return kept;
}

Taken take_bracket(std::string_view& line, Bracket& out) {
  const size_t open = line.find('[');
  if (open == std::string_view::npos) return Taken::Nothing;
  const size_t close = line.find(']', open);
  if (close == std::string_view::npos) return Taken::Unclosed;
  const std::string_view inside = trim_line(line.substr(open + 1, close - open - 1));
  line.remove_prefix(close + 1);
  const size_t end = std::min(inside.find_first_of(" \t<>"), inside.size());
  out.code = inside.substr(0, end);
  out.limits.clear();
  for (const char c : inside.substr(end)) {
    if (c != ' ' && c != '\t') out.limits.push_back(c);
  }
  return Taken::Bracket;
}

std::optional<DayLimits> read_day_limits(std::string_view limits) {
  DayLimits days;
  if (limits.starts_with('<') || limits.starts_with('>')) {
    const uint32_t day = read_day(limits.substr(1));
    if (day == 0) return std::nullopt;
    (limits[0] == '<' ? days.until : days.from) = day;
    return days;
  }
  const size_t dash = limits.find('-');
  days.from = read_day(limits.substr(0, dash));
  if (days.from == 0) return std::nullopt;
  if (dash != std::string_view::npos) {
    days.until = read_day(limits.substr(dash + 1));
    if (days.until == 0) return std::nullopt;
  }
  return days;
}

WordSets::Added WordSets::add(std::string_view line) {
  const size_t equals = line.find('=');
  if (!line.starts_with('!') || equals == std::string_view::npos ||
      line.find('[') != std::string_view::npos) {
    return Added::NoSet;
  }
  const size_t end = line.find('!', 1);
  if (end == std::string_view::npos) return Added::Unclosed;
  std::vector<std::string>& set = sets_[std::string(line.substr(0, end + 1))];
  std::string_view list = line.substr(equals + 1);
  while (!list.empty()) {
    const size_t comma = std::min(list.find(','), list.size());
    if (const std::string_view item = trim_line(list.substr(0, comma)); !item.empty())
      set.emplace_back(item);
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return Added::Set;
}

std::vector<std::string> WordSets::spread(std::string noun, bool& used) const {
  std::vector<std::string> nouns = {std::move(noun)};
  for (const auto& [name, members] : sets_) {
    std::vector<std::string> spread;
    for (const std::string& n : nouns) {
      const size_t at = n.find(name);
      if (at == std::string::npos) {
        spread.push_back(n);
        continue;
      }
      used = true;
      for (const std::string& member : members)
        spread.push_back(n.substr(0, at) + member + n.substr(at + name.size()));
    }
    nouns = std::move(spread);
  }
  return nouns;
}

}  // namespace readout::entities
