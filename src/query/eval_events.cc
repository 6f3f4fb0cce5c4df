// Gold and found events are paired one to one: type first, then the better agreement of roles,
// predicate and code. Everything is counted over the pairs of one sentence (or document).
#include "query/eval_events.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "events/marked.h"
#include "query/gold_actors.h"
#include "query/local_actors.h"
#include "readout/layer_names.h"

namespace readout::query {
namespace {

using nlohmann::json;

struct Item {
  std::string predicate, plover, cameo, status;
  std::set<std::string> source, target;
  std::set<std::string> crowds;    // people who are named by a common noun alone
  std::set<std::string> source_side, target_side;  // countries, or ids where there is none
  std::string source_words, target_words;
  std::vector<NamedActor> named;   // both sides, where the words are known
  Span span;
  SentenceId sentence = kNone<SentenceId>;
};

std::set<std::string> ids(const json& row, const char* key) {
  std::set<std::string> out;
  if (const auto it = row.find(key); it != row.end()) {
    for (const json& id : *it) out.insert(comparable_actor(id.get<std::string>()));
  }
  return out;
}

std::string words(const json& row, const char* key) {
  std::string out;
  if (const auto it = row.find(key); it != row.end() && it->is_array()) {
    for (const json& text : *it) out += text.get<std::string>() + " ";
  }
  return out;
}

/// The country in an id ("gov:FRA.mfa", "mil:FRA"), or the id.
std::string side_of(std::string_view id, std::string_view country) {
  if (!country.empty()) return std::string(country);
  for (const std::string_view kind : {"state:", "gov:", "mil:", "people:"}) {
    if (id.starts_with(kind) && id.size() >= kind.size() + 3 && id[kind.size()] >= 'A' && id[kind.size()] <= 'Z') return std::string(id.substr(kind.size(), 3));
  }
  return std::string(id);
}

std::set<std::string> sides(const json& row, const char* key, const char* country_key) {
  std::set<std::string> out;
  const auto it = row.find(key);
  if (it == row.end()) return out;
  const auto countries = row.find(country_key);
  for (size_t k = 0; k < it->size(); ++k) {
    const std::string country = countries != row.end() && k < countries->size() ? (*countries)[k].get<std::string>() : std::string();
    out.insert(side_of((*it)[k].get<std::string>(), country));
  }
  return out;
}

std::string text_of(const json& row, const char* key) {
  const auto it = row.find(key);
  return it == row.end() || !it->is_string() ? std::string() : it->get<std::string>();
}

Item gold_item(const json& row) {
  Item item;
  item.predicate = text_of(row, "predicate");
  item.plover = text_of(row, "plover");
  item.cameo = text_of(row, "cameo");
  item.status = text_of(row, "status");
  item.source = ids(row, "source");
  item.target = ids(row, "target");
  item.source_side = sides(row, "source", "source_country");
  item.target_side = sides(row, "target", "target_country");
  item.source_words = words(row, "source_text");
  item.target_words = words(row, "target_text");
  return item;
}

std::string_view actor_id(const Document& doc, ActorId id) {
  const size_t known = doc.actors() == nullptr ? 0 : doc.actors()->actors.size();
  if (index(id) < known) return doc.str(doc.actors()->actors[index(id)].id);
  const size_t rest = index(id) - known;
  return rest < doc.events()->actors.size() ? doc.str(doc.events()->actors[rest].id) : std::string_view("?");
}

std::string_view actor_country(const Document& doc, ActorId id) {
  const size_t known = doc.actors() == nullptr ? 0 : doc.actors()->actors.size();
  if (index(id) < known) return doc.str(doc.actors()->actors[index(id)].country);
  const size_t rest = index(id) - known;
  return rest < doc.events()->actors.size() ? doc.str(doc.events()->actors[rest].country) : std::string_view();
}

/// The country of an actor of the document, by id.
std::string country_in(const Document& doc, const std::string& id) {
  for (const Actor& actor : doc.actors()->actors) {
    if (doc.str(actor.id) == id) return std::string(doc.str(actor.country));
  }
  return {};
}

Item found_item(const Document& doc, const Event& event) {
  Item item;
  item.predicate = doc.text(event.predicate);
  item.plover = doc.str(event.plover);
  item.cameo = doc.str(event.cameo);
  item.status = name(event.status);
  for (const ActorId id : event.source) item.source.insert(comparable_actor(actor_id(doc, id)));
  for (const ActorId id : event.target) item.target.insert(comparable_actor(actor_id(doc, id)));
  for (const ActorId id : event.source) item.source_side.insert(side_of(actor_id(doc, id), actor_country(doc, id)));
  for (const ActorId id : event.target) item.target_side.insert(side_of(actor_id(doc, id), actor_country(doc, id)));
  for (size_t k = 0; k < event.source.size() && k < event.source_spans.size(); ++k) item.named.push_back({comparable_actor(actor_id(doc, event.source[k])), event.source_spans[k]});
  for (size_t k = 0; k < event.target.size() && k < event.target_spans.size(); ++k) item.named.push_back({comparable_actor(actor_id(doc, event.target[k])), event.target_spans[k]});
  for (const NamedActor& one : item.named) {
    // "farmers", "Tamil students", but not "Kurds": the last word is a common noun.
    const std::string_view words = doc.text(one.words);
    const size_t last = words.rfind(' ') == std::string_view::npos ? 0 : words.rfind(' ') + 1;
    if (one.id.starts_with("people:") && one.id.size() > 7 && one.id[7] >= 'a' && last < words.size() && words[last] >= 'a') item.crowds.insert(one.id);
  }
  for (const Span span : event.source_spans) item.source_words += std::string(doc.text(span)) + " ";
  for (const Span span : event.target_spans) item.target_words += std::string(doc.text(span)) + " ";
  item.span = event.predicate;
  if (const auto sentence = doc.sentence_of(event.predicate)) item.sentence = *sentence;
  return item;
}

/// Where gold's words stand in the sentence.
void place_words(const json& row, std::string_view text, Item& item) {
  for (const auto& [key, words_key] : {std::pair{"source", "source_text"}, std::pair{"target", "target_text"}}) {
    const auto ids_at = row.find(key), words_at = row.find(words_key);
    if (ids_at == row.end() || words_at == row.end()) continue;
    for (size_t k = 0; k < ids_at->size() && k < words_at->size(); ++k) {
      const std::string phrase = (*words_at)[k].get<std::string>();
      const size_t at = text.find(phrase);
      if (at == std::string_view::npos) continue;
      item.named.push_back({comparable_actor((*ids_at)[k].get<std::string>()), Span{static_cast<uint32_t>(at), static_cast<uint32_t>(at + phrase.size())}});
    }
  }
}

/// Gives gold's local actors the ids that the reading made for the same words.
void align_sentence(const entities::Knowledge& knowledge, std::vector<Item>& gold, const std::vector<Item>& found) {
  std::vector<NamedActor> theirs, ours;
  for (const Item& item : gold) theirs.insert(theirs.end(), item.named.begin(), item.named.end());
  for (const Item& item : found) ours.insert(ours.end(), item.named.begin(), item.named.end());
  const auto aligned = align_local_actors(knowledge, theirs, ours);
  for (Item& item : gold) {
    for (std::set<std::string>* side : {&item.source, &item.target}) {
      std::set<std::string> renamed;
      for (const std::string& id : *side) renamed.insert(aligned.contains(id) ? aligned.at(id) : id);
      *side = std::move(renamed);
    }
  }
}

bool share_word(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return a.empty() && b.empty();
  const auto split = [](const std::string& text) {
    std::set<std::string> out;
    std::string word;
    for (const char c : text + " ") {
      if (c == ' ' || c == '\'' || c == ',') {
        if (word.size() > 2) out.insert(word);
        word.clear();
      } else {
        word += c;
      }
    }
    return out;
  };
  const auto x = split(a), y = split(b);
  return std::any_of(x.begin(), x.end(), [&](const std::string& word) { return y.count(word) > 0; });
}

/// A crowd that has no name ("the farmers") is `?` in the gold of sentences; the reading may give it a slug of its noun.
std::set<std::string> as_gold_writes(const std::set<std::string>& gold, const std::set<std::string>& found, const Item& item) {
  if (!gold.contains("?") || found == gold) return found;
  std::set<std::string> out;
  for (const std::string& id : found) out.insert(item.crowds.contains(id) && !gold.contains(id) ? "?" : id);
  return out;
}

bool roles_equal(const Item& gold, const Item& read) {
  Item found = read;
  found.source = as_gold_writes(gold.source, read.source, read);
  found.target = as_gold_writes(gold.target, read.target, read);
  if (gold.source == found.source && gold.target == found.target) return true;
  // A meeting may be told from either side, or with both on both sides.
  if (gold.plover != "CONSULT" && gold.source != gold.target) return false;
  if (gold.source == found.target && gold.target == found.source) return true;
  const auto all = [](const Item& item) {
    std::set<std::string> out = item.source;
    out.insert(item.target.begin(), item.target.end());
    return out;
  };
  return (gold.source == gold.target || found.source == found.target) && all(gold) == all(found);
}

bool sides_equal(const Item& gold, const Item& found) {
  if (gold.source_side == found.source_side && gold.target_side == found.target_side) return true;
  if (gold.plover != "CONSULT" && gold.source != gold.target) return false;
  std::set<std::string> a = gold.source_side, b = found.source_side;
  a.insert(gold.target_side.begin(), gold.target_side.end());
  b.insert(found.target_side.begin(), found.target_side.end());
  return a == b;
}

bool words_agree(const Item& gold, const Item& found) {
  if (share_word(gold.source_words, found.source_words) && share_word(gold.target_words, found.target_words)) return true;
  if (gold.plover != "CONSULT" && gold.source != gold.target) return false;
  return share_word(gold.source_words + gold.target_words, found.source_words + found.target_words);
}

std::string show(const Item& item) {
  const auto list = [](const std::set<std::string>& ids_of) {
    std::string out;
    for (const std::string& id : ids_of) out += (out.empty() ? "" : ",") + id;
    return out.empty() ? std::string("-") : out;
  };
  return item.plover + " " + item.cameo + " " + item.status + " \"" + item.predicate + "\" " + list(item.source) + " -> " + list(item.target) + "  [" + item.source_words + "-> " + item.target_words + "]";
}

/// Counts one sentence or document.
void compare(std::vector<Item> gold, std::vector<Item> found, const std::string& where, EventScores& scores) {
  // Statements that the record codes without a PLOVER type are not compared.
  std::erase_if(gold, [](const Item& item) { return item.plover.empty(); });
  std::erase_if(found, [](const Item& item) { return item.plover.empty(); });
  scores.type.gold += gold.size(), scores.type.system += found.size();
  scores.type_roles.gold += gold.size(), scores.type_roles.system += found.size();
  scores.type_dyad.gold += gold.size(), scores.type_dyad.system += found.size();
  scores.type_words.gold += gold.size(), scores.type_words.system += found.size();
  scores.root.gold += gold.size(), scores.root.system += found.size();
  scores.full.gold += gold.size(), scores.full.system += found.size();
  for (const Item& item : gold) ++scores.by_type[item.plover].gold;
  for (const Item& item : found) ++scores.by_type[item.plover].system;
  struct Pair {
    int value;
    size_t g, f;
  };
  std::vector<Pair> pairs;
  for (size_t g = 0; g < gold.size(); ++g) {
    for (size_t f = 0; f < found.size(); ++f) {
      const Item& a = gold[g];
      const Item& b = found[f];
      if (a.sentence != kNone<SentenceId> && a.sentence != b.sentence) continue;
      int value = 0;
      if (a.plover == b.plover) value += 100;
      if (roles_equal(a, b)) value += 20;
      else if (words_agree(a, b)) value += 10;
      if (a.cameo.substr(0, 2) == b.cameo.substr(0, 2)) value += 8;
      if (a.cameo == b.cameo) value += 4;
      if (a.predicate.find(b.predicate) != std::string::npos || b.predicate.find(a.predicate) != std::string::npos || share_word(a.predicate, b.predicate)) value += 6;
      if (a.status == b.status) value += 2;
      pairs.push_back({value, g, f});
    }
  }
  std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.value > b.value; });
  std::vector<bool> gold_used(gold.size()), found_used(found.size());
  bool wrong = false;
  std::string report;
  for (const Pair& pair : pairs) {
    if (gold_used[pair.g] || found_used[pair.f] || pair.value < 14) continue;
    gold_used[pair.g] = found_used[pair.f] = true;
    const Item& a = gold[pair.g];
    const Item& b = found[pair.f];
    const bool type = a.plover == b.plover, roles = roles_equal(a, b);
    if (type) {
      ++scores.type.correct;
      ++scores.by_type[a.plover].correct;
      if (roles) ++scores.type_roles.correct;
      if (roles || sides_equal(a, b)) ++scores.type_dyad.correct;
      if (words_agree(a, b)) ++scores.type_words.correct;
      ++scores.status_all;
      if (a.status == b.status) ++scores.status_right;
    } else {
      ++scores.extra;
    }
    if (a.cameo.substr(0, 2) == b.cameo.substr(0, 2)) ++scores.root.correct;
    if (a.cameo == b.cameo) ++scores.full.correct;
    if (!type || !roles || a.status != b.status || a.cameo != b.cameo) {
      wrong = wrong || !type || !roles || a.status != b.status;
      report += std::string("    ") + (type ? "" : "TYPE ") + (roles ? "" : "ROLES ") + (a.status == b.status ? "" : "STATUS ") + (a.cameo == b.cameo ? "" : "code ") + "\n      gold  " + show(a) + "\n      found " + show(b) + "\n";
    }
  }
  for (size_t g = 0; g < gold.size(); ++g) {
    if (gold_used[g]) continue;
    wrong = true;
    report += "    MISSED\n      gold  " + show(gold[g]) + "\n";
  }
  for (size_t f = 0; f < found.size(); ++f) {
    if (found_used[f]) continue;
    wrong = true;
    ++scores.extra;
    report += "    EXTRA\n      found " + show(found[f]) + "\n";
  }
  if (wrong) scores.failures.push_back(where + "\n" + report);
}

}  // namespace

double EventScores::macro_f1() const {
  double sum = 0;
  size_t types = 0;
  for (const auto& [type_name, score] : by_type) {
    if (score.gold == 0) continue;
    sum += score.f1();
    ++types;
  }
  return types == 0 ? 0 : sum / static_cast<double>(types);
}

Result<EventScores> eval_event_lines(const Engine& engine, const entities::Knowledge& knowledge, std::string_view jsonl, bool marked, EventScores scores) {
  Scratch scratch;
  while (!jsonl.empty()) {
    const size_t end = jsonl.find('\n');
    const std::string_view line = jsonl.substr(0, end);
    jsonl.remove_prefix(end == std::string_view::npos ? jsonl.size() : end + 1);
    if (line.empty()) continue;
    const json row = json::parse(line, nullptr, false);
    if (!row.is_object()) return Error{Code::BadInput, "a line is not a JSON object"};
    TextLayer text;
    text.source = text_of(row, "text");
    text.meta.published = text_of(row, "date");
    std::vector<Item> gold, found;
    if (const auto it = row.find("events"); it != row.end()) {
      for (const json& event : *it) {
        gold.push_back(gold_item(event));
        place_words(event, text.source, gold.back());
      }
    }
    events::MarkedSentence sides;
    if (marked) {
      if (gold.empty() || row["events"][0].value("source_text", json::array()).empty() || row["events"][0].value("target_text", json::array()).empty()) continue;
      gold.resize(1);
      const std::string source = row["events"][0]["source_text"][0], target = row["events"][0]["target_text"][0];
      if (source == target) continue;
      sides.text = text.source;
      sides.source = Span{static_cast<uint32_t>(text.source.find(source)), static_cast<uint32_t>(text.source.find(source) + source.size())};
      sides.target = Span{static_cast<uint32_t>(text.source.find(target)), static_cast<uint32_t>(text.source.find(target) + target.size())};
    }
    std::vector<Draft> batch;
    batch.emplace_back(std::move(text));
    if (auto done = engine.pipeline().run(batch, scratch); !done) return done.error();
    scratch.reset();
    const Document& doc = batch[0].doc();
    if (doc.events() == nullptr) return Error{Code::Internal, "the engine writes no events"};
    if (marked) {
      if (const auto relation = events::relation_between(doc, sides)) {
        Item item = found_item(doc, *relation);
        item.source = gold[0].source;  // given, not found
        item.target = gold[0].target;
        found.push_back(std::move(item));
      }
    } else {
      for (const Event& event : doc.events()->events) found.push_back(found_item(doc, event));
    }
    ++scores.sentences;
    align_sentence(knowledge, gold, found);
    compare(std::move(gold), std::move(found), text_of(row, "id") + "  " + std::string(doc.plain()), scores);
  }
  return scores;
}

void eval_events(const std::vector<GoldDocument>& documents, const entities::Knowledge& knowledge, EventScores& scores) {
  for (const GoldDocument& document : documents) {
    const Document& doc = document.doc;
    if (doc.events() == nullptr || doc.actors() == nullptr) continue;
    const ActorAlignment aligned(document, knowledge);
    std::vector<Item> gold, found;
    for (const GoldRow& row : document.rows) {
      if (row.kind != "event") continue;
      Item item = gold_item(row.json);
      for (std::set<std::string>* side : {&item.source, &item.target}) {
        std::set<std::string> known;
        for (const std::string& id : *side) known.insert(comparable_actor(aligned(id)));
        *side = std::move(known);
      }
      item.source_side.clear();
      item.target_side.clear();
      for (const std::string& id : item.source) item.source_side.insert(side_of(id, country_in(doc, id)));
      for (const std::string& id : item.target) item.target_side.insert(side_of(id, country_in(doc, id)));
      if (row.span) {
        item.span = *row.span;
        if (const auto sentence = doc.sentence_of(*row.span)) item.sentence = *sentence;
      }
      // Words of a side are not in the gold of documents: ids stand for them.
      for (const std::string& id : item.source) item.source_words += id + " ";
      for (const std::string& id : item.target) item.target_words += id + " ";
      gold.push_back(std::move(item));
    }
    for (const Event& event : doc.events()->events) {
      Item item = found_item(doc, event);
      item.source_words.clear();
      item.target_words.clear();
      for (const std::string& id : item.source) item.source_words += id + " ";
      for (const std::string& id : item.target) item.target_words += id + " ";
      found.push_back(std::move(item));
    }
    compare(std::move(gold), std::move(found), document.name, scores);
  }
}

}  // namespace readout::query
