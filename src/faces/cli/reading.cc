#include "faces/cli/reading.h"

#include "faces/cli/terminal.h"

namespace readout::cli {

text::Format parse_format(std::string_view name) {
  using text::Format;
  if (name == "text") return Format::Text;
  if (name == "markdown") return Format::Markdown;
  if (name == "html") return Format::Html;
  if (name == "pdf") return Format::Pdf;
  if (name == "docx") return Format::Docx;
  if (name == "eml") return Format::Eml;
  if (name == "jsonl") return Format::Jsonl;
  if (name == "petrarch") return Format::PetrarchXml;
  return Format::Auto;
}

std::string rejection(const text::Rejected& rejected) {
  const std::string& message = rejected.error.message;
  return message.starts_with(rejected.place) ? message : rejected.place + ": " + message;
}

Coder chosen_coder(const Args& args) {
  const std::string name = args.get("coder");
  return name == "petrarch" ? Coder::Petrarch : name == "model" ? Coder::Model : name == "both" ? Coder::Both : Coder::Frames;
}

Result<Reading> open_reading(const Args& args, LayerSet layers) {
  Reading reading;
  EngineOptions options;
  options.data_folder = args.get("data");
  options.layers = layers;
  options.coder = chosen_coder(args);
  if (args.get("depth") == "text") options.layers = {Layer::Structure, Layer::Tokens};
  auto engine = Engine::open(options);
  if (!engine) return engine.error();
  reading.engine = std::move(*engine);
  text::InputOptions inputs;
  inputs.format = parse_format(args.get("input-format"));
  inputs.paths = args.all("FILE");
  auto source = text::open_inputs(std::move(inputs));
  if (!source) return source.error();
  reading.inputs = std::move(*source);
  reading.batch.threads = thread_count(args.get("threads"));
  reading.batch.stop = &stop_flag();
  return reading;
}

int run_reading(Reading& reading, const Args& args, std::string_view verb, const BatchRender& render,
                const BatchSink& sink, const bool& open) {
  Progress progress;
  const auto watch = [&](const BatchProgress& p) { progress.show(p); };
  const auto counts = read_all(*reading.engine, *reading.inputs, reading.batch, render, sink, watch);
  if (!counts) {
    if (!open) return kDone;  // the reader has seen enough
    complain("readout " + std::string(verb) + ": " + counts.error().message);
    return kFailed;
  }
  if (!args.on("quiet")) {
    complain(std::to_string(counts->in) + " in = " + std::to_string(counts->read) + " read + " +
             std::to_string(counts->rejected) + " rejected; " + std::to_string(counts->sentences) +
             " sentences, " + std::to_string(counts->words) + " words");
  }
  if (counts->rejected > 0) return kFailed;
  return counts->in == 0 ? kNothingFound : kDone;
}

}  // namespace readout::cli
