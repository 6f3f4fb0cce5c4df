#include "faces/cli/answer_table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <vector>

#include "core/utf8.h"

namespace readout::cli {
namespace {

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) out.push_back(c == '\n' || c == '\t' || c == '\r' ? ' ' : c);
  return out;
}

/// Cut to `width` columns, with an ellipsis if something is lost.
std::string fitted(const std::string& text, int width) {
  if (display_width(text) <= width) return text;
  std::string out;
  int used = 0;
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    utf8::next(text, i);
    const std::string_view letter = std::string_view(text).substr(begin, i - begin);
    const int w = display_width(letter);
    if (used + w > width - 1) break;
    out += letter;
    used += w;
  }
  return out + "…";
}

std::string padded(const std::string& text, int width) {
  return text + std::string(static_cast<size_t>(std::max(0, width - display_width(text))), ' ');
}

std::string wrapped(std::string_view text, int width, const std::string& indent) {
  std::string out = indent;
  int used = display_width(indent);
  bool first = true;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(' ', at), text.size());
    const std::string_view word = text.substr(at, end - at);
    const int w = display_width(word);
    if (!first && used + 1 + w > width) {
      out += "\n" + indent;
      used = display_width(indent);
      first = true;
    }
    if (!first) {
      out += ' ';
      ++used;
    }
    out += word;
    used += w;
    first = false;
    at = end + 1;
  }
  return out + "\n";
}

/// The lines of a cell, at most kCellLines of them.
constexpr size_t kCellLines = 5;
std::vector<std::string> folded_cell(const std::string& text, int width) {
  std::vector<std::string> lines;
  std::string rest = wrapped(text, width, "");
  while (!rest.empty()) {
    const size_t end = rest.find('\n');
    std::string line = rest.substr(0, end);
    rest.erase(0, end == std::string::npos ? rest.size() : end + 1);
    if (lines.size() + 1 == kCellLines && !rest.empty()) {
      line += " " + rest;
      rest.clear();
    }
    lines.push_back(fitted(one_line(line), width));
  }
  return lines;
}

/// Widths of the columns: as wide as their cells, the widest ones cut until the row fits.
std::vector<int> widths(const Answer& answer, int width) {
  std::vector<int> columns;
  for (const std::string& column : answer.columns) columns.push_back(display_width(column));
  std::vector<bool> used(columns.size(), false);
  for (const AnswerRow& row : answer.rows) {
    for (size_t i = 0; i < row.cells.size() && i < columns.size(); ++i) {
      columns[i] = std::max(columns[i], display_width(one_line(row.cells[i])));
      // The title stands below each row anyway.
      used[i] = used[i] || (!row.cells[i].empty() && row.cells[i] != row.title);
    }
  }
  // What is empty in every row takes no room.
  for (size_t i = 0; i < columns.size(); ++i) {
    if (!used[i]) columns[i] = 0;
  }
  const int gaps = 2 * static_cast<int>(columns.size());
  int total = gaps;
  for (const int w : columns) total += w;
  while (total > width) {
    const auto widest = std::max_element(columns.begin(), columns.end());
    if (*widest <= 8) break;
    --*widest;
    --total;
  }
  return columns;
}

void append_rows(const Answer& answer, int width, const Painter& paint, std::string& out) {
  const std::vector<int> columns = widths(answer, width);
  std::string head;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i] > 0) head += padded(fitted(answer.columns[i], columns[i]), columns[i]) + "  ";
  }
  out += paint(Paint::Dim, head) + "\n";
  for (const AnswerRow& row : answer.rows) {
    // Cells go on over some lines; what is still longer is cut.
    std::vector<std::vector<std::string>> cells(columns.size());
    size_t lines = 1;
    for (size_t i = 0; i < columns.size() && i < row.cells.size(); ++i) {
      if (columns[i] > 0) cells[i] = folded_cell(one_line(row.cells[i]), columns[i]);
      lines = std::max(lines, cells[i].size());
    }
    for (size_t line = 0; line < lines; ++line) {
      for (size_t i = 0; i < columns.size() && i < row.cells.size(); ++i) {
        if (columns[i] == 0) continue;
        const std::string cell = padded(line < cells[i].size() ? cells[i][line] : std::string(), columns[i]) + "  ";
        out += i == 0 ? paint(Paint::Cyan, cell) : i == 1 ? paint(Paint::Bold, cell) : cell;
      }
      while (!out.empty() && out.back() == ' ') out.pop_back();
      out += "\n";
    }
    // A row whose sentence stands in full in a cell does not need it twice.
    const bool repeated = std::any_of(row.cells.begin(), row.cells.end(), [&](const std::string& c) {
      return c == row.evidence && display_width(one_line(c)) <= 60;
    });
    if (!row.evidence.empty() && !repeated) out += wrapped("\"" + one_line(row.evidence) + "\"", width, "    ");
    for (size_t i = 0; i < row.details.size() && i < answer.detail_columns.size(); ++i) {
      out += wrapped(paint(Paint::Cyan, answer.detail_columns[i] + ":") + " " + one_line(row.details[i]), width, "    ");
    }
    out += paint(Paint::Dim, "    " + row.doc.substr(0, 12) + " " + row.row + "  " + fitted(one_line(row.title), std::max(20, width - 50))) + "\n";
  }
  if (answer.total > answer.rows.size()) {
    out += paint(Paint::Dim, std::to_string(answer.rows.size()) + " of " + std::to_string(answer.total) + " shown (--limit, --offset)") + "\n";
  }
}

}  // namespace

std::string render_answer(const Answer& answer, int width, const Painter& paint) {
  std::string out = paint(Paint::Bold, one_line(answer.question)) + "\n";
  for (const std::string& note : answer.notes) out += paint(Paint::Yellow, "note: " + one_line(note)) + "\n";
  if (answer.rows.empty()) return out + "Nothing in the record.\n";
  append_rows(answer, width, paint, out);
  return out;
}

std::string render_dossier(const Dossier& dossier, int width, const Painter& paint) {
  std::string out = paint(Paint::Bold, one_line(dossier.title)) + "\n" + one_line(dossier.question) + "\n";
  for (const auto& [label, words] : dossier.facts) out += wrapped(paint(Paint::Cyan, label + ":") + " " + one_line(words), width, "  ");
  for (const auto& [heading, answer] : dossier.sections) {
    out += "\n" + paint(Paint::Bold, "== " + heading + " (" + std::to_string(answer.total) + ")") + "\n";
    if (!answer.rows.empty()) append_rows(answer, width, paint, out);
  }
  return out;
}

std::string render_explanation(const Explanation& explanation, int width, const Painter& paint) {
  std::string out = paint(Paint::Bold, one_line(explanation.heading)) + "\n";
  std::string marked;
  uint64_t at = 0;
  for (const Explanation::Mark& mark : explanation.marks) {
    marked += one_line(std::string_view(explanation.sentence).substr(at, mark.begin - at));
    const std::string words = one_line(std::string_view(explanation.sentence).substr(mark.begin, mark.end - mark.begin));
    marked += paint(Paint::Yellow, "[" + words + "]") + paint(Paint::Dim, "(" + mark.role + ")");
    at = mark.end;
  }
  marked += one_line(std::string_view(explanation.sentence).substr(at));
  out += wrapped(marked, width, "    ");
  for (const auto& [label, words] : explanation.steps) out += wrapped(paint(Paint::Cyan, one_line(label) + ":") + " " + one_line(words), width, "  ");
  return out;
}

std::string render_series(const Series& series, int width, const Painter& paint) {
  std::string out = paint(Paint::Bold, one_line(series.question)) + "\n";
  for (const std::string& note : series.notes) out += paint(Paint::Yellow, "note: " + one_line(note)) + "\n";
  if (series.points.empty()) return out + "Nothing in the record.\n";
  uint64_t most = 1;
  int labels = 0;
  const auto label = [](const SeriesPoint& p) {
    std::string text = p.period;
    if (!p.source.empty() || !p.target.empty()) text += "  " + (p.source.empty() ? "anybody" : p.source) + " > " + (p.target.empty() ? "anybody" : p.target);
    return text;
  };
  for (const SeriesPoint& p : series.points) {
    most = std::max({most, p.cooperation, p.conflict});
    labels = std::max(labels, display_width(one_line(label(p))));
  }
  labels = std::min(labels, width / 2);
  const int half = std::max(5, (width - labels - 24) / 2);
  const auto bar = [&](uint64_t count) {
    const auto length = static_cast<size_t>(std::ceil(static_cast<double>(count) * half / static_cast<double>(most)));
    std::string text;
    for (size_t i = 0; i < length; ++i) text += "█";
    return text;
  };
  const size_t side = static_cast<size_t>(half);
  out += paint(Paint::Dim, padded("", labels) + "  " + std::string(side > 8 ? side - 8 : 0, ' ') + "conflict | cooperation") + "\n";
  for (const SeriesPoint& p : series.points) {
    const std::string left = bar(p.conflict), right = bar(p.cooperation);
    char goldstein[32];
    std::snprintf(goldstein, sizeof goldstein, "%+.1f", p.goldstein);
    out += padded(fitted(one_line(label(p)), labels), labels) + "  " + std::string(static_cast<size_t>(std::max(0, half - display_width(left))), ' ') +
           paint(Paint::Red, left) + "|" + paint(Paint::Blue, right) + std::string(static_cast<size_t>(std::max(0, half - display_width(right))), ' ') + "  " +
           std::to_string(p.events) + " events, " + goldstein + "\n";
  }
  return out;
}

}  // namespace readout::cli
