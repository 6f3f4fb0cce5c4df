// Look-ups over what the reader has taken in: entries by their first word, stems by their first
// letters.
#include "events/petrarch/dictionary.h"

#include <algorithm>

#include "events/petrarch/dictionary_reader.h"

namespace readout::events::petrarch {
namespace {

constexpr size_t kStemKey = 3;  // letters of a stem that the index goes by

std::string stem_key(std::string_view word) { return "~" + std::string(word.substr(0, kStemKey)); }

}  // namespace

std::vector<std::string> split_words(std::string_view phrase) {
  std::vector<std::string> out;
  std::string word;
  const auto close = [&] {
    if (word.empty()) return;
    if (word.size() > 3 && word.ends_with("N'T")) {
      out.push_back(word.substr(0, word.size() - 3));
      out.emplace_back("N'T");
    } else if (word.size() > 2 && word.ends_with("'S")) {
      out.push_back(word.substr(0, word.size() - 2));
      out.emplace_back("'S");
    } else {
      out.push_back(word);
    }
    word.clear();
  };
  for (const char c : capitals(phrase)) {
    if (c == ' ' || c == '_' || c == '-' || c == '\t')
      close();
    else
      word.push_back(c);
  }
  close();
  return out;
}

bool covers(const Word& word, std::string_view text) {
  if (word.stem) return text.starts_with(word.text);
  if (!word.regular || text.size() <= word.text.size()) return text == word.text;
  const bool silent = word.text.ends_with("E");
  const std::string_view trunk = silent
                                     ? std::string_view(word.text).substr(0, word.text.size() - 1)
                                     : std::string_view(word.text);
  if (!text.starts_with(trunk)) return false;
  const std::string_view ending = text.substr(trunk.size());
  if (silent) return ending == "ES" || ending == "ED" || ending == "ING" || ending == "EN";
  return ending == "S" || ending == "ES" || ending == "ED" || ending == "ING" || ending == "EN";
}

bool Dictionary::add(const std::string& name, std::string_view text) {
  Reader reader(*this, name);
  if (!reader.read(text)) return false;
  sort();
  return true;
}

void Dictionary::sort() {
  for (VerbBlock& block : blocks_) {
    std::stable_sort(block.patterns.begin(), block.patterns.end(),
                     [](const Pattern& a, const Pattern& b) { return a.weight > b.weight; });
  }
  const auto build = [](ByWord& index, const auto& entries, auto key) {
    index.clear();
    for (uint32_t i = 0; i < entries.size(); ++i) {
      const Word& word = key(entries[i]);
      index[word.stem || word.regular ? stem_key(word.text) : word.text].push_back(i);
    }
    for (auto& [word, list] : index) {
      const auto letters = [&](uint32_t e) {
        size_t n = 0;
        for (const Word& w : entries[e].words) n += w.text.size() + 1;
        return n;
      };
      std::stable_sort(list.begin(), list.end(),
                       [&](uint32_t a, uint32_t b) { return letters(a) > letters(b); });
    }
  };
  build(verb_index_, verbs_, [](const VerbEntry& e) -> const Word& { return e.words[e.verb]; });
  build(actor_index_, actors_, [](const ActorEntry& e) -> const Word& { return e.words.front(); });
  build(agent_index_, agents_, [](const AgentEntry& e) -> const Word& { return e.words.front(); });
}

void Dictionary::candidates(const ByWord& index, std::string_view word,
                            std::vector<uint32_t>& out) {
  out.clear();
  if (const auto it = index.find(std::string(word)); it != index.end()) out = it->second;
  for (size_t letters = std::min(kStemKey, word.size()); letters > 0; --letters) {
    if (const auto it = index.find(stem_key(word.substr(0, letters))); it != index.end())
      out.insert(out.end(), it->second.begin(), it->second.end());
  }
}

Counts Dictionary::counts() const {
  Counts counts;
  counts.verbs = verbs_.size();
  for (const VerbBlock& block : blocks_) counts.patterns += block.patterns.size();
  counts.actors = actors_.size();
  counts.agents = agents_.size();
  counts.discards = discards_.size();
  return counts;
}

const DatedCode* Dictionary::code_on(const ActorEntry& actor, uint32_t day) const {
  // A code with dates goes before one without.
  const DatedCode* open = nullptr;
  for (const DatedCode& code : codes_[actor.codes]) {
    if (code.from == 0 && code.until == 0) {
      if (open == nullptr) open = &code;
    } else if (day != 0 && (code.from == 0 || day >= code.from) &&
               (code.until == 0 || day <= code.until)) {
      return &code;
    }
  }
  return open;
}

}  // namespace readout::events::petrarch
