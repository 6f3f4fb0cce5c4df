// Rows of reference: actors, mentions, quotes, times, figures, places.
#include "readout/layer_names.h"
#include "record/row_writer.h"

namespace readout::record {
namespace {

std::string_view method(const Document& doc, const Made& made, std::string_view fallback) {
  const std::string_view by = doc.str(made.by);
  return by.empty() ? fallback : by;
}

void write_actors(RowWriter& rows, const ActorLayer& layer) {
  const Document& doc = rows.doc();
  std::vector<Span> first(layer.actors.size());
  for (const Mention& mention : layer.mentions) {
    for (const ActorId actor : mention.actors) {
      if (first[index(actor)].empty()) first[index(actor)] = mention.span;
    }
  }
  for (size_t i = 0; i < layer.actors.size(); ++i) {
    const Actor& actor = layer.actors[i];
    if (doc.str(actor.id) == "?") continue;
    JsonWriter& json = rows.open("actor", first[i], "entities.actors/1", 1.0F);
    json.field("actor", doc.str(actor.id)).optional_field("name", doc.str(actor.name));
    json.field("type", name(actor.type)).optional_field("country", doc.str(actor.country));
    const auto list = [&](std::string_view key, const std::vector<Sym>& symbols) {
      json.key(key).begin_array();
      for (const Sym sym : symbols) json.value(doc.str(sym));
      json.end_array();
    };
    list("sectors", actor.sectors);
    list("aliases", actor.aliases);
    json.key("offices").begin_array();
    for (const Office& office : actor.offices) {
      json.begin_object().field("title", doc.str(office.title));
      json.optional_field("of", doc.str(office.of)).optional_field("from", doc.str(office.from));
      json.optional_field("until", doc.str(office.until)).end_object();
    }
    json.end_array().field("known", actor.known);
    rows.close();
  }
  for (const Mention& mention : layer.mentions) {
    JsonWriter& json = rows.open("mention", mention.span, method(doc, mention.made, "entities.mentions/1"),
                                 mention.made.score);
    rows.actors("actors", mention.actors);
    json.field("form", name(mention.form));
    if (mention.person != 0) json.field("person", static_cast<uint32_t>(mention.person));
    json.optional_field("reason", doc.str(mention.reason));
    rows.actors("alternatives", mention.alternatives);
    rows.close();
  }
}

void write_quotes(RowWriter& rows, const QuoteLayer& layer) {
  const Document& doc = rows.doc();
  for (const Quote& quote : layer.quotes) {
    JsonWriter& json =
        rows.open("quote", quote.span, method(doc, quote.made, "discourse.quotes/1"), quote.made.score);
    json.field("type", name(quote.type));
    if (quote.source.empty() && !quote.source_span.empty()) {
      rows.actors("source", {kNone<ActorId>});  // words that name nobody known: "a local official"
    } else {
      rows.actors("source", quote.source);
    }
    rows.evidence("source_words", quote.source_span);
    rows.evidence("cue", quote.cue);
    rows.actors("addressee", quote.addressee);
    if (quote.denied) json.field("denied", true);
    if (quote.parent != kNone<QuoteId>) {
      json.field("parent", rows.row_id("quote", doc.to_source(layer.quotes[index(quote.parent)].span)));
    }
    rows.close();
  }
}

void write_timexes(RowWriter& rows, const TimexLayer& layer) {
  const Document& doc = rows.doc();
  for (const Timex& timex : layer.timexes) {
    JsonWriter& json =
        rows.open("timex", timex.span, method(doc, timex.made, "timex.rules/1"), timex.made.score);
    json.field("type", name(timex.type)).optional_field("value", doc.str(timex.value));
    const std::string_view from = doc.str(timex.from), until = doc.str(timex.until);
    if (!from.empty() || !until.empty()) {
      json.key("interval").begin_array();
      from.empty() ? json.raw("null") : json.value(from);
      until.empty() ? json.raw("null") : json.value(until);
      json.end_array();
    }
    json.optional_field("mod", doc.str(timex.mod)).optional_field("anchor", doc.str(timex.anchor));
    json.optional_field("function", doc.str(timex.function));
    json.optional_field("reason", doc.str(timex.reason));
    rows.close();
  }
}

void write_figures(RowWriter& rows, const FigureLayer& layer) {
  const Document& doc = rows.doc();
  for (const Figure& figure : layer.figures) {
    JsonWriter& json = rows.open("figure", figure.span, method(doc, figure.made, "figures.rules/1"),
                                 figure.made.score);
    if (figure.value) json.field("value", *figure.value);
    if (figure.low) json.field("low", *figure.low);
    if (figure.high) json.field("high", *figure.high);
    json.field("comparator", name(figure.comparator)).optional_field("unit", doc.str(figure.unit));
    json.optional_field("counted", doc.str(figure.counted));
    if (doc.actors() != nullptr) {
      rows.actors("about", figure.about);
    } else {
      json.key("about").begin_array().end_array();
    }
    if (figure.as_of != kNone<TimexId> && doc.timexes() != nullptr) {
      json.optional_field("as_of", doc.str(doc.timexes()->timexes[index(figure.as_of)].value));
    }
    if (figure.revises != kNone<FigureId>) {
      json.field("revises",
                 rows.row_id("figure", doc.to_source(layer.figures[index(figure.revises)].span)));
    }
    rows.close();
  }
}

void write_places(RowWriter& rows, const PlaceLayer& layer) {
  const Document& doc = rows.doc();
  for (const Place& place : layer.places) {
    JsonWriter& json =
        rows.open("place", place.span, method(doc, place.made, "places.gazetteer/1"), place.made.score);
    json.optional_field("place", doc.str(place.id)).optional_field("name", doc.str(place.name));
    json.optional_field("country", doc.str(place.country));
    if (place.lat) json.field("lat", *place.lat);
    if (place.lon) json.field("lon", *place.lon);
    json.optional_field("precision", doc.str(place.precision));
    json.optional_field("part_of", doc.str(place.part_of));
    rows.close();
  }
}

}  // namespace

void write_reference(RowWriter& rows) {
  const Document& doc = rows.doc();
  if (const ActorLayer* layer = doc.actors()) write_actors(rows, *layer);
  if (const QuoteLayer* layer = doc.quotes()) write_quotes(rows, *layer);
  if (const TimexLayer* layer = doc.timexes()) write_timexes(rows, *layer);
  if (const FigureLayer* layer = doc.figures()) write_figures(rows, *layer);
  if (const PlaceLayer* layer = doc.places()) write_places(rows, *layer);
}

}  // namespace readout::record
