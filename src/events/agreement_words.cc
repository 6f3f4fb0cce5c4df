#include "events/agreement_words.h"

#include "core/tsv.h"
#include "core/utf8.h"

namespace readout::events {
namespace {

template <class F>
void each_part(std::string_view list, char mark, F&& f) {
  while (!list.empty()) {
    const size_t end = list.find(mark);
    if (end != 0) f(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
  }
}

/// A name as its tokens stand in a text: "'s" is a token, brackets are.
std::vector<std::string> name_words(std::string_view name) {
  std::vector<std::string> words;
  std::string spread;
  for (size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '(' || name[i] == ')') {
      spread += ' ';
      spread += name[i];
      spread += ' ';
    } else if (name.substr(i, 2) == "'s" || name.substr(i, 2) == "',") {
      spread += " '";
    } else {
      spread += name[i];
    }
  }
  each_part(spread, ' ', [&](std::string_view word) { words.push_back(utf8::lower(word)); });
  return words;
}

}  // namespace

bool wild_match(std::string_view pattern, std::string_view word) {
  size_t i = 0;
  for (; i < pattern.size(); ++i) {
    if (pattern[i] == '*') return true;
    if (i >= word.size()) return false;
    if (pattern[i] != '?' && pattern[i] != word[i]) return false;
  }
  return i == word.size();
}

Result<AgreementWords> AgreementWords::parse(std::string_view words, std::string_view names) {
  AgreementWords out;
  std::string problem;
  for_each_row(words, [&](const TsvRow& row) {
    if (!problem.empty()) return;
    if (row.size != 4) {
      problem = "data/events/agreements.tsv:" + std::to_string(row.line) +
                ": want four columns: section, value, need, words";
      return;
    }
    if (row[0] == "head") {
      const Need need = row[2] == "always" ? Need::Always
                        : row[2] == "weak" ? Need::Weak
                        : row[2] == "body" ? Need::Body
                                           : Need::Strong;
      each_part(row[3], ';', [&](std::string_view word) {
        out.heads_[std::string(word)] = {std::string(row[1]), need};
      });
    } else if (row[0] == "said") {
      each_part(row[3], ';', [&](std::string_view phrase) {
        SaidCue cue{std::string(row[1]), {}};
        each_part(phrase, ' ', [&](std::string_view word) { cue.words.emplace_back(word); });
        out.said_.push_back(std::move(cue));
      });
    } else {
      each_part(row[3], ';', [&](std::string_view word) {
        out.sections_[std::string(row[0])][std::string(word)] = 1;
      });
    }
  });
  if (!problem.empty()) return Error{Code::BadData, problem};
  for_each_row(names, [&](const TsvRow& row) {
    KnownAgreement known{std::string(row[0]), std::string(row[2]), std::string(row[1]),
                         std::string(row[5]), std::string(row[6]), {}};
    each_part(row[4], ';', [&](std::string_view party) { known.parties.emplace_back(party); });
    const auto id = static_cast<uint32_t>(out.known_.size());
    const auto add = [&](std::string_view name) {
      std::vector<std::string> parts = name_words(name);
      if (parts.empty()) return;
      out.names_[parts[0]].push_back({parts, id});
    };
    add(row[2]);
    each_part(row[3], ';', add);
    out.known_.push_back(std::move(known));
  });
  return out;
}

const AgreementHead* AgreementWords::head(std::string_view word) const {
  const auto it = heads_.find(word);
  return it == heads_.end() ? nullptr : &it->second;
}

bool AgreementWords::in(std::string_view section, std::string_view word) const {
  const auto it = sections_.find(section);
  return it != sections_.end() && it->second.find(word) != it->second.end();
}

int AgreementWords::known_at(const std::vector<std::string_view>& words, size_t at,
                             size_t& length) const {
  length = 0;
  int found = -1;
  const auto it = names_.find(words[at]);
  if (it == names_.end()) return found;
  for (const Name& name : it->second) {
    if (name.words.size() <= length || at + name.words.size() > words.size()) continue;
    bool same = true;
    for (size_t k = 0; same && k < name.words.size(); ++k) same = words[at + k] == name.words[k];
    if (!same) continue;
    length = name.words.size();
    found = static_cast<int>(name.known);
  }
  return found;
}

}  // namespace readout::events
