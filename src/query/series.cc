// Events counted by period and direction, with the sum of their Goldstein values.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "core/json_writer.h"
#include "query/answers.h"
#include "query/ontology.h"
#include "timex/calendar.h"

namespace readout {
namespace {

/// The period that a day falls into; empty if the day is not one or the period is unknown.
std::string period_of(const std::string& day, std::string_view period) {
  if (day.size() < 10) return {};
  if (period == "year") return day.substr(0, 4);
  if (period == "month") return day.substr(0, 7);
  const int year = std::atoi(day.c_str()), month = std::atoi(day.c_str() + 5), date = std::atoi(day.c_str() + 8);
  if (period == "quarter") return day.substr(0, 4) + "-Q" + std::to_string((month - 1) / 3 + 1);
  if (period == "week") {
    const timex::IsoWeek week = timex::iso_week(timex::day_number(year, month, date));
    char text[16];
    std::snprintf(text, sizeof text, "%04d-W%02d", week.year, week.week);
    return text;
  }
  return {};
}

std::string two_decimals(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", std::fabs(value) < 0.05 ? 0.0 : value);
  return text;
}

std::string xml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

}  // namespace

Result<Series> series(const Store& store, const Question& q) {
  const std::string period = q.period.empty() ? "month" : q.period;
  if (period_of("2000-01-01", period).empty()) {
    return Error{Code::BadInput, "there is no period \"" + period + "\" (want week, month, quarter or year)"};
  }
  Series out;
  struct Direction {
    query::Meant source, target;
  };
  std::vector<Direction> directions;
  const auto meant = [&](const std::string& name) -> Result<query::Meant> {
    if (name.empty()) return query::Meant{};
    return query::meant(store, name, out.notes);
  };
  std::string words;
  if (!q.actor.empty()) {
    const auto one = meant(q.actor), two = meant(q.other);
    if (!one) return one.error();
    if (!two) return two.error();
    directions = {{*one, *two}, {*two, *one}};
    words = " between " + one->words + " and " + (two->words.empty() ? "everybody" : two->words);
  } else {
    const auto source = meant(q.source), target = meant(q.target);
    if (!source) return source.error();
    if (!target) return target.error();
    directions = {{*source, *target}};
    if (!source->words.empty()) words += " by " + source->words;
    if (!target->words.empty()) words += " towards " + target->words;
  }
  out.question = "Events" + words + " by " + period + ", counted and with the sum of their Goldstein values";
  std::map<std::tuple<std::string, std::string, std::string>, SeriesPoint> points;
  uint64_t undated = 0;
  query::Names names(store);
  for (const Direction& direction : directions) {
    FactQuery query;
    query.kinds = {"event"};
    if (!direction.source.ids.empty()) query.who.push_back({direction.source.ids, {"source"}});
    if (!direction.target.ids.empty()) query.who.push_back({direction.target.ids, {"target"}});
    if (!q.type.empty()) {
      std::string type = q.type;
      for (char& c : type) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      query.types = {type};
    }
    query.code = q.code;
    query.from = q.from;
    query.until = q.until;
    query.topic = q.topic;
    if (q.status.empty()) {
      query.statuses = {"happened", "ongoing", "habitual"};
      query.positive_only = true;
    } else if (q.status != "all") {
      query.statuses = {q.status};
    }
    const auto counts = store.event_counts(query);
    if (!counts) return counts.error();
    const std::string source = names.list(direction.source.ids), target = names.list(direction.target.ids);
    for (const EventCount& count : *counts) {
      const std::string when = period_of(count.day, period);
      if (when.empty()) {
        undated += count.count;
        continue;
      }
      SeriesPoint& point = points[{when, source, target}];
      point.period = when;
      point.source = source;
      point.target = target;
      point.events += count.count;
      const query::CameoCode* code = query::cameo(count.code);
      if (code != nullptr) (code->quad <= 2 ? point.cooperation : point.conflict) += count.count;
      if (code != nullptr && code->goldstein) {
        point.goldstein += *code->goldstein * static_cast<double>(count.count);
      } else {
        point.unscaled += count.count;
      }
    }
  }
  out.question += q.status.empty() ? ", only of what happened" : q.status == "all" ? ", of any status" : ", only with status " + q.status;
  out.question += query::dates_words(q.from, q.until) + ".";
  if (undated > 0) out.notes.push_back(std::to_string(undated) + " events have no day and are not in the series");
  for (auto& [key, point] : points) out.points.push_back(std::move(point));
  return out;
}

std::string to_csv(const Series& series) {
  std::string out = "period,source,target,events,cooperation,conflict,goldstein,without_goldstein\n";
  for (const SeriesPoint& p : series.points) {
    out += p.period + "," + csv_cell(p.source) + "," + csv_cell(p.target) + "," + std::to_string(p.events) + "," +
           std::to_string(p.cooperation) + "," + std::to_string(p.conflict) + "," + two_decimals(p.goldstein) + "," + std::to_string(p.unscaled) + "\n";
  }
  return out;
}

std::string to_json(const Series& series) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("schema", "readout.series/1").field("question", series.question).key("notes").begin_array();
  for (const std::string& note : series.notes) json.value(note);
  json.end_array().key("points").begin_array();
  for (const SeriesPoint& p : series.points) {
    json.begin_object().field("period", p.period).optional_field("source", p.source).optional_field("target", p.target);
    json.field("events", p.events).field("cooperation", p.cooperation).field("conflict", p.conflict);
    json.key("goldstein").raw(two_decimals(p.goldstein)).field("without_goldstein", p.unscaled).end_object();
  }
  json.end_array().end_object();
  return out + "\n";
}

std::string to_svg(const Series& series) {
  // Bars of cooperation up and conflict down, one a period; the line is the Goldstein sum, on its own scale.
  std::map<std::string, SeriesPoint> by_period;
  for (const SeriesPoint& p : series.points) {
    SeriesPoint& sum = by_period[p.period];
    sum.cooperation += p.cooperation;
    sum.conflict += p.conflict;
    sum.goldstein += p.goldstein;
  }
  uint64_t most = 1;
  double widest = 1;
  for (const auto& [period, p] : by_period) {
    most = std::max({most, p.cooperation, p.conflict});
    widest = std::max(widest, std::fabs(p.goldstein));
  }
  const double step = by_period.size() > 60 ? 12 : 24, left = 60, middle = 170, height = 120;
  const double width = left + step * static_cast<double>(by_period.size()) + 20;
  const auto n = two_decimals;
  std::string bars, line, labels;
  size_t i = 0;
  const size_t every = std::max<size_t>(1, by_period.size() / 24);
  for (const auto& [period, p] : by_period) {
    const double x = left + step * static_cast<double>(i);
    const double up = height * static_cast<double>(p.cooperation) / static_cast<double>(most);
    const double down = height * static_cast<double>(p.conflict) / static_cast<double>(most);
    const std::string title = "<title>" + xml(period) + ": " + std::to_string(p.cooperation) + " cooperative, " + std::to_string(p.conflict) +
                              " conflictual, Goldstein " + n(p.goldstein) + "</title>";
    bars += "<rect x=\"" + n(x + 2) + "\" y=\"" + n(middle - up) + "\" width=\"" + n(step - 4) + "\" height=\"" + n(up) + "\" fill=\"#2a78b5\">" + title + "</rect>\n";
    bars += "<rect x=\"" + n(x + 2) + "\" y=\"" + n(middle) + "\" width=\"" + n(step - 4) + "\" height=\"" + n(down) + "\" fill=\"#b5482a\">" + title + "</rect>\n";
    line += n(x + step / 2) + "," + n(middle - height * p.goldstein / widest) + " ";
    if (i % every == 0) {
      labels += "<text transform=\"translate(" + n(x + step / 2 + 4) + " " + n(middle + height + 12) + ") rotate(60)\">" + xml(period) + "</text>\n";
    }
    ++i;
  }
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + n(width) + "\" height=\"370\" viewBox=\"0 0 " + n(width) +
         " 370\" font-family=\"sans-serif\" font-size=\"11\" fill=\"currentColor\" role=\"img\">\n<title>" + xml(series.question) + "</title>\n<text x=\"4\" y=\"16\">" +
         xml(series.question) + "</text>\n" + "<text x=\"4\" y=\"" + n(middle - height) + "\">" + std::to_string(most) + "</text><text x=\"4\" y=\"" + n(middle) +
         "\">0</text><text x=\"4\" y=\"" + n(middle + height) + "\">" + std::to_string(most) + "</text>\n" + bars + "<line x1=\"" + n(left) + "\" x2=\"" + n(width) +
         "\" y1=\"" + n(middle) + "\" y2=\"" + n(middle) + "\" stroke=\"currentColor\"/>\n<polyline fill=\"none\" stroke=\"#777\" stroke-width=\"1.5\" points=\"" + line +
         "\"/>\n" + labels + "</svg>\n";
}

}  // namespace readout
