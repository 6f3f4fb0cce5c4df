// Each gold expression takes the found one that overlaps it most; then their values are compared.
// Every set has a notation of its own, so values are compared by what they mean: days, lengths, times of day.
#include "query/eval_timex.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/utf8.h"
#include "readout/layer_names.h"
#include "timex/calendar.h"

namespace readout::query {
namespace {

using nlohmann::json;
using timex::DayNumber;

struct Days {
  DayNumber from = 0, until = 0;
};

int32_t to_int(std::string_view s, bool& ok) {
  int32_t v = 0;
  const auto r = std::from_chars(s.data(), s.data() + s.size(), v);
  ok = r.ec == std::errc() && r.ptr == s.data() + s.size() && !s.empty();
  return v;
}

/// "2018", "2018-05", "2018-05-14", "BC0594", "-0594", with or without a time behind.
std::optional<Days> days_of(std::string_view value) {
  bool bc = false;
  if (value.substr(0, 2) == "BC") {
    bc = true;
    value.remove_prefix(2);
  } else if (!value.empty() && value[0] == '-') {
    bc = true;
    value.remove_prefix(1);
  }
  value = value.substr(0, value.find_first_of("T /"));
  bool ok = false;
  if (value.size() == 2 || value.size() == 3) {  // a century, a decade
    const int32_t n = to_int(value, ok), length = value.size() == 2 ? 100 : 10;
    if (!ok) return std::nullopt;
    const int32_t first = bc ? -(n + 1) * length + 1 : n * length;
    return Days{timex::day_number(first, 1, 1), timex::day_number(first + length, 1, 1)};
  }
  if (value.size() < 4) return std::nullopt;
  int32_t y = to_int(value.substr(0, 4), ok);
  if (!ok) return std::nullopt;
  if (bc) y = 1 - y;
  if (value.size() == 4) return Days{timex::day_number(y, 1, 1), timex::day_number(y + 1, 1, 1)};
  if (value.size() < 7 || value[4] != '-') return std::nullopt;
  if (value[5] == 'W') {
    const int32_t week = to_int(value.substr(6, 2), ok);
    if (!ok) return std::nullopt;
    const DayNumber monday = timex::monday_of({y, week});
    if (value.size() >= 11 && value.substr(9) == "WE") return Days{monday + 5, monday + 7};
    return Days{monday, monday + 7};
  }
  if (value.size() == 7 && (value[5] == 'Q' || value[5] == 'H')) {
    const int32_t n = value[6] - '0', length = value[5] == 'Q' ? 3 : 6;
    const int32_t last = n * length;
    return Days{timex::day_number(y, (n - 1) * length + 1, 1), last == 12 ? timex::day_number(y + 1, 1, 1) : timex::day_number(y, last + 1, 1)};
  }
  const int32_t m = to_int(value.substr(5, 2), ok);
  if (!ok || m < 1 || m > 12) return std::nullopt;
  const DayNumber first = timex::day_number(y, m, 1);
  if (value.size() == 7) return Days{first, first + timex::days_in_month(y, m)};
  if (value.size() < 10) return std::nullopt;
  const int32_t d = to_int(value.substr(8, 2), ok);
  if (!ok || d < 1 || d > timex::days_in_month(y, m)) return std::nullopt;
  return Days{first + d - 1, first + d};
}

double overlap(Days a, Days b) {
  const double both = std::min(a.until, b.until) - std::max(a.from, b.from);
  const double either = std::max(a.until, b.until) - std::min(a.from, b.from);
  return either <= 0 ? 0 : std::max(0.0, both / either);
}

/// Seconds of a period with a unit class: calendar lengths by their mean. Negative: not a period.
double period(std::string_view p) {
  if (p.size() < 3 || p[0] != 'P') return -1;
  double total = 0;
  bool timed = false;
  size_t i = 1;
  while (i < p.size()) {
    if (p[i] == 'T') {
      timed = true;
      ++i;
      continue;
    }
    double n = 0, place = 0;
    const size_t begin = i;
    while (i < p.size() && ((p[i] >= '0' && p[i] <= '9') || p[i] == '.')) {
      if (p[i] == '.') {
        place = 1;
      } else if (place > 0) {
        place /= 10;
        n += place * (p[i] - '0');
      } else {
        n = n * 10 + (p[i] - '0');
      }
      ++i;
    }
    if (i == begin || i >= p.size()) return -1;
    const std::string_view unit = p.substr(i);
    constexpr double kDay = 86400, kYear = 365 * kDay;
    if (unit.substr(0, 2) == "DE") { total += n * 10 * kYear; i += 2; }
    else if (unit.substr(0, 2) == "CE") { total += n * 100 * kYear; i += 2; }
    else if (unit.substr(0, 2) == "WE" || unit.substr(0, 2) == "WD" || unit.substr(0, 2) == "BD") { total += n * (unit[1] == 'E' ? 7.01 : 1) * kDay; i += 2; }
    else {
      switch (unit[0]) {
        case 'Y': total += n * kYear; break;
        case 'Q': total += n * kYear / 4; break;
        case 'M': total += timed ? n * 60 : n * kYear / 12; break;
        case 'W': total += n * 7 * kDay; break;
        case 'D': total += n * kDay; break;
        case 'H': total += n * 3600; break;
        case 'S': total += n; break;
        default: return -1;
      }
      ++i;
    }
  }
  return total;
}

/// One spelling for what TIMEX3 lets one write in several ways.
std::string plain_value(std::string value) {
  const auto replace_end = [&](std::string_view end, std::string_view by) {
    if (value.size() >= end.size() && value.compare(value.size() - end.size(), end.size(), end) == 0) {
      value.replace(value.size() - end.size(), end.size(), by);
    }
  };
  replace_end("+00:00", "Z");
  if (value.size() == 4 && value[3] == 'X' && value[0] != 'X') value.pop_back();               // 199X
  if (value.size() == 4 && value.substr(2) == "XX" && value[0] != 'X') value.resize(2);        // 19XX
  const size_t time = value.find('T');
  if (time != std::string::npos && value.size() > time + 8 && value.compare(time + 6, 3, ":00") == 0) value.erase(time + 6, 3);
  return value;
}

bool same_value(const std::string& gold_text, std::string_view found) {
  const std::string a = plain_value(gold_text), b = plain_value(std::string(found));
  if (a == b) return true;
  // Gold that states no zone says nothing against one.
  const size_t time = a.find('T');
  if (time != std::string::npos && a.find_first_of("+-Z", time) == std::string::npos) {
    const size_t zone = b.find_first_of("+-Z", std::min(time, b.size()));
    if (zone != std::string::npos && b.substr(0, zone) == a) return true;
  }
  const double p = period(a), q = period(b);
  return p > 0 && std::fabs(p - q) < 1e-6 * p;
}

struct Found {
  Span span;
  const Timex* row = nullptr;
  bool used = false;
  bool range = false;  // "from April to June": gold that marks the two ends apart may take it twice
};

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text.substr(0, 80)) out += c == '\n' ? ' ' : c;
  return out + "\"";
}

Found* best_match(std::vector<Found>& found, Span gold) {
  Found* best = nullptr;
  uint32_t most = 0;
  for (Found& f : found) {
    if ((f.used && !f.range) || !f.span.overlaps(gold)) continue;
    const uint32_t both = std::min(f.span.end, gold.end) - std::max(f.span.begin, gold.begin);
    if (both > most) {
      most = both;
      best = &f;
    }
  }
  return best;
}

std::vector<Found> found_in(const Document& doc, Span within) {
  std::vector<Found> found;
  for (const Timex& timex : doc.timexes()->timexes) {
    if (timex.span.overlaps(within)) found.push_back({timex.span, &timex, false, doc.str(timex.value).find('/') != std::string_view::npos});
  }
  return found;
}

std::string described(const Document& doc, const Timex& timex) {
  return in_quotes(doc.text(timex.span)) + " " + std::string(doc.str(timex.value)) + " [" + std::string(doc.str(timex.from)) + ", " +
         std::string(doc.str(timex.until)) + ") " + std::string(doc.str(timex.mod));
}

/// A document of one text and its date, through the whole pipeline.
Result<Document> read_text(const Engine& engine, std::string text, std::string published) {
  TextLayer layer;
  layer.source = std::move(text);
  layer.meta.published = std::move(published);
  layer.meta.media_type = "text/plain";
  layer.meta.language = "en";
  std::vector<Draft> drafts;
  drafts.emplace_back(std::move(layer));
  Scratch scratch;
  if (auto done = engine.pipeline().run(drafts, scratch); !done) return done.error();
  return std::move(drafts.front()).finish();
}

/// Byte offset of character `n`.
uint32_t byte_of(std::string_view text, size_t n) {
  size_t at = 0;
  while (n-- > 0 && at < text.size()) utf8::next(text, at);
  return static_cast<uint32_t>(at);
}

std::optional<Days> interval_of(const Document& doc, const Timex& timex) {
  const auto from = days_of(doc.str(timex.from));
  const auto until = days_of(doc.str(timex.until));
  if (!from || !until) return days_of(doc.str(timex.value));
  const bool timed = doc.str(timex.until).find('T') != std::string_view::npos;
  return Days{from->from, timed ? until->until : until->from};
}

// ------------------------------------------------------------------------------------ GUM

bool gum_agrees(const json& gold, const Document& doc, const Timex& timex) {
  const std::string_view value = doc.str(timex.value);
  auto own = interval_of(doc, timex);
  const auto plain = days_of(value);
  // "since 1805" has a longer interval than the date that is named
  if (plain && doc.str(timex.function) == "SINCE") own = plain;
  if (plain && (doc.str(timex.mod) == "START" || doc.str(timex.mod) == "END") && !gold.contains("when")) own = plain;  // "late 1980s": the gold leaves the modifier out
  const auto field = [&](const char* key) { return gold.contains(key) ? gold[key].get<std::string>() : std::string(); };
  if (const std::string when = field("when"); !when.empty()) {
    const auto wanted = days_of(when);
    if (!wanted || !own) return false;
    if (wanted->from == own->from && wanted->until == own->until) return true;
    if (doc.str(timex.mod) == "END" && wanted->until == own->until) return true;
    const std::string end = std::string(value.substr(value.find('/') == std::string_view::npos ? value.size() : value.find('/') + 1));
    if (!end.empty()) {  // one end of a range that the gold marks apart
      const auto last = days_of(end), first = days_of(value);
      return (last && last->from == wanted->from && last->until == wanted->until) || (first && first->from == wanted->from && first->until == wanted->until);
    }
    return false;
  }
  const std::string from = field("from"), to = field("to");
  const std::string after = field("notBefore"), before = field("notAfter");
  if (!from.empty() && from.substr(0, 2) == "--") {  // a season without its year
    return own && timex::civil(own->from).month == std::stoi(from.substr(2, 2));
  }
  const auto a = days_of(from.empty() ? after : from), b = days_of(to.empty() ? before : to);
  if (!own || (!a && !b)) return false;
  if (a && b) {
    const Days wanted{a->from, std::max(b->until, a->from + 1)};
    if (!from.empty() || !to.empty()) return overlap(wanted, *own) >= 0.65;
    return overlap(wanted, *own) >= 0.5 || (own->from >= wanted.from && own->until <= wanted.until);
  }
  if (a) return std::abs(own->from - a->from) <= 366;
  return std::abs(own->until - b->until) <= 366 || own->until <= b->until + 366;
}

/// The sentences of a GUM document that hold dates, in order: what was told before is seen.
struct GumDocuments {
  std::vector<std::pair<std::string, std::string>> texts;  // name, text
  std::vector<std::pair<std::string, Document>> read;
};

GumDocuments gum_documents(std::string_view jsonl) {
  GumDocuments documents;
  while (!jsonl.empty()) {
    const size_t end = jsonl.find('\n');
    const json record = json::parse(jsonl.substr(0, end), nullptr, false);
    jsonl.remove_prefix(end == std::string_view::npos ? jsonl.size() : end + 1);
    if (record.is_discarded() || !record.contains("doc_date")) continue;
    const std::string document = record["doc"], sentence = record["sentence"];
    if (documents.texts.empty() || documents.texts.back().first != document) documents.texts.emplace_back(document, "");
    std::string& text = documents.texts.back().second;
    if (text.find(sentence) == std::string::npos) text += (text.empty() ? "" : "\n\n") + sentence;
  }
  return documents;
}

Result<const Document*> gum_document(const Engine& engine, GumDocuments& documents, const json& record) {
  const std::string document = record["doc"];
  for (const auto& [read_name, doc] : documents.read) {
    if (read_name == document) return &doc;
  }
  for (const auto& [text_name, text] : documents.texts) {
    if (text_name != document) continue;
    auto doc = read_text(engine, text, record["doc_date"]);
    if (!doc) return doc.error();
    documents.read.reserve(documents.texts.size());
    documents.read.emplace_back(document, std::move(*doc));
    return &documents.read.back().second;
  }
  return Error{Code::Internal, "no text of " + document};
}

// ---------------------------------------------------------------------------- Recognizers-Text

std::string time_part(std::string_view value) {
  const size_t t = value.find('T');
  if (t == std::string_view::npos) return {};
  std::string out(value.substr(t));
  const size_t zone = out.find_first_of("+-Z", 1);
  if (zone != std::string::npos) out.resize(zone);
  if (out.size() == 3) out += ":00";
  if (out.size() == 9 && out.substr(6) == ":00") out.resize(6);
  if (out == "TNT") out = "TNI";
  if (out == "TMEL") out = "TMI";
  return out;
}

bool recognizers_agree(const json& result, const Document& doc, const Timex& timex) {
  const std::string value(doc.str(timex.value)), from(doc.str(timex.from)), until(doc.str(timex.until));
  const auto own = interval_of(doc, timex);
  const std::string text = utf8::lower(result["Text"].get<std::string>());
  const std::string_view mod = doc.str(timex.mod);
  for (const json& candidate : result["Resolution"]["values"]) {
    const auto field = [&](const char* key) { return candidate.contains(key) && candidate[key].is_string() ? candidate[key].get<std::string>() : std::string(); };
    const std::string type = field("type"), code = field("timex"), exact = field("value"), start = field("start"), end = field("end");
    if (!code.empty() && same_value(code, value)) return true;
    if (code == "PRESENT_REF" && value == code) return true;
    // The end of a day or year: a point there, a stretch here.
    if (mod == "END" && own && exact.size() > 11 && exact.substr(11) == "23:59:59" && days_of(exact) && days_of(exact)->from == own->from) return true;
    if (mod == "END" && field("Mod").find("end") != std::string::npos && value == code + "-12") return true;
    if (type == "duration" || type == "set") {
      if (type == "set" && code.find('T') == 0 && time_part(value) == time_part(code)) return true;
      if (code.size() > 4 && code.substr(0, 4) == "XXXX" && value.substr(0, code.size()) == code) return true;
      continue;
    }
    if (type == "date") {
      const auto wanted = days_of(exact);
      if (!wanted || !own) continue;
      if (wanted->from == own->from && own->until - own->from == 1) return true;
      // An offset in weeks, months or years is as fine as its unit here, a day there.
      const bool offset = text.find("ago") != std::string::npos || text.find("from") != std::string::npos || text.find("later") != std::string::npos ||
                          text.find("earlier") != std::string::npos || text.find("after") != std::string::npos || text.find("before") != std::string::npos || text.rfind("in ", 0) == 0;
      if (offset && own->from <= wanted->from && wanted->until <= own->until) return true;
      continue;
    }
    if (type == "daterange") {
      const auto a = days_of(start), b = days_of(end);
      if (!own) continue;
      if (a && b) {
        if (a->from == own->from && (b->from == own->until || b->until == own->until)) return true;
        const size_t slash = value.find('/');
        if (slash != std::string::npos) {
          const auto first = days_of(value.substr(0, slash)), last = days_of(value.substr(slash + 1));
          if (first && last && first->from == a->from && last->from == b->from) return true;
        }
        // "the last two weeks": counted from this day or from the next
        if (timex.type == TimexType::Duration && std::abs(a->from - own->from) <= 1 && std::abs(b->from - own->until) <= 1) return true;
      } else if (a && (own->from == a->from || own->until == a->from)) {
        return true;
      } else if (b && (own->until == b->from || own->from == b->from)) {
        return true;
      }
      continue;
    }
    if (type == "datetime") {
      const auto wanted = days_of(exact);
      if (!wanted || !own || exact.size() < 16) continue;
      const std::string clock = "T" + exact.substr(11, 5);
      const std::string mine = time_part(value);
      if (wanted->from == own->from && (mine == clock || (mine.size() > 6 && mine.substr(0, 6) == clock))) return true;
      continue;
    }
    if (type == "time") {
      if (time_part(value) == time_part("T" + exact.substr(0, 5))) return true;
      continue;
    }
    if (type == "timerange") {
      if (time_part(value) == time_part(code) && !time_part(code).empty()) return true;
      if (!start.empty() && !end.empty() && time_part(from) == "T" + start.substr(0, 5) && time_part(until) == "T" + end.substr(0, 5)) return true;
      if ((start.empty() != end.empty()) && time_part(value) == "T" + (start.empty() ? end : start).substr(0, 5)) return true;
      continue;
    }
    if (type == "datetimerange") {
      const auto a = days_of(start.empty() ? end : start);
      const std::string mine = time_part(value), wanted = time_part(code);
      if (!own || !a) continue;
      if (own->from == a->from && !mine.empty() && mine == wanted) return true;
      if (start.size() >= 16 && end.size() >= 16 && from.size() >= 13 && own->from == a->from && time_part(from) == "T" + start.substr(11, 5) &&
          time_part(until) == "T" + end.substr(11, 5)) {
        return true;
      }
      if ((start.empty() != end.empty()) && own->from == a->from && mine == "T" + (start.empty() ? end : start).substr(11, 5)) return true;
      continue;
    }
  }
  return false;
}

/// What this layer does not mark, or means otherwise (docs/layers/timex.md).
bool recognizers_left_out(const json& result, const std::string& text) {
  const std::string type = result["TypeName"].get<std::string>();
  if (type.find("timezone") != std::string::npos) return true;  // a zone alone is no time
  if (!result.contains("Resolution") || result["Resolution"].is_null() || !result["Resolution"].contains("values") || result["Resolution"]["values"].empty()) return true;
  for (const json& v : result["Resolution"]["values"]) {
    if (v.contains("Mod") && v["Mod"] == "ref_undef") return true;  // "the same week": of what, is not told
  }
  // an hour, a day or an ordinal of one bare number ("6", "18", "at 4"): chat about appointments
  bool letters_or_sign = false;
  size_t digits = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') ++digits;
    else if (c != ' ') letters_or_sign = true;
  }
  if (!letters_or_sign && digits <= 2) return true;
  // "a few minutes" is no certain number here
  for (const char* vague : {"few", "several", "couple", "some "}) {
    if (text.find(vague) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TimexScores eval_timex(const std::vector<GoldDocument>& gold) {
  TimexScores scores;
  for (const GoldDocument& document : gold) {
    const Document& doc = document.doc;
    std::vector<Found> found = found_in(doc, {0, static_cast<uint32_t>(doc.plain().size())});
    scores.relaxed.system += found.size();
    scores.strict.system += found.size();
    for (const GoldRow& row : document.rows) {
      if (row.kind != "timex") continue;
      ++scores.gold;
      ++scores.relaxed.gold;
      ++scores.strict.gold;
      const std::string where = document.name + ":" + std::to_string(row.line) + ": ";
      if (!row.span) {
        scores.failures.push_back(where + "the gold text " + in_quotes(row.text("text")) + " is not in the text read");
        continue;
      }
      Found* f = best_match(found, *row.span);
      if (f == nullptr) {
        scores.failures.push_back(where + "missed " + in_quotes(row.text("text")) + " " + row.text("value"));
        continue;
      }
      f->used = true;
      ++scores.relaxed.correct;
      ++scores.matched;
      if (f->span == *row.span) ++scores.strict.correct;
      else scores.failures.push_back(where + "span " + in_quotes(row.text("text")) + " found " + in_quotes(doc.text(f->span)));
      if (name(f->row->type) == row.text("type")) ++scores.type_right;
      else scores.failures.push_back(where + "type of " + in_quotes(row.text("text")) + " " + row.text("type") + " found " + std::string(name(f->row->type)));
      if (same_value(row.text("value"), doc.str(f->row->value))) ++scores.value_right;
      else scores.failures.push_back(where + "value of " + in_quotes(row.text("text")) + " " + row.text("value") + " found " + described(doc, *f->row) + ": " + std::string(doc.str(f->row->reason)));
    }
    for (const Found& f : found) {
      if (!f.used) scores.failures.push_back(document.name + ": not in the gold: " + described(doc, *f.row));
    }
  }
  return scores;
}

Result<TimexScores> eval_timex_lines(const Engine& engine, std::string_view jsonl) {
  TimexScores scores;
  GumDocuments gum = gum_documents(jsonl);
  size_t line = 0;
  while (!jsonl.empty()) {
    const size_t end = jsonl.find('\n');
    const std::string_view text = jsonl.substr(0, end);
    jsonl.remove_prefix(end == std::string_view::npos ? jsonl.size() : end + 1);
    ++line;
    if (text.empty()) continue;
    const json record = json::parse(text, nullptr, false);
    if (record.is_discarded()) return Error{Code::BadInput, "line " + std::to_string(line) + ": not JSON"};
    const std::string where = std::to_string(line) + ": ";
    if (record.contains("doc_date")) {  // GUM: one marked date a line; the marking is not exhaustive
      scores.exhaustive = false;
      const std::string sentence = record["sentence"];
      auto doc = gum_document(engine, gum, record);
      if (!doc) return doc.error();
      const size_t place = (*doc)->plain().find(sentence);
      if (place == std::string_view::npos) continue;
      const uint32_t begin = static_cast<uint32_t>(place) + byte_of(sentence, record["start"].get<size_t>());
      const Span span{begin, begin + static_cast<uint32_t>(record["text"].get<std::string>().size())};
      ++scores.gold;
      ++scores.relaxed.gold;
      ++scores.strict.gold;
      std::vector<Found> found = found_in(**doc, span);
      Found* f = best_match(found, span);
      const std::string what = in_quotes(record["text"].get<std::string>()) + " in " + in_quotes(sentence);
      if (f == nullptr) {
        scores.failures.push_back(where + "missed " + what);
        continue;
      }
      ++scores.matched;
      ++scores.relaxed.correct;
      if (f->span == span) ++scores.strict.correct;
      if (gum_agrees(record, **doc, *f->row)) {
        ++scores.value_right;
      } else {
        std::string wanted;
        for (const char* key : {"when", "from", "to", "notBefore", "notAfter"}) {
          if (record.contains(key)) wanted += std::string(" ") + key + "=" + record[key].get<std::string>();
        }
        scores.failures.push_back(where + "value" + wanted + " of " + what + " found " + described(**doc, *f->row));
      }
      continue;
    }
    if (record.contains("spec")) {
      const std::string input = record["input"];
      const std::string reference = record.contains("reference") && record["reference"].is_string() ? record["reference"].get<std::string>() : "";
      auto doc = read_text(engine, input, reference);
      if (!doc) return doc.error();
      std::vector<Found> found = found_in(*doc, {0, static_cast<uint32_t>(input.size())});
      for (const json& result : record["results"]) {
        const std::string what = result["Text"];
        if (!result.contains("Start") || recognizers_left_out(result, utf8::lower(what))) {
          ++scores.left_out;
          if (result.contains("Start")) {
            const Span span{byte_of(input, result["Start"].get<size_t>()), byte_of(input, result["End"].get<size_t>() + 1)};
            if (Found* f = best_match(found, span)) f->used = true;
          }
          continue;
        }
        const Span span{byte_of(input, result["Start"].get<size_t>()), byte_of(input, result["End"].get<size_t>() + 1)};
        ++scores.gold;
        ++scores.relaxed.gold;
        ++scores.strict.gold;
        Found* f = best_match(found, span);
        if (f == nullptr) {
          scores.failures.push_back(where + "missed " + in_quotes(what) + " in " + in_quotes(input) + " " + result["Resolution"]["values"][0].dump());
          continue;
        }
        f->used = true;
        ++scores.matched;
        ++scores.relaxed.correct;
        if (f->span == span) ++scores.strict.correct;
        if (recognizers_agree(result, *doc, *f->row)) {
          ++scores.value_right;
        } else {
          scores.failures.push_back(where + "value of " + in_quotes(what) + " in " + in_quotes(input) + " (" + reference + ") " +
                                    result["Resolution"]["values"][0].dump() + " found " + described(*doc, *f->row));
        }
      }
      scores.relaxed.system += found.size();
      scores.strict.system += found.size();
      for (const Found& f : found) {
        if (!f.used) scores.failures.push_back(where + "not in the gold: " + described(*doc, *f.row) + " in " + in_quotes(input));
      }
      continue;
    }
    if (record.contains("fully_annotated_sentences")) {
      std::string input;
      std::vector<Span> tokens;
      const json& words = record["tokens"];
      const int32_t full = record["fully_annotated_sentences"];
      uint32_t limit = 0;
      for (size_t i = 0; i < words.size(); ++i) {
        const std::string word = words[i];
        const bool breaks = i > 0 && record["sentence"][i] != record["sentence"][i - 1];
        const bool tight = word == "," || word == "." || word == ")" || word == ":" || word == ";" || word == "?" || word == "!" || word == "'s" || word == "%" || word == "''";
        if (breaks) input += "\n\n";
        else if (i > 0 && !tight && words[i - 1] != "(" && words[i - 1] != "$") input += ' ';
        tokens.push_back({static_cast<uint32_t>(input.size()), static_cast<uint32_t>(input.size() + word.size())});
        input += word;
        if (record["sentence"][i].get<int32_t>() < full) limit = static_cast<uint32_t>(input.size());
      }
      auto doc = read_text(engine, input, record["dct"]);
      if (!doc) return doc.error();
      std::vector<Found> found = found_in(*doc, {0, limit});
      scores.relaxed.system += found.size();
      scores.strict.system += found.size();
      std::vector<std::pair<Span, const json*>> rows;
      for (const json& row : record["timex"]) {
        if (!row.contains("tokens") || row["tokens"].empty()) continue;
        const Span span{tokens[row["tokens"].front().get<size_t>()].begin, tokens[row["tokens"].back().get<size_t>()].end};
        if (span.begin < limit) rows.emplace_back(span, &row);
      }
      std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
      for (const auto& [span, row] : rows) {
        ++scores.gold;
        ++scores.relaxed.gold;
        ++scores.strict.gold;
        Found* f = best_match(found, span);
        const std::string what = in_quotes((*row)["text"].get<std::string>()) + " " + (*row)["value"].get<std::string>();
        if (f == nullptr) {
          scores.failures.push_back(where + "missed " + what);
          continue;
        }
        f->used = true;
        ++scores.matched;
        ++scores.relaxed.correct;
        if (f->span == span) ++scores.strict.correct;
        if (name(f->row->type) == (*row)["type"].get<std::string>()) ++scores.type_right;
        const std::string_view own = doc->str(f->row->value);
        const std::string wanted = (*row)["value"];
        const size_t slash = own.find('/');
        const bool end_of_year = doc->str(f->row->mod) == "END" && own.size() == 7 && own.substr(5) == "12" && own.substr(0, 4) == wanted;
        if (same_value(wanted, own) || end_of_year ||
            (slash != std::string_view::npos && (same_value(wanted, own.substr(0, slash)) || same_value(wanted, own.substr(slash + 1))))) {
          ++scores.value_right;
        }
        else scores.failures.push_back(where + "value of " + what + " (" + record["dct"].get<std::string>() + ") found " + described(*doc, *f->row));
      }
      for (const Found& f : found) {
        if (!f.used) scores.failures.push_back(where + "not in the gold: " + described(*doc, *f.row));
      }
      continue;
    }
    return Error{Code::BadInput, "line " + std::to_string(line) + ": none of the sets that eval timex knows"};
  }
  return scores;
}

}  // namespace readout::query
