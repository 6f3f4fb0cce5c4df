// Every row's text is the bytes at its span, every reference leads somewhere, output does not depend
// on threads: over all examples and, where the development data is there (READOUT_SHARED_DATA, or
// ../shared/data beside the checkout), over 2,000 press releases.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <cstdlib>
#include <filesystem>
#include <set>

#include "core/utf8.h"
#include "pipeline/batch.h"
#include "readout/record.h"
#include "record/row_line.h"

namespace readout {
namespace {

namespace fs = std::filesystem;

std::string shared_data() {
  if (const char* given = std::getenv("READOUT_SHARED_DATA")) return given;
  return std::string(READOUT_SOURCE_DIR) + "/../shared/data";
}

struct Totals {
  uint64_t documents = 0, rows = 0, spans = 0;
};

/// Reads up to `limit` documents of `paths` and checks all their rows.
Totals check(const Engine& engine, std::vector<std::string> paths, uint64_t limit) {
  Totals totals;
  auto inputs = text::open_inputs({text::Format::Auto, std::move(paths)});
  EXPECT_TRUE(inputs);
  if (!inputs) return totals;
  const Versions versions = versions_of(engine);
  const auto sink = [&](BatchItem&& item) -> Result<void> {
    EXPECT_TRUE(item.doc) << (item.rejected ? item.rejected->error.message : "");
    if (!item.doc) return {};
    const Document& doc = *item.doc;
    const std::string_view source = doc.source();
    std::set<std::string> ids;
    std::vector<std::string> wanted;
    std::string_view rest = item.rendered;
    uint64_t last_begin = 0;
    bool first = true;
    while (!rest.empty()) {
      const size_t end = rest.find('\n');
      const auto row = record::parse_row(rest.substr(0, end));
      rest.remove_prefix(end + 1);
      EXPECT_TRUE(row) << (row ? "" : row.error().message);
      if (!row) continue;
      ++totals.rows;
      EXPECT_EQ(row->kind == "document", first);
      if (!first) {
        EXPECT_LE(last_begin, row->begin) << row->id;
        last_begin = row->begin;
      }
      first = false;
      EXPECT_TRUE(ids.insert(row->id).second) << row->id;
      const record::RowFields fields = record::row_fields(*row);
      for (const char* key : {"sentence", "turn", "parent", "fulfils", "revises"}) {
        if (std::string to = fields.get(key); !to.empty()) wanted.push_back(to);
      }
      const auto check_span = [&](uint64_t begin, uint64_t stop, std::string_view text) {
        ++totals.spans;
        EXPECT_LE(stop, source.size());
        EXPECT_TRUE(utf8::is_boundary(source, begin) && utf8::is_boundary(source, stop)) << row->id;
        const std::string_view slice = source.substr(begin, stop - begin);
        if (utf8::find_invalid(slice) == std::string_view::npos) {
          EXPECT_EQ(slice, text) << doc.meta().file << " " << row->id;
        }
      };
      EXPECT_TRUE(row->has_text);
      check_span(row->begin, row->end, row->text);
      for (const auto& evidence : fields.evidence) check_span(evidence.begin, evidence.end, evidence.text);
    }
    for (const std::string& id : wanted) EXPECT_TRUE(ids.contains(id)) << id;
    if (++totals.documents >= limit) return Error{Code::Limit, "enough"};
    return {};
  };
  const auto counts = read_all(
      engine, **inputs, {2},
      [&](const Document& doc) {
        std::string rows;
        append_record(doc, versions, rows);
        return rows;
      },
      sink, {});
  EXPECT_TRUE(counts || counts.error().code == Code::Limit) << counts.error().message;
  return totals;
}

std::vector<std::string> examples() {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(std::string(READOUT_SOURCE_DIR) + "/examples")) {
    const std::string path = entry.path().string();
    if (!path.ends_with(".gold.jsonl") && !path.ends_with("README.md")) files.push_back(path);
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST(Record, EveryRowOfTheExamplesIsItsBytes) {
  const auto engine = Engine::open({});
  ASSERT_TRUE(engine);
  const Totals totals = check(**engine, examples(), 1000);
  EXPECT_GE(totals.documents, 10U);
  EXPECT_GT(totals.rows, 500U);
}

TEST(Record, EveryRowOfPressReleasesIsItsBytes) {
  const std::string folder = shared_data() + "/press_releases";
  if (!fs::exists(folder)) {
    std::printf("not run: there is no %s\n", folder.c_str());
    return;
  }
  // The layers that need no model over 2,000 documents, all layers over fewer: this is a test.
  EngineOptions text_only;
  text_only.layers = {Layer::Structure, Layer::Tokens};
  const auto fast = Engine::open(text_only);
  ASSERT_TRUE(fast);
  EXPECT_EQ(check(**fast, {folder}, 2000).documents, 2000U);
  const auto engine = Engine::open({});
  ASSERT_TRUE(engine);
  EXPECT_EQ(check(**engine, {folder}, 40).documents, 40U);
}

}  // namespace
}  // namespace readout
