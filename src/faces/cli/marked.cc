// readout read --marked: sentences in which source and target are given; the relation between the two.
#include "events/marked.h"

#include "core/json_writer.h"
#include "faces/cli/app.h"
#include "faces/cli/marked.h"
#include "faces/cli/terminal.h"
#include "query/gold_file.h"
#include "readout/layer_names.h"
#include "readout/pipeline.h"

namespace readout::cli {

int read_marked(const Args& args) {
  EngineOptions options;
  options.data_folder = args.get("data");
  options.layers = {Layer::Events};
  const auto engine = Engine::open(options);
  if (!engine) {
    complain("readout read: " + engine.error().message);
    return kFailed;
  }
  Scratch scratch;
  size_t found = 0;
  int status = kDone;
  for (const std::string& file : args.all("FILE")) {
    const auto bytes = query::read_gold_file(file);
    if (!bytes) {
      complain("readout read: " + bytes.error().message);
      status = kFailed;
      continue;
    }
    std::string_view rest = *bytes;
    for (size_t number = 1; !rest.empty(); ++number) {
      const size_t end = rest.find('\n');
      const std::string_view line = rest.substr(0, end);
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
      if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
      const auto sides = events::parse_marked(line);
      if (!sides) {
        complain(file + ":" + std::to_string(number) + ": want <s>source</s> and <t>target</t>");
        status = kFailed;
        continue;
      }
      TextLayer text;
      text.source = sides->text;
      std::vector<Draft> batch;
      batch.emplace_back(std::move(text));
      if (auto done = (*engine)->pipeline().run(batch, scratch); !done) {
        complain("readout read: " + done.error().message);
        return kFailed;
      }
      scratch.reset();
      const Document& doc = batch[0].doc();
      std::string row;
      JsonWriter json(row);
      json.begin_object().field("text", sides->text).field("source", doc.text(sides->source)).field("target", doc.text(sides->target));
      if (const auto relation = events::relation_between(doc, *sides)) {
        ++found;
        json.field("predicate", doc.text(relation->predicate));
        json.optional_field("plover", doc.str(relation->plover)).optional_field("plover_mode", doc.str(relation->mode));
        json.optional_field("cameo", doc.str(relation->cameo)).field("status", name(relation->status));
        json.optional_field("frame", doc.str(relation->frame));
      } else {
        json.field("reason", "no frame fits");
      }
      json.end_object();
      emit(row + "\n");
    }
  }
  return status != kDone ? status : found == 0 ? kNothingFound : kDone;
}

}  // namespace readout::cli
