#include "query/answers.h"

#include <algorithm>

#include "core/embedded.h"
#include "core/json_writer.h"
#include "core/tsv.h"
#include "core/utf8.h"
#include "text/html_tokens.h"

namespace readout::query {

std::string text_of(const Json& object, const char* key) {
  if (!object.is_object()) return {};
  const auto it = object.find(key);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

std::string words_of(const Json& object, const char* key) {
  if (!object.is_object()) return {};
  const auto it = object.find(key);
  return it == object.end() ? std::string() : readable(text_of(*it, "text"));
}

std::vector<std::string> list_of(const Json& object, const char* key) {
  std::vector<std::string> out;
  const auto it = object.find(key);
  if (it == object.end() || !it->is_array()) return out;
  for (const Json& item : *it) {
    if (item.is_string()) out.push_back(item.get<std::string>());
  }
  return out;
}

std::string flat(std::string_view text) {
  std::string out;
  bool space = false;
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    const char32_t c = utf8::next(text, i);
    if (utf8::is_space(c) || c < 0x20 || c == 0x7F) {
      space = !out.empty();
      continue;
    }
    if (space) out.push_back(' ');
    space = false;
    out.append(text.substr(begin, i - begin));
  }
  return out;
}

std::string readable(std::string_view text) {
  if (text.find_first_of("<&") == std::string_view::npos) return flat(text);
  std::string out;
  for (size_t at = 0; at < text.size(); ++at) {
    // A tag: a letter or a slash behind the bracket, and its end not far off.
    const char next = at + 1 < text.size() ? static_cast<char>(text[at + 1] | 0x20) : '\0';
    const bool tag = text[at] == '<' && ((next >= 'a' && next <= 'z') || text.substr(at + 1).starts_with("/") || text.substr(at + 1).starts_with("!--"));
    const size_t end = tag ? text.find('>', at) : std::string_view::npos;
    if (end != std::string_view::npos && end - at < 400) {
      at = end;
    } else {
      out += text[at];
    }
  }
  return flat(text::decode_references(out, false));
}

std::string shortened(std::string_view text, size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  size_t cut = bytes;
  while (cut > 0 && !utf8::is_boundary(text, cut)) --cut;
  return std::string(text.substr(0, cut)) + "...";
}

std::string readable_id(const std::string& id) {
  // States and organisations by the built-in tables; what no document names needs no overlay.
  static const std::map<std::string, std::string, std::less<>> kNames = [] {
    std::map<std::string, std::string, std::less<>> names;
    for_each_row(embedded("entities/states.tsv"), [&](const TsvRow& row) { names.emplace(row[0], row[3]); });
    for_each_row(embedded("entities/orgs.tsv"), [&](const TsvRow& row) { names.emplace(row[0], row[2]); });
    return names;
  }();
  if (const auto known = kNames.find(id); known != kNames.end()) return known->second;
  const size_t colon = id.find(':');
  if (colon == std::string::npos) return id;
  const std::string kind = id.substr(0, colon);
  std::string rest = id.substr(colon + 1);
  if (rest.starts_with("x-")) rest.erase(0, 2);
  const auto words = [](std::string slug, bool capitals) {
    for (size_t i = 0; i < slug.size(); ++i) {
      if (slug[i] == '-' || slug[i] == '.') slug[i] = ' ';
      if (capitals && (i == 0 || slug[i - 1] == ' ') && slug[i] >= 'a' && slug[i] <= 'z') slug[i] = static_cast<char>(slug[i] - 'a' + 'A');
    }
    return slug;
  };
  if (kind == "gov" || kind == "mil") {
    const size_t dot = rest.find('.');
    const std::string state = rest.substr(0, dot);
    const auto known = kNames.find("state:" + state);
    const std::string part = dot != std::string::npos ? words(rest.substr(dot + 1), false) : kind == "gov" ? "government" : "military";
    return (known != kNames.end() ? known->second : words(state, true)) + ": " + part;
  }
  return words(rest, kind != "people");
}

std::string Names::of(const std::string& id) {
  const auto it = known_.find(id);
  if (it != known_.end()) return it->second;
  auto name = store_.actor_name(id);
  return known_[id] = name && *name != id ? std::move(*name) : readable_id(id);
}

std::string Names::list(const std::vector<std::string>& ids) {
  std::string out;
  for (size_t i = 0; i < ids.size(); ++i) {
    if (std::find(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(i), ids[i]) != ids.begin() + static_cast<std::ptrdiff_t>(i)) continue;
    out += (out.empty() ? "" : " + ") + of(ids[i]);
  }
  return out;
}

Result<Meant> meant(const Store& store, std::string_view name, std::vector<std::string>& notes) {
  const auto matches = store.find_actors(name);
  if (!matches) return matches.error();
  if (matches->empty()) return Error{Code::NotFound, "nobody in the record is called \"" + std::string(name) + "\""};
  Meant result;
  for (const ActorMatch& match : *matches) {
    if (result.ids.size() == kMaxMeant) {
      notes.push_back("\"" + std::string(name) + "\" may also mean " + match.name + " (" + match.id + ")" +
                      (matches->size() > kMaxMeant + 1 ? " and " + std::to_string(matches->size() - kMaxMeant - 1) + " more" : ""));
      break;
    }
    auto best = store.actor_name(match.id);
    if (!best) return best.error();
    result.words += (result.words.empty() ? "" : " or ") + (*best == match.id ? match.id : *best + " (" + match.id + ")");
    result.ids.push_back(match.id);
  }
  // Those whom the second pass takes for the same; nobody twice.
  for (size_t i = 0, n = result.ids.size(); i < n; ++i) {
    const auto same = store.same_actors(result.ids[i]);
    if (!same) return same.error();
    for (const std::string& id : *same) {
      if (std::find(result.ids.begin(), result.ids.end(), id) != result.ids.end()) continue;
      result.ids.push_back(id);
      notes.push_back(id + " is taken for the same actor (readout link)");
    }
  }
  if (std::min(matches->size(), kMaxMeant) > 1) notes.push_back("\"" + std::string(name) + "\" means several actors; give an id to ask about one");
  return result;
}

Json parse_line(const Fact& fact) {
  Json row = Json::parse(fact.line, nullptr, false);
  return row.is_discarded() ? Json::object() : row;
}

AnswerRow row_of(const Fact& fact) {
  AnswerRow row;
  row.row = fact.id;
  row.doc = fact.doc;
  row.day = fact.day;
  row.title = fact.title;
  row.evidence = fact.evidence.empty() ? std::string() : readable(fact.evidence);
  if (!fact.line.empty()) {
    row.json = fact.line;
    row.json.pop_back();
    std::string more;
    JsonWriter json(more);
    json.begin_object().optional_field("day", fact.day).optional_field("due", fact.due);
    json.optional_field("title", fact.title).optional_field("publisher", fact.publisher).optional_field("published", fact.published);
    json.optional_field("evidence", fact.evidence).optional_field("answered_by", fact.answered_by);
    json.optional_field("told_first_by", fact.group).end_object();
    row.json += more.size() > 2 ? "," + more.substr(1) : "}";
  }
  return row;
}

namespace {
/// Thousands apart: "20,000,000".
std::string number_words(const Json& row, const char* key) {
  const auto it = row.find(key);
  if (it == row.end() || !it->is_number()) return {};
  std::string text = it->dump();
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  if (text.find_first_of("eE") != std::string::npos) return text;
  const size_t first = text.starts_with('-') ? 1 : 0, point = std::min(text.find('.'), text.size());
  for (size_t at = point; at > first + 3; at -= 3) text.insert(at - 3, ",");
  return text;
}
}  // namespace

std::string figure_words(const Json& row) {
  std::string value = number_words(row, "value");
  if (value.empty() && (row.contains("low") || row.contains("high"))) {
    const std::string low = number_words(row, "low"), high = number_words(row, "high");
    value = low.empty() ? "up to " + high : high.empty() ? low + " or more" : low + " to " + high;
  }
  std::string comparator = text_of(row, "comparator");
  std::replace(comparator.begin(), comparator.end(), '_', ' ');
  if (comparator.empty() || comparator == "exact") return value;
  if (comparator == "none") return comparator;
  return value.empty() ? comparator : comparator + " " + value;
}

std::string dates_words(const std::string& from, const std::string& until) {
  if (from.empty() && until.empty()) return {};
  if (until.empty()) return ", from " + from + " on";
  if (from.empty()) return ", until " + until;
  return ", between " + from + " and " + until;
}

}  // namespace readout::query
