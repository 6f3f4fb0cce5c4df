// Series of figures: one thing counted, in one unit, about the same side, in sentences that share words
// beside the thing itself. Each figure points at the latest one before it that is most like it, and says
// whether the number went up or down. Who claims which number stands in the rows themselves.
#include <algorithm>
#include <cmath>
#include <optional>
#include <simdjson.h>
#include <unordered_map>

#include "record/link_steps.h"
#include "record/link_words.h"

namespace readout::record {
namespace {

struct Figure {
  int64_t row, document, sentence;
  Stems counted, context;
  std::set<std::string> about;   // sides
  std::optional<double> value;
  size_t first = 0, previous = 0;
};

/// The number, or the middle of a range.
std::optional<double> value_of(simdjson::dom::element rest) {
  double value = 0, low = 0, high = 0;
  if (rest["value"].get(value) == simdjson::SUCCESS) return value;
  const bool has_low = rest["low"].get(low) == simdjson::SUCCESS, has_high = rest["high"].get(high) == simdjson::SUCCESS;
  if (has_low && has_high) return (low + high) / 2;
  if (has_low || has_high) return has_low ? low : high;
  return std::nullopt;
}

bool alike(const StemBook& book, const Figure& now, const Figure& before) {
  // What one document says of several numbers, its own reading ties together ("up from").
  if (now.document == before.document) return false;
  const bool about_one = !now.about.empty() && meet(now.about, before.about);
  if (!about_one && !now.about.empty() && !before.about.empty()) return false;
  const Shared same = shared(book, now.context, before.context);
  // A sum or a share is of anything: more of the sentence must agree.
  if (strong_of(book, now.counted) == 0) return same.strong >= 4 && same.of_shorter() >= 0.65 && same.of_longer() >= 0.45;
  if (same.strong >= 3) return same.of_shorter() >= 0.5 && same.of_longer() >= 0.3;
  return same.strong >= (about_one ? 1 : 2) && same.of_shorter() >= 0.6 && same.of_longer() >= 0.35;
}

}  // namespace

Result<void> link_figures(const Database& db, const Sides& sides) {
  StemBook book;
  std::vector<Figure> figures;
  std::map<std::string, std::vector<size_t>> things;   // what is counted, and the unit
  {
    auto find = db.prepare(
        "SELECT f.row, f.document, f.sentence, coalesce(f.type, ''), coalesce(f.mode, ''), r.rest, p.folded FROM fact f JOIN row r ON r.n = f.row"
        " JOIN passage p ON p.rowid = f.sentence WHERE f.kind = 'figure' AND (f.type IS NOT NULL OR f.mode IS NOT NULL) ORDER BY f.day, f.row");
    if (!find) return find.error();
    simdjson::dom::parser parser;
    while (true) {
      const auto more = find->step();
      if (!more) return more.error();
      if (!*more) break;
      Figure figure{find->number(0), find->number(1), find->number(2), book.of(find->text(3)), {}, {}, {}};
      if (figure.counted.empty() && find->text(4).empty()) continue;
      figure.context = without(book.of(find->text(6)), figure.counted);
      book.count(figure.context);
      simdjson::dom::element rest;
      const std::string json(find->text(5));
      if (parser.parse(json).get(rest) != simdjson::SUCCESS) continue;
      figure.value = value_of(rest);
      simdjson::dom::array about;
      if (rest["about"].get(about) == simdjson::SUCCESS) {
        for (const auto item : about) {
          std::string_view actor;
          if (item.get(actor) == simdjson::SUCCESS && actor != "?") figure.about.insert(sides.of(actor));
        }
      }
      std::string thing(find->text(4));
      for (const uint32_t stem : figure.counted) thing += " " + std::to_string(stem);
      figure.first = figure.previous = figures.size();
      things[thing].push_back(figures.size());
      figures.push_back(std::move(figure));
    }
  }
  book.weigh();
  for (const auto& [thing, members] : things) {
    std::unordered_map<uint32_t, std::vector<size_t>> index;
    for (const size_t at : members) {
      Figure& now = figures[at];
      std::map<size_t, size_t> candidates;
      for (const uint32_t stem : now.context) {
        if (book.weak(stem)) continue;
        const auto with = index.find(stem);
        if (with == index.end()) continue;
        for (const size_t before : with->second) ++candidates[before];
      }
      double most = 0;
      for (const auto& [before, count] : candidates) {
        if (!alike(book, now, figures[before])) continue;
        const Shared same = shared(book, now.context, figures[before].context);
        const double score = same.of_shorter() + same.of_longer();
        if (score < most) continue;
        most = score;
        now.previous = before;
        now.first = figures[before].first;
      }
      for (const uint32_t stem : now.context) {
        if (!book.weak(stem)) index[stem].push_back(at);
      }
    }
  }
  std::set<size_t> grown;
  for (const Figure& figure : figures) {
    if (figure.previous != static_cast<size_t>(&figure - figures.data())) grown.insert(figure.first);
  }
  for (size_t i = 0; i < figures.size(); ++i) {
    const Figure& figure = figures[i];
    if (!grown.contains(figure.first)) continue;
    std::string_view relation = "first";
    if (figure.previous != i) {
      const auto& before = figures[figure.previous].value;
      relation = !figure.value || !before ? "other" : *figure.value == *before ? "same" : *figure.value > *before ? "up" : "down";
    }
    auto put = db.prepare("INSERT INTO figure_series (row, first, previous, relation) VALUES (?, ?, ?, ?)");
    if (!put) return put.error();
    put->bind(1, figure.row).bind(2, figures[figure.first].row).bind(4, relation);
    if (figure.previous == i) {
      put->bind_null(3);
    } else {
      put->bind(3, figures[figure.previous].row);
    }
    if (auto done = put->run(); !done) return done;
  }
  return {};
}

}  // namespace readout::record
