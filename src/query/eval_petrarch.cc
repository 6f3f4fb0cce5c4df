#include "query/eval_petrarch.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/utf8.h"
#include "text/xml.h"

namespace readout::query {
namespace {

using nlohmann::json;
using events::petrarch::CodeBy;
using events::petrarch::Options;

/// "19950101", or "950101" of the twentieth century.
uint32_t day_of(std::string_view digits) {
  uint32_t n = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return 0;
    n = n * 10 + static_cast<uint32_t>(c - '0');
  }
  if (digits.size() == 6) return n + (n >= 300000 ? 19000000 : 20000000);
  return digits.size() == 8 ? n : 0;
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) out.push_back(c);
    else if (!out.empty() && out.back() != ' ') out.push_back(' ');
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

void settle(PetrarchRecord& record) {
  std::sort(record.want.begin(), record.want.end());
  record.want.erase(std::unique(record.want.begin(), record.want.end()), record.want.end());
}

bool on(std::string_view value) { return utf8::lower(value) == "true" || value == "1"; }

void configure(std::string_view option, std::string_view value, Options& options) {
  const auto number = [&] {
    uint32_t n = 0;
    for (const char c : value) n = c >= '0' && c <= '9' ? n * 10 + static_cast<uint32_t>(c - '0') : n;
    return n;
  };
  if (option == "require_dyad") options.require_dyad = on(value);
  else if (option == "comma_min") options.inner.min = number();
  else if (option == "comma_max") options.inner.max = number();
  else if (option == "comma_bmin") options.begin.min = number();
  else if (option == "comma_bmax") options.begin.max = number();
  else if (option == "comma_emin") options.end.min = number();
  else if (option == "comma_emax") options.end.max = number();
}

/// "OPTION: COMMA: MIN = 4 MAX = 6 EMIN = 3" and "OPTION: SET: CODE BY SENTENCE" of TABARI's suite.
void configure_tabari(std::string_view line, Options& options) {
  if (line.find("CODE BY SENTENCE") != std::string_view::npos) options.code_by = CodeBy::Sentence;
  if (line.find("CODE BY CLAUSE") != std::string_view::npos) options.code_by = CodeBy::Clause;
  if (line.find("CODE ALL") != std::string_view::npos) options.code_by = CodeBy::All;
  if (line.find("COMMA:") == std::string_view::npos) return;
  if (line.find("OFF") != std::string_view::npos) {
    options.inner.max = options.begin.max = options.end.max = 0;
    return;
  }
  const auto set = [&](std::string_view name, uint32_t& to) {
    size_t at = line.find(name);
    if (at == std::string_view::npos) return;
    at += name.size();
    while (at < line.size() && (line[at] == ' ' || line[at] == '=')) ++at;
    uint32_t n = 0;
    while (at < line.size() && line[at] >= '0' && line[at] <= '9') n = n * 10 + static_cast<uint32_t>(line[at++] - '0');
    to = n;
  };
  set(" MIN", options.inner.min);
  set(" MAX", options.inner.max);
  set(" EMIN", options.end.min);
  set(" EMAX", options.end.max);
  set(" BMIN", options.begin.min);
  set(" BMAX", options.begin.max);
}

Result<std::vector<PetrarchRecord>> read_xml(std::string_view text) {
  auto tree = text::XmlTree::parse(std::string(text), "the suite");
  if (!tree) return tree.error();
  std::vector<PetrarchRecord> records;
  Options options;
  const auto& nodes = tree->nodes();
  for (size_t i = 0; i < nodes.size(); ++i) {
    const text::XmlNode& node = nodes[i];
    if (node.name == "Config") configure(tree->attribute(node, "option"), tree->attribute(node, "value"), options);
    if (node.name == "Sentence") {
      PetrarchRecord record;
      record.id = tree->attribute(node, "id");
      record.category = tree->attribute(node, "category");
      record.day = day_of(tree->attribute(node, "date"));
      record.options = options;
      records.push_back(std::move(record));
    }
    if (records.empty()) continue;
    if (node.name == "EventCoding") {
      const std::string_view source = tree->attribute(node, "sourcecode"), target = tree->attribute(node, "targetcode"), code = tree->attribute(node, "eventcode");
      if (!source.empty() && !target.empty() && !code.empty()) records.back().want.push_back(std::string(source) + ">" + std::string(target) + ":" + std::string(code));
      else if (!code.empty()) records.back().want.push_back(std::string(source) + ">" + std::string(target) + ":" + std::string(code));
    }
    if (node.name == "Text") records.back().text = one_line(tree->text(i));
  }
  return records;
}

Result<std::vector<PetrarchRecord>> read_lines(std::string_view text) {
  std::vector<PetrarchRecord> records;
  Options options;
  // TABARI codes one event a clause and takes longer stretches out.
  bool tabari = false;
  size_t line = 0;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view one = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++line;
    if (one.empty()) continue;
    const json row = json::parse(one, nullptr, false);
    if (!row.is_object()) return Error{Code::BadInput, "line " + std::to_string(line) + " is not a JSON object"};
    if (row.contains("other") && !tabari) {
      tabari = true;
      options.code_by = CodeBy::Clause;
      options.inner.max = options.end.max = 10;
      options.begin.max = 0;
    }
    if (const auto it = row.find("other"); it != row.end()) {
      for (const json& o : *it) {
        if (o.is_string()) configure_tabari(o.get<std::string>(), options);
      }
    }
    PetrarchRecord record;
    record.id = row.value("id", "");
    record.category = row.value("category", record.id.substr(0, record.id.find('-')));
    record.day = day_of(row.value("date", ""));
    record.text = one_line(row.value("text", ""));
    record.options = options;
    if (const auto it = row.find("events"); it != row.end()) {
      for (const json& event : *it) {
        const auto part = [&](const char* a, const char* b) { return event.contains(a) ? event.value(a, "") : event.value(b, ""); };
        record.want.push_back(part("sourcecode", "source") + ">" + part("targetcode", "target") + ":" + part("eventcode", "code"));
      }
    }
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace

Result<std::vector<PetrarchRecord>> read_petrarch_suite(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  auto records = first != std::string_view::npos && text[first] == '<' ? read_xml(text) : read_lines(text);
  if (!records) return records.error();
  std::erase_if(*records, [](const PetrarchRecord& record) { return record.text.empty(); });
  for (PetrarchRecord& record : *records) settle(record);
  return records;
}

std::vector<PetrarchOutcome> run_petrarch_suite(const Engine& engine, const events::petrarch::Dictionary& dictionary,
                                                const std::vector<PetrarchRecord>& records) {
  std::vector<PetrarchOutcome> outcomes;
  events::petrarch::SentenceCoder coder(dictionary);
  Scratch scratch;
  for (const PetrarchRecord& record : records) {
    PetrarchOutcome outcome;
    outcome.record = &record;
    TextLayer text;
    text.source = record.text;
    std::vector<Draft> batch;
    batch.emplace_back(std::move(text));
    if (engine.pipeline().run(batch, scratch)) {
      const Document& doc = batch[0].doc();
      for (uint32_t s = 0; s < doc.tokens()->sentences.size(); ++s) {
        for (const auto& event : coder.code(doc, SentenceId{s}, record.day, record.options)) {
          outcome.got.push_back(event.source + ">" + event.target + ":" + event.code);
        }
      }
    }
    scratch.reset();
    std::sort(outcome.got.begin(), outcome.got.end());
    outcome.got.erase(std::unique(outcome.got.begin(), outcome.got.end()), outcome.got.end());
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

}  // namespace readout::query
