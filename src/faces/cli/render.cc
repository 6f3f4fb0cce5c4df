#include "faces/cli/render.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/utf8.h"

namespace readout::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& row, const char* key) {
  const auto it = row.find(key);
  return it != row.end() && it->is_string() ? it->get<std::string>() : std::string();
}

/// Text on one line: any run of white space is one blank.
std::string flat(std::string_view text) {
  std::string out;
  bool space = false;
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    if (utf8::is_space(utf8::next(text, i))) {
      space = !out.empty();
      continue;
    }
    if (space) out.push_back(' ');
    space = false;
    out.append(text.substr(begin, i - begin));
  }
  return printable(out);
}

/// Breaks at blanks so that no line is wider than `width`, first and later lines indented.
std::string wrap(std::string_view text, int width, std::string_view first, std::string_view rest) {
  std::string out(first);
  int used = display_width(first);
  bool at_start = true;
  size_t i = 0;
  while (i < text.size()) {
    const size_t end = std::min(text.find(' ', i), text.size());
    const std::string_view word = text.substr(i, end - i);
    const int w = display_width(word);
    if (!at_start && used + 1 + w > width) {
      out += "\n";
      out += rest;
      used = display_width(rest);
      at_start = true;
    }
    if (!at_start) {
      out += ' ';
      ++used;
    }
    out += word;
    used += w;
    at_start = false;
    i = end + 1;
  }
  return out + "\n";
}

std::string list_of(const Json& row, const char* key) {
  std::string out;
  const auto it = row.find(key);
  if (it == row.end() || !it->is_array()) return out;
  for (const Json& item : *it) {
    if (!item.is_string()) continue;
    if (!out.empty()) out += " + ";
    out += item.get<std::string>();
  }
  return out;
}

std::string number_of(const Json& row, const char* key) {
  const auto it = row.find(key);
  return it == row.end() || !it->is_number() ? std::string() : it->dump();
}

/// Words joined by single blanks, empty ones left out.
std::string joined(std::initializer_list<std::string> words) {
  std::string out;
  for (const std::string& word : words) {
    if (word.empty()) continue;
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

std::string or_nobody(std::string actors) { return actors.empty() ? "(nobody named)" : actors; }

std::string summary(const Json& row) {
  const std::string kind = text_of(row, "kind");
  const auto quoted = [&](const char* key) {
    const auto it = row.find(key);
    if (it == row.end() || !it->is_object()) return std::string();
    return "\"" + flat(text_of(*it, "text")) + "\"";
  };
  if (kind == "mention") {
    return joined({"=", or_nobody(list_of(row, "actors")), "(" + text_of(row, "form") + ")",
                   text_of(row, "reason").empty() ? "" : "because " + text_of(row, "reason")});
  }
  if (kind == "actor") {
    return joined({text_of(row, "actor"), text_of(row, "name"), text_of(row, "type"), text_of(row, "country")});
  }
  if (kind == "quote") {
    return joined({text_of(row, "type"), "by", or_nobody(list_of(row, "source")),
                   quoted("cue").empty() ? "" : "cue " + quoted("cue"),
                   list_of(row, "addressee").empty() ? "" : "to " + list_of(row, "addressee"),
                   row.value("denied", false) ? "(denied)" : ""});
  }
  if (kind == "timex") {
    return joined({text_of(row, "type"), text_of(row, "value").empty() ? "(unresolved)" : text_of(row, "value"),
                   text_of(row, "mod"), text_of(row, "anchor").empty() ? "" : "anchor " + text_of(row, "anchor")});
  }
  if (kind == "figure") {
    std::string value = number_of(row, "value");
    if (value.empty() && row.contains("low")) value = number_of(row, "low") + ".." + number_of(row, "high");
    const std::string comparator = text_of(row, "comparator");
    return joined({comparator == "exact" ? "" : comparator, value, text_of(row, "unit"), text_of(row, "counted"),
                   list_of(row, "about").empty() ? "" : "about " + list_of(row, "about")});
  }
  if (kind == "place") {
    return joined({text_of(row, "name"), text_of(row, "country"), text_of(row, "place"), text_of(row, "precision")});
  }
  if (kind == "event") {
    std::string type = text_of(row, "plover");
    if (!text_of(row, "plover_mode").empty()) type += "/" + text_of(row, "plover_mode");
    return joined({type, text_of(row, "cameo"), text_of(row, "status"),
                   text_of(row, "polarity") == "negative" ? "(negative)" : "", or_nobody(list_of(row, "source")),
                   ">", or_nobody(list_of(row, "target")), text_of(row, "date")});
  }
  if (kind == "commitment") {
    std::string deadline;
    if (const auto it = row.find("deadline"); it != row.end()) {
      deadline = "by " + flat(text_of(*it, "text")) + (text_of(*it, "value").empty() ? "" : " = " + text_of(*it, "value"));
    }
    const std::string condition = quoted("condition");
    return joined({text_of(row, "commitment_kind"), "(" + text_of(row, "strength") + ")",
                   or_nobody(list_of(row, "owed_by")), list_of(row, "owed_to").empty() ? "" : "to " + list_of(row, "owed_to"),
                   quoted("what"), deadline, condition.empty() ? "" : "if " + condition});
  }
  if (kind == "agreement") return joined({text_of(row, "type"), text_of(row, "name"), list_of(row, "parties"), text_of(row, "date")});
  if (kind == "topic") return joined({text_of(row, "topic"), "(" + text_of(row, "weight") + ")"});
  if (kind == "uncoded") return joined({"because", text_of(row, "reason")});
  if (kind == "turn") return joined({number_of(row, "number"), text_of(row, "speaker")});
  if (kind == "block") return text_of(row, "role");
  return {};
}

Paint paint_of(std::string_view kind) {
  if (kind == "event") return Paint::Red;
  if (kind == "commitment") return Paint::Magenta;
  if (kind == "timex") return Paint::Cyan;
  if (kind == "figure") return Paint::Yellow;
  if (kind == "quote") return Paint::Green;
  return Paint::Blue;
}

struct Parsed {
  Json document;
  std::vector<Json> rows;
};

Parsed parse(std::string_view record) {
  Parsed parsed;
  while (!record.empty()) {
    const size_t end = std::min(record.find('\n'), record.size());
    if (end > 0) {
      Json row = Json::parse(record.substr(0, end), nullptr, false);
      if (!row.is_discarded()) {
        if (text_of(row, "kind") == "document") {
          parsed.document = std::move(row);
        } else {
          parsed.rows.push_back(std::move(row));
        }
      }
    }
    record.remove_prefix(std::min(end + 1, record.size()));
  }
  return parsed;
}

}  // namespace

std::string row_summary(std::string_view row_json) {
  const Json row = Json::parse(row_json, nullptr, false);
  return row.is_discarded() ? std::string() : summary(row);
}

std::string render_record(std::string_view record, const RenderOptions& options, const Painter& paint) {
  const Parsed parsed = parse(record);
  const Json& document = parsed.document;
  std::string out;
  const std::string title = flat(text_of(document, "title"));
  out += paint(Paint::Bold, title.empty() ? "(no title) " + printable(text_of(document, "file")) : title) + "\n";
  std::string facts;
  for (const char* key : {"genre", "publisher", "published", "place", "author", "language", "file"}) {
    const std::string value = flat(text_of(document, key));
    if (value.empty()) continue;
    if (!facts.empty()) facts += " · ";
    facts += value;
  }
  facts += " · " + number_of(document, "bytes") + " bytes · " + text_of(document, "doc").substr(0, 12);
  out += wrap(paint(Paint::Dim, facts), options.width, "  ", "  ");
  if (const auto line = document.find("source_line"); line != document.end()) {
    out += paint(Paint::Dim, "  source line: " + flat(text_of(*line, "text"))) + "\n";
  }
  if (const auto notes = document.find("notes"); notes != document.end()) {
    for (const Json& note : *notes) {
      out += paint(Paint::Yellow, "  note: " + text_of(note, "code") + " at byte " + number_of(note, "begin") + ": " +
                                      flat(text_of(note, "detail"))) + "\n";
    }
  }
  // Rows in their order: a turn comes before its sentences; rows of other layers wait for the
  // sentence that they belong to.
  std::map<std::string, std::vector<const Json*>> of_sentence;
  const bool all = options.layers.contains("all");
  for (const Json& row : parsed.rows) {
    const std::string kind = text_of(row, "kind");
    if (kind == "sentence" || kind == "turn" || kind == "block") continue;
    if (all || options.layers.contains(kind)) of_sentence[text_of(row, "sentence")].push_back(&row);
  }
  // A label that the head of its turn shows is not shown once more as narration.
  std::vector<std::pair<size_t, size_t>> introductions;
  for (const Json& row : parsed.rows) {
    const auto it = row.find("introduced_by");
    if (text_of(row, "kind") != "turn" || it == row.end()) continue;
    introductions.emplace_back(it->value("begin", size_t{0}), it->value("end", size_t{0}));
  }
  const auto is_introduction = [&](const Json& row) {
    const size_t begin = row.value("begin", size_t{0}), end = row.value("end", size_t{0});
    return std::any_of(introductions.begin(), introductions.end(), [&](const auto& span) { return span.first <= begin && end <= span.second; });
  };
  std::string turn;
  for (const Json& row : parsed.rows) {
    const std::string kind = text_of(row, "kind");
    if (kind == "block") {
      const std::string role = text_of(row, "role");
      if (role != "narration" && role != "turn") {
        out += paint(Paint::Dim, "  <" + role + ">") + "\n";
      } else if (row.value("continues", false)) {
        out += paint(Paint::Dim, "  <reads on from the paragraph above>") + "\n";
      }
    } else if (kind == "turn") {
      std::string who = text_of(row, "speaker");
      if (who.empty()) who = list_of(row, "speakers");
      std::string label;
      if (const auto it = row.find("label"); it != row.end()) label = flat(text_of(*it, "text"));
      std::string head = "\n[" + number_of(row, "number") + "] " + (label.empty() ? "(no label)" : label);
      out += paint(Paint::Bold, head);
      if (!who.empty() && who != "?") out += paint(Paint::Blue, "  " + who);
      std::string to;
      if (const auto it = row.find("addressed_as"); it != row.end()) {
        for (const Json& item : *it) to += (to.empty() ? "" : ", ") + flat(text_of(item, "text"));
      }
      if (!list_of(row, "addressee").empty()) to += (to.empty() ? "" : " = ") + list_of(row, "addressee");
      if (!to.empty()) out += paint(Paint::Dim, "  to " + to);
      if (!row.value("direct", true)) out += paint(Paint::Dim, "  (summary)");
      if (const auto it = row.find("introduced_by"); it != row.end()) {
        out += paint(Paint::Dim, "  introduced by \"" + flat(text_of(*it, "text")) + "\"");
      }
      out += "\n";
    } else if (kind == "sentence" && options.sentences) {
      const std::string in_turn = text_of(row, "turn");
      if (in_turn.empty() && is_introduction(row) && !of_sentence.contains(text_of(row, "id"))) continue;
      if (in_turn.empty() && !turn.empty()) out += paint(Paint::Dim, "\n  (narration)") + "\n";
      turn = in_turn;
      std::string number = number_of(row, "number");
      number = std::string(number.size() < 4 ? 4 - number.size() : 0, ' ') + number + "  ";
      out += wrap(flat(text_of(row, "text")), options.width, number, "      ");
      const auto it = of_sentence.find(text_of(row, "id"));
      if (it == of_sentence.end()) continue;
      for (const Json* item : it->second) {
        const std::string item_kind = text_of(*item, "kind");
        std::string text = flat(text_of(*item, "text"));
        if (display_width(text) > 60) {
          size_t cut = 57;
          while (!utf8::is_boundary(text, cut)) --cut;
          text = text.substr(0, cut) + "...";
        }
        out += wrap(paint(paint_of(item_kind), item_kind) + " \"" + text + "\" " + summary(*item), options.width,
                    "        ", "          ");
      }
    }
  }
  return out;
}

}  // namespace readout::cli
