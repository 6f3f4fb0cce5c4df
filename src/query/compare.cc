// Two documents side by side: acts with the same type and actors, commitments and quotes that share
// most of their words, figures of the same thing are taken for the same; what has no partner is what
// the other side left out.
#include <algorithm>
#include <map>
#include <set>

#include "query/answers.h"
#include "query/ontology.h"

namespace readout {
namespace {

using query::Json;
using query::list_of;
using query::text_of;

/// An actor is there, but nobody knows who, or nobody is named.
bool unnamed(const std::set<std::string>& actors) {
  return actors.empty() || (actors.size() == 1 && *actors.begin() == "?");
}

struct Side {
  Json document;
  std::vector<Json> rows;
  std::map<std::string, std::string> sentences, names;
};

Side read_side(std::string_view record) {
  Side side;
  while (!record.empty()) {
    const size_t end = std::min(record.find('\n'), record.size());
    Json row = end > 0 ? Json::parse(record.substr(0, end), nullptr, false) : Json();
    record.remove_prefix(std::min(end + 1, record.size()));
    if (!row.is_object()) continue;
    const std::string kind = text_of(row, "kind");
    if (kind == "document") side.document = row;
    if (kind == "sentence") side.sentences[text_of(row, "id")] = text_of(row, "text");
    if (kind == "actor") side.names[text_of(row, "actor")] = text_of(row, "name");
    if (kind == "event" || kind == "commitment" || kind == "figure" || kind == "quote" || kind == "agreement") side.rows.push_back(std::move(row));
  }
  return side;
}

/// Words of four letters and more, in lower case as far as ASCII goes: enough to compare two tellings.
std::set<std::string> content_words(std::string_view text) {
  std::set<std::string> words;
  std::string word;
  const auto close = [&] {
    if (word.size() >= 4) words.insert(word);
    word.clear();
  };
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'a' && u <= 'z')) {
      word += c;
    } else if (u >= 'A' && u <= 'Z') {
      word += static_cast<char>(u - 'A' + 'a');
    } else {
      close();
    }
  }
  close();
  return words;
}

/// Shared words over the smaller set.
double overlap(const std::set<std::string>& a, const std::set<std::string>& b) {
  if (a.empty() || b.empty()) return 0;
  size_t shared = 0;
  for (const std::string& word : a) shared += b.count(word);
  return static_cast<double>(shared) / static_cast<double>(std::min(a.size(), b.size()));
}

std::set<std::string> actor_set(const Json& row, std::initializer_list<const char*> keys) {
  std::set<std::string> actors;
  for (const char* key : keys) {
    for (std::string& id : list_of(row, key)) actors.insert(std::move(id));
  }
  return actors;
}

bool share(const std::set<std::string>& a, const std::set<std::string>& b) {
  if (a.empty() && b.empty()) return true;
  return std::any_of(a.begin(), a.end(), [&](const std::string& id) { return b.count(id) > 0; });
}

enum class Likeness { None, Differs, Same };

/// `of_sentences`: what the sentences of the two share.
Likeness alike(const Json& a, const Json& b, double of_sentences) {
  const std::string kind = text_of(a, "kind");
  if (kind != text_of(b, "kind")) return Likeness::None;
  if (kind == "event") {
    if (text_of(a, "plover") != text_of(b, "plover") || text_of(a, "cameo").substr(0, 2) != text_of(b, "cameo").substr(0, 2)) return Likeness::None;
    const bool straight = share(actor_set(a, {"source"}), actor_set(b, {"source"})) && share(actor_set(a, {"target"}), actor_set(b, {"target"}));
    // The two sides of a meeting name each other first.
    const bool crossed = text_of(a, "plover") == "CONSULT" && share(actor_set(a, {"source", "target"}), actor_set(b, {"source", "target"}));
    // Where one side names nobody, most of the sentence must agree.
    const auto a_source = actor_set(a, {"source"}), b_source = actor_set(b, {"source"});
    const bool told_alike = (unnamed(a_source) || unnamed(b_source)) && of_sentences >= 0.5;
    if (!straight && !crossed && !told_alike) return Likeness::None;
    return text_of(a, "status") == text_of(b, "status") && text_of(a, "polarity") == text_of(b, "polarity") ? Likeness::Same : Likeness::Differs;
  }
  if (kind == "commitment") {
    if (!share(actor_set(a, {"owed_by"}), actor_set(b, {"owed_by"}))) return Likeness::None;
    if (overlap(content_words(query::words_of(a, "what")), content_words(query::words_of(b, "what"))) < 0.5) return Likeness::None;
    const auto due = [](const Json& row) { return row.contains("deadline") ? text_of(row["deadline"], "value") : std::string(); };
    return text_of(a, "commitment_kind") == text_of(b, "commitment_kind") && due(a) == due(b) ? Likeness::Same : Likeness::Differs;
  }
  if (kind == "figure") {
    if (text_of(a, "unit") != text_of(b, "unit")) return Likeness::None;
    const std::string one = text_of(a, "counted"), two = text_of(b, "counted");
    const bool same_number = query::figure_words(a) == query::figure_words(b);
    if (!one.empty() && one == two) return same_number ? Likeness::Same : Likeness::Differs;
    // The same sum of something that one of them does not name, told in like words.
    return same_number && (one.empty() || two.empty()) && of_sentences >= 0.3 ? Likeness::Same : Likeness::None;
  }
  if (kind == "quote") {
    return overlap(content_words(text_of(a, "text")), content_words(text_of(b, "text"))) >= 0.6 ? Likeness::Same : Likeness::None;
  }
  if (kind == "agreement") {
    return overlap(content_words(text_of(a, "name")), content_words(text_of(b, "name"))) >= 0.75 ? Likeness::Same : Likeness::None;
  }
  return Likeness::None;
}

std::string words_for(const Json& row, const Side& side) {
  const auto actors = [&](const char* key) {
    std::string out;
    std::set<std::string> seen;
    for (const std::string& id : list_of(row, key)) {
      if (!seen.insert(id).second) continue;
      const auto name = side.names.find(id);
      const std::string words = name == side.names.end() || name->second.empty() ? query::readable_id(id) : name->second;
      out += (out.empty() ? "" : " + ") + (id == "?" ? "somebody" : words);
    }
    return out.empty() ? std::string("(nobody named)") : out;
  };
  const std::string kind = text_of(row, "kind");
  if (kind == "event") {
    const query::CameoCode* code = query::cameo(text_of(row, "cameo"));
    const std::string target = list_of(row, "target").empty() ? std::string() : " > " + actors("target");
    return actors("source") + target + ": " + query::words_of(row, "predicate") + " (" + (code != nullptr ? std::string(code->name) : text_of(row, "plover")) + "; " +
           text_of(row, "status") + (text_of(row, "polarity") == "negative" ? ", not" : "") + ")";
  }
  if (kind == "commitment") {
    const std::string due = query::words_of(row, "deadline");
    return text_of(row, "commitment_kind") + " of " + actors("owed_by") + ": " + query::words_of(row, "what") + (due.empty() ? "" : " [" + due + "]");
  }
  if (kind == "figure") return query::figure_words(row) + " " + text_of(row, "unit") + " " + text_of(row, "counted");
  if (kind == "quote") return actors("source") + ": " + query::readable(text_of(row, "text"));
  return text_of(row, "name");
}

std::string title_of(const Side& side) {
  const std::string title = query::flat(text_of(side.document, "title"));
  const std::string publisher = text_of(side.document, "publisher");
  return (title.empty() ? text_of(side.document, "file") : title) + (publisher.empty() ? "" : " (" + publisher + ")");
}

}  // namespace

Result<Answer> compare(std::string_view left_record, std::string_view right_record) {
  const Side left = read_side(left_record), right = read_side(right_record);
  if (!left.document.is_object() || !right.document.is_object()) return Error{Code::BadInput, "two documents are wanted"};
  Answer answer;
  answer.verb = "diff";
  answer.question = "What do A: \"" + title_of(left) + "\" and B: \"" + title_of(right) + "\" tell, and what does each leave out?";
  answer.columns = {"told by", "kind", "A", "B"};
  std::vector<bool> taken(right.rows.size(), false);
  const auto add = [&](const char* told, const Json* a, const Json* b) {
    AnswerRow row;
    const Json& main = a != nullptr ? *a : *b;
    const Side& side = a != nullptr ? left : right;
    row.row = text_of(main, "id");
    row.doc = text_of(main, "doc");
    row.title = text_of(side.document, "title");
    const auto sentence = side.sentences.find(text_of(main, "sentence"));
    if (sentence != side.sentences.end()) row.evidence = query::readable(sentence->second);
    row.cells = {told, text_of(main, "kind"), a == nullptr ? "" : words_for(*a, left), b == nullptr ? "" : words_for(*b, right)};
    Json json = Json::object();
    json["told_by"] = told;
    json["kind"] = row.cells[1];
    if (a != nullptr) json["a"] = *a;
    if (b != nullptr) json["b"] = *b;
    row.json = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    answer.rows.push_back(std::move(row));
  };
  const auto sentence_words = [](const Side& side) {
    std::vector<std::set<std::string>> all;
    for (const Json& row : side.rows) {
      const auto sentence = side.sentences.find(text_of(row, "sentence"));
      all.push_back(sentence == side.sentences.end() ? std::set<std::string>() : content_words(sentence->second));
    }
    return all;
  };
  const auto left_words = sentence_words(left), right_words = sentence_words(right);
  // The best partner first: one that is the same before one that differs, then the one told in the most like words.
  for (const Json& a : left.rows) {
    const auto& words = left_words[static_cast<size_t>(&a - left.rows.data())];
    size_t best = right.rows.size();
    Likeness likeness = Likeness::None;
    double most = -1;
    for (size_t i = 0; i < right.rows.size(); ++i) {
      if (taken[i] || text_of(a, "kind") != text_of(right.rows[i], "kind")) continue;
      const double of_sentences = overlap(words, right_words[i]);
      const Likeness one = alike(a, right.rows[i], of_sentences);
      if (one > likeness || (one == likeness && one != Likeness::None && of_sentences > most)) {
        likeness = one;
        most = of_sentences;
        best = i;
      }
    }
    if (likeness == Likeness::None) {
      add("A only", &a, nullptr);
    } else {
      taken[best] = true;
      add(likeness == Likeness::Same ? "both" : "both, differently", &a, &right.rows[best]);
    }
  }
  for (size_t i = 0; i < right.rows.size(); ++i) {
    if (!taken[i]) add("B only", nullptr, &right.rows[i]);
  }
  const std::map<std::string, int> order = {{"both", 0}, {"both, differently", 1}, {"A only", 2}, {"B only", 3}};
  std::stable_sort(answer.rows.begin(), answer.rows.end(),
                   [&](const AnswerRow& a, const AnswerRow& b) { return order.at(a.cells[0]) < order.at(b.cells[0]); });
  answer.total = answer.rows.size();
  return answer;
}

}  // namespace readout
