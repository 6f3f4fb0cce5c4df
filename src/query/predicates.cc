#include "query/predicates.h"

#include <nlohmann/json.hpp>

#include "core/json_writer.h"
#include "events/backoff.h"
#include "events/engine.h"

namespace readout::query {

using nlohmann::json;

Result<std::string> predicate_lines(const Engine& engine, const std::string& data_folder, std::string_view jsonl) {
  const auto frames = events::load_frames(data_folder);
  if (!frames) return frames.error();
  const events::PredicateReader reader(**frames);
  const events::SentenceView::Known known((*frames)->lexicon());
  events::SentenceView view;
  events::WordColumn words;
  events::Predicate predicate;
  Scratch scratch;
  std::string out;
  size_t number = 0;
  while (!jsonl.empty()) {
    const size_t end = jsonl.find('\n');
    const std::string_view line = jsonl.substr(0, end);
    jsonl.remove_prefix(end == std::string_view::npos ? jsonl.size() : end + 1);
    ++number;
    if (line.empty()) continue;
    const json row = json::parse(line, nullptr, false);
    if (!row.is_object() || !row.contains("text")) return Error{Code::BadInput, "line " + std::to_string(number) + " has no \"text\""};
    TextLayer text;
    text.source = row.value("text", "");
    text.meta.published = row.value("date", "");
    std::vector<Draft> batch;
    batch.emplace_back(std::move(text));
    if (auto done = engine.pipeline().run(batch, scratch); !done) return done.error();
    scratch.reset();
    const Document& doc = batch[0].doc();
    words.build(doc, **frames);
    events::RoleResolver roles(**frames);
    roles.begin(batch[0]);
    for (uint32_t s = 0; s < doc.tokens()->sentences.size(); ++s) {
      view.begin(doc, **frames, words, known, SentenceId{s});
      roles.begin_sentence(view);
      for (TokenId t = view.range().begin; t < view.range().end; t = static_cast<TokenId>(index(t) + 1)) {
        if (view.upos(t) != Upos::Verb || !reader.read(view, roles, t, predicate)) continue;
        std::string_view type;
        for (const Event& event : doc.events()->events) {
          if (event.head == t && event.plover != kNone<Sym>) type = doc.str(event.plover);
        }
        JsonWriter json_row(out);
        json_row.begin_object().field("id", row.value("id", "")).field("begin", doc.span(t).begin).field("end", doc.span(t).end);
        json_row.field("verb", doc.word(t)).field("type", type).key("features").begin_array();
        for (const std::string& feature : predicate.features) json_row.value(feature);
        json_row.end_array().end_object();
        out += "\n";
      }
    }
  }
  return out;
}

}  // namespace readout::query
