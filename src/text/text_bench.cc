// Speed of reading: bytes of plain text, lines of JSON Lines, a web page.
#include <benchmark/benchmark.h>
#include <stdlib.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "text/input.h"

namespace readout::text {
namespace {

std::string prose(size_t bytes) {
  std::string out;
  for (int i = 0; out.size() < bytes; ++i) {
    out += "The foreign ministers of both countries met in Zürich on day " + std::to_string(i) +
           " and agreed that experts would meet again within two weeks.\n\n";
  }
  return out;
}

RawDocument raw(std::string bytes, Format format) {
  RawDocument doc;
  doc.bytes = std::move(bytes);
  doc.format = format;
  doc.meta.file = "bench";
  return doc;
}

void BM_PlainUtf8(benchmark::State& state) {
  const std::string text = prose(size_t{8} << 20);
  for (auto _ : state) {
    RawDocument doc = raw({}, Format::Text);
    state.PauseTiming();
    doc.bytes = text;
    state.ResumeTiming();
    benchmark::DoNotOptimize(extract(std::move(doc)));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}
BENCHMARK(BM_PlainUtf8);

void BM_Html(benchmark::State& state) {
  std::string page = "<html><body><article>";
  const std::string text = prose(size_t{1} << 20);
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find("\n\n", at);
    page += "<p class=\"text\">" + text.substr(at, end - at) + " It was &quot;good&quot;.</p>\n";
    at = end + 2;
  }
  for (auto _ : state) benchmark::DoNotOptimize(extract(raw(page, Format::Html)));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(page.size()));
}
BENCHMARK(BM_Html);

void BM_JsonLines(benchmark::State& state) {
  std::string path = "/tmp/readout-bench-XXXXXX";
  const int fd = mkstemp(path.data());
  if (fd < 0) return state.SkipWithError("no temporary file");
  close(fd);
  std::string lines;
  const std::string text = prose(3000);
  std::string escaped;
  for (const char c : text) c == '\n' ? escaped += "\\n" : escaped += c;
  for (int i = 0; i < 20000; ++i) {
    lines += "{\"id\": " + std::to_string(i) +
             ", \"date\": \"2021-03-04\", \"title\": \"Talks\", \"text\": \"" + escaped + "\"}\n";
  }
  std::ofstream(path, std::ios::binary) << lines;
  for (auto _ : state) {
    auto source = open_inputs({Format::Jsonl, {path}});
    while (auto item = (*source)->next()) benchmark::DoNotOptimize(item);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(lines.size()));
  unlink(path.c_str());
}
BENCHMARK(BM_JsonLines)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace readout::text
