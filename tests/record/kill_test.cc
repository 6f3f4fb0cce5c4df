// kill -9 at random moments of `add`: the store opens, verifies, and a second run completes it to
// the same bytes as an undisturbed one. READOUT_KILL_ROUNDS sets the number of kills (12 here; 200
// by hand).
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "../run_program.h"

namespace readout::testing_support {
namespace {

std::string stories(int count) {
  std::string lines;
  uint32_t state = 1;
  const auto pick = [&](uint32_t n) {
    state = state * 1664525 + 1013904223;
    return (state >> 16) % n;
  };
  const char* const who[] = {"Minister Ada Quill", "President Orr", "Envoy Tamsin Vale", "Spokesman Rho"};
  const char* const what[] = {"We will open the crossing next week.", "We have handed over 40 bodies.",
                              "The talks were useful.", "I hope that the other side returns.", "Nothing was agreed."};
  for (int i = 0; i < count; ++i) {
    lines += "{\"id\":\"s" + std::to_string(i) + "\",\"date\":\"2014-05-0" + std::to_string(1 + i % 9) + "\",\"title\":\"Story " +
             std::to_string(i) + "\",\"text\":\"";
    for (int turn = 0; turn < 6; ++turn) {
      lines += std::string(who[pick(4)]) + " said: ";
      for (int s = 0; s < 8; ++s) lines += std::string(what[pick(5)]) + " ";
      lines += "\\n\\n";
    }
    lines += "\"}\n";
  }
  return lines;
}

TEST(Kill, TheStoreSurvivesAtAnyMoment) {
  const char* wanted = std::getenv("READOUT_KILL_ROUNDS");
  const int rounds = wanted == nullptr ? 12 : std::atoi(wanted);
  // Many rounds at the depth that makes 1,000 documents quick; few with all layers.
  const bool many = rounds > 50;
  const int documents = many ? 1000 : 60;
  const std::string depth = many ? "text" : "full";
  const Folder folder;
  folder.write("in.jsonl", stories(documents));
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_EQ(run(folder, {"add", "--depth", depth, "-r", "whole.db", "in.jsonl"}).code, 0);
  const auto whole_us = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin).count();
  const std::string expected = run(folder, {"export", "-r", "whole.db"}).out;
  ASSERT_FALSE(expected.empty());
  uint32_t state = 12345;
  int killed = 0;
  for (int round = 0; round < rounds; ++round) {
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(folder / ("part.db" + std::string(end)));
    const pid_t pid = start(folder, {"add", "--depth", depth, "-r", "part.db", "in.jsonl"});
    state = state * 1664525 + 1013904223;
    std::this_thread::sleep_for(std::chrono::microseconds(static_cast<int64_t>(state >> 8) * whole_us / (1 << 24)));
    kill(pid, SIGKILL);
    killed += finish(folder, pid).code == 128 + SIGKILL ? 1 : 0;
    if (fs::exists(folder / "part.db") && fs::file_size(folder / "part.db") > 0) {
      const Outcome checked = run(folder, {"verify", "-r", "part.db"});
      // Killed before the schema was written, the file holds nothing: the next run makes it.
      if (checked.err.find("user_version is 0") == std::string::npos) {
        ASSERT_EQ(checked.code, 0) << "round " << round << ": " << checked.err << checked.out;
      }
    }
    ASSERT_EQ(run(folder, {"add", "--depth", depth, "-r", "part.db", "in.jsonl"}).code, 0) << round;
    ASSERT_EQ(run(folder, {"export", "-r", "part.db"}).out, expected) << round;
  }
  EXPECT_GT(killed, rounds / 4);  // the kills did fall into the run
}

}  // namespace
}  // namespace readout::testing_support
