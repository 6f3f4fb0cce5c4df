// Folded words of each sentence are matched against the table; every hit adds its weight to its
// track, a repeated term less each time (1 + log2 of its count), a hit in a title three times. What
// is left out of the text (navigation, credits) says nothing. Primary: a track near the strongest
// one; secondary: one with a fair share of it.
#include "events/topics.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/tsv.h"
#include "core/utf8.h"
#include "events/table_file.h"

namespace readout::events {
namespace {

// Chosen on examples/ (13 documents) in 2026-11 after two settings; not searched further.
constexpr double kPrimaryShare = 0.68;
constexpr double kSecondaryShare = 0.17;
constexpr double kFloor = 1.5;  // weight below which nothing is said of a track
constexpr double kPrimaryFloor = 1.5;
constexpr size_t kMaxPrimary = 2;
constexpr size_t kMaxTopics = 8;
// What a weight of the table is worth: a word that decides is worth eight weak ones. A track needs
// one word that decides or two strong ones. Tuned on examples/ and tests/gold/dev in 2026-11, flat
// around.
constexpr double kWorth[] = {0, 0.5, 2, 4};
constexpr size_t kStrength = 2;

bool word_matches(std::string_view pattern, std::string_view word) {
  size_t i = 0;
  for (; i < pattern.size(); ++i) {
    if (pattern[i] == '*') return true;
    if (i >= word.size()) return false;
    if (pattern[i] != '?' && pattern[i] != word[i]) return false;
  }
  return i == word.size();
}

bool silent(BlockRole role) {
  return role == BlockRole::Navigation || role == BlockRole::Boilerplate ||
         role == BlockRole::Credit || role == BlockRole::Byline || role == BlockRole::SourceLine;
}

}  // namespace

void topic_words(std::string_view text, std::string& folded, std::vector<std::string_view>& words,
                 std::vector<uint32_t>& begins) {
  folded.clear();
  words.clear();
  begins.clear();
  folded.reserve(text.size() * 2);
  std::vector<std::pair<uint32_t, uint32_t>> ranges;
  bool inside = false;
  for (size_t i = 0; i < text.size();) {
    const size_t at = i;
    const char32_t c = utf8::next(text, i);
    if (utf8::is_letter(c) || utf8::is_digit(c)) {
      if (!inside) {
        begins.push_back(static_cast<uint32_t>(at));
        ranges.emplace_back(static_cast<uint32_t>(folded.size()), 0U);
        inside = true;
      }
      utf8::append(folded, utf8::to_lower(c));
      ranges.back().second = static_cast<uint32_t>(folded.size());
    } else if (c != 0xAD) {  // a soft hyphen does not part a word
      inside = false;
    }
  }
  words.reserve(ranges.size());
  for (const auto& [begin, end] : ranges)
    words.push_back(std::string_view(folded).substr(begin, end - begin));
}

Result<TopicTable> TopicTable::parse(std::string_view bytes, std::string_view name) {
  TopicTable table;
  std::string problem;
  for_each_row(bytes, [&](const TsvRow& row) {
    if (!problem.empty()) return;
    const std::string where = std::string(name) + ":" + std::to_string(row.line) + ": ";
    int weight = -1;
    const std::string_view number = row[1];
    const auto parsed = std::from_chars(number.data(), number.data() + number.size(), weight);
    if (row.size != 3 || parsed.ec != std::errc() || parsed.ptr != number.data() + number.size() ||
        weight < 0 || weight > 9) {
      problem = where + "want a track, a weight from 0 to 9, and terms with ';' between them";
      return;
    }
    if (row[0] == "~") {
      std::string_view rest = row[2];
      while (!rest.empty()) {
        const size_t end = rest.find(';');
        table.common_.emplace_back(std::string(rest.substr(0, end)), 1.0 - 0.1 * weight);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
      }
      return;
    }
    uint32_t track = kStop;
    if (row[0] != "-") {
      track = 0;
      while (track < table.tracks_.size() && table.tracks_[track] != row[0]) ++track;
      if (track == table.tracks_.size()) table.tracks_.emplace_back(row[0]);
    }
    std::string_view rest = row[2];
    while (!rest.empty()) {
      const size_t end = rest.find(';');
      std::string_view text = rest.substr(0, end);
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
      Term term;
      term.track = track;
      term.weight = static_cast<float>(weight);
      while (!text.empty()) {
        const size_t blank = text.find(' ');
        if (blank != 0) term.words.emplace_back(text.substr(0, blank));
        text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
      }
      if (term.words.empty()) continue;
      const std::string& first = term.words[0];
      const size_t wild = first.find_first_of("*?");
      if (wild != std::string::npos && wild < kPrefix) {
        problem = where + "\"" + first + "\": want at least " + std::to_string(kPrefix) +
                  " letters before a wildcard";
        return;
      }
      const auto id = static_cast<uint32_t>(table.terms_.size());
      if (wild == std::string::npos) {
        table.exact_[first].push_back(id);
      } else {
        table.prefix_[first.substr(0, kPrefix)].push_back(id);
      }
      table.terms_.push_back(std::move(term));
    }
  });
  if (!problem.empty()) return Error{Code::BadData, problem};
  table.factor_.assign(table.tracks_.size(), 1.0);
  for (const auto& [track, factor] : table.common_) {
    const auto known = std::find(table.tracks_.begin(), table.tracks_.end(), track);
    if (known == table.tracks_.end())
      return Error{Code::BadData, std::string(name) + ": \"" + track + "\" of \"~\" is no track"};
    table.factor_[static_cast<size_t>(known - table.tracks_.begin())] = factor;
  }
  return table;
}

void TopicTable::match(const std::vector<std::string_view>& words, size_t at, std::vector<Hit>& out,
                       uint32_t& blocked) const {
  out.clear();
  const auto look = [&](const std::vector<uint32_t>& ids) {
    for (const uint32_t id : ids) {
      const Term& term = terms_[id];
      if (at + term.words.size() > words.size()) continue;
      bool same = true;
      for (size_t k = 0; same && k < term.words.size(); ++k)
        same = word_matches(term.words[k], words[at + k]);
      if (!same) continue;
      const auto length = static_cast<uint32_t>(term.words.size());
      if (term.track == kStop) {
        blocked = std::max(blocked, length);
        continue;
      }
      const auto known = std::find_if(out.begin(), out.end(),
                                      [&](const Hit& hit) { return hit.track == term.track; });
      if (known == out.end()) {
        out.push_back({term.track, id, length, term.weight});
      } else if (length > known->words || (length == known->words && term.weight > known->weight)) {
        *known = {term.track, id, length, term.weight};
      }
    }
  };
  if (const auto it = exact_.find(words[at]); it != exact_.end()) look(it->second);
  if (words[at].size() >= kPrefix) {
    if (const auto it = prefix_.find(words[at].substr(0, kPrefix)); it != prefix_.end())
      look(it->second);
  }
  if (blocked > 0) out.clear();
}

namespace {

struct TopicScratch {
  std::string folded;
  std::vector<std::string_view> words;
  std::vector<uint32_t> begins;
  std::vector<TopicTable::Hit> hits;
};

class TopicStage : public Stage {
 public:
  explicit TopicStage(TopicTable table) : table_(std::move(table)) {}
  std::string_view name() const override { return "events.topics/1"; }
  LayerSet reads() const override { return {Layer::Structure, Layer::Tokens}; }
  Layer writes() const override { return Layer::Topics; }

  Result<void> run(std::span<Draft> batch, Scratch& scratch) const override {
    auto& room = scratch.slot<TopicScratch>(this);
    for (Draft& draft : batch) {
      if (auto done = draft.set(read(draft, room)); !done) return done;
    }
    return {};
  }

 private:
  struct TrackState {
    double score = 0;
    size_t strength = 0;  // strong words, those that decide twice
    double best = 0;      // weight in the sentence that speaks most of it
    SentenceId sentence{};
    uint32_t covered_until =
        0;  // word index: a term inside a longer one of the same track is not counted again
    std::vector<std::pair<uint32_t, double>> terms;  // times each was seen, titles more
  };

  TopicLayer read(Draft& draft, TopicScratch& room) const {
    const Document& doc = draft.doc();
    const TokenLayer& tokens = *doc.tokens();
    std::vector<TrackState> states(table_.tracks().size());
    std::vector<double> here(states.size());
    std::vector<uint32_t> touched;
    for (uint32_t s = 0; s < tokens.sentences.size(); ++s) {
      const SentenceId sentence{s};
      const BlockId block = tokens.sentence_block[s];
      const BlockRole role = block == kNone<BlockId> ? BlockRole::Narration
                                                     : doc.structure()->blocks[index(block)].role;
      if (silent(role)) continue;
      const double times = role == BlockRole::Title     ? 3
                           : role == BlockRole::Heading ? 2
                           : role == BlockRole::Caption ? 0.5
                                                        : 1;
      topic_words(doc.text(doc.sentence_span(sentence)), room.folded, room.words, room.begins);
      touched.clear();
      for (TrackState& state : states) state.covered_until = 0;
      uint32_t skip = 0;
      for (size_t i = 0; i < room.words.size(); ++i) {
        uint32_t blocked = 0;
        table_.match(room.words, i, room.hits, blocked);
        if (blocked > 0) skip = std::max(skip, static_cast<uint32_t>(i) + blocked);
        if (i < skip) continue;
        for (const TopicTable::Hit& hit : room.hits) {
          TrackState& state = states[hit.track];
          if (i < state.covered_until) continue;
          state.covered_until = static_cast<uint32_t>(i) + hit.words;
          auto term = std::find_if(state.terms.begin(), state.terms.end(),
                                   [&](const auto& t) { return t.first == hit.term; });
          if (term == state.terms.end()) term = state.terms.insert(term, {hit.term, 0.0});
          const double before = term->second > 0 ? 1 + std::log2(std::max(1.0, term->second)) : 0;
          term->second += times;
          const double after = 1 + std::log2(std::max(1.0, term->second));
          const auto weight = std::min<size_t>(static_cast<size_t>(hit.weight), 3);
          if (before == 0 && weight >= 2) state.strength += weight - 1;
          state.score += kWorth[weight] * (after - before) * table_.factor(hit.track);
          if (here[hit.track] == 0) touched.push_back(hit.track);
          here[hit.track] += hit.weight;
        }
      }
      for (const uint32_t track : touched) {
        if (here[track] > states[track].best) {
          states[track].best = here[track];
          states[track].sentence = sentence;
        }
        here[track] = 0;
      }
    }
    std::vector<uint32_t> order;
    double top = 0;
    for (uint32_t track = 0; track < states.size(); ++track) {
      if (states[track].score < kPrimaryFloor || states[track].strength < kStrength) continue;
      order.push_back(track);
      top = std::max(top, states[track].score);
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](uint32_t a, uint32_t b) { return states[a].score > states[b].score; });
    TopicLayer layer;
    const Sym by = draft.intern(name());
    size_t primary = 0;
    for (const uint32_t track : order) {
      const TrackState& state = states[track];
      if (layer.topics.size() >= kMaxTopics) break;
      const double share = state.score / top;
      const bool first = primary < kMaxPrimary && share >= kPrimaryShare;
      if (!first && (state.score < kFloor || share < kSecondaryShare)) continue;
      primary += first ? 1 : 0;
      Topic topic;
      topic.span = doc.sentence_span(state.sentence);
      topic.topic = draft.intern(table_.tracks()[track]);
      topic.primary = first;
      topic.made = {by, static_cast<float>(share)};
      layer.topics.push_back(topic);
    }
    std::stable_sort(layer.topics.begin(), layer.topics.end(),
                     [](const Topic& a, const Topic& b) { return a.span < b.span; });
    return layer;
  }

  TopicTable table_;
};

}  // namespace

Result<std::unique_ptr<const Stage>> make_topic_stage(const std::string& data_folder) {
  const auto bytes = table_bytes(data_folder, "events/topics.tsv");
  if (!bytes) return bytes.error();
  auto table = TopicTable::parse(*bytes, "data/events/topics.tsv");
  if (!table) return table.error();
  return std::unique_ptr<const Stage>(std::make_unique<TopicStage>(std::move(*table)));
}

}  // namespace readout::events
