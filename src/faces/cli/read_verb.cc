// readout read: documents in, their record out, in input order, streaming.
#include <unistd.h>

#include <memory>

#include "faces/cli/app.h"
#include "faces/cli/marked.h"
#include "faces/cli/reading.h"
#include "faces/cli/render.h"
#include "faces/cli/terminal.h"
#include "readout/record.h"

namespace readout::cli {
namespace {

int read(const Args& args) {
  if (args.on("marked")) return read_marked(args);
  catch_interrupts();
  auto reading = open_reading(args);
  if (!reading) {
    complain("readout read: " + reading.error().message);
    return kFailed;
  }
  const std::string format = args.get("format");
  const Versions versions = versions_of(*reading->engine);
  const Painter paint(args.get("color"));
  RenderOptions render_options;
  render_options.width = std::min(terminal_width(), 120);
  for (const std::string& layer : args.all("layers")) render_options.layers.insert(layer);
  const auto render = [&](const Document& doc) {
    std::string rows;
    append_record(doc, versions, rows);
    if (format == "jsonl") return rows;
    RenderOptions options = render_options;
    options.sentences = format != "outline";
    return render_record(rows, options, paint) + "\n";
  };
  bool open = true;
  const auto sink = [&](BatchItem&& item) -> Result<void> {
    if (item.rejected) {
      complain(rejection(*item.rejected));
      return {};
    }
    open = open && emit(item.rendered);
    if (!open) return Error{Code::Io, "closed"};
    return {};
  };
  return run_reading(*reading, args, "read", render, sink, open);
}

}  // namespace

Verb read_verb() {
  return {"read",
          "read documents and print their record",
          "Prints the record of each document, in input order: for people, or as JSON Lines\n"
          "(schema readout.record/1). Nothing is kept; see add.\n\n"
          "  readout read report.html --layers event --layers commitment\n"
          "  zcat stories.jsonl.gz | readout read --input-format jsonl --format jsonl - > rows.jsonl",
          {files_option(), format_option({"text", "outline", "jsonl"}, "text"), input_format_option(),
           {"-l,--layers", "KIND", "", "row kinds to list under each sentence (mention, quote, event, all ...)", {}, true},
           {"--marked", "", "", "sentences with <s>source</s> and <t>target</t>: the relation between the two", {}},
           threads_option(), depth_option(), data_option(), coder_option(), color_option(),
           {"-q,--quiet", "", "", "no closing counts", {}}},
          read};
}

}  // namespace readout::cli
