// Turns of press releases against the judged list tests/gold/turns/remarks.tsv. The releases are
// not part of the repository: the folder is READOUT_SHARED_DATA or ../shared/data beside the
// sources.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "core/tsv.h"
#include "discourse/structure.h"
#include "readout/pipeline.h"
#include "text/input.h"

namespace readout {
namespace {

struct Judged {
  std::string turns;
  std::map<char, std::string> speakers;
};

TEST(TurnsOfRemarks, AtLeast95In100AreRight) {
  const char* const given = std::getenv("READOUT_SHARED_DATA");
  const std::filesystem::path folder =
      given != nullptr ? std::filesystem::path(given)
                       : std::filesystem::path(READOUT_SOURCE_DIR "/../shared/data");
  const auto releases = folder / "press_releases";
  if (!std::filesystem::exists(releases)) {
    std::cout << "skipped: no folder " << releases << " (set READOUT_SHARED_DATA)\n";
    GTEST_SKIP();
  }
  std::ifstream in(READOUT_SOURCE_DIR "/tests/gold/turns/remarks.tsv");
  const std::string list{std::istreambuf_iterator<char>(in), {}};
  std::map<std::string, Judged, std::less<>> judged;
  for_each_row(list, [&](const TsvRow& row) {
    Judged entry;
    entry.turns = row[2];
    std::string_view rest = row[3];
    while (!rest.empty()) {
      const size_t end = std::min(rest.find("; "), rest.size());
      entry.speakers[rest[0]] = std::string(rest.substr(2, end - 2));
      rest.remove_prefix(std::min(end + 2, rest.size()));
    }
    EXPECT_EQ(std::to_string(entry.turns.size()), row[1]) << row[0];
    judged[std::string(row[0])] = std::move(entry);
  });
  ASSERT_GE(judged.size(), 100U);

  std::vector<std::unique_ptr<const Stage>> stages;
  stages.push_back(discourse::make_structure_stage());
  auto pipeline = Pipeline::create(std::move(stages));
  ASSERT_TRUE(pipeline);
  Scratch scratch;
  text::InputOptions options;
  options.paths = {releases.string()};
  auto source = text::open_inputs(options);
  ASSERT_TRUE(source);
  size_t seen = 0, right = 0, turns = 0, turns_right = 0;
  while (auto item = (*source)->next()) {
    auto* const raw = std::get_if<text::RawDocument>(&*item);
    if (raw == nullptr) continue;
    const auto it = judged.find(raw->meta.source_id);
    if (it == judged.end()) continue;
    const std::string id = raw->meta.source_id;
    auto layer = text::extract(std::move(*raw));
    ASSERT_TRUE(layer) << id;
    std::vector<Draft> batch;
    batch.emplace_back(std::move(*layer));
    ASSERT_TRUE(pipeline->run(batch, scratch));
    const Document doc = std::move(batch.front()).finish();
    const auto& found = doc.structure()->turns;
    const Judged& want = it->second;
    bool same = found.size() == want.turns.size();
    for (size_t k = 0; k < std::min(found.size(), want.turns.size()); ++k) {
      const char letter = want.turns[k];
      const std::string_view label = doc.text(found[k].speaker);
      const bool equal = letter == '-' ? label.empty() : label == want.speakers.at(letter);
      turns_right += equal ? 1 : 0;
      same = same && equal;
    }
    turns += want.turns.size();
    ++seen;
    right += same ? 1 : 0;
    if (!same)
      std::cout << "differs: " << id << " (" << found.size() << " turns, want " << want.turns.size()
                << ")\n";
  }
  std::cout << right << " of " << seen << " releases right; " << turns_right << " of " << turns
            << " turns in place\n";
  ASSERT_EQ(seen, judged.size());
  EXPECT_GE(right * 100, seen * 95);
}

}  // namespace
}  // namespace readout
