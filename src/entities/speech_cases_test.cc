// The cases of gold/speakers.case, read by the whole engine: turns with their speakers and addressees,
// and whom I, we and you mean.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "core/utf8.h"
#include "pipeline/batch.h"
#include "testing/case_file.h"

namespace readout::entities {
namespace {

/// Runs of white space as one blank.
std::string flat(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const char32_t c = utf8::next(text, i);
    if (!utf8::is_space(c)) {
      utf8::append(out, c);
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::vector<std::string> words_of(std::string_view list) {
  std::istringstream in{std::string(list)};
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> ids(const Document& doc, const std::vector<ActorId>& actors) {
  std::vector<std::string> out;
  for (const ActorId a : actors) out.emplace_back(doc.str(doc.actors()->actors[index(a)].id));
  if (out.empty()) out.emplace_back("?");
  std::sort(out.begin(), out.end());
  return out;
}

std::string joined(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& item : list) out += (out.empty() ? "" : " ") + item;
  return out;
}

/// The nth place where `word` stands alone; npos if there are fewer.
size_t nth_word(std::string_view text, std::string_view word, size_t nth) {
  const auto letter = [&](size_t i) { return i < text.size() && (std::isalnum(static_cast<unsigned char>(text[i])) != 0 || text[i] == '_'); };
  for (size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    if ((at > 0 && letter(at - 1)) || letter(at + word.size())) continue;
    if (--nth == 0) return at;
  }
  return std::string_view::npos;
}

void check(const Document& doc, const testing::Case& one, std::vector<std::string>& wrong) {
  const StructureLayer& structure = *doc.structure();
  size_t turn = 0;
  const auto differ = [&](const std::string& what, const std::string& got, const std::string& want) {
    if (got != want) wrong.push_back(what + ": got \"" + got + "\", want \"" + want + "\"");
  };
  for (const auto& [key, value] : one.wants) {
    if (key == "turns") {
      differ(key, std::to_string(structure.turns.size()), value);
    } else if (key == "turn") {
      const size_t close = value.find("] "), bar = value.find(" | "), dots = value.find(" ... ");
      ASSERT_TRUE(value[0] == '[' && close < bar && bar < dots && dots != std::string::npos) << value;
      const std::string name = "turn " + std::to_string(turn + 1);
      if (turn >= structure.turns.size()) {
        wrong.push_back(name + " is missing: " + value);
        continue;
      }
      const Turn& is = structure.turns[turn];
      differ(name + " label", flat(doc.text(is.speaker)), value.substr(1, close - 1));
      differ(name + " speaker", joined(ids(doc, doc.actors()->turn_speaker[turn])), joined(words_of(value.substr(close + 2, bar - close - 2))));
      const std::string speech = flat(doc.text(is.span));
      const std::string first = value.substr(bar + 3, dots - bar - 3), last = value.substr(dots + 5);
      if (!speech.starts_with(first)) differ(name + " begins", speech.substr(0, 60), first);
      if (!speech.ends_with(last)) differ(name + " ends", speech.substr(speech.size() > 60 ? speech.size() - 60 : 0), last);
      ++turn;
    } else if (key == "to") {
      const size_t blank = value.find(' ');
      const size_t n = std::stoul(value.substr(0, blank));
      if (n > structure.turns.size()) continue;
      differ("addressee of turn " + std::to_string(n), joined(ids(doc, doc.actors()->turn_addressee[n - 1])), joined(words_of(value.substr(blank + 1))));
    } else if (key == "who") {
      const size_t mark = value.find('#'), blank = value.find(' ');
      const size_t at = nth_word(doc.plain(), value.substr(0, mark), std::stoul(value.substr(mark + 1, blank - mark - 1)));
      ASSERT_NE(at, std::string_view::npos) << value;
      std::string got = "-";
      for (const Mention& m : doc.actors()->mentions) {
        if (m.span.begin == at && m.person != 0) got = joined(ids(doc, m.actors));
      }
      differ(value.substr(0, blank), got, joined(words_of(value.substr(blank + 1))));
    } else {
      wrong.push_back("unknown key " + key);
    }
  }
}

TEST(SpeechCases, AllHold) {
  EngineOptions options;
  options.layers = {Layer::Actors};
  const auto engine = Engine::open(options);
  ASSERT_TRUE(engine) << engine.error().message;
  Scratch scratch;
  const auto cases = testing::read_cases(std::string(READOUT_SOURCE_DIR) + "/src/entities/gold/speakers.case");
  ASSERT_GE(cases.size(), 30U);
  for (const testing::Case& one : cases) {
    text::RawDocument raw;
    raw.bytes = one.text;
    raw.meta.file = one.text.find("**") != std::string::npos ? "case.md" : "case.txt";
    const auto doc = read_one(**engine, std::move(raw), scratch);
    ASSERT_TRUE(doc);
    std::vector<std::string> wrong;
    check(*doc, one, wrong);
    if (one.known.empty()) {
      for (const std::string& line : wrong) ADD_FAILURE() << "speakers.case:" << one.line << ": " << one.name << ": " << line;
    } else {
      EXPECT_FALSE(wrong.empty()) << one.name << " is known to fail (" << one.known << ") but holds: take the mark away";
    }
  }
}

}  // namespace
}  // namespace readout::entities
