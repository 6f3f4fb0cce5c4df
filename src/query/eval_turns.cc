#include "query/eval_turns.h"

#include "core/utf8.h"

namespace readout::query {
namespace {

/// The span without stage directions at its end: "I like them. (Laughter.)".
Span without_directions(std::string_view plain, Span span) {
  for (int k = 0; k < 3; ++k) {
    uint32_t end = span.end;
    while (end > span.begin && (plain[end - 1] == ' ' || plain[end - 1] == '\n' || plain[end - 1] == '.')) --end;
    if (end <= span.begin || (plain[end - 1] != ')' && plain[end - 1] != ']')) break;
    const size_t open = plain.substr(0, end).rfind(plain[end - 1] == ')' ? '(' : '[');
    if (open == std::string_view::npos || open <= span.begin + 1 || end - open > 60) break;
    const char before = plain[open - 2];
    if (before != '.' && before != '?' && before != '!') break;
    span.end = static_cast<uint32_t>(open);
  }
  return span;
}

/// First and last letter or digit of a span: quote marks, dashes and stops at its edges don't count,
/// nor do stage directions at its end.
Span letters(std::string_view plain, Span span) {
  span = without_directions(plain, span);
  uint32_t begin = span.end, end = span.begin;
  for (size_t i = span.begin; i < span.end;) {
    const size_t at = i;
    const char32_t c = utf8::next(plain, i);
    if (!utf8::is_letter(c) && !utf8::is_digit(c)) continue;
    if (begin == span.end) begin = static_cast<uint32_t>(at);
    end = static_cast<uint32_t>(i);
  }
  return begin < end ? Span{begin, end} : span;
}

std::string flat(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, 60)) out.push_back(c == '\n' ? ' ' : c);
  return out;
}

}  // namespace

TurnScores eval_turns(const std::vector<GoldDocument>& gold) {
  TurnScores scores;
  for (const GoldDocument& document : gold) {
    const Document& doc = document.doc;
    const auto& turns = doc.structure()->turns;
    std::vector<bool> used(turns.size(), false);
    scores.turns.system += turns.size();
    scores.spans.system += turns.size();
    for (const GoldRow& row : document.rows) {
      if (row.kind != "turn") continue;
      ++scores.turns.gold;
      ++scores.spans.gold;
      const std::string where = document.name + ":" + std::to_string(row.line) + ": ";
      if (!row.span) {
        scores.failures.push_back(where + "the gold turn is not in the text read");
        continue;
      }
      const Span wanted = letters(doc.plain(), *row.span);
      size_t found = turns.size();
      for (size_t i = 0; i < turns.size(); ++i) {
        if (!used[i] && letters(doc.plain(), turns[i].span) == wanted) found = i;
      }
      if (found == turns.size()) {
        scores.failures.push_back(where + "no turn \"" + flat(doc.text(*row.span)) + "...\" of " + row.text("label"));
        continue;
      }
      used[found] = true;
      ++scores.spans.correct;
      const Turn& turn = turns[found];
      // "Q." and "Q" are one label.
      std::string wanted_label(row.text("label"));
      while (!wanted_label.empty() && (wanted_label.back() == '.' || wanted_label.back() == ':')) wanted_label.pop_back();
      const auto label = find_text(doc.text(turn.speaker), wanted_label, 1, false);
      const bool same = turn.speaker.empty() ? row.text("label").empty()
                                             : label && label->size() == letters(doc.plain(), turn.speaker).size();
      const bool close = same || (label.has_value() && !row.text("label").empty());
      if (close) {
        ++scores.turns.correct;
      } else {
        scores.failures.push_back(where + "label \"" + row.text("label") + "\" read as \"" + flat(doc.text(turn.speaker)) + "\"");
      }
    }
    for (size_t i = 0; i < turns.size(); ++i) {
      if (!used[i]) scores.failures.push_back(document.name + ": a turn that gold does not have: \"" + flat(doc.text(turns[i].span)) + "...\"");
    }
  }
  return scores;
}

}  // namespace readout::query
