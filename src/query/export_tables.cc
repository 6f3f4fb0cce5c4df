// Event tables of other coders, a line a dyad (csv: a line an event). Column orders: docs/formats/exports.md.
#include <algorithm>
#include <cstdio>
#include <memory>

#include "query/exporting.h"
#include "query/ontology.h"

namespace readout::query {
namespace {

/// A number that stays the same for the same row: the first 52 bits of its id.
std::string numeric_id(const Json& row, size_t dyad) {
  const std::string id = text_of(row, "id");
  const size_t dash = id.rfind('-');
  uint64_t value = 0;
  for (size_t i = dash == std::string::npos ? 0 : dash + 1, n = 0; i < id.size() && n < 13; ++i, ++n) {
    const char c = id[i];
    value = value * 16 + static_cast<uint64_t>(c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0);
  }
  return std::to_string(value + dyad);
}

std::string joined(const std::vector<std::string>& items, std::string_view by) {
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : std::string(by)) + item;
  return out;
}

/// One line of tab-separated cells.
class Line {
 public:
  Line& operator<<(std::string_view text) {
    if (!out_.empty() || count_ > 0) out_ += '\t';
    out_ += cell(text);
    ++count_;
    return *this;
  }
  Line& blank(size_t n = 1) {
    for (size_t i = 0; i < n; ++i) *this << "";
    return *this;
  }
  void end(std::string& out) {
    out += out_;
    out += '\n';
  }

 private:
  std::string out_;
  size_t count_ = 0;
};

std::string or_dashes(const std::string& text) { return text.empty() ? "---" : text; }

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

std::string goldstein(const Json& event) {
  const CameoCode* code = cameo(text_of(event, "cameo"));
  return code != nullptr && code->goldstein ? decimal(*code->goldstein) : std::string();
}

std::string root(const std::string& code) { return code.substr(0, 2); }

int quad(const Json& event) {
  const CameoCode* code = cameo(text_of(event, "cameo"));
  return code == nullptr ? 0 : code->quad;
}

/// Phoenix: 01-02 0, 03-05 1, 06-08 2, 09-13 and 16 3, 14, 15, 17-20 4.
int penta(const std::string& code) {
  const int r = code.size() < 2 ? 0 : (code[0] - '0') * 10 + (code[1] - '0');
  return r <= 2 ? 0 : r <= 5 ? 1 : r <= 8 ? 2 : r <= 13 || r == 16 ? 3 : 4;
}

/// The tracks of a document as issues: "PRISONERS,1;ENERGY_TRANSIT,1".
std::string issues(const ExportDocument& doc) {
  std::map<std::string, int> counts;
  for (const Json& row : doc.rows) {
    if (text_of(row, "kind") == "topic") ++counts[upper(text_of(row, "topic"))];
  }
  std::string out;
  for (const auto& [topic, n] : counts) out += (out.empty() ? "" : ";") + topic + "," + std::to_string(n);
  return out;
}

std::string place_number(const Json* place, const char* key) {
  return place != nullptr && place->contains(key) ? (*place)[key].dump() : std::string();
}

std::string state_name(const std::string& iso) {
  const StateCodes codes = state_codes(iso);
  return codes.name.empty() ? iso : std::string(codes.name);
}

class Tables : public Exporter {
 public:
  explicit Tables(std::string_view format) : format_(format) {}

  void head(std::string& out) override {
    if (format_ == "icews") {
      out += "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\t"
             "Target Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n";
    } else if (format_ == "polecat") {
      out += "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\tActor Country\tActor COW\t"
             "Primary Actor Sector\tActor Sectors\tActor Title\tActor Name Raw\tWikipedia Actor ID\tRecipient Name\tRecipient Country\tRecipient COW\t"
             "Primary Recipient Sector\tRecipient Sectors\tRecipient Title\tRecipient Name Raw\tWikipedia Recipient ID\tPlacename\tCity\tDistrict\t"
             "Province\tCountry\tLatitude\tLongitude\tGeoNames ID\tRaw Placename\tFeature Type\tSource\tPublication Date\tStory People\t"
             "Story Organizations\tStory Locations\tLanguage\tVersion\n";
    } else if (format_ == "csv") {
      out += "event,document,published,publisher,title,sentence_number,date,source,source_names,target,target_names,plover,mode,contexts,cameo,"
             "cameo_name,quad,goldstein,status,polarity,evidentiality,voice,place,method,score,words,sentence\n";
    }
  }

  void document(const ExportDocument& doc, DyadFilter& filter, std::string& out) override {
    if (format_ == "csv") return csv(doc, filter, out);
    const std::string doc_issues = issues(doc);
    for (const Dyad& dyad : dyads(doc, filter)) {
      // These formats have one code an event; an event without one cannot be said in them.
      const std::string code = text_of(*dyad.event, "cameo");
      const bool by_plover = format_ == "polecat";
      if ((by_plover ? text_of(*dyad.event, "plover") : code).empty() || dyad.day.empty()) {
        ++skipped;
        continue;
      }
      Line line;
      if (format_ == "petrarch2") petrarch(doc, dyad, doc_issues, line);
      if (format_ == "phoenix") phoenix(doc, dyad, doc_issues, line);
      if (format_ == "gdelt") gdelt(doc, dyad, line);
      if (format_ == "gdelt-mentions") mentions(doc, dyad, line);
      if (format_ == "icews") icews(doc, dyad, line);
      if (format_ == "polecat") polecat(doc, dyad, line);
      line.end(out);
      ++rows;
    }
  }

 private:
  static std::string sentence_id(const ExportDocument& doc, const Json& event) {
    return doc.id.substr(0, 16) + "_" + std::to_string(doc.number_of_sentence(event));
  }
  static std::string address(const ExportDocument& doc) { return doc.url.empty() ? "sha256:" + doc.id : doc.url; }

  static void petrarch(const ExportDocument& doc, const Dyad& d, const std::string& doc_issues, Line& line) {
    line << compact_day(d.day) << or_dashes(d.source.code) << or_dashes(d.target.code) << text_of(*d.event, "cameo") << doc_issues
         << sentence_id(doc, *d.event) << (doc.publisher.empty() ? "readout" : doc.publisher) << or_dashes(d.source.text.empty() ? d.source.name : d.source.text)
         << or_dashes(d.target.text.empty() ? d.target.name : d.target.text) << or_dashes(words_of(*d.event, "predicate"));
  }

  static void phoenix_actor(const CodedActor& actor, Line& line) {
    static constexpr std::string_view kRoles[] = {"GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "MED", "EDU", "BUS", "CRM", "CVL"};
    std::string role;
    std::vector<std::string> attributes = actor.roles;
    if (!attributes.empty() && std::find(std::begin(kRoles), std::end(kRoles), attributes.front()) != std::end(kRoles)) {
      role = attributes.front();
      attributes.erase(attributes.begin());
    }
    line << actor.code << actor.country << role << joined(attributes, ";");
  }

  void phoenix(const ExportDocument& doc, const Dyad& d, const std::string& doc_issues, Line& line) const {
    const std::string code = text_of(*d.event, "cameo");
    const Json* place = place_of(doc, *d.event);
    line << numeric_id(*d.event, d.number) + "_1" << compact_day(d.day) << d.day.substr(0, 4) << d.day.substr(5, 2) << d.day.substr(8, 2);
    phoenix_actor(d.source, line);
    phoenix_actor(d.target, line);
    line << code << root(code) << std::to_string(penta(code)) << goldstein(*d.event) << doc_issues << place_number(place, "lat")
         << place_number(place, "lon") << text_of(*d.event, "place") << "" << (place == nullptr ? std::string() : text_of(*place, "country"))
         << sentence_id(doc, *d.event) << address(doc) << doc.publisher;
  }

  static void gdelt_actor(const CodedActor& actor, Line& line) {
    const bool international = actor.iso.empty() && !actor.country.empty();
    std::vector<std::string> types = actor.roles;
    if (international) types.insert(types.begin(), actor.country);
    types.resize(3);
    line << actor.code << upper(actor.name) << (international ? std::string() : actor.country) << "" << "" << "" << "" << types[0] << types[1] << types[2];
  }

  static void no_geo(Line& line) { line << "0" << "" << "" << "" << "" << "" << "" << ""; }

  static void action_geo(const ExportDocument& doc, const Json& event, Line& line) {
    const Json* place = place_of(doc, event);
    if (place == nullptr || !place->contains("lat")) return no_geo(line);
    const std::string country = text_of(*place, "country"), precision = text_of(*place, "precision");
    const bool usa = country == "USA";
    const char* type = precision == "country" ? "1" : precision == "city" || precision == "point" ? (usa ? "3" : "4") : (usa ? "2" : "5");
    const StateCodes codes = state_codes(country);
    line << type << text_of(*place, "name") + (codes.name.empty() ? "" : ", " + std::string(codes.name)) << codes.fips << "" << ""
         << place_number(place, "lat") << place_number(place, "lon") << text_of(*place, "place");
  }

  static void gdelt(const ExportDocument& doc, const Dyad& d, Line& line) {
    const std::string code = text_of(*d.event, "cameo");
    const int month = std::atoi(d.day.c_str() + 5), day = std::atoi(d.day.c_str() + 8);
    char fraction[32];
    std::snprintf(fraction, sizeof fraction, "%s.%04d", d.day.substr(0, 4).c_str(), (month * 30 + day) * 10000 / 365 % 10000);
    const auto also = d.event->find("also");
    const size_t tellings = 1 + (also != d.event->end() && also->is_array() ? also->size() : 0);
    line << numeric_id(*d.event, d.number) << compact_day(d.day) << compact_day(d.day).substr(0, 6) << d.day.substr(0, 4) << fraction;
    gdelt_actor(d.source, line);
    gdelt_actor(d.target, line);
    line << (doc.number_of_sentence(*d.event) <= 2 ? "1" : "0") << code << code.substr(0, 3) << root(code) << std::to_string(quad(*d.event))
         << goldstein(*d.event) << std::to_string(tellings) << "1" << "1" << "";
    no_geo(line);
    no_geo(line);
    action_geo(doc, *d.event, line);
    line << compact_day(doc.day.empty() ? d.day : doc.day) + "000000" << address(doc);
  }

  static void mentions(const ExportDocument& doc, const Dyad& d, Line& line) {
    const auto begin = [&](const char* key) {
      const auto it = d.event->find(key);
      if (it == d.event->end()) return std::string("-1");
      const Json& first = it->is_array() ? (it->empty() ? Json() : (*it)[0]) : *it;
      return first.is_object() && first.contains("begin") ? first["begin"].dump() : std::string("-1");
    };
    line << numeric_id(*d.event, d.number) << compact_day(d.day) + "000000" << compact_day(doc.day.empty() ? d.day : doc.day) + "000000"
         << (doc.url.empty() ? "2" : "1") << doc.publisher << address(doc) << std::to_string(doc.number_of_sentence(*d.event)) << begin("source_words")
         << begin("target_words") << begin("predicate") << "1" << std::to_string(static_cast<int>(number_in(*d.event, "score", 1) * 100))
         << std::to_string(static_cast<uint64_t>(number_in(doc.head, "bytes", 0))) << "" << "" << "";
  }

  static void icews(const ExportDocument& doc, const Dyad& d, Line& line) {
    const std::string code = text_of(*d.event, "cameo");
    const CameoCode* known = cameo(code);
    const Json* place = place_of(doc, *d.event);
    const bool city = place != nullptr && (text_of(*place, "precision") == "city" || text_of(*place, "precision") == "point");
    const bool province = place != nullptr && text_of(*place, "precision") == "admin1";
    line << numeric_id(*d.event, d.number) << d.day << d.source.name << joined(d.source.roles, ",") << state_name(d.source.iso)
         << (known == nullptr ? std::string_view() : known->name) << code << goldstein(*d.event) << d.target.name << joined(d.target.roles, ",")
         << state_name(d.target.iso) << doc.id.substr(0, 16) << std::to_string(doc.number_of_sentence(*d.event)) << doc.publisher
         << (city ? text_of(*place, "name") : std::string()) << "" << (province ? text_of(*place, "name") : std::string())
         << (place == nullptr ? std::string() : state_name(text_of(*place, "country"))) << place_number(place, "lat") << place_number(place, "lon");
  }

  static void polecat_actor(const CodedActor& actor, Line& line) {
    line << actor.name << actor.iso << state_codes(actor.iso).cow << (actor.roles.empty() ? std::string() : actor.roles.front()) << joined(actor.roles, ";") << ""
         << actor.text << "";
  }

  static void polecat(const ExportDocument& doc, const Dyad& d, Line& line) {
    const Json* place = place_of(doc, *d.event);
    const PloverType* type = plover(text_of(*d.event, "plover"));
    std::set<std::string> people, organisations, locations;
    for (const auto& [id, actor] : doc.actors) {
      const std::string name = text_of(*actor, "name");
      if (id.starts_with("person:")) people.insert(name);
      else if (!id.starts_with("state:")) organisations.insert(name);
    }
    for (const auto& [name, row] : doc.places) locations.insert(name);
    const auto list = [](const std::set<std::string>& names) { return joined({names.begin(), names.end()}, ";"); };
    const std::string gazetteer = place == nullptr ? std::string() : text_of(*place, "place");
    line << numeric_id(*d.event, d.number) << d.day << text_of(*d.event, "plover") << text_of(*d.event, "plover_mode") << (type == nullptr ? std::string() : decimal(type->score))
         << (type == nullptr ? std::string() : std::to_string(type->quad)) << joined(list_of(*d.event, "plover_context"), ";");
    polecat_actor(d.source, line);
    polecat_actor(d.target, line);
    const bool city = place != nullptr && text_of(*place, "precision") == "city";
    line << (place == nullptr ? std::string() : text_of(*place, "name")) << (city ? text_of(*place, "name") : std::string()) << "" << ""
         << (place == nullptr ? std::string() : text_of(*place, "country")) << place_number(place, "lat") << place_number(place, "lon")
         << (gazetteer.starts_with("gn:") ? gazetteer.substr(3) : std::string()) << text_of(*d.event, "place")
         << (place == nullptr ? std::string() : text_of(*place, "precision")) << doc.publisher << doc.day << list(people) << list(organisations) << list(locations)
         << (text_of(doc.head, "language").empty() ? std::string("en") : text_of(doc.head, "language")) << text_of(*d.event, "method");
  }

  void csv(const ExportDocument& doc, DyadFilter& filter, std::string& out) {
    const auto quoted = [](std::string_view text) {
      if (text.find_first_of(",\"\n\r") == std::string_view::npos) return std::string(text);
      std::string q = "\"";
      for (const char c : text) q += c == '"' ? "\"\"" : std::string(1, c);
      return q + "\"";
    };
    const auto names = [&](const Json& event, const char* key) {
      std::vector<std::string> list;
      for (const std::string& id : list_of(event, key)) list.push_back(name_in(doc, id));
      return joined(list, ";");
    };
    for (const Json& event : doc.rows) {
      if (text_of(event, "kind") != "event") continue;
      const bool incomplete = filter.dyads_only && (list_of(event, "source").empty() || list_of(event, "target").empty());
      const std::string once = event_day(event, doc) + "\t" + joined(list_of(event, "source"), ";") + "\t" + joined(list_of(event, "target"), ";") + "\t" + text_of(event, "cameo");
      if (!passes(filter, event, doc) || incomplete || (filter.one_a_day && !filter.seen.insert(once).second)) {
        ++filter.filtered;
        continue;
      }
      const CameoCode* code = cameo(text_of(event, "cameo"));
      const std::string cells[] = {text_of(event, "id"), doc.id, doc.published, doc.publisher, doc.title, std::to_string(doc.number_of_sentence(event)),
                                   event_day(event, doc), joined(list_of(event, "source"), ";"), names(event, "source"), joined(list_of(event, "target"), ";"),
                                   names(event, "target"), text_of(event, "plover"), text_of(event, "plover_mode"), joined(list_of(event, "plover_context"), ";"),
                                   text_of(event, "cameo"), code == nullptr ? std::string() : std::string(code->name), std::to_string(quad(event)), goldstein(event),
                                   text_of(event, "status"), text_of(event, "polarity"), text_of(event, "evidentiality"), joined(list_of(event, "voice"), ">"),
                                   text_of(event, "place"), text_of(event, "method"), decimal(number_in(event, "score", 1)), words_of(event, "predicate"),
                                   flat(doc.text_of_sentence(event))};
      bool first = true;
      for (const std::string& one : cells) {
        out += (first ? "" : ",") + quoted(one);
        first = false;
      }
      out += '\n';
      ++rows;
    }
  }

  std::string format_;
};

}  // namespace

std::unique_ptr<Exporter> table_exporter(std::string_view format) {
  for (const std::string_view known : {"petrarch2", "phoenix", "gdelt", "gdelt-mentions", "icews", "polecat", "csv"}) {
    if (format == known) return std::make_unique<Tables>(format);
  }
  return nullptr;
}

}  // namespace readout::query
