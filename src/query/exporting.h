// What the export formats share: one document's rows at hand, events expanded to dyads, codes of
// actors as CAMEO writes them.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "query/answers.h"
#include "readout/export.h"

namespace readout::query {

/// One document, taken apart.
struct ExportDocument {
  Json head;
  std::string id, title, published, day;            // day: YYYY-MM-DD or empty
  std::string publisher, url;
  std::vector<Json> rows;                           // all but document and source
  std::map<std::string, const Json*> sentences;     // by id
  std::map<std::string, const Json*> actors;        // actor rows by actor id
  std::map<std::string, const Json*> places;        // place rows by folded-free name
  std::string text_of_sentence(const Json& row) const;
  uint64_t number_of_sentence(const Json& row) const;
};

/// An actor as event data writes it.
struct CodedActor {
  std::string id, name;
  std::string code;                                 // "RUSGOV", "IGO"; empty: cannot be coded
  std::string country;                              // CAMEO letters, or IGO, NGO, MNC, IMG, INT
  std::string iso;                                  // alpha-3
  std::vector<std::string> roles;                   // GOV, MIL ...
  std::string text;                                 // words in the sentence
};

/// One source and one target of an event. Either may have an empty id: nobody is named.
struct Dyad {
  const Json* event = nullptr;
  CodedActor source, target;
  size_t number = 0;                                // among the event's dyads
  std::string day;                                  // of the event, else of publication; may be empty
};

CodedActor coded(const ExportDocument& doc, const std::string& id, std::string_view words);
std::string name_in(const ExportDocument& doc, const std::string& id);

/// Columns of states.tsv of an alpha-3 code.
struct StateCodes {
  std::string_view name, fips, cow, iso2;
};
StateCodes state_codes(std::string_view iso3);

/// The events of a document as dyads, after views and days. `seen`: for one-a-day, over all documents.
struct DyadFilter {
  bool dyads_only = false, one_a_day = false, happened_only = false;
  std::string from, until;
  std::set<std::string> seen;
  uint64_t filtered = 0;
};
/// The events that the filter lets through, without expansion (one-a-day is judged on dyads only).
bool passes(const DyadFilter& filter, const Json& event, const ExportDocument& doc);
std::vector<Dyad> dyads(const ExportDocument& doc, DyadFilter& filter);
std::string event_day(const Json& event, const ExportDocument& doc);

/// Tabs, line ends and control characters as blanks: formats without escaping.
std::string cell(std::string_view text);
std::string compact_day(std::string_view day);      // 20110304; empty stays empty
std::string decimal(double value);
double number_in(const Json& row, const char* key, double fallback);
/// Place row of an event, null if it has none or it is not in the gazetteer.
const Json* place_of(const ExportDocument& doc, const Json& event);

/// One export format. `document` appends what one document gives; `head` and `foot` frame it.
class Exporter {
 public:
  virtual ~Exporter() = default;
  virtual void head(std::string&) {}
  virtual void document(const ExportDocument& doc, DyadFilter& filter, std::string& out) = 0;
  virtual void foot(std::string&) {}
  uint64_t rows = 0;                                // written
  uint64_t skipped = 0;                             // that the format cannot say
};

std::unique_ptr<Exporter> table_exporter(std::string_view format);   // petrarch2, phoenix, gdelt, gdelt-mentions, icews, polecat, csv
std::unique_ptr<Exporter> object_exporter(std::string_view format);  // plover, ngec, w3c, geojson
std::unique_ptr<Exporter> other_exporter(std::string_view format, const std::string& as_of);  // gkg, graphml, ical, webanno

}  // namespace readout::query
