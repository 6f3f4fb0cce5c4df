#include "query/eval_figures.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/utf8.h"
#include "figures/figures.h"
#include "readout/layer_names.h"

namespace readout::query {
namespace {

using nlohmann::json;

struct Found {
  Span span;
  const Figure* row = nullptr;
  bool used = false;
};

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text.substr(0, 90)) out += c == '\n' ? ' ' : c;
  return out + "\"";
}

std::string shown(double value) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.10g", value);
  return buffer;
}

std::string described(const Document& doc, const Figure& f) {
  std::string out = in_quotes(doc.text(f.span));
  if (f.value) out += " = " + shown(*f.value);
  if (f.low || f.high) out += " [" + (f.low ? shown(*f.low) : "") + ", " + (f.high ? shown(*f.high) : "") + "]";
  out += " " + std::string(name(f.comparator));
  if (f.unit != kNone<Sym>) out += " " + std::string(doc.str(f.unit));
  if (f.counted != kNone<Sym>) out += " of " + std::string(doc.str(f.counted));
  return out;
}

// Thirds are written with few digits in gold.
bool same(double a, double b) { return std::fabs(a - b) <= 0.002 * std::max(std::fabs(a), std::fabs(b)) + 1e-12; }

bool same(const std::optional<double>& a, const std::optional<double>& b) {
  return a.has_value() == b.has_value() && (!a || same(*a, *b));
}

Found* best_match(std::vector<Found>& found, Span gold) {
  Found* best = nullptr;
  uint32_t most = 0;
  for (Found& f : found) {
    if (f.used || !f.span.overlaps(gold)) continue;
    const uint32_t both = std::min(f.span.end, gold.end) - std::max(f.span.begin, gold.begin);
    if (both > most) {
      most = both;
      best = &f;
    }
  }
  return best;
}

std::vector<Found> found_in(const Document& doc) {
  std::vector<Found> found;
  for (const Figure& figure : doc.figures()->figures) found.push_back({figure.span, &figure, false});
  return found;
}

/// Do two phrases share their head, as far as the last word tells?
bool same_counted(std::string_view a, std::string_view b) {
  const std::string x = utf8::lower(a), y = utf8::lower(b);
  return !x.empty() && !y.empty() && (x.find(y) != std::string::npos || y.find(x) != std::string::npos);
}

std::optional<double> number_of(const json& row, const char* key) {
  if (!row.contains(key) || !row[key].is_number()) return std::nullopt;
  return row[key].get<double>();
}

}  // namespace

FigureScores eval_figures(const std::vector<GoldDocument>& gold) {
  FigureScores scores;
  for (const GoldDocument& document : gold) {
    const Document& doc = document.doc;
    std::vector<Found> found = found_in(doc);
    for (Score* score : {&scores.right, &scores.spans, &scores.strict}) score->system += found.size();
    for (const GoldRow& row : document.rows) {
      if (row.kind != "figure") continue;
      for (Score* score : {&scores.right, &scores.spans, &scores.strict}) ++score->gold;
      const std::string where = document.name + ":" + std::to_string(row.line) + ": ";
      Found* f = row.span ? best_match(found, *row.span) : nullptr;
      if (f == nullptr) {
        scores.failures.push_back(where + (row.span ? "missed " : "the text read lacks ") + in_quotes(row.text("text")));
        continue;
      }
      f->used = true;
      const Figure& figure = *f->row;
      ++scores.spans.correct;
      if (f->span == *row.span) ++scores.strict.correct;
      else scores.failures.push_back(where + "span " + in_quotes(row.text("text")) + " found " + in_quotes(doc.text(f->span)));
      const bool number = same(figure.value, number_of(row.json, "value")) &&
                          (number_of(row.json, "value").has_value() || (same(figure.low, number_of(row.json, "low")) && same(figure.high, number_of(row.json, "high"))));
      if (!number) {
        scores.failures.push_back(where + "number of " + in_quotes(row.text("text")) + " found " + described(doc, figure));
        continue;
      }
      ++scores.right.correct;
      if (name(figure.comparator) == row.text("comparator")) ++scores.comparator_right;
      else scores.failures.push_back(where + "comparator " + row.text("comparator") + " found " + described(doc, figure));
      ++scores.unit_gold;
      if (doc.str(figure.unit) == row.text("unit")) ++scores.unit_right;
      else scores.failures.push_back(where + "unit " + in_quotes(row.text("unit")) + " found " + described(doc, figure));
      if (!row.text("counted").empty()) {
        ++scores.counted_gold;
        if (same_counted(row.text("counted"), doc.str(figure.counted))) ++scores.counted_right;
        else scores.failures.push_back(where + "counted " + in_quotes(row.text("counted")) + " found " + described(doc, figure));
      }
    }
    for (const Found& f : found) {
      if (!f.used) scores.failures.push_back(document.name + ": not in the gold: " + described(doc, *f.row));
    }
  }
  return scores;
}

Result<FigureScores> eval_figures_lines(const Engine& engine, std::string_view jsonl) {
  FigureScores scores;
  size_t line = 0;
  while (!jsonl.empty()) {
    const size_t end = jsonl.find('\n');
    const std::string_view text = jsonl.substr(0, end);
    jsonl.remove_prefix(end == std::string_view::npos ? jsonl.size() : end + 1);
    ++line;
    if (text.empty()) continue;
    const json record = json::parse(text, nullptr, false);
    if (record.is_discarded() || !record.contains("spec")) return Error{Code::BadInput, "line " + std::to_string(line) + ": not a set that eval figures knows"};
    const std::string spec = record["spec"], input = record["input"];
    // Ordinals count nothing; ages are lengths of time and belong to timex.
    if (spec == "OrdinalModel" || spec == "AgeModel") {
      scores.left_out += record["results"].size();
      continue;
    }
    TextLayer layer;
    layer.source = input;
    layer.meta.media_type = "text/plain";
    layer.meta.language = "en";
    std::vector<Draft> drafts;
    drafts.emplace_back(std::move(layer));
    Scratch scratch;
    if (auto done = engine.pipeline().run(drafts, scratch); !done) return done.error();
    const Document doc = std::move(drafts.front()).finish();
    std::vector<Found> found = found_in(doc);
    // A specification names one kind only: of the other kinds nothing is wrong, and nothing is asked.
    const bool units_only = spec == "CurrencyModel" || spec == "DimensionModel" || spec == "TemperatureModel" || spec == "PercentModel";
    const std::string where = std::to_string(line) + ": ";
    for (const json& result : record["results"]) {
      const json& resolution = result["Resolution"];
      const std::string what = result["Text"];
      const size_t begin = result["Start"].get<size_t>();
      size_t first = 0, last = 0;
      for (size_t n = 0; n < begin; ++n) utf8::next(input, first);
      last = first;
      for (size_t n = begin; n <= result["End"].get<size_t>() && last < input.size(); ++n) utf8::next(input, last);
      const Span span{static_cast<uint32_t>(first), static_cast<uint32_t>(last)};
      const std::string subtype = resolution.is_object() && resolution.contains("subtype") ? resolution["subtype"].get<std::string>() : "";
      if (!resolution.is_object() || !resolution.contains("value") || !resolution["value"].is_string() || subtype == "power") {
        ++scores.left_out;  // arithmetic ("1.1^-23") and what has no value
        while (Found* f = best_match(found, span)) f->used = true;
        continue;
      }
      // a number inside a date or a length of time is no figure here
      const auto& times = doc.timexes()->timexes;
      if (spec == "NumberModel" && std::any_of(times.begin(), times.end(), [&](const Timex& t) { return t.span.overlaps(span); })) {
        ++scores.left_out;
        continue;
      }
      const std::string value = resolution["value"];
      for (Score* score : {&scores.right, &scores.spans, &scores.strict}) ++score->gold;
      Found* f = best_match(found, span);
      if (f == nullptr) {
        for (Score* score : {&scores.right, &scores.spans, &scores.strict}) score->system += 0;
        scores.failures.push_back(where + spec + " missed " + in_quotes(what) + " in " + in_quotes(input));
        continue;
      }
      f->used = true;
      for (Score* score : {&scores.right, &scores.spans, &scores.strict}) ++score->system;
      ++scores.spans.correct;
      if (f->span == span) ++scores.strict.correct;
      const Figure& figure = *f->row;
      bool right = false;
      if (spec == "NumberRangeModel") {
        // "[20,30)", "(20,)": open and closed ends are told by the comparator
        const size_t comma = value.find(',');
        std::optional<double> low, high;
        double v = 0;
        const auto parse = [&](std::string_view s) -> std::optional<double> {
          if (s.empty()) return std::nullopt;
          const auto r = std::from_chars(s.data(), s.data() + s.size(), v);
          if (r.ec != std::errc()) return std::nullopt;
          return v;
        };
        if (comma != std::string::npos && value.size() > 2) {
          low = parse(std::string_view(value).substr(1, comma - 1));
          high = parse(std::string_view(value).substr(comma + 1, value.size() - comma - 2));
        }
        if (low && high && *low == *high) right = same(figure.value, low);
        else if (low && high) right = same(figure.low, low) && same(figure.high, high);
        else if (low) right = same(figure.value, low) && (figure.comparator == Comparator::MoreThan || figure.comparator == Comparator::AtLeast);
        else if (high) right = same(figure.value, high) && (figure.comparator == Comparator::LessThan || figure.comparator == Comparator::AtMost);
      } else {
        std::string plain = value;
        if (!plain.empty() && plain.back() == '%') plain.pop_back();
        double wanted = 0;
        const auto r = std::from_chars(plain.data(), plain.data() + plain.size(), wanted);
        if (r.ec == std::errc()) {
          const std::string unit = resolution.contains("unit") && resolution["unit"].is_string() ? utf8::lower(resolution["unit"].get<std::string>()) : "";
          if (unit == "cent" || unit == "pence" || unit == "penny" || unit == "sen") wanted /= 100;  // parts of a currency are counted in it here
          if (unit == "satoshi") wanted /= 1e8;
          right = figure.value && same(*figure.value, wanted);
          if (!unit.empty() && right) {
            ++scores.unit_gold;
            const std::string_view sign = unit == "pound" && spec == "DimensionModel" ? "lb" : figures::unit_sign(unit);
            if (doc.str(figure.unit) == sign || (unit == "c" && doc.str(figure.unit) == "degrees C") || (unit == "f" && doc.str(figure.unit) == "degrees F")) ++scores.unit_right;
            else scores.failures.push_back(where + spec + " unit " + unit + " (" + std::string(sign) + ") found " + described(doc, figure));
          }
        }
        // a range of which the specification takes one end
        if (!right && (figure.low || figure.high)) right = (figure.low && same(*figure.low, wanted)) || (figure.high && same(*figure.high, wanted));
      }
      if (right) ++scores.right.correct;
      else scores.failures.push_back(where + spec + " number " + value + " of " + in_quotes(what) + " in " + in_quotes(input) + " found " + described(doc, figure));
    }
    for (const Found& f : found) {
      if (f.used || (spec == "NumberModel" && f.row->unit != kNone<Sym>) || (units_only && f.row->unit == kNone<Sym>) || (spec == "CurrencyModel" && doc.str(f.row->unit).size() != 3) ||
          (spec == "PercentModel" && doc.str(f.row->unit) != "percent") || (spec == "DimensionModel" && (doc.str(f.row->unit).size() == 3 || doc.str(f.row->unit) == "percent" || doc.str(f.row->unit) == "times" || doc.str(f.row->unit) == "people")) ||
          (spec == "TemperatureModel" && doc.str(f.row->unit).substr(0, 7) != "degrees") || (spec == "NumberRangeModel" && f.row->comparator == Comparator::Exact && !f.row->low)) {
        continue;
      }
      for (Score* score : {&scores.right, &scores.spans, &scores.strict}) ++score->system;
      scores.failures.push_back(where + spec + " not in the gold: " + described(doc, *f.row) + " in " + in_quotes(input));
    }
  }
  return scores;
}

}  // namespace readout::query
