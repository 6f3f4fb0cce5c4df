// What the verbs that read documents share: engine and inputs from the options, counts, exit code.
#pragma once

#include <memory>

#include "faces/cli/app.h"
#include "pipeline/batch.h"
#include "readout/pipeline.h"
#include "text/input.h"

namespace readout::cli {

struct Reading {
  std::shared_ptr<const Engine> engine;
  std::unique_ptr<text::InputSource> inputs;
  BatchOptions batch;
};

/// From --data, --threads, --input-format and FILE. `layers`: what is wanted; empty: all.
Result<Reading> open_reading(const Args& args, LayerSet layers = {});

/// From --coder.
Coder chosen_coder(const Args& args);

text::Format parse_format(std::string_view name);

/// "place: what is wrong", the place once.
std::string rejection(const text::Rejected& rejected);

/// Runs the batches with a progress line, prints the closing counts (in = read + rejected) on
/// standard error unless --quiet, and gives the exit code. `open` turns false when standard output
/// was closed: that ends quietly.
int run_reading(Reading& reading, const Args& args, std::string_view verb, const BatchRender& render,
                const BatchSink& sink, const bool& open);

}  // namespace readout::cli
