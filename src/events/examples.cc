#include "events/examples.h"

#include <set>

namespace readout::events {

Result<ExampleReport> check_examples(const FrameSet& frames, const Pipeline& pipeline) {
  ExampleReport report;
  Scratch scratch;
  std::set<std::string> names;
  for (const Frame& frame : frames.frames()) {
    const auto at = [&](uint32_t line) { return frame.file + ":" + std::to_string(line) + ": "; };
    if (!names.insert(frame.name).second) report.problems.push_back(at(frame.line) + "a second frame named " + frame.name);
    for (const Example& example : frame.examples) {
      ++(example.yes ? report.yes : report.no);
      TextLayer text;
      text.source = example.text;
      std::vector<Draft> batch;
      batch.emplace_back(std::move(text));
      if (auto done = pipeline.run(batch, scratch); !done) return done.error().within(at(example.line));
      scratch.reset();
      const Document& doc = batch[0].doc();
      if (doc.events() == nullptr) return Error{Code::Internal, "the pipeline writes no events"};
      const std::string& type = example.plover.empty() ? frame.plover : example.plover;
      bool found = false;
      std::string seen;
      for (const Event& event : doc.events()->events) {
        if (event.uncoded_reason != kNone<Sym>) continue;
        const std::string_view plover = doc.str(event.plover), cameo = doc.str(event.cameo);
        seen += (seen.empty() ? "" : ", ") + std::string(plover) + " " + std::string(cameo);
        // A frame without a type rules every act out.
        found = found || type.empty() || (plover == type && (example.cameo.empty() || cameo == example.cameo));
      }
      if (found == example.yes) continue;
      const std::string wanted = example.cameo.empty() ? type : type + " " + example.cameo;
      report.problems.push_back(at(example.line) + (example.yes ? "wants " : "must not give ") + wanted + ", gives " + (seen.empty() ? "nothing" : seen) + ": " + example.text);
    }
  }
  return report;
}

}  // namespace readout::events
