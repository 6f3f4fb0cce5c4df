// readout bench syntax: the network alone, part by part, and its arithmetic against what the same
// processor can do at the same moment.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <thread>

#include "faces/cli/app.h"
#include "faces/cli/reading.h"
#include "faces/cli/terminal.h"
#include "model/kernels.h"
#include "syntax/parser.h"

namespace readout::cli {
namespace {

double thread_seconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

/// Products of a matrix that stays in the nearest cache, in 10^9 multiplications and additions a second.
double best_rate(const model::Kernels& kernels) {
  constexpr size_t kN = 64, kK = 256, kRows = 48;
  const std::vector<int8_t> weights(kN * kK, 3);
  const std::vector<float> ones(kN, 1.0F);
  const std::vector<int32_t> offset(kN, int32_t{128 * 3} * static_cast<int32_t>(kK));
  const std::vector<uint8_t> a(kRows * kK, 130);
  std::vector<float> out(kRows * kN);
  const model::Matrix m{weights.data(), ones.data(), offset.data(), ones.data(), kN, kK};
  double best = 0;
  for (int round = 0; round < 5; ++round) {
    const double begin = thread_seconds();
    constexpr int kRepeat = 2000;
    for (int i = 0; i < kRepeat; ++i) kernels.multiply(a.data(), kK, nullptr, kRows, m, out.data(), kN);
    const double s = thread_seconds() - begin;
    best = std::max(best, static_cast<double>(kN * kK * kRows) * kRepeat / s * 1e-9);
  }
  return best;
}

struct Batches {
  std::vector<std::vector<std::string_view>> words;
  std::vector<std::vector<uint32_t>> ends;
};

/// Each of so many threads reads all batches: wall time of the best round, in seconds.
double on_threads(const syntax::Network& network, const Batches& batches, size_t threads, int rounds) {
  std::vector<syntax::Workspace> workspaces(threads);
  double best = 1e30;
  for (int round = 0; round < rounds; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    std::vector<std::thread> running;
    for (syntax::Workspace& ws : workspaces) {
      running.emplace_back([&] {
        for (size_t i = 0; i < batches.words.size(); ++i) network.run(batches.words[i], batches.ends[i], ws);
      });
    }
    for (std::thread& thread : running) thread.join();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  return best;
}

Result<model::KernelChoice> choice_of(const std::string& name) {
  using model::KernelChoice;
  KernelChoice choice = KernelChoice::Best;
  if (name == "plain") choice = KernelChoice::Plain;
  if (name == "avx2") choice = KernelChoice::Avx2;
  if (name == "avx512") choice = KernelChoice::Avx512;
  if (name == "neon") choice = KernelChoice::Neon;
  if (name == "neon-dot") choice = KernelChoice::NeonDot;
  if (model::find_kernels(choice) == nullptr) return Error{Code::NotFound, "this processor has no " + name};
  return choice;
}

int bench(const Args& args) {
  const auto fail = [](const Error& error) {
    complain("readout bench syntax: " + error.message);
    return static_cast<int>(kFailed);
  };
  const double start = thread_seconds();
  const auto path = syntax::find_model();
  if (!path) return fail(path.error());
  const auto choice = choice_of(args.get("kernels"));
  if (!choice) return fail(choice.error());
  const auto parser = syntax::Parser::open(*path, *choice);
  if (!parser) return fail(parser.error());
  const double open_s = thread_seconds() - start;
  auto reading = open_reading(args, {Layer::Tokens});
  if (!reading) return fail(reading.error());

  // All documents first: their words and sentences.
  std::vector<Document> docs;
  Scratch scratch;
  uint64_t bytes = 0;
  double text_s = 0;
  while (bytes < (64U << 20)) {
    auto item = reading->inputs->next();
    if (!item) break;
    auto* raw = std::get_if<text::RawDocument>(&*item);
    if (raw == nullptr) continue;
    bytes += raw->bytes.size();
    const double begin = thread_seconds();
    auto doc = read_one(*reading->engine, std::move(*raw), scratch);
    text_s += thread_seconds() - begin;
    if (doc && doc->tokens() != nullptr) docs.push_back(std::move(*doc));
  }
  Batches batches;
  auto& [words, ends] = batches;
  size_t total = 0;
  constexpr size_t kBatchWords = 20000;
  for (const Document& doc : docs) {
    if (words.empty() || words.back().size() > kBatchWords) {
      words.emplace_back();
      ends.emplace_back();
    }
    const auto base = static_cast<uint32_t>(words.back().size());
    for (const Span span : doc.tokens()->span) words.back().push_back(doc.text(span));
    for (const TokenRange range : doc.tokens()->sentences) ends.back().push_back(base + index(range.end));
    total += doc.tokens()->size();
  }
  if (total == 0) {
    complain("readout bench syntax: no words");
    return kNothingFound;
  }
  const syntax::Network& network = (*parser)->network();
  const model::Kernels& kernels = *model::find_kernels(*choice);
  const int rounds = std::max(1, std::atoi(args.get("rounds").c_str()));
  syntax::Workspace ws;
  double best = 1e30, peak = 0;
  for (int round = 0; round < rounds; ++round) {
    const double begin = thread_seconds();
    for (size_t i = 0; i < words.size(); ++i) network.run(words[i], ends[i], ws);
    best = std::min(best, thread_seconds() - begin);
    peak = std::max(peak, best_rate(kernels));
  }
  syntax::NetworkTimes times;
  ws.times = &times;
  for (size_t i = 0; i < words.size(); ++i) network.run(words[i], ends[i], ws);
  const double n = static_cast<double>(total);
  char line[200];
  std::string out;
  const auto add = [&](const char* format, auto... values) {
    std::snprintf(line, sizeof line, format, values...);
    out += line;
  };
  add("%s, kernels %.*s; %zu words of %zu documents, one thread, processor time, best of %s\n", (*parser)->version().c_str(),
      static_cast<int>((*parser)->kernels().size()), (*parser)->kernels().data(), total, docs.size(), args.get("rounds").c_str());
  add("open the model      %9.1f ms\n", open_s * 1e3);
  add("network             %9.0f words/s  %6.2f us a word\n", n / best, best / n * 1e6);
  add("with text to words  %9.0f words/s\n", n / (best + text_s));
  const auto part = [&](const char* name, uint64_t ns) {
    const uint64_t all = times.types + times.first + times.second + times.heads + times.trees;
    add("  %-17s %6.2f us a word  %5.1f %%\n", name, static_cast<double>(ns) / n * 1e-3,
        100.0 * static_cast<double>(ns) / static_cast<double>(all));
  };
  part("words", times.types);
  part("first layer", times.first);
  part("second layer", times.second);
  part("heads", times.heads);
  part("arcs and trees", times.trees);
  const double rate = static_cast<double>(times.multiply_macs) / static_cast<double>(times.multiply_ns);
  add("products            %6.2f us a word, %.2f million a word, %.0f G a second = %.0f %% of the kernel's best here (%.0f G)\n",
      static_cast<double>(times.multiply_ns) / n * 1e-3, static_cast<double>(times.multiply_macs) / n * 1e-6, rate, 100 * rate / peak, peak);
  const auto wanted = static_cast<size_t>(std::max(0, std::atoi(args.get("threads").c_str())));
  if (const size_t threads = wanted != 0 ? wanted : std::thread::hardware_concurrency(); threads > 1) {
    const double alone = on_threads(network, batches, 1, rounds), together = on_threads(network, batches, threads, rounds);
    const double many = static_cast<double>(threads);
    add("%zu threads, by the clock: %.0f words/s, %.2f times one thread\n", threads, n * many / together, many * alone / together);
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  add("peak memory %.0f MB (%.0f MB of it documents)\n", static_cast<double>(usage.ru_maxrss) / 1024, static_cast<double>(bytes) / 1e6);
  emit(out);
  return kDone;
}

}  // namespace

Verb bench_syntax_verb() {
  return {"bench syntax", "time the network part by part",
          "Words a second on one thread, the share of each part, the arithmetic rate against the best that the\n"
          "same kernel reaches on this processor, and words a second on several threads by the clock.\n\n  readout bench syntax --input-format jsonl speeches.jsonl.xz",
          {files_option(), input_format_option(), {"--rounds", "N", "3", "the best of so many rounds counts", {}},
           {"--kernels", "NAME", "best", "which arithmetic", {"best", "avx512", "avx2", "neon", "neon-dot", "plain"}}, data_option(), threads_option()},
          bench};
}

}  // namespace readout::cli
