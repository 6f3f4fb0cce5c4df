// Files, folders and containers as a stream of documents, and the extraction of plain text.
#include "text/input.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/limits.h"
#include "text/testing_pack.h"

namespace readout::text {
namespace {

namespace fs = std::filesystem;

class Inputs : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "readout-input-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, std::string_view bytes) {
    const fs::path path = fs::path(folder_) / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }

  static std::vector<InputItem> all(std::vector<std::string> paths, Format format = Format::Auto) {
    auto source = open_inputs({format, std::move(paths)});
    std::vector<InputItem> items;
    while (auto item = (*source)->next()) items.push_back(std::move(*item));
    return items;
  }
  static const RawDocument& doc(const InputItem& item) {
    if (const auto* rejected = std::get_if<Rejected>(&item))
      ADD_FAILURE() << rejected->error.message;
    return std::get<RawDocument>(item);
  }
  static const Rejected& bad(const InputItem& item) { return std::get<Rejected>(item); }

  std::string folder_;
};

using testing::Files;
using testing::Kind;
using testing::pack;

TEST_F(Inputs, FoldersAreWalkedInOrderWithoutHiddenFiles) {
  write("b.txt", "two");
  write("a/c.txt", "one");
  write(".hidden", "no");
  write("a/.git/x.txt", "no");
  write("z.txt", "three");
  const auto items = all({folder_});
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(doc(items[0]).bytes, "one");
  EXPECT_EQ(doc(items[1]).bytes, "two");
  EXPECT_EQ(doc(items[2]).bytes, "three");
  EXPECT_EQ(doc(items[0]).meta.file, folder_ + "/a/c.txt");
}

TEST_F(Inputs, AMissingFileIsRejectedAndTheRestGoesOn) {
  const auto items = all({folder_ + "/none.txt", write("a.txt", "text")});
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(bad(items[0]).error.code, Code::NotFound);
  EXPECT_NE(bad(items[0]).error.message.find("none.txt"), std::string::npos);
  EXPECT_EQ(doc(items[1]).bytes, "text");
}

TEST_F(Inputs, NoPathsIsAnError) { EXPECT_FALSE(open_inputs({})); }

TEST_F(Inputs, CompressedFilesAndArchives) {
  const Files files = {{"x/a.txt", "first text"},
                       {".DS_Store", "no"},
                       {"__MACOSX/a.txt", "no"},
                       {"b.txt", "second text"}};
  for (const int filter : {ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_ZSTD, ARCHIVE_FILTER_XZ}) {
    const auto one =
        all({write("one.txt.packed", pack(Kind::Raw, filter, {{"one", "packed text"}}))});
    ASSERT_EQ(one.size(), 1U);
    EXPECT_EQ(doc(one[0]).bytes, "packed text");
    const auto tar = all({write("t.tar.packed", pack(Kind::Tar, filter, files))});
    ASSERT_EQ(tar.size(), 2U);
    EXPECT_EQ(doc(tar[0]).meta.file, folder_ + "/t.tar.packed!/x/a.txt");
    EXPECT_EQ(doc(tar[1]).bytes, "second text");
  }
  const auto zip = all({write("z.zip", pack(Kind::Zip, ARCHIVE_FILTER_NONE, files))});
  ASSERT_EQ(zip.size(), 2U);
  EXPECT_EQ(doc(zip[1]).meta.file, folder_ + "/z.zip!/b.txt");
}

TEST_F(Inputs, ArchivesNestOnlySoDeep) {
  std::string inner = pack(Kind::Zip, ARCHIVE_FILTER_NONE, {{"a.txt", "deep"}});
  inner = pack(Kind::Zip, ARCHIVE_FILTER_NONE, {{"1.zip", inner}});
  const auto two = all({write("two.zip", inner)});
  ASSERT_EQ(two.size(), 1U);
  EXPECT_EQ(doc(two[0]).bytes, "deep");
  inner = pack(Kind::Zip, ARCHIVE_FILTER_NONE, {{"2.zip", inner}, {"b.txt", "beside"}});
  const auto three = all({write("three.zip", inner)});
  ASSERT_EQ(three.size(), 2U);
  EXPECT_EQ(bad(three[0]).error.code, Code::Limit);
  EXPECT_EQ(bad(three[0]).place, folder_ + "/three.zip!/2.zip!/1.zip");
  EXPECT_EQ(doc(three[1]).bytes, "beside");
}

TEST_F(Inputs, BombsAreRefusedWhileUnpacking) {
  const std::string zeros(size_t{60} << 20, ' ');
  for (const auto& bytes : {pack(Kind::Raw, ARCHIVE_FILTER_GZIP, {{"x", zeros}}),
                            pack(Kind::Zip, ARCHIVE_FILTER_NONE, {{"x.txt", zeros}})}) {
    const auto items = all({write("bomb", bytes)});
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(bad(items[0]).error.code, Code::Limit);
    EXPECT_NE(bad(items[0]).error.message.find("bomb"), std::string::npos);
  }
}

TEST_F(Inputs, ATruncatedGzipLosesOnlyItsEnd) {
  std::string lines;
  for (int i = 0; i < 20000; ++i) {
    lines += "{\"id\": " + std::to_string(i) + ", \"text\": \"line " +
             std::to_string(i * 7919 % 10007) + "\"}\n";
  }
  std::string packed = pack(Kind::Raw, ARCHIVE_FILTER_GZIP, {{"x", lines}});
  packed.resize(packed.size() / 2);
  const auto items = all({write("cut.jsonl.gz", packed)});
  ASSERT_GT(items.size(), 100U);
  for (size_t i = 0; i + 1 < items.size(); ++i)
    EXPECT_EQ(doc(items[i]).meta.source_id, std::to_string(i));
  EXPECT_NE(bad(items.back()).error.message.find("truncated"), std::string::npos)
      << bad(items.back()).error.message;
  EXPECT_EQ(bad(items.back()).place, folder_ + "/cut.jsonl.gz:" + std::to_string(items.size()));
}

TEST_F(Inputs, JsonLines) {
  const auto items = all({write(
      "a.jsonl",
      "\xEF\xBB\xBF{\"id\": \"x1\", \"date\": \"20210304\", \"title\": \"T\", \"source\": \"S\", "
      "\"url\": \"https://example.org/1\", \"text\": \"Talks \\u00e9\\ud83d\\ude00.\"}\r\n"
      "\n"
      "{\"id\": 7, \"publisher\": \"P\", \"source\": \"S\", \"text\": \"a\\ud800b\"}\n"
      "not json\n"
      "{\"id\": 8}\n"
      "[1]\n"
      "{\"text\": 3}\n"
      "{\"text\": \"bad \xFF byte\"}\n"
      "{\"text\": \"last\", \"more\": {\"a\": [1, 2]}}")});
  ASSERT_EQ(items.size(), 8U);
  const RawDocument& first = doc(items[0]);
  EXPECT_EQ(first.bytes, "Talks \xC3\xA9\xF0\x9F\x98\x80.");
  EXPECT_EQ(first.meta.source_id, "x1");
  EXPECT_EQ(first.meta.published, "2021-03-04");
  EXPECT_EQ(first.meta.title, "T");
  EXPECT_EQ(first.meta.publisher, "S");
  EXPECT_EQ(first.meta.url, "https://example.org/1");
  EXPECT_EQ(first.meta.line, 1U);
  const RawDocument& second = doc(items[1]);
  EXPECT_EQ(second.bytes,
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(second.meta.source_id, "7");
  EXPECT_EQ(second.meta.publisher, "P");
  ASSERT_EQ(second.notes.size(), 1U);
  EXPECT_EQ(second.notes[0].span, (Span{1, 4}));
  EXPECT_NE(second.notes[0].detail.find("a.jsonl:3"), std::string::npos);
  for (int i = 2; i < 6; ++i) {
    EXPECT_EQ(bad(items[static_cast<size_t>(i)]).place,
              folder_ + "/a.jsonl:" + std::to_string(i + 2));
  }
  EXPECT_EQ(doc(items[6]).bytes, "bad \xEF\xBF\xBD byte");
  EXPECT_EQ(doc(items[7]).bytes, "last");
  EXPECT_EQ(doc(items[7]).meta.line, 9U);
}

TEST_F(Inputs, ALineOverTheLimitIsSkippedInBoundedMemory) {
  const std::string path = folder_ + "/long.jsonl";
  {
    std::ofstream out(path, std::ios::binary);
    out << "{\"text\": \"first\"}\n{\"text\": \"";
    const std::string block(size_t{1} << 20, 'x');
    for (size_t i = 0; i < (limits::kJsonLineBytes >> 20) + 2; ++i) out << block;
    out << "\"}\n{\"text\": \"last\"}\n";
  }
  const auto items = all({path});
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(bad(items[1]).error.code, Code::Limit);
  EXPECT_EQ(bad(items[1]).place, path + ":2");
  EXPECT_EQ(doc(items[2]).bytes, "last");
  // Without an end, too.
  fs::resize_file(path, fs::file_size(path) - 22);
  const auto endless = all({path});
  ASSERT_EQ(endless.size(), 2U);
  EXPECT_EQ(bad(endless[1]).place, path + ":2");
  EXPECT_NE(bad(endless[1]).error.message.find(path + ":2: line longer"), std::string::npos);
}

TEST_F(Inputs, EndlessInputStopsAtTheDocumentLimit) {
  if (!fs::exists("/dev/zero")) GTEST_SKIP();
  const auto items = all({"/dev/zero"});
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(bad(items[0]).error.code, Code::Limit);
  EXPECT_NE(bad(items[0]).error.message.find("64 MiB"), std::string::npos);
}

TEST_F(Inputs, PicturesAreNoDocuments) {
  const auto items = all({write("a.txt", "\x89PNG\r\n\x1A\n....")});
  ASSERT_EQ(items.size(), 1U);
  EXPECT_NE(bad(items[0]).error.message.find("PNG"), std::string::npos);
}

TEST_F(Inputs, ProgressCountsPackedBytes) {
  const std::string a = write("a.txt", "12345"), b = write("b.txt", "123");
  auto source = open_inputs({Format::Auto, {a, b}});
  EXPECT_EQ((*source)->bytes_total(), 8U);
  while ((*source)->next()) {
  }
  EXPECT_EQ((*source)->bytes_done(), 8U);
}

TEST_F(Inputs, PetrarchXml) {
  const auto items = all({write(
      "a.xml",
      "<?xml version=\"1.0\"?>\n<Sentences>\n<!-- <Sentence id=\"no\"> -->\n"
      "<Sentence date = \"20150805\" id =\"S1_1\" source = \"REU\" sentence = \"True\">\n"
      "<Text>\nTalks &amp; more began in Vienna.\n</Text>\n<Parse>(ROOT (S x))</Parse></Sentence>\n"
      "<Sentence date=\"20150806\" id=\"S1_2\"><Text>bad <b></Text></Sentence>\n"
      "<Sentence date=\"20150807\" id=\"S1_3\" source=\"NULL\"><Text>R & D "
      "stays.</Text></Sentence>\n"
      "<Story date=\"20150808\" id=\"T\"><Text>One.</Text><Text>Two.</Text></Story></Sentences>")});
  ASSERT_EQ(items.size(), 4U);
  EXPECT_EQ(doc(items[0]).bytes, "Talks & more began in Vienna.");
  EXPECT_EQ(doc(items[0]).meta.source_id, "S1_1");
  EXPECT_EQ(doc(items[0]).meta.published, "2015-08-05");
  EXPECT_EQ(doc(items[0]).meta.publisher, "REU");
  EXPECT_EQ(doc(items[0]).meta.line, 4U);
  EXPECT_EQ(bad(items[1]).place, folder_ + "/a.xml:9");
  EXPECT_EQ(doc(items[2]).bytes, "R & D stays.");
  EXPECT_EQ(doc(items[2]).meta.publisher, "");
  EXPECT_EQ(doc(items[3]).bytes, "One.\n\nTwo.");
}

TEST_F(Inputs, AMailComesWithItsAttachments) {
  const auto items = all({write(
      "m.eml",
      "From: A <a@example.org>\r\nTo: b@example.org\r\nSubject: s\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/mixed; boundary=XX\r\n\r\n--XX\r\nContent-Type: text/plain\r\n\r\n"
      "See the note.\r\n--XX\r\nContent-Type: text/plain; name=\"note.txt\"\r\n"
      "Content-Disposition: attachment; filename=\"note.txt\"\r\nContent-Transfer-Encoding: "
      "base64\r\n\r\n"
      "VGhlIG1pbmlzdGVyIGFycml2ZWQu\r\n--XX\r\nContent-Type: image/png\r\n"
      "Content-Disposition: attachment; filename=\"p.png\"\r\nContent-Transfer-Encoding: "
      "base64\r\n\r\n"
      "iVBORw0KGgo=\r\n--XX--\r\n")});
  ASSERT_EQ(items.size(), 2U);
  const auto body = extract(doc(items[0]));
  ASSERT_TRUE(body);
  EXPECT_EQ(body->text(), "See the note.");
  EXPECT_EQ(doc(items[1]).meta.file, folder_ + "/m.eml!/note.txt");
  EXPECT_EQ(doc(items[1]).bytes, "The minister arrived.");
}

RawDocument raw(std::string bytes, std::string file = "a.txt") {
  RawDocument doc;
  doc.bytes = std::move(bytes);
  doc.meta.file = std::move(file);
  return doc;
}

TEST(ExtractPlain, Utf8IsLeftAlone) {
  const auto layer = extract(raw("Grüße\n\nTalks"));
  ASSERT_TRUE(layer);
  EXPECT_TRUE(layer->map.identity());
  EXPECT_TRUE(layer->plain.empty());
  EXPECT_EQ(layer->meta.encoding, "UTF-8");
  EXPECT_EQ(layer->meta.media_type, "text/plain");
}

TEST(ExtractPlain, LineEndsBecomeOne) {
  const auto layer = extract(raw("a\r\nb\rc\nd"));
  ASSERT_TRUE(layer);
  EXPECT_EQ(layer->text(), "a\nb\nc\nd");
  EXPECT_EQ(layer->map.to_source({2, 3}), (SourceSpan{3, 4}));
  EXPECT_EQ(layer->map.to_source({6, 7}), (SourceSpan{7, 8}));
}

TEST(ExtractPlain, NulBytesSurvive) {
  const auto layer = extract(raw(std::string("a\0b", 3)));
  ASSERT_TRUE(layer);
  EXPECT_EQ(layer->text(), std::string_view("a\0b", 3));
}

TEST(ExtractPlain, EmptyIsAnErrorWithPlace) {
  const auto layer = extract(raw(" \n\t", "dir/e.txt"));
  ASSERT_FALSE(layer);
  EXPECT_EQ(layer.error().message, "dir/e.txt: no text in it");
}

TEST(ExtractPlain, NotesOfTheContainerAreKept) {
  RawDocument doc = raw("text");
  doc.notes.push_back({{0, 1}, "encoding.damaged", "x:1"});
  const auto layer = extract(std::move(doc));
  ASSERT_TRUE(layer);
  ASSERT_EQ(layer->notes.size(), 1U);
  EXPECT_EQ(layer->notes[0].detail, "x:1");
}

}  // namespace
}  // namespace readout::text
