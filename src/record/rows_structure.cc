// The document row and the rows of its structure: blocks, turns, sentences.
#include "readout/layer_names.h"
#include "readout/record.h"
#include "record/row_writer.h"

namespace readout {
namespace record {
namespace {

constexpr std::string_view kStructureMethod = "discourse.structure/1";
constexpr std::string_view kTokenMethod = "text.tokens/1";

void write_document(RowWriter& rows, const Versions& versions) {
  const Document& doc = rows.doc();
  const StructureLayer* structure = doc.structure();
  const ContainerMeta& meta = doc.meta();
  // Evidence of what the document is: its title, else its first block.
  Span span{};
  if (structure != nullptr) {
    if (structure->title) {
      span = *structure->title;
    } else if (!structure->blocks.empty()) {
      span = structure->blocks.front().span;
    }
  }
  JsonWriter& json = rows.open("document", span, kStructureMethod, 1.0F);
  json.field("schema", "readout.record/1").optional_field("source_id", meta.source_id);
  json.optional_field("file", meta.file);
  if (meta.line > 0) json.field("line", meta.line);
  json.field("bytes", static_cast<uint64_t>(doc.source().size()));
  json.optional_field("media_type", meta.media_type).optional_field("encoding", meta.encoding);
  json.optional_field("original", meta.original_sha256).optional_field("url", meta.url);
  if (structure != nullptr) {
    const auto or_span = [&](const std::string& given, const std::optional<Span>& seen) {
      return !given.empty() ? std::string_view(given)
                            : seen ? doc.text(*seen) : std::string_view();
    };
    json.optional_field("title", or_span(structure->title_text, structure->title));
    if (doc.actors() != nullptr && doc.actors()->publisher) {
      json.field("publisher", rows.actor_id(*doc.actors()->publisher));
    } else {
      json.optional_field("publisher", or_span(structure->publisher_text, structure->publisher));
    }
    json.optional_field("published", structure->published_iso);
    json.optional_field("author", or_span(structure->author_text, structure->author));
    json.optional_field("place", or_span(structure->place_text, structure->dateline_place));
    json.optional_field("language", structure->language).optional_field("genre", structure->genre);
    rows.evidence_list("captions", structure->captions);
    rows.evidence_list("credits", structure->credits);
    if (structure->source_line) rows.evidence("source_line", *structure->source_line);
  }
  if (!doc.text_layer().pages.empty()) {
    json.field("pages", static_cast<uint64_t>(doc.text_layer().pages.size()));
  }
  json.field("engine", versions.engine).field("data", versions.data);
  json.optional_field("model", versions.model);
  if (!doc.notes().empty()) {
    json.key("notes").begin_array();
    for (const Note& note : doc.notes()) {
      const SourceSpan at = doc.to_source(note.span);
      json.begin_object().field("code", note.code).field("begin", at.begin).field("end", at.end);
      json.field("detail", note.detail).end_object();
    }
    json.end_array();
  }
  rows.close();
}

}  // namespace

void write_structure(RowWriter& rows) {
  const Document& doc = rows.doc();
  if (const StructureLayer* structure = doc.structure()) {
    const auto& pages = doc.text_layer().pages;
    for (const Block& block : structure->blocks) {
      JsonWriter& json = rows.open("block", block.span, kStructureMethod, 1.0F);
      json.field("role", name(block.role));
      if (block.continues) json.field("continues", true);
      if (!pages.empty()) {
        uint32_t number = pages.front().number;
        for (const Page& page : pages) {
          if (page.begin <= block.span.begin) number = page.number;
        }
        json.field("page", number);
      }
      rows.close();
    }
    const ActorLayer* actors = doc.actors();
    for (size_t i = 0; i < structure->turns.size(); ++i) {
      const Turn& turn = structure->turns[i];
      JsonWriter& json = rows.open("turn", turn.span, kStructureMethod, turn.score);
      json.field("number", static_cast<uint64_t>(i + 1));
      if (actors != nullptr && actors->turn_speaker[i].size() == 1) {
        json.field("speaker", rows.actor_id(actors->turn_speaker[i].front()));
      } else if (actors != nullptr && actors->turn_speaker[i].size() > 1) {
        rows.actors("speakers", actors->turn_speaker[i]);
      } else if (!turn.speaker.empty()) {
        json.field("speaker", "?");
      }
      rows.evidence("label", turn.speaker);
      if (actors != nullptr) {
        rows.actors("addressee", actors->turn_addressee[i]);
      } else {
        json.key("addressee").begin_array().end_array();
      }
      rows.evidence_list("addressed_as", turn.addressee);
      rows.evidence_list("also_present", turn.also_present);
      rows.evidence("introduced_by", turn.introduced_by);
      json.field("direct", turn.direct);
      rows.close();
    }
  }
  if (const TokenLayer* tokens = doc.tokens()) {
    const auto turn_id = [&](TurnId turn) {
      // A turn's row id without writing it again: turns are disjoint, so the first of its span.
      return rows.row_id("turn", doc.to_source(doc.structure()->turns[index(turn)].span));
    };
    for (size_t i = 0; i < tokens->sentences.size(); ++i) {
      const Span span = doc.sentence_span(SentenceId{static_cast<uint32_t>(i)});
      JsonWriter& json = rows.open("sentence", span, kTokenMethod, 1.0F);
      json.field("number", static_cast<uint64_t>(i + 1));
      if (tokens->sentence_turn[i] != kNone<TurnId>) {
        json.field("turn", turn_id(tokens->sentence_turn[i]));
      }
      rows.close();
    }
  }
}

}  // namespace record

Versions versions_of(const Engine& engine) {
  return {std::string(Engine::version()), engine.data_version(), engine.model_version()};
}

void append_record(const Document& doc, const Versions& versions, std::string& out) {
  record::RowWriter rows(doc);
  record::write_document(rows, versions);
  record::write_structure(rows);
  record::write_reference(rows);
  record::write_events(rows);
  rows.finish(out);
}

}  // namespace readout
