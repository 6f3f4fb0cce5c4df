// Paragraphs, then who opens which, then roles of the page, then turns; last what the document says
// of itself. Each step only refines what the one before it left open.
#include "discourse/structure.h"

#include <algorithm>

#include "discourse/address.h"
#include "discourse/cues.h"
#include "discourse/late_date.h"
#include "discourse/paragraphs.h"
#include "discourse/publication.h"
#include "discourse/roles.h"
#include "discourse/turns.h"

namespace readout::discourse {
namespace {

/// BCP 47 language of a text by its script; "en" for Latin script when nothing speaks against it.
std::string language_of(std::string_view text) {
  uint32_t latin = 0, cyrillic = 0, armenian = 0, georgian = 0, arabic = 0, hebrew = 0, greek = 0,
           cjk = 0, schwa = 0;
  const size_t stop = std::min<size_t>(text.size(), 20'000);
  for (size_t i = 0; i < stop;) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x80) {
      latin += ascii_alpha(text[i]) ? 1 : 0;
      ++i;
      continue;
    }
    const char32_t letter = utf8::next(text, i);
    if (letter == 0x0259 || letter == 0x018F) ++schwa;
    if (letter < 0x250)
      ++latin;
    else if (letter >= 0x370 && letter < 0x400)
      ++greek;
    else if (letter >= 0x400 && letter < 0x530)
      ++cyrillic;
    else if (letter >= 0x530 && letter < 0x590)
      ++armenian;
    else if (letter >= 0x590 && letter < 0x600)
      ++hebrew;
    else if (letter >= 0x600 && letter < 0x780)
      ++arabic;
    else if (letter >= 0x10A0 && letter < 0x1100)
      ++georgian;
    else if (letter >= 0x3040 && letter < 0xD7B0)
      ++cjk;
  }
  const std::pair<uint32_t, const char*> scripts[] = {
      {cyrillic, "ru"}, {armenian, "hy"}, {georgian, "ka"}, {arabic, "ar"},
      {hebrew, "he"},   {greek, "el"},    {cjk, "zh"}};
  for (const auto& [count, tag] : scripts) {
    if (count > latin) return tag;
  }
  return schwa * 100 > latin ? "az" : "en";
}

class StructureStage final : public Stage {
 public:
  std::string_view name() const override { return "discourse.structure/1"; }
  LayerSet reads() const override { return {}; }
  Layer writes() const override { return Layer::Structure; }

  Result<void> run(std::span<Draft> batch, Scratch&) const override {
    for (Draft& draft : batch) {
      if (auto done = draft.set(structure_of(draft.doc())); !done) return done.error();
    }
    return {};
  }

 private:
  StructureLayer structure_of(const Document& doc) const {
    const std::string_view text = doc.plain();
    const ContainerMeta& meta = doc.meta();
    std::vector<Paragraph> paragraphs = find_paragraphs(text, doc.text_layer().hints);
    const Openings openings = find_openings(text, cues_, paragraphs);
    PageRoles page = find_roles(text, meta, cues_, dates_, openings.speech, paragraphs);
    if (!page.published && meta.published.empty()) {
      if (const auto late = late_dates_.find(text, paragraphs, dates_)) {
        page.published = late->time;
        Paragraph& paragraph = paragraphs[late->paragraph];
        if (late->whole && paragraph.role == BlockRole::Narration &&
            !openings.speech[late->paragraph]) {
          paragraph.role = BlockRole::Dateline;
        }
      }
    }

    StructureLayer layer;
    layer.turns = find_turns(text, cues_, openings, page.body, paragraphs);
    for (Turn& turn : layer.turns) find_address(text, cues_, turn);

    layer.blocks.reserve(paragraphs.size());
    size_t turn = 0;
    for (const Paragraph& paragraph : paragraphs) {
      Block block;
      block.span = paragraph.span;
      block.role = paragraph.role;
      block.continues = paragraph.continues && !layer.blocks.empty();
      while (turn < layer.turns.size() && layer.turns[turn].span.end < paragraph.span.end &&
             turn + 1 < layer.turns.size() &&
             layer.turns[turn + 1].span.begin < paragraph.span.end) {
        ++turn;
      }
      if (turn < layer.turns.size() && paragraph.role != BlockRole::Caption &&
          paragraph.role != BlockRole::Credit) {
        const Turn& here = layer.turns[turn];
        if (here.span.begin < paragraph.span.end && paragraph.span.begin < here.span.end) {
          block.turn = TurnId{static_cast<uint32_t>(turn)};
          // The dash before speech is layout.
          if (leading_dash(text, block.span) != 0 && here.span.begin > block.span.begin &&
              here.span.begin == block.span.begin + leading_dash(text, block.span)) {
            block.span.begin = here.span.begin;
          }
        }
      }
      layer.blocks.push_back(block);
    }
    describe(doc, page, openings, layer);
    return layer;
  }

  void describe(const Document& doc, const PageRoles& page, const Openings& openings,
                StructureLayer& layer) const {
    const std::string_view text = doc.plain();
    const ContainerMeta& meta = doc.meta();
    layer.title = page.title;
    layer.author = page.author;
    layer.source_line = page.source_line;
    layer.publisher = page.publisher;
    layer.dateline_place = page.place;
    layer.captions = page.captions;
    layer.credits = page.credits;
    layer.title_text = meta.title;
    layer.publisher_text = meta.publisher;
    layer.author_text = meta.author;
    layer.language = !meta.language.empty() ? meta.language : language_of(text);
    if (page.published) {
      layer.published = page.published->span;
      layer.published_iso = page.published->iso();
    }
    if (!meta.published.empty()) layer.published_iso = meta.published;
    layer.genre = genre_of(text, page, openings, layer);
  }

  std::string genre_of(std::string_view text, const PageRoles& page, const Openings& openings,
                       const StructureLayer& layer) const {
    // The longest phrase of the title (or of the lines above the text) decides.
    std::string_view best;
    std::string_view genre;
    const auto look = [&](std::string_view line) {
      for (const auto& [phrase, kind] : cues_.genres) {
        if (phrase.size() > best.size() && find_phrase(line, phrase) != std::string_view::npos) {
          best = phrase;
          genre = kind;
        }
      }
    };
    if (!layer.title_text.empty()) look(layer.title_text);
    if (layer.title)
      look(text.substr(layer.title->begin, std::min<uint32_t>(layer.title->size(), 400)));
    if (genre.empty()) {
      for (size_t k = 0; k < std::min(page.body, layer.blocks.size()); ++k) {
        look(text.substr(layer.blocks[k].span.begin,
                         std::min<uint32_t>(layer.blocks[k].span.size(), 300)));
      }
    }
    size_t direct = 0, questions = 0, bare_answers = 0, asked = 0;
    for (const Turn& turn : layer.turns) {
      direct += turn.direct ? 1 : 0;
      const std::string_view said = text.substr(turn.speaker.begin, turn.speaker.size());
      bare_answers += !turn.asks && (said.empty() || said == "A" || said == "Answer") ? 1 : 0;
      asked += turn.asks ? 1 : 0;
      const std::string_view label = text.substr(turn.speaker.begin, turn.speaker.size());
      questions += label.starts_with("Q") ? 1 : 0;
    }
    // One asks, one answers, and nobody need say who.
    if (genre.empty() && asked >= 2 && bare_answers >= 2 && !page.source_line) return "interview";
    if (openings.label_count > 0 && direct >= 2) {
      if (genre == "briefing" || genre == "interview" || genre == "transcript")
        return std::string(genre);
      return questions > 0 || direct >= 4 ? "transcript"
                                          : std::string(genre.empty() ? "transcript" : genre);
    }
    if (page.source_line || page.publisher) return "agency report";
    if (!genre.empty()) return std::string(genre);
    if (layer.turns.size() == 1 && layer.turns[0].introduced_by.empty()) return "speech";
    return {};
  }

  Cues cues_;
  DateReader dates_;
  LateDateReader late_dates_;
};

}  // namespace

std::unique_ptr<const Stage> make_structure_stage() { return std::make_unique<StructureStage>(); }

}  // namespace readout::discourse
