// The command line from outside: what it prints, where, and its exit codes.
#include <gtest/gtest.h>

#include "../run_program.h"

namespace readout::testing_support {
namespace {

const char* const kStory =
    "Mayors meet over bridge\n\nFreeport, 4 March 2011\n\nMayor Ann Archer received Mayor Bo Baker on Friday.\n\n"
    "Ann Archer said: Thank you for coming. We will rebuild the bridge by June.\n\n"
    "Bo Baker said: We are grateful. The two towns need each other.\n";

TEST(Cli, HelpAndVersion) {
  const Folder folder;
  EXPECT_EQ(run(folder, {"--help"}).code, 0);
  EXPECT_NE(run(folder, {"read", "--help"}).out.find("--input-format"), std::string::npos);
  EXPECT_EQ(run(folder, {"version"}).out.substr(0, 8), "readout ");
  EXPECT_EQ(run(folder, {}).code, 2);
}

TEST(Cli, AMisspeltVerbGetsASuggestion) {
  const Folder folder;
  const Outcome outcome = run(folder, {"serach", "x"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.err.find("did you mean \"search\""), std::string::npos) << outcome.err;
  EXPECT_TRUE(outcome.out.empty());
}

TEST(Cli, AnUnknownOptionIsRefused) {
  const Folder folder;
  const Outcome outcome = run(folder, {"read", "--colour", "x.txt"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.err.find("--colour"), std::string::npos);
}

TEST(Cli, ReadShowsTurnsAndCounts) {
  const Folder folder;
  folder.write("a.txt", kStory);
  const Outcome outcome = run(folder, {"read", "a.txt"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("[1] Ann Archer"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("[2] Bo Baker"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.err.find("1 in = 1 read + 0 rejected"), std::string::npos) << outcome.err;
}

TEST(Cli, ABadDocumentIsNamedAndTheRestGoesOn) {
  const Folder folder;
  folder.write("a.txt", kStory);
  folder.write("b.pdf", "%PDF-1.4 this is no pdf");
  folder.write("c.txt", kStory + std::string("More.\n"));
  const Outcome outcome = run(folder, {"read", "a.txt", "b.pdf", "missing.txt", "c.txt"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.err.find("b.pdf"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("missing.txt"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("4 in = 2 read + 2 rejected"), std::string::npos) << outcome.err;
}

TEST(Cli, StandardInput) {
  const Folder folder;
  folder.write("a.txt", kStory);
  const Outcome outcome = run(folder, {"read", "--format", "jsonl", "-"}, (folder / "a.txt").string());
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out.substr(0, 18), "{\"kind\":\"document\"");
}

// Documents in, rows of all out, in order, and the same bytes at any thread count.
TEST(Cli, JsonLinesInOrderAtAnyThreadCount) {
  const Folder folder;
  std::string lines;
  for (int i = 0; i < 300; ++i) {
    lines += "{\"id\":\"d" + std::to_string(i) + "\",\"date\":\"2011-03-04\",\"title\":\"T" + std::to_string(i) +
             "\",\"text\":\"Envoy Cy Dole said: We met " + std::to_string(i) + " times.\\n\\nThe envoy left.\"}\n";
  }
  folder.write("in.jsonl", lines);
  const Outcome one = run(folder, {"read", "--input-format", "jsonl", "--format", "jsonl", "-j", "1", "in.jsonl"});
  EXPECT_EQ(one.code, 0) << one.err;
  EXPECT_NE(one.err.find("300 in = 300 read"), std::string::npos) << one.err;
  const Outcome four = run(folder, {"read", "--input-format", "jsonl", "--format", "jsonl", "-j", "4", "in.jsonl"});
  EXPECT_EQ(one.out, four.out);
  size_t at = 0;
  for (int i = 0; i < 300; ++i) {
    at = one.out.find("\"source_id\":\"d" + std::to_string(i) + "\"", at);
    ASSERT_NE(at, std::string::npos) << i;
  }
}

TEST(Cli, TheRecordFromAddToExport) {
  const Folder folder;
  folder.write("a.txt", kStory);
  EXPECT_EQ(run(folder, {"list", "-r", "r.db"}).code, 1);
  EXPECT_EQ(run(folder, {"add", "-r", "r.db", "a.txt"}).code, 0);
  const Outcome again = run(folder, {"add", "-r", "r.db", "a.txt"});
  EXPECT_NE(again.err.find("0 added, 0 read anew, 1 already there"), std::string::npos) << again.err;
  const Outcome list = run(folder, {"list", "-r", "r.db", "--format", "csv"});
  EXPECT_NE(list.out.find("Mayors meet over bridge"), std::string::npos) << list.out;
  const Outcome found = run(folder, {"search", "-r", "r.db", "rebuild bridg*"});
  EXPECT_NE(found.out.find("[rebuild] the [bridge]"), std::string::npos) << found.out;
  EXPECT_NE(found.out.find("Ann Archer"), std::string::npos) << found.out;
  EXPECT_EQ(run(folder, {"search", "-r", "r.db", "zeppelin"}).code, 1);
  EXPECT_EQ(run(folder, {"verify", "-r", "r.db"}).code, 0);
  const Outcome exported = run(folder, {"export", "-r", "r.db"});
  folder.write("rows.jsonl", exported.out);
  EXPECT_EQ(run(folder, {"import", "-r", "copy.db", "rows.jsonl"}).code, 0);
  EXPECT_EQ(run(folder, {"export", "-r", "copy.db"}).out, exported.out);
}

TEST(Cli, ADamagedImportNamesTheLine) {
  const Folder folder;
  folder.write("rows.jsonl", "{\"kind\":\"document\",\"id\":\"x\"}\n");
  const Outcome outcome = run(folder, {"import", "-r", "r.db", "rows.jsonl"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.err.find("line 1"), std::string::npos) << outcome.err;
}

TEST(Cli, CompletionAndManPage) {
  const Folder folder;
  const Outcome bash = run(folder, {"completion", "bash"});
  EXPECT_NE(bash.out.find("complete -o filenames -F _readout readout"), std::string::npos);
  folder.write("c.sh", bash.out + "\nCOMP_WORDS=(readout sea); COMP_CWORD=1; _readout; echo \"${COMPREPLY[@]}\"\n");
  EXPECT_EQ(system(("bash " + (folder / "c.sh").string() + " > " + (folder / "o.txt").string()).c_str()), 0);
  EXPECT_EQ(folder.read("o.txt"), "search\n");
  EXPECT_EQ(run(folder, {"man"}).out.substr(0, 3), ".TH");
}

// A reader that closes the pipe early ends the program quietly.
TEST(Cli, AClosedPipeEndsQuietly) {
  const Folder folder;
  std::string lines;
  for (int i = 0; i < 2000; ++i) lines += "{\"id\":\"d" + std::to_string(i) + "\",\"text\":\"Some words here. And more of them.\"}\n";
  folder.write("in.jsonl", lines);
  const std::string command = "cd " + folder.path().string() + " && " + READOUT_PROGRAM +
                              " read --format jsonl in.jsonl 2>err.txt | head -1 >out.txt; test ${PIPESTATUS[0]} = 0";
  folder.write("c.sh", command);
  EXPECT_EQ(system(("bash " + (folder / "c.sh").string()).c_str()), 0);
  EXPECT_EQ(folder.read("err.txt"), "");
}

}  // namespace
}  // namespace readout::testing_support
