#include "figures/figures.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "core/embedded.h"
#include "core/numerals.h"
#include "core/utf8.h"
#include "readout/layer_names.h"
#include "readout/pipeline.h"
#include "testing/case_file.h"
#include "text/tokens.h"
#include "timex/timex.h"

namespace readout::figures {
namespace {

class FixedStructure final : public Stage {
 public:
  std::string_view name() const override { return "test.structure/1"; }
  LayerSet reads() const override { return {}; }
  Layer writes() const override { return Layer::Structure; }
  Result<void> run(std::span<Draft> batch, Scratch&) const override {
    for (Draft& draft : batch) {
      StructureLayer layer;
      const auto size = static_cast<uint32_t>(draft.doc().plain().size());
      if (size > 0) layer.blocks.push_back({{0, size}, BlockRole::Narration, false, kNone<TurnId>});
      layer.published_iso = "2021-05-10";
      layer.language = "en";
      if (auto set = draft.set(std::move(layer)); !set) return set;
    }
    return {};
  }
};

const Pipeline& pipeline() {
  static const Pipeline kPipeline = [] {
    std::vector<std::unique_ptr<const Stage>> stages;
    stages.push_back(std::make_unique<FixedStructure>());
    stages.push_back(text::make_token_stage());
    stages.push_back(timex::make_timex_stage());
    stages.push_back(make_figure_stage());
    return std::move(*Pipeline::create(std::move(stages)));
  }();
  return kPipeline;
}

Document read(std::string text) {
  TextLayer layer;
  layer.source = std::move(text);
  std::vector<Draft> drafts;
  drafts.emplace_back(std::move(layer));
  Scratch scratch;
  const auto done = pipeline().run(drafts, scratch);
  EXPECT_TRUE(done) << (done ? "" : done.error().message);
  return std::move(drafts.front()).finish();
}

std::string shown(double value) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer,
                value == static_cast<double>(static_cast<int64_t>(value)) ? "%.0f" : "%.6g", value);
  return buffer;
}

std::string written(const Document& doc, const Figure& f) {
  std::string out;
  if (f.value) {
    out = shown(*f.value);
  } else if (f.low || f.high) {
    out = (f.low ? shown(*f.low) : "") + ".." + (f.high ? shown(*f.high) : "");
  } else {
    out = "-";
  }
  out += " " + std::string(name(f.comparator)) + " " +
         (f.unit == kNone<Sym> ? "-" : std::string(doc.str(f.unit)));
  if (f.counted != kNone<Sym>) out += " " + std::string(doc.str(f.counted));
  return out;
}

std::string found_list(const Document& doc) {
  std::string out;
  for (const Figure& f : doc.figures()->figures) {
    out += "  \"" + std::string(doc.text(f.span)) + "\" = " + written(doc, f) + "\n";
  }
  return out;
}

const Figure* find(const Document& doc, std::string_view quoted_text) {
  for (const Figure& f : doc.figures()->figures) {
    if (doc.text(f.span) == quoted_text) return &f;
  }
  return nullptr;
}

TEST(Figures, Cases) {
  const auto cases = testing::read_cases(READOUT_SOURCE_DIR "/src/figures/gold/figures.case");
  ASSERT_GT(cases.size(), 10U);
  for (const auto& one : cases) {
    std::string text = one.text;
    while (!text.empty() && text.back() == '\n') text.pop_back();
    const Document doc = read(text);
    std::string wrong;
    for (const auto& [key, value] : one.wants) {
      if (value == "none") {
        if (!doc.figures()->figures.empty()) wrong += "want none\n";
        continue;
      }
      const size_t close = value.find('"', 1);
      ASSERT_NE(close, std::string::npos) << one.line << ": " << value;
      const std::string what = value.substr(1, close - 1);
      const Figure* figure = find(doc, what);
      if (figure == nullptr) {
        wrong += "\"" + what + "\" not found\n";
      } else if (key == "revises") {
        const size_t open = value.find('"', close + 1);
        const std::string earlier = value.substr(open + 1, value.size() - open - 2);
        const bool same = figure->revises != kNone<FigureId> &&
                          doc.text(doc.figures()->figures[index(figure->revises)].span) == earlier;
        if (!same) wrong += "\"" + what + "\" does not revise \"" + earlier + "\"\n";
      } else {
        const std::string rest = value.substr(value.find("= ", close) + 2);
        const std::string got = written(doc, *figure);
        // what is counted may be left out of a want line
        if (got != rest && got.substr(0, rest.size() + 1) != rest + " ")
          wrong += "\"" + what + "\" = " + rest + ", got " + got + "\n";
      }
    }
    if (one.known.empty()) {
      EXPECT_EQ(wrong, "") << "figures.case:" << one.line << ": " << one.name << "\nfound\n"
                           << found_list(doc);
    } else {
      EXPECT_NE(wrong, "") << "figures.case:" << one.line << " passes now; take the mark away";
    }
  }
}

TEST(Figures, PropertiesHoldForRandomTexts) {
  static constexpr const char* kPieces[] = {
      "5",         "12",     "1,600",   "1.5",        "000",      "999999999999999999999",
      "two",       "twenty", "hundred", "thousand",   "million",  "and",
      "a",         "an",     "half",    "third",      "thirds",   "quarter",
      "dozen",     "dozens", "of",      "the",        "between",  "from",
      "to",        "-",      "–",       "~",          "%",        "per cent",
      "$",         "€",      "US$",     "dollars",    "cents",    "km",
      "tons",      "people", "houses",  "about",      "at least", "or more",
      "no",        "not",    "single",  "case",       "all",      "twice",
      "minus",     "½",      "⅔",       "/",          ".",        ",",
      "(",         ")",      "in",      "out",        "over",     "less than",
      "more than", "rose",   "point",   "°C",         "m",        "c",
      "元",        "Ж",      "<",       "Resolution", "one",      "zero",
      "lakh",      "crore",  "\n"};
  std::mt19937 random(5);
  for (int round = 0; round < 3000; ++round) {
    std::string source;
    const int n = 1 + static_cast<int>(random() % 40);
    for (int k = 0; k < n; ++k) {
      source += kPieces[random() % std::size(kPieces)];
      if (random() % 4 != 0) source += ' ';
    }
    const Document doc = read(source);
    ASSERT_EQ(found_list(doc), found_list(read(source))) << source;
    const auto& figures = doc.figures()->figures;
    for (size_t k = 0; k < figures.size(); ++k) {
      const Figure& f = figures[k];
      if (k > 0) {
        ASSERT_LE(figures[k - 1].span.end, f.span.begin) << source;
      }
      ASSERT_LT(f.span.begin, f.span.end) << source;
      ASSERT_TRUE(utf8::is_boundary(doc.plain(), f.span.begin) &&
                  utf8::is_boundary(doc.plain(), f.span.end));
      if (f.low && f.high) {
        ASSERT_LE(*f.low, *f.high) << source;
      }
      if (f.revises != kNone<FigureId>) {
        ASSERT_LT(index(f.revises), figures.size());
      }
      ASSERT_FALSE(f.value && (f.low || f.high)) << source;
    }
  }
}

// Every number up to a hundred thousand, written in words, is read back.
TEST(Numerals, WordsAreReadBack) {
  static constexpr const char* kOnes[] = {
      "zero",     "one",     "two",     "three",     "four",     "five",    "six",
      "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
      "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
  static constexpr const char* kTens[] = {"",      "",      "twenty",  "thirty", "forty",
                                          "fifty", "sixty", "seventy", "eighty", "ninety"};
  const std::function<std::string(int)> spell = [&](int n) -> std::string {
    if (n < 20) return kOnes[n];
    if (n < 100)
      return std::string(kTens[n / 10]) + (n % 10 == 0 ? "" : "-" + std::string(kOnes[n % 10]));
    if (n < 1000)
      return std::string(kOnes[n / 100]) + " hundred" +
             (n % 100 == 0 ? "" : " and " + spell(n % 100));
    return spell(n / 1000) + " thousand" +
           (n % 1000 == 0 ? "" : (n % 1000 < 100 ? " and " : " ") + spell(n % 1000));
  };
  Lexicon lexicon;
  load_numerals(embedded("figures/numbers.tsv"), lexicon);
  for (int n = 0; n < 100000; n += n < 2000 ? 1 : 37) {
    const std::string text = spell(n);
    TokenLayer tokens;
    tokens.span.push_back({0, static_cast<uint32_t>(text.size())});
    std::vector<Atom> atoms;
    read_atoms(text, tokens, 0, 1, lexicon, atoms);
    const auto read = read_numeral(text, atoms, 0, lexicon, {});
    ASSERT_TRUE(read) << text;
    ASSERT_EQ(read->value, n) << text;
    ASSERT_EQ(read->next, atoms.size()) << text;
  }
}

TEST(Figures, UnitsAreKnownByTheirNames) {
  EXPECT_EQ(unit_sign("dollar"), "USD");
  EXPECT_EQ(unit_sign("square kilometer"), "km2");
  EXPECT_EQ(unit_sign("no such unit"), "");
}

}  // namespace
}  // namespace readout::figures
