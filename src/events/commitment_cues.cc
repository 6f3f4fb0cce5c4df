#include "events/commitment_cues.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/tsv.h"
#include "readout/layer_names.h"

namespace readout::events {
namespace {

std::optional<CueFrame> parse_frame(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, CueFrame>, 9> kFrames{
      {{"own", CueFrame::Own},
       {"own_obj", CueFrame::OwnObj},
       {"self", CueFrame::Self},
       {"other", CueFrame::Other},
       {"other_obj", CueFrame::OtherObj},
       {"hope", CueFrame::Hope},
       {"noun", CueFrame::Noun},
       {"noun_other", CueFrame::NounOther},
       {"joint", CueFrame::Joint}}};
  for (const auto& [name, frame] : kFrames) {
    if (name == word) return frame;
  }
  return std::nullopt;
}

template <class F>
void each_part(std::string_view list, char mark, F&& f) {
  while (!list.empty()) {
    const size_t end = list.find(mark);
    if (end != 0) f(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
  }
}

}  // namespace

Result<CommitmentCues> CommitmentCues::parse(std::string_view bytes) {
  CommitmentCues out;
  std::string problem;
  for_each_row(bytes, [&](const TsvRow& row) {
    if (!problem.empty()) return;
    const std::string where = "data/events/commitments.tsv:" + std::to_string(row.line) + ": ";
    if (row.size != 6) {
      problem = where + "want six columns: section, kind, strength, pos, frame, words";
      return;
    }
    if (row[0] == "deadline") {
      each_part(row[5], ';', [&](std::string_view phrase) {
        std::vector<std::string> words;
        each_part(phrase, ' ', [&](std::string_view word) { words.emplace_back(word); });
        out.deadlines_.push_back(std::move(words));
      });
      return;
    }
    if (row[0] != "cue") {
      each_part(row[5], ';', [&](std::string_view word) {
        out.sections_[std::string(row[0])][std::string(word)] = 1;
      });
      return;
    }
    const auto kind = parse_name<CommitmentKind>(row[1]);
    const auto strength = parse_name<Strength>(row[2]);
    const auto frame = parse_frame(row[4]);
    const Upos pos = row[3] == "verb"   ? Upos::Verb
                     : row[3] == "noun" ? Upos::Noun
                     : row[3] == "adj"  ? Upos::Adj
                                        : Upos::X;
    if (!kind || !strength || !frame || pos == Upos::X) {
      problem = where + "unknown " +
                (!kind       ? "kind"
                 : !strength ? "strength"
                 : !frame    ? "frame"
                             : "part of speech");
      return;
    }
    each_part(row[5], ';', [&](std::string_view word) {
      const size_t plus = word.find('+');
      Cue cue{*kind, *strength, pos, *frame, std::string(word.substr(0, plus)), {}, row.line};
      if (plus != std::string_view::npos) cue.with = word.substr(plus + 1);
      out.cues_[cue.lemma].push_back(cue);
    });
  });
  if (!problem.empty()) return Error{Code::BadData, problem};
  for (auto& [lemma, cues] : out.cues_) {
    std::stable_sort(cues.begin(), cues.end(),
                     [](const Cue& a, const Cue& b) { return !a.with.empty() && b.with.empty(); });
  }
  std::stable_sort(out.deadlines_.begin(), out.deadlines_.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return out;
}

const std::vector<Cue>* CommitmentCues::of(std::string_view lemma) const {
  const auto it = cues_.find(lemma);
  return it == cues_.end() ? nullptr : &it->second;
}

bool CommitmentCues::in(std::string_view section, std::string_view lemma) const {
  const auto it = sections_.find(section);
  return it != sections_.end() && it->second.find(lemma) != it->second.end();
}

}  // namespace readout::events
