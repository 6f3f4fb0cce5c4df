// GDELT's knowledge graph (a line a document), a graph of actors, a calendar of deadlines, and WebAnno
// TSV for annotators.
#include <algorithm>
#include <memory>
#include <tuple>

#include "core/utf8.h"
#include "query/exporting.h"
#include "query/ontology.h"
#include "record/days.h"

namespace readout::query {
namespace {

std::string upper_words(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') out += static_cast<char>(c - 'a' + 'A');
    else out += c == ' ' || c == '-' ? '_' : c;
  }
  return out;
}

/// Free of the separators of the knowledge graph.
std::string kg(std::string_view text) {
  std::string out = cell(text);
  for (char& c : out) {
    if (c == ';' || c == ',' || c == '#' || c == '|') c = ' ';
  }
  return out;
}

class KnowledgeGraph : public Exporter {
 public:
  void document(const ExportDocument& doc, DyadFilter&, std::string& out) override {
    if (doc.day.empty()) {
      ++skipped;
      return;
    }
    const std::string stamp = compact_day(doc.day) + "000000";
    std::string counts, themes, themes_at, locations, locations_at, people, people_at, organisations, organisations_at, dates, quotes, names, amounts;
    std::set<std::string> seen;
    const auto once = [&](std::string& list, const std::string& kind, const std::string& item) {
      if (!item.empty() && seen.insert(kind + item).second) list += (list.empty() ? "" : ";") + item;
    };
    for (const Json& row : doc.rows) {
      const std::string kind = text_of(row, "kind");
      const std::string at = std::to_string(row.value("begin", 0));
      if (kind == "topic") {
        const std::string theme = "RDT_" + upper_words(text_of(row, "topic"));
        once(themes, "theme", theme);
        themes_at += (themes_at.empty() ? "" : ";") + theme + "," + at;
      } else if (kind == "place" && row.contains("lat") && row.contains("lon")) {
        const StateCodes codes = state_codes(text_of(row, "country"));
        const std::string precision = text_of(row, "precision");
        const std::string type = precision == "country" ? "1" : precision == "city" || precision == "point" ? "4" : "5";
        const std::string name = kg(text_of(row, "name")) + (codes.name.empty() ? "" : " " + kg(codes.name));
        const std::string end = row["lat"].dump() + "#" + row["lon"].dump() + "#" + kg(text_of(row, "place"));
        once(locations, "place", type + "#" + name + "#" + std::string(codes.fips) + "##" + end);
        locations_at += (locations_at.empty() ? "" : ";") + type + "#" + name + "#" + std::string(codes.fips) + "###" + end + "#" + at;
      } else if (kind == "mention") {
        for (const std::string& id : list_of(row, "actors")) {
          const std::string name = kg(name_in(doc, id));
          if (name.empty()) continue;
          if (id.starts_with("person:")) {
            once(people, "person", name);
            people_at += (people_at.empty() ? "" : ";") + name + "," + at;
          } else if (!id.starts_with("state:") && id != "?") {
            once(organisations, "org", name);
            organisations_at += (organisations_at.empty() ? "" : ";") + name + "," + at;
          }
          if (text_of(row, "form") == "name") names += (names.empty() ? "" : ";") + name + "," + at;
        }
      } else if (kind == "timex") {
        const std::string value = text_of(row, "value");
        // Resolution, month, day, year; what is no date of the calendar is left out.
        if (value.size() >= 10 && value[4] == '-' && value[5] != 'W' && value[7] == '-') {
          dates += (dates.empty() ? "" : ";") + std::string("3,") + value.substr(5, 2) + "," + value.substr(8, 2) + "," + value.substr(0, 4) + "," + at;
        } else if (value.size() == 7 && value[4] == '-' && value[5] >= '0' && value[5] <= '1') {
          dates += (dates.empty() ? "" : ";") + std::string("2,") + value.substr(5, 2) + ",0," + value.substr(0, 4) + "," + at;
        } else if (value.size() == 4 && value.find_first_not_of("0123456789") == std::string::npos) {
          dates += (dates.empty() ? "" : ";") + std::string("1,0,0,") + value + "," + at;
        }
      } else if (kind == "quote" && text_of(row, "type") == "direct") {
        const std::string text = kg(text_of(row, "text"));
        quotes += (quotes.empty() ? "" : "#") + at + "|" + std::to_string(text.size()) + "|" + kg(words_of(row, "cue")) + "|" + text;
      } else if (kind == "figure" && row.contains("value")) {
        const std::string object = kg(text_of(row, "counted").empty() ? text_of(row, "unit") : text_of(row, "counted"));
        amounts += (amounts.empty() ? "" : ";") + row["value"].dump() + "," + object + "," + at;
      }
    }
    const std::string address = doc.url.empty() ? "sha256:" + doc.id : doc.url;
    // One document may share its stamp with others: the number tells them apart.
    const std::string columns[] = {stamp + "-" + std::to_string(rows), stamp, doc.url.empty() ? "2" : "1", cell(doc.publisher), address, counts, counts, themes,
                                   themes_at, locations, locations_at, people, people_at, organisations, organisations_at, "", dates, "", "", "", "", "",
                                   quotes, names, amounts, "", "<PAGE_TITLE>" + cell(doc.title) + "</PAGE_TITLE>"};
    bool first = true;
    for (const std::string& column : columns) {
      if (!first) out += '\t';
      out += column;
      first = false;
    }
    out += '\n';
    ++rows;
  }
};

std::string xml(std::string_view text) {
  std::string out;
  for (const char c : flat(text)) {
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

class Graph : public Exporter {
 public:
  void document(const ExportDocument& doc, DyadFilter& filter, std::string&) override {
    for (const Dyad& dyad : dyads(doc, filter)) {
      if (dyad.source.id.empty() || dyad.target.id.empty() || dyad.source.id == "?" || dyad.target.id == "?") {
        ++skipped;  // an edge has two ends
        continue;
      }
      nodes_[dyad.source.id] = dyad.source;
      nodes_[dyad.target.id] = dyad.target;
      Edge& edge = edges_[{dyad.source.id, dyad.target.id, text_of(*dyad.event, "plover")}];
      ++edge.events;
      const CameoCode* code = cameo(text_of(*dyad.event, "cameo"));
      if (code != nullptr && code->goldstein) edge.goldstein += *code->goldstein;
      if (code != nullptr) edge.quad = code->quad;
      if (!dyad.day.empty()) {
        if (edge.first.empty() || dyad.day < edge.first) edge.first = dyad.day;
        edge.last = std::max(edge.last, dyad.day);
      }
      if (edge.rows.size() < 20) edge.rows.push_back(text_of(*dyad.event, "id"));
    }
  }
  void foot(std::string& out) override {
    out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
    const std::pair<const char*, const char*> node_keys[] = {{"name", "string"}, {"code", "string"}, {"country", "string"}};
    const std::pair<const char*, const char*> edge_keys[] = {{"plover", "string"}, {"weight", "int"}, {"goldstein", "double"}, {"quad", "int"},
                                                             {"first", "string"}, {"last", "string"}, {"rows", "string"}};
    for (const auto& [name, type] : node_keys) key(out, name, "node", type);
    for (const auto& [name, type] : edge_keys) key(out, name, "edge", type);
    out += "<graph id=\"record\" edgedefault=\"directed\">\n";
    const auto data = [&](const char* name, const std::string& value) { out += "<data key=\"" + std::string(name) + "\">" + xml(value) + "</data>"; };
    for (const auto& [id, actor] : nodes_) {
      out += "<node id=\"" + xml(id) + "\">";
      data("name", actor.name);
      data("code", actor.code);
      data("country", actor.iso);
      out += "</node>\n";
    }
    for (const auto& [ends, edge] : edges_) {
      const auto& [source, target, type] = ends;
      out += "<edge source=\"" + xml(source) + "\" target=\"" + xml(target) + "\">";
      data("plover", type);
      data("weight", std::to_string(edge.events));
      data("goldstein", decimal(edge.goldstein));
      data("quad", std::to_string(edge.quad));
      data("first", edge.first);
      data("last", edge.last);
      std::string ids;
      for (const std::string& id : edge.rows) ids += (ids.empty() ? "" : " ") + id;
      data("rows", ids);
      out += "</edge>\n";
      ++rows;
    }
    out += "</graph>\n</graphml>\n";
  }

 private:
  static void key(std::string& out, const std::string& name, const char* of, const char* type) {
    out += "<key id=\"" + name + "\" for=\"" + of + "\" attr.name=\"" + name + "\" attr.type=\"" + type + "\"/>\n";
  }
  struct Edge {
    uint64_t events = 0;
    double goldstein = 0;
    int quad = 0;
    std::string first, last;
    std::vector<std::string> rows;
  };
  std::map<std::string, CodedActor> nodes_;
  std::map<std::tuple<std::string, std::string, std::string>, Edge> edges_;
};

/// RFC 5545: commas, semicolons, backslashes and line ends are escaped; lines are folded at 75 octets.
class Calendar : public Exporter {
 public:
  explicit Calendar(std::string as_of) : stamp_(compact_day(as_of.empty() ? "1970-01-01" : as_of) + "T000000Z") {}
  void head(std::string& out) override {
    property(out, "BEGIN:VCALENDAR");
    property(out, "VERSION:2.0");
    property(out, "PRODID:-//readout//deadlines//EN");
  }
  void foot(std::string& out) override { property(out, "END:VCALENDAR"); }
  void document(const ExportDocument& doc, DyadFilter& filter, std::string& out) override {
    for (const Json& row : doc.rows) {
      if (text_of(row, "kind") != "commitment" || !row.contains("deadline")) continue;
      const std::string value = text_of(row["deadline"], "value");
      const std::string day = record::day_range(value).second;
      if (day.empty()) {
        ++skipped;  // "once the road is open" is no day
        continue;
      }
      if ((!filter.from.empty() && day < filter.from) || (!filter.until.empty() && day > filter.until)) {
        ++filter.filtered;
        continue;
      }
      std::string by;
      for (const std::string& id : list_of(row, "owed_by")) by += (by.empty() ? "" : " + ") + name_in(doc, id);
      property(out, "BEGIN:VEVENT");
      property(out, "UID:" + text_of(row, "id") + "@" + doc.id.substr(0, 16) + ".readout");
      property(out, "DTSTAMP:" + stamp_);
      property(out, "DTSTART;VALUE=DATE:" + compact_day(day));
      property(out, "SUMMARY:" + escaped(text_of(row, "commitment_kind") + " of " + (by.empty() ? "nobody named" : by) + ": " + words_of(row, "what")));
      property(out, "DESCRIPTION:" + escaped(flat(doc.text_of_sentence(row)) + " (" + doc.title + ", " + doc.day + ")"));
      property(out, "CATEGORIES:" + escaped(text_of(row, "commitment_kind")));
      property(out, "TRANSP:TRANSPARENT");
      property(out, "END:VEVENT");
      ++rows;
    }
  }

 private:
  static std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
      if (c == '\\' || c == ',' || c == ';') out += '\\';
      out += c;
    }
    return out;
  }
  static void property(std::string& out, std::string_view line) {
    bool first = true;
    while (!line.empty()) {
      size_t take = std::min<size_t>(line.size(), first ? 75 : 74);
      while (take < line.size() && !utf8::is_boundary(line, take)) --take;
      out += (first ? "" : " ") + std::string(line.substr(0, take)) + "\r\n";
      line.remove_prefix(take);
      first = false;
    }
  }
  std::string stamp_;
};

/// Sentences cut into words at blanks and punctuation; rows that lie in one sentence become spans over
/// whole words. Offsets count UTF-16 units of the document's text, as WebAnno does.
class WebAnno : public Exporter {
 public:
  void document(const ExportDocument& doc, DyadFilter&, std::string& out) override {
    struct Word {
      uint64_t begin, end;
      std::string text;
    };
    if (rows == 0 && written_ == 0) out += "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Readout|kind|value\n\n";
    // A file of WebAnno is one text: the documents of the record follow one another in it.
    ++written_;
    for (const Json& sentence : doc.rows) {
      if (text_of(sentence, "kind") != "sentence") continue;
      const std::string text = text_of(sentence, "text");
      const uint64_t from = static_cast<uint64_t>(number_in(sentence, "begin", 0)), until = static_cast<uint64_t>(number_in(sentence, "end", 0));
      std::vector<Word> words;
      for (size_t i = 0; i < text.size();) {
        const size_t begin = i;
        const char32_t c = utf8::next(text, i);
        if (utf8::is_space(c) || c < 0x20) continue;
        const bool letter = c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20U) >= 'a' && (c | 0x20U) <= 'z');
        if (letter && !words.empty() && words.back().end == begin && joins_) {
          words.back().end = i;
          words.back().text = text.substr(words.back().begin, i - words.back().begin);
        } else {
          words.push_back({begin, i, text.substr(begin, i - begin)});
        }
        joins_ = letter;
      }
      if (words.empty()) continue;
      // Which rows cover which words. Only where the bytes are the text.
      std::vector<std::vector<std::pair<std::string, std::string>>> marks(words.size());
      if (until - from == text.size()) {
        for (const Json& row : doc.rows) {
          const std::string kind = text_of(row, "kind");
          if (kind == "sentence" || kind == "block" || kind == "turn" || kind == "actor" || kind == "topic") continue;
          if (text_of(row, "sentence") != text_of(sentence, "id")) continue;
          const uint64_t begin = static_cast<uint64_t>(number_in(row, "begin", 0)), end = static_cast<uint64_t>(number_in(row, "end", 0));
          if (begin < from || end > until || begin == end) {
            ++skipped;
            continue;
          }
          ++layer_;
          const std::string suffix = "[" + std::to_string(layer_) + "]";
          for (size_t w = 0; w < words.size(); ++w) {
            if (words[w].begin + from < end && words[w].end + from > begin) {
              marks[w].emplace_back(kind + suffix, escaped(value_of(row)) + suffix);
            }
          }
          ++rows;
        }
      }
      std::string shown = text;  // letter for letter, so that the offsets below hold
      std::replace_if(shown.begin(), shown.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
      out += "#Text=" + shown + "\n";
      ++number_;
      uint64_t at = units_;
      size_t last = 0;
      for (size_t w = 0; w < words.size(); ++w) {
        at += utf16(std::string_view(text).substr(last, words[w].begin - last));
        const uint64_t length = utf16(words[w].text);
        out += std::to_string(number_) + "-" + std::to_string(w + 1) + "\t" + std::to_string(at) + "-" + std::to_string(at + length) + "\t" + words[w].text + "\t";
        if (marks[w].empty()) {
          out += "_\t_\t\n";
        } else {
          std::string kinds, values;
          for (const auto& [kind, value] : marks[w]) {
            kinds += (kinds.empty() ? "" : "|") + kind;
            values += (values.empty() ? "" : "|") + value;
          }
          out += kinds + "\t" + values + "\t\n";
        }
        at += length;
        last = words[w].end;
      }
      units_ += utf16(text) + 1;
      out += "\n";
    }
  }

 private:
  static uint64_t utf16(std::string_view text) {
    uint64_t units = 0;
    for (size_t i = 0; i < text.size();) units += utf8::next(text, i) >= 0x10000 ? 2 : 1;
    return units;
  }
  static std::string value_of(const Json& row) {
    const std::string kind = text_of(row, "kind");
    const auto list = [&](const char* key) {
      std::string out;
      for (const std::string& id : list_of(row, key)) out += (out.empty() ? "" : " ") + id;
      return out;
    };
    std::string value = kind == "mention"      ? list("actors")
                        : kind == "event"      ? text_of(row, "plover") + " " + text_of(row, "cameo")
                        : kind == "commitment" ? text_of(row, "commitment_kind")
                        : kind == "quote"      ? list("source")
                        : kind == "timex"      ? text_of(row, "value")
                        : kind == "figure"     ? figure_words(row)
                                               : text_of(row, "name");
    return value.empty() ? "*" : value;
  }
  /// The format's reserved characters.
  static std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : flat(text)) {
      if (std::string_view("\\[]|_->;*").find(c) != std::string_view::npos && text != "*") out += '\\';
      out += c;
    }
    return out;
  }
  uint64_t layer_ = 0, written_ = 0;
  uint64_t number_ = 0;  // of the sentence
  uint64_t units_ = 0;   // UTF-16 units of the sentences before, each with a line end
  bool joins_ = false;
};

}  // namespace

std::unique_ptr<Exporter> other_exporter(std::string_view format, const std::string& as_of) {
  if (format == "gkg") return std::make_unique<KnowledgeGraph>();
  if (format == "graphml") return std::make_unique<Graph>();
  if (format == "ical") return std::make_unique<Calendar>(as_of);
  if (format == "webanno") return std::make_unique<WebAnno>();
  return nullptr;
}

}  // namespace readout::query
