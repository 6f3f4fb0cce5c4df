// Answers and dossiers as JSON, CSV, Markdown and HTML. What comes from documents is escaped for the
// form that it goes into.
#include "core/embedded.h"
#include "core/json_writer.h"
#include "query/answers.h"

namespace readout {
namespace {

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string html(std::string_view text) {
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

std::string markdown(std::string_view text) {
  std::string out;
  for (const char c : query::flat(text)) {
    if (std::string_view("\\`*_[]<>|#").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

void head_fields(JsonWriter& json, const Answer& answer) {
  json.field("schema", "readout.answer/1").field("verb", answer.verb).field("question", answer.question);
  json.field("total", answer.total).key("columns").begin_array();
  for (const std::string& column : answer.columns) json.value(column);
  json.end_array().key("notes").begin_array();
  for (const std::string& note : answer.notes) json.value(note);
  json.end_array();
}

void answer_object(JsonWriter& json, const Answer& answer) {
  json.begin_object();
  head_fields(json, answer);
  if (!answer.counts.empty()) {
    json.key("counts").begin_array();
    for (const PeriodCount& one : answer.counts) json.begin_object().field("period", one.period).field("kind", one.kind).field("count", one.count).end_object();
    json.end_array();
  }
  json.key("rows").begin_array();
  for (const AnswerRow& row : answer.rows) {
    json.begin_object().key("cells").begin_array();
    for (const std::string& cell : row.cells) json.value(cell);
    json.end_array();
    if (!row.details.empty()) {
      json.key("details").begin_object();
      for (size_t i = 0; i < row.details.size() && i < answer.detail_columns.size(); ++i) json.field(answer.detail_columns[i], row.details[i]);
      json.end_object();
    }
    json.key("row").raw(row.json).end_object();
  }
  json.end_array().end_object();
}

}  // namespace

std::string to_json(const Answer& answer) {
  std::string out;
  JsonWriter json(out);
  answer_object(json, answer);
  return out + "\n";
}

std::string to_jsonl(const Answer& answer) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  head_fields(json, answer);
  json.end_object();
  out += '\n';
  for (const AnswerRow& row : answer.rows) out += row.json + "\n";
  return out;
}

std::string to_csv(const Answer& answer) {
  std::string out;
  for (const std::string& column : answer.columns) out += csv_cell(column) + ",";
  for (const std::string& column : answer.detail_columns) out += csv_cell(column) + ",";
  out += "evidence,document,title,row\n";
  for (const AnswerRow& row : answer.rows) {
    for (const std::string& cell : row.cells) out += csv_cell(cell) + ",";
    for (size_t i = 0; i < answer.detail_columns.size(); ++i) out += (i < row.details.size() ? csv_cell(row.details[i]) : std::string()) + ",";
    out += csv_cell(row.evidence) + "," + row.doc + "," + csv_cell(row.title) + "," + csv_cell(row.row) + "\n";
  }
  return out;
}

std::string to_markdown(const Dossier& dossier) {
  std::string out = "# " + markdown(dossier.title) + "\n\n" + markdown(dossier.question) + "\n\n";
  for (const auto& [label, words] : dossier.facts) out += "- **" + markdown(label) + "**: " + markdown(words) + "\n";
  for (const auto& [heading, answer] : dossier.sections) {
    out += "\n## " + markdown(heading) + "\n\n";
    if (answer.rows.empty()) {
      out += "Nothing in the record.\n";
      continue;
    }
    out += "|";
    for (const std::string& column : answer.columns) out += " " + column + " |";
    out += " evidence |\n|";
    for (size_t i = 0; i <= answer.columns.size(); ++i) out += "---|";
    out += "\n";
    for (const AnswerRow& row : answer.rows) {
      out += "|";
      for (const std::string& cell : row.cells) out += " " + markdown(cell) + " |";
      out += " " + markdown(row.evidence) + " (" + row.doc.substr(0, 12) + ", " + row.row + ")";
      for (size_t i = 0; i < row.details.size() && i < answer.detail_columns.size(); ++i) {
        out += "<br>**" + markdown(answer.detail_columns[i]) + "**: " + markdown(row.details[i]);
      }
      out += " |\n";
    }
    if (answer.total > answer.rows.size()) {
      out += "\n" + std::to_string(answer.rows.size()) + " of " + std::to_string(answer.total) + " shown.\n";
    }
  }
  return out;
}

std::string to_html(const Dossier& dossier) {
  std::string out =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
      "<title>" + html(dossier.title) + "</title><style>\n" + std::string(embedded("style/theme.css")) + std::string(embedded("style/plain.css")) +
      "</style></head><body>\n<h1>" + html(dossier.title) + "</h1>\n<p>" + html(dossier.question) + "</p>\n<dl>\n";
  for (const auto& [label, words] : dossier.facts) out += "<dt><b>" + html(label) + "</b></dt><dd>" + html(words) + "</dd>\n";
  out += "</dl>\n";
  for (const auto& [heading, answer] : dossier.sections) {
    out += "<h2>" + html(heading) + "</h2>\n";
    if (answer.rows.empty()) {
      out += "<p>Nothing in the record.</p>\n";
      continue;
    }
    out += "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + html(heading) + "\"><table><thead><tr>";
    for (const std::string& column : answer.columns) out += "<th scope=\"col\">" + html(column) + "</th>";
    out += "<th scope=\"col\">evidence</th></tr></thead><tbody>\n";
    for (const AnswerRow& row : answer.rows) {
      out += "<tr id=\"" + html(row.row) + "\">";
      for (const std::string& cell : row.cells) out += "<td>" + html(query::flat(cell)) + "</td>";
      out += "<td><span class=\"evidence\">" + html(row.evidence) + "</span> <code>" + row.doc.substr(0, 12) + " " + html(row.row) + "</code>";
      for (size_t i = 0; i < row.details.size() && i < answer.detail_columns.size(); ++i) {
        out += "<br><b>" + html(answer.detail_columns[i]) + "</b>: " + html(row.details[i]);
      }
      out += "</td></tr>\n";
    }
    out += "</tbody></table></div>\n";
    if (answer.total > answer.rows.size()) {
      out += "<p>" + std::to_string(answer.rows.size()) + " of " + std::to_string(answer.total) + " shown.</p>\n";
    }
  }
  return out + "</body></html>\n";
}

std::string to_json(const Dossier& dossier) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("schema", "readout.dossier/1").field("kind", dossier.kind).field("title", dossier.title);
  json.field("question", dossier.question).key("facts").begin_array();
  for (const auto& [label, words] : dossier.facts) json.begin_object().field("label", label).field("words", words).end_object();
  json.end_array().key("sections").begin_array();
  for (const auto& [heading, answer] : dossier.sections) {
    json.begin_object().field("heading", heading).key("answer");
    answer_object(json, answer);
    json.end_object();
  }
  json.end_array().end_object();
  return out + "\n";
}

}  // namespace readout
