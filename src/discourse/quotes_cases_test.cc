// The cases of gold/quotes.case, read by the whole engine.
#include <gtest/gtest.h>

#include "core/utf8.h"
#include "pipeline/batch.h"
#include "readout/layer_names.h"
#include "readout/pipeline.h"
#include "testing/case_file.h"

namespace readout::discourse {
namespace {

/// The span without white space, quotation marks, commas and closing quotes at its end.
std::string shown(const Document& doc, Span span) {
  std::string text(doc.text(span));
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  while (!text.empty()) {
    size_t at = text.size();
    const char32_t last = utf8::prev(text, at);
    if (last != U',' && last != U'"' && last != U'”' && last != U' ') break;
    text.resize(at);
  }
  return text;
}

TEST(QuoteCases, AllHold) {
  EngineOptions options;
  options.layers = {Layer::Quotes};
  const auto engine = Engine::open(options);
  ASSERT_TRUE(engine) << engine.error().message;
  Scratch scratch;
  const auto cases = testing::read_cases(std::string(READOUT_SOURCE_DIR) + "/src/discourse/gold/quotes.case");
  ASSERT_FALSE(cases.empty());
  for (const testing::Case& one : cases) {
    text::RawDocument raw;
    raw.bytes = one.text;
    raw.meta.file = "case.txt";
    const auto doc = read_one(**engine, std::move(raw), scratch);
    ASSERT_TRUE(doc);
    std::vector<std::string> got, want;
    for (const Quote& quote : doc->quotes()->quotes) {
      got.push_back(std::string(quote.denied ? "-" : "") + std::string(name(quote.type)) + " [" + std::string(doc->text(quote.source_span)) + "] " +
                    std::string(doc->text(quote.cue)) + ": " +
                    shown(*doc, quote.span));
    }
    for (const auto& [key, value] : one.wants) {
      if (key == "want" && value != "none") want.push_back(value);
    }
    if (one.known.empty()) {
      EXPECT_EQ(got, want) << one.name;
    } else {
      EXPECT_NE(got, want) << one.name << " is known to fail (" << one.known << ") but holds: take the mark away";
    }
  }
}

}  // namespace
}  // namespace readout::discourse
