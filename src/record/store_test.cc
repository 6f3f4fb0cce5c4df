// The store against a toy document: what goes in comes out, byte for byte, and damage is seen.
#include "readout/store.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>

#include "readout/record.h"
#include "record/fold.h"
#include "record/row_line.h"

namespace readout {
namespace {

namespace fs = std::filesystem;

struct Toy {
  std::string source;
  std::string record;
};

/// "Mayor Őry: Hello, café. We agree." with one turn and two sentences, tokens at blanks.
Toy toy(const std::string& source, const std::string& engine = "readout test") {
  TextLayer text;
  text.source = source;
  text.meta.file = "toy.txt";
  Draft draft(std::move(text));
  const std::string_view plain = draft.doc().plain();
  const auto colon = static_cast<uint32_t>(plain.find(": "));
  const auto stop = static_cast<uint32_t>(plain.find(". ")) + 1;
  const auto size = static_cast<uint32_t>(plain.size());
  StructureLayer structure;
  structure.blocks.push_back({{0, size}, BlockRole::Turn, false, TurnId{0}});
  Turn turn;
  turn.span = {colon + 2, size};
  turn.introduced_by = {0, colon + 1};
  turn.speaker = {0, colon};
  structure.turns.push_back(turn);
  structure.published_iso = "2020-02-03";
  structure.title_text = "Toy \"title\"";
  EXPECT_TRUE(draft.set(std::move(structure)));
  TokenLayer tokens;
  uint32_t begin = colon + 2;
  for (uint32_t i = begin; i <= size; ++i) {
    if (i < size && plain[i] != ' ') continue;
    tokens.span.push_back({begin, i});
    tokens.flags.push_back(0);
    tokens.sentence.push_back(SentenceId{begin >= stop ? 1U : 0U});
    begin = i + 1;
  }
  uint32_t first = 0;
  while (first < tokens.size() && index(tokens.sentence[first]) == 0) ++first;
  tokens.sentences = {{TokenId{0}, TokenId{first}}, {TokenId{first}, TokenId{tokens.size()}}};
  tokens.sentence_block = {BlockId{0}, BlockId{0}};
  tokens.sentence_turn = {TurnId{0}, TurnId{0}};
  EXPECT_TRUE(draft.set(std::move(tokens)));
  const Document doc = std::move(draft).finish();
  Toy out{source, {}};
  append_record(doc, {engine, "data", "model"}, out.record);
  return out;
}

class StoreTest : public testing::Test {
 protected:
  void SetUp() override {
    file_ = (fs::temp_directory_path() / ("readout_store_test_" + std::to_string(getpid()) + ".db")).string();
    TearDown();
  }
  void TearDown() override {
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(file_ + end);
  }
  Store open(Store::Mode mode = Store::Mode::Create) {
    auto store = Store::open(file_, mode);
    EXPECT_TRUE(store) << (store ? "" : store.error().message);
    return std::move(*store);
  }
  static Store::Added add(Store& store, const Toy& t) {
    EXPECT_TRUE(store.begin());
    const std::string_view view = t.source;
    const auto added = store.add(t.record, &view);
    EXPECT_TRUE(added) << (added ? "" : added.error().message);
    EXPECT_TRUE(store.commit());
    return added ? *added : Store::Added::Known;
  }
  void sql(const char* script) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(file_.c_str(), &db), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(db, script, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
  }
  std::string file_;
};

const char* const kText = "Mayor \xC5\x90ry: Hello, caf\xC3\xA9. We agree with \xC6\x8Fliyev.";

TEST_F(StoreTest, GivesBackWhatWasAdded) {
  const Toy t = toy(kText);
  Store store = open();
  EXPECT_EQ(add(store, t), Store::Added::New);
  const auto documents = store.list({});
  ASSERT_TRUE(documents);
  ASSERT_EQ(documents->size(), 1U);
  EXPECT_EQ(documents->front().title, "Toy \"title\"");
  EXPECT_EQ(documents->front().turns, 1U);
  EXPECT_EQ(documents->front().sentences, 2U);
  const auto back = store.record(documents->front().id);
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, t.record);
}

TEST_F(StoreTest, TheSameBytesTwiceAreNoChange) {
  Store store = open();
  EXPECT_EQ(add(store, toy(kText)), Store::Added::New);
  EXPECT_EQ(add(store, toy(kText)), Store::Added::Known);
  EXPECT_EQ(store.list({})->size(), 1U);
}

TEST_F(StoreTest, ANewerEngineReplacesTheRows) {
  Store store = open();
  add(store, toy(kText));
  const Toy newer = toy(kText, "readout newer");
  EXPECT_EQ(add(store, newer), Store::Added::Replaced);
  const auto documents = store.list({});
  ASSERT_EQ(documents->size(), 1U);
  EXPECT_EQ(*store.record(documents->front().id), newer.record);
  EXPECT_EQ(store.search("agree", {})->size(), 1U);
  EXPECT_EQ(store.verify({})->problem_count, 0U);
}

TEST_F(StoreTest, ExportAndImportAreInverse) {
  Store store = open();
  add(store, toy(kText));
  add(store, toy("Envoy: One two. Three\nfour."));
  std::string lines;
  ASSERT_TRUE(store.export_all([&](std::string_view l) { lines += l; return true; }, true));
  const std::string copy_file = file_ + ".copy";
  fs::remove(copy_file);
  {
    auto copy = Store::open(copy_file, Store::Mode::Create);
    ASSERT_TRUE(copy);
    size_t at = 0;
    const auto imported = copy->import_lines([&]() -> std::optional<std::string> {
      if (at >= lines.size()) return std::nullopt;
      const size_t end = lines.find('\n', at);
      std::string line = lines.substr(at, end - at);
      at = end + 1;
      return line;
    });
    ASSERT_TRUE(imported) << imported.error().message;
    EXPECT_EQ(imported->documents, 2U);
    std::string again;
    ASSERT_TRUE(copy->export_all([&](std::string_view l) { again += l; return true; }, true));
    EXPECT_EQ(again, lines);
    EXPECT_EQ(copy->verify({})->problem_count, 0U);
  }
  for (const char* end : {"", "-wal", "-shm"}) fs::remove(copy_file + end);
}

TEST_F(StoreTest, VerifySeesChangedBytesAndRows) {
  Store store = open();
  add(store, toy(kText));
  EXPECT_EQ(store.verify({})->problem_count, 0U);
  sql("UPDATE row SET begin = begin + 1 WHERE kind = 'sentence'");
  // The text is cut out of the source, so a moved span reads other words; its id still tells.
  sql("UPDATE source SET bytes = CAST(replace(CAST(bytes AS TEXT), 'agree', 'argue') AS BLOB)");
  const auto report = store.verify({});
  ASSERT_TRUE(report);
  EXPECT_GT(report->problem_count, 0U);
  EXPECT_NE(report->problems.front().find("hash"), std::string::npos) << report->problems.front();
}

TEST_F(StoreTest, SearchFoldsLettersAndKnowsSpeakers) {
  Store store = open();
  add(store, toy(kText));
  const auto hits = store.search("aliyev", {});
  ASSERT_TRUE(hits);
  ASSERT_EQ(hits->size(), 1U);
  ASSERT_EQ(hits->front().marks.size(), 1U);
  const auto [begin, end] = hits->front().marks.front();
  EXPECT_EQ(hits->front().text.substr(begin, end - begin), "\xC6\x8Fliyev");
  EXPECT_EQ(store.search("CAFE", {})->size(), 1U);
  SearchOptions by;
  by.speaker = "ory";
  EXPECT_EQ(store.search("agree", by)->size(), 1U);
  by.speaker = "nobody";
  EXPECT_EQ(store.search("agree", by)->size(), 0U);
  SearchOptions later;
  later.from = "2020-02-04";
  EXPECT_EQ(store.search("agree", later)->size(), 0U);
  EXPECT_EQ(store.search("agr*", {})->size(), 1U);
  EXPECT_EQ(store.search("\"agree with\"", {})->size(), 1U);
  EXPECT_EQ(store.search("\"with agree\"", {})->size(), 0U);
  EXPECT_EQ(store.search("NEAR(agree liyev, 3) OR aliyev", {})->size(), 1U);
  EXPECT_FALSE(store.search("???", {}));
}

TEST_F(StoreTest, RefusesFilesThatAreNoRecord) {
  sql("CREATE TABLE other (a)");
  EXPECT_FALSE(Store::open(file_, Store::Mode::Create));
  EXPECT_FALSE(Store::open(file_ + ".missing", Store::Mode::Read));
}

TEST_F(StoreTest, RefusesANewerSchema) {
  { Store store = open(); }
  sql("PRAGMA user_version = 999");
  const auto store = Store::open(file_, Store::Mode::Read);
  ASSERT_FALSE(store);
  EXPECT_NE(store.error().message.find("999"), std::string::npos);
}

TEST(Fold, LettersOfManyAlphabets) {
  EXPECT_EQ(record::fold("\xC6\x8Fliyev \xC4\xB0stanbul \xC4\xB1\xC5\x9F\xC4\xB1k"), "aliyev istanbul isik");
  EXPECT_EQ(record::fold("\xC3\x89lys\xC3\xA9" "e \xC3\x98rsted \xC5\x81\xC3\xB3" "d\xC5\xBA"), "elysee orsted lodz");
  EXPECT_EQ(record::fold("\xD0\x9B\xD0\xB0\xD0\xB2\xD1\x80\xD0\xBE\xD0\xB2"), "\xD0\xBB\xD0\xB0\xD0\xB2\xD1\x80\xD0\xBE\xD0\xB2");
  EXPECT_EQ(record::fold("\xD5\x80\xD5\xA1\xD5\xB5\xD5\xA1\xD5\xBD\xD5\xBF\xD5\xA1\xD5\xB6"), "\xD5\xB0\xD5\xA1\xD5\xB5\xD5\xA1\xD5\xBD\xD5\xBF\xD5\xA1\xD5\xB6");
  EXPECT_EQ(record::fold("\xE1\x83\xA1\xE1\x83\x90\xE1\x83\xA5"), "\xE1\x83\xA1\xE1\x83\x90\xE1\x83\xA5");
}

// Whatever a person types is a valid expression or none at all.
TEST(FtsQuery, NeverASyntaxError) {
  std::vector<std::string> words;
  EXPECT_EQ(record::fts_query("peace talks", words), "\"peace\" AND \"talks\"");
  EXPECT_EQ(record::fts_query("a OR (b NOT c)", words), "\"a\" OR (\"b\" NOT \"c\")");
  EXPECT_EQ(record::fts_query("AND OR", words), "");
  EXPECT_EQ(record::fts_query("(a", words), "(\"a\")");
  EXPECT_EQ(record::fts_query("a AND (", words), "\"a\"");
  EXPECT_EQ(record::fts_query(")a\" b", words), "\"a\" AND \"b\"");
  EXPECT_EQ(record::fts_query("NEAR(cease fire, 4)", words), "NEAR(\"cease\" \"fire\", 4)");
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(":memory:", &db), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(db, "CREATE VIRTUAL TABLE t USING fts5(a)", nullptr, nullptr, nullptr), SQLITE_OK);
  // Deterministic noise over the characters that mean something.
  const std::string_view letters = "ab\"()* ANDORNT,5E:-^'+";
  uint32_t state = 7;
  for (int round = 0; round < 20000; ++round) {
    std::string query;
    for (int i = 0; i < 14; ++i) {
      state = state * 1664525 + 1013904223;
      const auto pick = (state >> 24) % 26;
      if (pick < letters.size()) query += letters[pick];
      if (pick == 22) query += " AND ";
      if (pick == 23) query += " NOT ";
      if (pick == 24) query += "NEAR(";
      if (pick == 25) query += " OR ";
    }
    words.clear();
    const std::string expression = record::fts_query(query, words);
    if (expression.empty()) continue;
    sqlite3_stmt* statement = nullptr;
    ASSERT_EQ(sqlite3_prepare_v2(db, "SELECT * FROM t WHERE t MATCH ?", -1, &statement, nullptr), SQLITE_OK);
    sqlite3_bind_text(statement, 1, expression.c_str(), -1, SQLITE_TRANSIENT);
    EXPECT_EQ(sqlite3_step(statement), SQLITE_DONE) << query << " -> " << expression;
    sqlite3_finalize(statement);
  }
  sqlite3_close(db);
}

TEST(RowLine, TakesApartAndPutsTogether) {
  const std::string line =
      R"({"kind":"event","id":"e","doc":"d","begin":1,"end":5,"text":"a\"b\\","voice":["x"],"n":1.50,"o":{"a":[1,"]}"]},"z":null})";
  const auto row = record::parse_row(line);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->text, "a\"b\\");
  EXPECT_EQ(row->rest, R"({"voice":["x"],"n":1.50,"o":{"a":[1,"]}"]},"z":null})");
  std::string out;
  record::append_row(*row, out);
  EXPECT_EQ(out, line);
  EXPECT_FALSE(record::parse_row("[1]"));
  EXPECT_FALSE(record::parse_row("{\"kind\":\"a\"}"));
  EXPECT_FALSE(record::parse_row(R"({"kind":"a","id":"b","doc":"c","begin":9,"end":5})"));
  const auto spaced = record::parse_row(R"( { "id" : "e", "x" : [ 1 ] , "kind":"k","doc":"d","begin":0,"end":0 , "y" : 2 } )");
  ASSERT_TRUE(spaced);
  EXPECT_EQ(spaced->rest, R"({"x":[ 1 ],"y":2})");
}

}  // namespace
}  // namespace readout
