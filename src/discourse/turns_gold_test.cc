// The hand-made gold of examples/: every turn with its label, introduction, first and last words.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/utf8.h"
#include "discourse/structure.h"
#include "readout/pipeline.h"
#include "text/input.h"

namespace readout::discourse {
namespace {

std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Runs of white space as one blank; emphasis marks, quotes' shapes and soft hyphens aside.
std::string plain(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const char32_t c = utf8::next(text, i);
    if (utf8::is_space(c)) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (c == 0x2019 || c == 0x2018) {
      out += '\'';
    } else if (c == 0x201C || c == 0x201D) {
      out += '"';
    } else if (c != '*' && c != 0xAD) {
      utf8::append(out, c);
    }
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == '.')) out.pop_back();
  return out;
}

TEST(TurnsGold, ExamplesAreRead) {
  auto stage = make_structure_stage();
  std::vector<std::unique_ptr<const Stage>> stages;
  stages.push_back(std::move(stage));
  auto pipeline = Pipeline::create(std::move(stages));
  ASSERT_TRUE(pipeline);
  Scratch scratch;
  size_t documents = 0, turns = 0;
  for (const auto& entry : std::filesystem::directory_iterator(READOUT_SOURCE_DIR "/examples")) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".gold.jsonl")) continue;
    const std::string stem = name.substr(0, name.size() - std::string(".gold.jsonl").size());
    std::filesystem::path source;
    for (const char* extension : {".txt", ".md", ".html", ".eml"}) {
      const auto path = entry.path().parent_path() / (stem + extension);
      if (std::filesystem::exists(path)) source = path;
    }
    ASSERT_FALSE(source.empty()) << name;
    text::RawDocument raw;
    raw.bytes = slurp(source);
    raw.meta.file = source.filename().string();
    auto layer = text::extract(std::move(raw));
    ASSERT_TRUE(layer) << name;
    std::vector<Draft> batch;
    batch.emplace_back(std::move(*layer));
    ASSERT_TRUE(pipeline->run(batch, scratch));
    const Document doc = std::move(batch.front()).finish();
    const StructureLayer& structure = *doc.structure();

    size_t n = 0;
    simdjson::dom::parser parser;
    std::ifstream gold(entry.path());
    for (std::string line; std::getline(gold, line);) {
      if (line.empty()) continue;
      simdjson::dom::element row = parser.parse(line);
      const std::string_view kind = row["kind"];
      const auto field = [&](const char* key) {
        std::string_view value;
        return row[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
      };
      if (kind == "document") {
        EXPECT_EQ(structure.published_iso.substr(0, 16), field("published").substr(0, 16)) << name;
        if (!field("place").empty() && structure.dateline_place) {
          EXPECT_EQ(utf8::lower(doc.text(*structure.dateline_place)), utf8::lower(field("place")))
              << name;
        }
        const std::string source_line = field("source_line");
        ASSERT_EQ(structure.source_line.has_value(),
                  !source_line.empty() && source.extension() != ".md")
            << name;
        if (structure.source_line) {
          EXPECT_EQ(doc.text(*structure.source_line), source_line) << name;
        }
        continue;
      }
      if (kind != "turn") continue;
      ASSERT_LT(n, structure.turns.size()) << name << ": a turn is missing: " << line;
      const Turn& turn = structure.turns[n++];
      const std::string speech = plain(doc.text(turn.span));
      EXPECT_EQ(plain(doc.text(turn.speaker)), plain(field("label"))) << name;
      EXPECT_EQ(plain(doc.text(turn.introduced_by)), plain(field("introduced_by"))) << name;
      EXPECT_TRUE(speech.starts_with(plain(field("first"))))
          << name << " " << n << ": " << speech.substr(0, 80);
      EXPECT_TRUE(speech.ends_with(plain(field("last")))) << name << " " << n << ": " << speech;
      ++turns;
    }
    EXPECT_EQ(structure.turns.size(), n) << name;
    ++documents;
  }
  EXPECT_GE(documents, 13U);
  EXPECT_GE(turns, 48U);
}

}  // namespace
}  // namespace readout::discourse
