// readout bench: how fast the layers run on this machine, on the user's own documents.
#include <sys/resource.h>
#include <time.h>

#include <cstdio>

#include "core/json_writer.h"
#include "faces/cli/app.h"
#include "faces/cli/reading.h"
#include "faces/cli/terminal.h"
#include "readout/record.h"

namespace readout::cli {
namespace {

/// Processor time of this thread in seconds: machines are shared, and what others do is not ours.
double thread_s() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double seconds_since(double begin) { return thread_s() - begin; }

std::string formatted(const char* format, double a, double b = 0) {
  char buffer[160];
  std::snprintf(buffer, sizeof buffer, format, a, b);
  return buffer;
}

/// All documents of the inputs, extracted, up to `limit` bytes; then each stage timed on one thread.
int bench(const Args& args) {
  const auto start = thread_s();
  auto reading = open_reading(args);
  if (!reading) {
    complain("readout bench: " + reading.error().message);
    return kFailed;
  }
  const double open_s = seconds_since(start);
  std::vector<text::RawDocument> raws;
  uint64_t bytes = 0;
  const uint64_t limit = static_cast<uint64_t>(std::max(1, std::atoi(args.get("megabytes").c_str()))) * 1'000'000;
  while (auto item = reading->inputs->next()) {
    if (auto* raw = std::get_if<text::RawDocument>(&*item)) {
      bytes += raw->bytes.size();
      raws.push_back(std::move(*raw));
    }
    if (bytes > limit) break;
  }
  if (raws.empty()) {
    complain("readout bench: no documents");
    return kNothingFound;
  }
  const int rounds = std::max(1, std::atoi(args.get("rounds").c_str()));
  const Versions versions = versions_of(*reading->engine);
  const auto names = reading->engine->pipeline().stage_names();
  std::vector<uint64_t> best_stage(names.size(), UINT64_MAX);
  double best_extract = 1e9, best_rows = 1e9, best_all = 1e9;
  uint64_t words = 0, sentences = 0, row_bytes = 0;
  for (int round = 0; round < rounds; ++round) {
    std::vector<uint64_t> stage_ns(names.size(), 0);
    Scratch scratch;
    double extract_s = 0, rows_s = 0, all_s = 0;
    words = sentences = row_bytes = 0;
    constexpr size_t kBatch = 16;
    for (size_t at = 0; at < raws.size(); at += kBatch) {
      std::vector<text::RawDocument> copies(raws.begin() + static_cast<std::ptrdiff_t>(at),
                                            raws.begin() + static_cast<std::ptrdiff_t>(std::min(raws.size(), at + kBatch)));
      const auto t0 = thread_s();
      std::vector<Draft> drafts;
      for (text::RawDocument& raw : copies) {
        if (auto layer = text::extract(std::move(raw))) drafts.emplace_back(std::move(*layer));
      }
      extract_s += seconds_since(t0);
      if (auto ran = reading->engine->pipeline().run_timed(drafts, scratch, stage_ns); !ran) {
        complain("readout bench: " + ran.error().message);
        return kFailed;
      }
      const auto t1 = thread_s();
      for (Draft& draft : drafts) {
        const Document doc = std::move(draft).finish();
        std::string rows;
        append_record(doc, versions, rows);
        row_bytes += rows.size();
        if (doc.tokens() != nullptr) {
          words += doc.tokens()->size();
          sentences += doc.tokens()->sentences.size();
        }
      }
      rows_s += seconds_since(t1);
      all_s += seconds_since(t0);
    }
    best_extract = std::min(best_extract, extract_s);
    best_rows = std::min(best_rows, rows_s);
    best_all = std::min(best_all, all_s);
    for (size_t i = 0; i < names.size(); ++i) best_stage[i] = std::min(best_stage[i], stage_ns[i]);
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const double mb = static_cast<double>(bytes) / 1e6;
  std::string out;
  if (args.get("format") == "jsonl") {
    JsonWriter json(out);
    json.begin_object().field("schema", "readout.bench/1").field("engine", versions.engine).field("data", versions.data);
    json.field("documents", static_cast<uint64_t>(raws.size())).field("bytes", bytes).field("words", words).field("sentences", sentences);
    json.field("open_s", open_s).field("extract_s", best_extract).field("rows_s", best_rows).field("all_s", best_all);
    json.key("stages").begin_object();
    for (size_t i = 0; i < names.size(); ++i) json.field(names[i], static_cast<double>(best_stage[i]) * 1e-9);
    json.end_object().field("max_rss_kb", static_cast<uint64_t>(usage.ru_maxrss)).end_object();
    out += '\n';
  } else {
    out += std::to_string(raws.size()) + " documents, " + formatted("%.1f MB, ", mb) + std::to_string(sentences) + " sentences, " +
           std::to_string(words) + " words; processor time of one thread, best of " + std::to_string(rounds) + "\n";
    out += formatted("start-up              %8.1f ms\n", open_s * 1e3);
    const auto line = [&](std::string_view name, double s) {
      std::string padded(name);
      padded.resize(std::max<size_t>(22, padded.size()), ' ');
      out += padded + formatted("%8.1f ms  %5.1f %%  ", s * 1e3, 100 * s / best_all) + formatted("%9.1f MB/s  %11.0f words/s\n", mb / s, static_cast<double>(words) / s);
    };
    line("extract", best_extract);
    double text_s = 0;
    for (size_t i = 0; i < names.size(); ++i) {
      const double s = static_cast<double>(best_stage[i]) * 1e-9;
      if (names[i].starts_with("discourse.structure") || names[i].starts_with("text.tokens")) text_s += s;
      line(names[i], s);
    }
    line("rows", best_rows);
    line("all", best_all);
    out += formatted("structure and tokens together: %.1f MB/s; ", mb / std::max(text_s, 1e-9));
    out += formatted("all: %.0f sentences/s; ", static_cast<double>(sentences) / best_all);
    out += formatted("peak memory %.0f MB (%.0f MB of it documents)\n", static_cast<double>(usage.ru_maxrss) / 1024, mb);
  }
  emit(out);
  return kDone;
}

}  // namespace

Verb bench_verb() {
  return {"bench", "time the layers on documents of yours",
          "Reads the inputs into memory, runs every stage on one thread, and prints time and share of each.\n\n"
          "  readout bench --input-format jsonl speeches.jsonl.xz",
          {files_option(), input_format_option(), {"--rounds", "N", "3", "the best of so many rounds counts", {}},
           {"--megabytes", "N", "64", "take so much of the inputs", {}},
           format_option({"table", "jsonl"}, "table"), depth_option(), data_option(), threads_option()},
          bench};
}

}  // namespace readout::cli
