// Exports made of JSON objects: PLOVER, NGEC, W3C Web Annotations, GeoJSON.
#include <algorithm>
#include <memory>

#include "query/exporting.h"
#include "query/ontology.h"

namespace readout::query {
namespace {

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// Evidence spans of a role, or an empty list.
std::vector<const Json*> spans(const Json& event, const char* key) {
  std::vector<const Json*> out;
  const auto it = event.find(key);
  if (it == event.end()) return out;
  if (it->is_object()) out.push_back(&*it);
  if (it->is_array()) {
    for (const Json& one : *it) out.push_back(&one);
  }
  return out;
}

class Objects : public Exporter {
 public:
  explicit Objects(std::string_view format) : format_(format) {}

  void head(std::string& out) override {
    if (format_ == "geojson") out += "{\"type\":\"FeatureCollection\",\"features\":[\n";
  }
  void foot(std::string& out) override {
    if (format_ == "geojson") out += "\n]}\n";
  }

  void document(const ExportDocument& doc, DyadFilter& filter, std::string& out) override {
    if (format_ == "w3c") return annotations(doc, out);
    for (const Json& event : doc.rows) {
      if (text_of(event, "kind") != "event") continue;
      const auto sources = list_of(event, "source"), targets = list_of(event, "target");
      std::string once = event_day(event, doc) + "\t" + text_of(event, "cameo");
      for (const std::string& id : sources) once += "\t" + id;
      once += "\t>";
      for (const std::string& id : targets) once += "\t" + id;
      if (!passes(filter, event, doc) || (filter.dyads_only && (sources.empty() || targets.empty())) || (filter.one_a_day && !filter.seen.insert(once).second)) {
        ++filter.filtered;
        continue;
      }
      if (format_ == "geojson") {
        feature(doc, event, out);
      } else if (text_of(event, "plover").empty()) {
        ++skipped;  // both are PLOVER's
      } else {
        out += dumped(format_ == "plover" ? plover_event(doc, event) : ngec_event(doc, event)) + "\n";
        ++rows;
      }
    }
  }

 private:
  static Json entity(const ExportDocument& doc, const std::string& id, const std::string& words) {
    const CodedActor actor = coded(doc, id, words);
    Json out = Json::object();
    if (!actor.country.empty()) out["code"] = actor.iso.empty() ? actor.country : actor.iso;
    if (!actor.roles.empty()) out["sector"] = actor.roles;
    const std::string text = actor.text.empty() ? actor.name : actor.text;
    if (!text.empty()) out["entity_text"] = text;
    if (!id.empty() && id != "?") {
      out["identifier_id"] = id;
      out["identifier_text"] = actor.name;
    }
    return out;
  }

  static Json entities(const ExportDocument& doc, const Json& event, const char* key, const char* words_key) {
    Json out = Json::array();
    const auto ids = list_of(event, key);
    const auto words = spans(event, words_key);
    for (size_t i = 0; i < ids.size(); ++i) {
      out.push_back(entity(doc, ids[i], words.size() == ids.size() ? text_of(*words[i], "text") : words.empty() ? "" : text_of(*words[0], "text")));
    }
    return out;
  }

  static Json plover_event(const ExportDocument& doc, const Json& event) {
    Json out = Json::object();
    const std::string type = text_of(event, "plover"), status = text_of(event, "status");
    out["id"] = text_of(event, "id");
    out["has_event"] = true;
    out["date"] = event_day(event, doc);
    out["actor"] = entities(doc, event, "source", "source_words");
    out["recipient"] = entities(doc, event, "target", "target_words");
    out["event"] = Json::array({type});
    out["event_text"] = Json::array({words_of(event, "predicate")});
    if (const PloverType* known = plover(type)) {
      out["quad_code"] = known->quad;
      out["event_scale"] = known->score;
    }
    Json modes = Json::array();
    if (const std::string mode = text_of(event, "plover_mode"); !mode.empty()) modes.push_back(mode);
    // PLOVER's auxiliary modes.
    if (text_of(event, "polarity") == "negative" || status == "denied" || status == "refused") modes.push_back("negation");
    if (status == "planned" || status == "promised" || status == "offered") modes.push_back("future");
    if (status == "conditional" || status == "hoped" || status == "requested") modes.push_back("hypothetical");
    out["mode"] = modes;
    out["context"] = list_of(event, "plover_context");
    if (const std::string group = text_of(event, "group"); !group.empty()) out["link"] = group;
    if (const Json* place = place_of(doc, event)) {
      Json where = Json::object();
      where["extracted_place"] = text_of(event, "place");
      where["resolved_place"] = text_of(*place, "name");
      if (const std::string id = text_of(*place, "place"); id.starts_with("gn:")) where["geonameid"] = id.substr(3);
      if (place->contains("lat")) where["lat"] = (*place)["lat"];
      if (place->contains("lon")) where["lon"] = (*place)["lon"];
      if (const std::string country = text_of(*place, "country"); !country.empty()) {
        where["country"] = std::string(state_codes(country).name);
        where["country_code"] = country;
      }
      out["event_loc"] = where;
    } else if (const std::string place_words = text_of(event, "place"); !place_words.empty()) {
      out["event_loc"] = {{"extracted_place", place_words}};
    }
    out["text"] = doc.text_of_sentence(event);
    out["text_info"] = {{"sequence", doc.number_of_sentence(event)}, {"start", event.value("begin", 0)}, {"end", event.value("end", 0)}};
    Json cite = {{"corpus", "sha256:" + doc.id}, {"title", doc.title}, {"publication", doc.publisher}, {"coder", text_of(event, "method")}};
    if (!doc.url.empty()) cite["url"] = doc.url;
    const std::string language = text_of(doc.head, "language");
    if (!language.empty()) cite["language"] = language;
    out["cite_info"] = cite;
    out["coder"] = "readout " + text_of(event, "method");
    out["comment"] = "status " + status;
    return out;
  }

  /// NGEC counts characters of the story; ours are bytes of the source, and the field says so.
  static Json ngec_event(const ExportDocument& doc, const Json& event) {
    Json out = Json::object();
    out["id"] = text_of(event, "id");
    out["story_id"] = doc.id;
    out["event_type"] = text_of(event, "plover");
    Json modes = Json::array();
    if (const std::string mode = text_of(event, "plover_mode"); !mode.empty()) modes.push_back(mode);
    out["event_mode"] = modes;
    out["contexts"] = list_of(event, "plover_context");
    out["event_text"] = doc.text_of_sentence(event);
    out["headline"] = doc.title;
    out["publisher"] = doc.publisher;
    out["date"] = event_day(event, doc);
    out["pub_date"] = doc.day;
    out["date_raw"] = text_of(event, "date");
    out["date_resolved"] = event_day(event, doc);
    out["version"] = "readout " + text_of(event, "method");
    out["offsets"] = "bytes of the source";
    const double score = number_in(event, "score", 1);
    const auto attribute = [&](const char* key, const char* words_key) {
      Json list = Json::array();
      const auto ids = list_of(event, key);
      const auto words = spans(event, words_key);
      for (size_t i = 0; i < ids.size(); ++i) {
        const Json* span = words.empty() ? nullptr : words[std::min(i, words.size() - 1)];
        const CodedActor actor = coded(doc, ids[i], span == nullptr ? std::string() : text_of(*span, "text"));
        Json one = {{"text", actor.text.empty() ? actor.name : actor.text}, {"qa_score", score}};
        if (span != nullptr) {
          one["qa_start_char"] = span->value("begin", 0);
          one["qa_end_char"] = span->value("end", 0);
        }
        one["score"] = score;
        one["wiki"] = "";
        one["country"] = actor.iso;
        one["country_name"] = std::string(state_codes(actor.iso).name);
        one["code_1"] = actor.roles.empty() ? std::string() : actor.roles[0];
        one["code_2"] = actor.roles.size() < 2 ? std::string() : actor.roles[1];
        list.push_back(one);
      }
      return list;
    };
    Json attributes = Json::object();
    attributes["ACTOR"] = attribute("source", "source_words");
    attributes["RECIP"] = attribute("target", "target_words");
    attributes["LOC"] = Json::array();
    if (const std::string place = text_of(event, "place"); !place.empty()) attributes["LOC"].push_back({{"text", place}});
    attributes["DATE"] = Json::array();
    if (const std::string date = text_of(event, "date"); !date.empty()) attributes["DATE"].push_back({{"text", date}});
    out["attributes"] = attributes;
    const auto located = [&](const Json& place) {
      Json one = {{"search_placename", text_of(place, "text")}, {"resolved_placename", text_of(place, "name")}};
      const std::string id = text_of(place, "place");
      one["geonameid"] = id.starts_with("gn:") ? id.substr(3) : std::string();
      one["country_code3"] = text_of(place, "country");
      if (place.contains("lat")) one["lat"] = place["lat"];
      if (place.contains("lon")) one["lon"] = place["lon"];
      one["start_char"] = place.value("begin", 0);
      one["end_char"] = place.value("end", 0);
      one["score"] = number_in(place, "score", 1);
      return one;
    };
    if (const Json* place = place_of(doc, event)) {
      out["event_geolocation"] = {{"reason", "place of the event"}, {"geo", located(*place)}};
    } else {
      out["event_geolocation"] = {{"reason", "no place stated"}, {"geo", nullptr}};
    }
    out["geolocated_ents"] = Json::array();
    out["story_locs"] = Json::array();
    for (const auto& [name, place] : doc.places) {
      out["geolocated_ents"].push_back(located(*place));
      out["story_locs"].push_back(name);
    }
    out["story_people"] = Json::array();
    out["story_orgs"] = Json::array();
    for (const auto& [id, actor] : doc.actors) {
      if (id.starts_with("person:")) out["story_people"].push_back(text_of(*actor, "name"));
      else if (!id.starts_with("state:")) out["story_orgs"].push_back(text_of(*actor, "name"));
    }
    return out;
  }

  void feature(const ExportDocument& doc, const Json& event, std::string& out) {
    const Json* place = place_of(doc, event);
    if (place == nullptr || !place->contains("lat") || !place->contains("lon")) {
      ++skipped;
      return;
    }
    const auto names = [&](const char* key) {
      Json list = Json::array();
      for (const std::string& id : list_of(event, key)) list.push_back(name_in(doc, id));
      return list;
    };
    Json one = {{"type", "Feature"}, {"id", text_of(event, "id")}, {"geometry", {{"type", "Point"}, {"coordinates", {(*place)["lon"], (*place)["lat"]}}}}};
    one["properties"] = {{"date", event_day(event, doc)}, {"source", names("source")}, {"target", names("target")}, {"plover", text_of(event, "plover")},
                         {"cameo", text_of(event, "cameo")}, {"status", text_of(event, "status")}, {"place", text_of(*place, "name")},
                         {"precision", text_of(*place, "precision")}, {"sentence", flat(doc.text_of_sentence(event))}, {"document", doc.id}, {"title", doc.title}};
    out += (rows == 0 ? "" : ",\n") + dumped(one);
    ++rows;
  }

  /// One annotation a row; the target is the span in the source, by position and by its words.
  void annotations(const ExportDocument& doc, std::string& out) {
    for (const Json& row : doc.rows) {
      const std::string kind = text_of(row, "kind");
      if (kind == "block" || kind == "sentence" || kind == "turn") continue;
      Json one = Json::object();
      one["@context"] = "http://www.w3.org/ns/anno.jsonld";
      one["id"] = "urn:readout:" + doc.id.substr(0, 16) + ":" + text_of(row, "id");
      one["type"] = "Annotation";
      one["motivation"] = kind == "mention" || kind == "place" || kind == "actor" ? "identifying" : "classifying";
      Json body = Json::object();
      for (const auto& [key, value] : row.items()) {
        if (key != "begin" && key != "end" && key != "text" && key != "doc" && key != "id") body[key] = value;
      }
      one["body"] = {{"type", "Dataset"}, {"format", "application/json"}, {"value", body}};
      one["target"] = {{"source", doc.url.empty() ? "urn:sha256:" + doc.id : doc.url},
                       {"selector", {{{"type", "DataPositionSelector"}, {"start", row.value("begin", 0)}, {"end", row.value("end", 0)}},
                                     {{"type", "TextQuoteSelector"}, {"exact", text_of(row, "text")}}}}};
      out += dumped(one) + "\n";
      ++rows;
    }
  }

  std::string format_;
};

}  // namespace

std::unique_ptr<Exporter> object_exporter(std::string_view format) {
  for (const std::string_view known : {"plover", "ngec", "w3c", "geojson"}) {
    if (format == known) return std::make_unique<Objects>(format);
  }
  return nullptr;
}

}  // namespace readout::query
