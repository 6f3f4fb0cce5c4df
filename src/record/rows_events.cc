// Rows of acts: events (coded and uncoded), commitments, agreements, topics.
#include "readout/layer_names.h"
#include "record/row_writer.h"

namespace readout::record {
namespace {

std::string_view method(const Document& doc, const Made& made, std::string_view fallback) {
  const std::string_view by = doc.str(made.by);
  return by.empty() ? fallback : by;
}

std::string_view timex_value(const Document& doc, TimexId id) {
  if (id == kNone<TimexId> || doc.timexes() == nullptr) return {};
  return doc.str(doc.timexes()->timexes[index(id)].value);
}

/// Quad class of a CAMEO root: 01-05 verbal, 06-08 material cooperation; 09-13 verbal, 14-20
/// material conflict (shared by CAMEO's users since 2012).
int quad_class(std::string_view cameo) {
  const int root = (cameo[0] - '0') * 10 + (cameo[1] - '0');
  return root <= 5 ? 1 : root <= 8 ? 2 : root <= 13 ? 3 : 4;
}

void write_event_rows(RowWriter& rows, const EventLayer& layer) {
  const Document& doc = rows.doc();
  for (const Event& event : layer.events) {
    const bool coded = event.cameo != kNone<Sym> || event.plover != kNone<Sym>;
    JsonWriter& json = rows.open(coded ? "event" : "uncoded", event.predicate,
                                 method(doc, event.made, "events.frames/1"), event.made.score, event.voice);
    if (!coded) {
      json.field("reason", doc.str(event.uncoded_reason));
      rows.close();
      continue;
    }
    rows.actors("source", event.source);
    rows.actors("target", event.target);
    rows.evidence("predicate", event.predicate);
    rows.evidence_list("source_words", event.source_spans);
    rows.evidence_list("target_words", event.target_spans);
    json.optional_field("plover", doc.str(event.plover)).optional_field("plover_mode", doc.str(event.mode));
    json.key("plover_context").begin_array();
    for (const Sym context : event.context) json.value(doc.str(context));
    json.end_array();
    const std::string_view cameo = doc.str(event.cameo);
    if (cameo.size() >= 2) json.field("cameo", cameo).field("quad", quad_class(cameo));
    json.field("status", name(event.status)).field("polarity", event.negative ? "negative" : "positive");
    if (event.day != kNone<Sym>) {
      json.field("date", doc.str(event.day));
      json.field("date_basis", name(event.date_basis));
    }
    if (event.place != kNone<PlaceId> && doc.places() != nullptr) {
      json.optional_field("place", doc.str(doc.places()->places[index(event.place)].name));
    }
    json.field("evidentiality", name(event.evidentiality));
    json.optional_field("frame", doc.str(event.frame));
    if (!event.also.empty()) rows.evidence_list("also", event.also);
    if (!event.explanation.empty()) {
      json.key("why").begin_array();
      for (const Sym step : event.explanation) json.value(doc.str(step));
      json.end_array();
    }
    rows.close();
  }
}

void write_commitments(RowWriter& rows, const CommitmentLayer& layer) {
  const Document& doc = rows.doc();
  for (const Commitment& commitment : layer.commitments) {
    JsonWriter& json = rows.open("commitment", commitment.span,
                                 method(doc, commitment.made, "events.commitments/1"),
                                 commitment.made.score, commitment.voice);
    json.field("commitment_kind", name(commitment.kind));
    rows.actors("owed_by", commitment.owed_by);
    rows.actors("owed_to", commitment.owed_to);
    rows.actors("holder", commitment.holder);
    rows.evidence("what", commitment.what);
    json.field("strength", name(commitment.strength));
    rows.evidence("condition", commitment.condition);
    if (!commitment.deadline.empty()) {
      json.key("deadline").begin_object().field("text", doc.text(commitment.deadline));
      json.optional_field("value", doc.str(commitment.deadline_value)).end_object();
    }
    if (commitment.quantity != kNone<FigureId>) {
      const Span figure = doc.figures()->figures[index(commitment.quantity)].span;
      json.field("quantity", rows.row_id("figure", doc.to_source(figure)));
    }
    if (commitment.agreement != kNone<AgreementId>) {
      const Span agreement = doc.agreements()->agreements[index(commitment.agreement)].span;
      json.field("agreement", rows.row_id("agreement", doc.to_source(agreement)));
    }
    if (commitment.fulfils != kNone<CommitmentId>) {
      const Span earlier = layer.commitments[index(commitment.fulfils)].span;
      json.field("fulfils", rows.row_id("commitment", doc.to_source(earlier)));
    }
    json.optional_field("provision", doc.str(commitment.provision));
    rows.close();
  }
}

void write_agreements(RowWriter& rows, const AgreementLayer& layer) {
  const Document& doc = rows.doc();
  for (const Agreement& agreement : layer.agreements) {
    JsonWriter& json = rows.open("agreement", agreement.span,
                                 method(doc, agreement.made, "events.agreements/1"),
                                 agreement.made.score, agreement.voice);
    json.optional_field("name", doc.str(agreement.name)).optional_field("type", doc.str(agreement.type));
    rows.actors("parties", agreement.parties);
    json.optional_field("date", timex_value(doc, agreement.date));
    json.key("said").begin_array();
    for (const AgreementSaid& said : agreement.said) {
      json.begin_object();
      rows.actors("by", said.by);
      json.field("status", doc.str(said.status));
      const SourceSpan at = doc.to_source(said.span);
      json.field("begin", at.begin).field("end", at.end).field("text", doc.text(said.span)).end_object();
    }
    json.end_array();
    if (!agreement.also.empty()) rows.evidence_list("also", agreement.also);
    rows.close();
  }
}

}  // namespace

void write_events(RowWriter& rows) {
  const Document& doc = rows.doc();
  if (const EventLayer* layer = doc.events()) write_event_rows(rows, *layer);
  if (const CommitmentLayer* layer = doc.commitments()) write_commitments(rows, *layer);
  if (const AgreementLayer* layer = doc.agreements()) write_agreements(rows, *layer);
  if (const TopicLayer* layer = doc.topics()) {
    for (const Topic& topic : layer->topics) {
      JsonWriter& json = rows.open("topic", topic.span, "events.topics/1", topic.made.score);
      json.field("topic", doc.str(topic.topic)).field("weight", topic.primary ? "primary" : "secondary");
      rows.close();
    }
  }
}

}  // namespace readout::record
