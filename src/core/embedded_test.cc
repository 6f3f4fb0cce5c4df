#include "core/embedded.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace readout {
namespace {

TEST(Embedded, EqualsTheFileItWasMadeFrom) {
  const auto paths = embedded_paths();
  ASSERT_FALSE(paths.empty());
  EXPECT_TRUE(std::is_sorted(paths.begin(), paths.end()));
  for (const auto path : paths) {
    if (path == "knowledge.index") continue;  // compiled from the tables; knowledge_test reads it
    if (path.starts_with("web/") || path.starts_with("api/") || path.starts_with("style/")) continue;  // of the faces: api_test reads them
    std::ifstream in(READOUT_SOURCE_DIR "/data/" + std::string(path), std::ios::binary);
    const std::string want{std::istreambuf_iterator<char>(in), {}};
    EXPECT_TRUE(embedded(path) == want) << path;
  }
}

TEST(Embedded, UnknownPathsAreNull) {
  EXPECT_EQ(embedded("no/such.tsv").data(), nullptr);
  EXPECT_EQ(embedded("").data(), nullptr);
}

}  // namespace
}  // namespace readout
