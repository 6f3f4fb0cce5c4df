// Which mentions mean the same paper: the same name, the same date and kind, or a bare noun behind
// "the".
#include <algorithm>

#include "events/agreement_reader.h"

namespace readout::events {

std::string_view singular(std::string_view word) {
  if (word.size() > 4 && word.substr(word.size() - 3) == "ies")
    return word.substr(0, word.size() - 3);
  if (word.size() > 3 && word.back() == 's') return word.substr(0, word.size() - 1);
  if (word.size() > 4 && word.back() == 'y') return word.substr(0, word.size() - 1);
  return word;
}

int family(std::string_view type) {
  if (type == "statement" || type == "communique") return 1;
  if (type == "agreement" || type == "convention" || type == "arrangement") return 2;
  if (type == "resolution") return 3;
  return 4;
}

/// The last row that a bare noun can mean, or -1.
int AgreementReader::bare_tie(const AgreementHead& head, std::string_view noun_word) const {
  for (size_t r = rows_.size(); r-- > 0;) {
    if (singular(heads_[r]) == singular(noun_word)) return static_cast<int>(r);
  }
  if (head.need == Need::Weak || head.need == Need::Body) return -1;
  for (size_t r = rows_.size(); r-- > 0;) {
    if (family(types_[r]) == family(head.type)) return static_cast<int>(r);
  }
  return -1;
}

/// The row of a mention, a new one if none fits; -1 if it is a bare noun without one.
int AgreementReader::tie(const FoundAgreement& hit) {
  const std::string key = key_of(hit);
  int row = -1;
  for (size_t r = 0; row < 0 && r < rows_.size(); ++r) {
    if (hit.known >= 0 ? known_[r] == hit.known
                       : (known_[r] < 0 && keys_[r] == key && (hit.named || dates_agree(r, hit)))) {
      if (dates_agree(r, hit)) row = static_cast<int>(r);
    }
  }
  const std::string_view day = value_of(hit.date);
  if (row < 0 && hit.known < 0 && !day.empty()) {
    for (size_t r = 0; row < 0 && r < rows_.size(); ++r) {
      const std::string_view other = value_of(rows_[r].date);
      const bool nested =
          !other.empty() && day.size() >= 7 && other.size() >= 7 &&
          (other.substr(0, day.size()) == day || day.substr(0, other.size()) == other);
      if (nested && family(types_[r]) == family(hit.type)) row = static_cast<int>(r);
    }
  }
  if (row < 0 && hit.own) row = own_row();
  const bool bare =
      hit.first == hit.head && hit.end == hit.head + 1 && day.empty() && hit.known < 0;
  if (row < 0 && hit.definite && hit.known < 0 && day.empty()) {
    // A bare noun, or qualifiers that an earlier row has too.
    for (size_t r = rows_.size(); row < 0 && r-- > 0;) {
      if (singular(heads_[r]) != singular(hit.head_word)) continue;
      bool same = true;
      for (const std::string& q : hit.qualifiers) {
        same = same &&
               (std::find(qualifiers_[r].begin(), qualifiers_[r].end(), q) != qualifiers_[r].end());
      }
      if (same && (bare || !hit.qualifiers.empty())) row = static_cast<int>(r);
    }
    if (row < 0 && bare) {
      const AgreementHead* head = table_.head(hit.head_word);
      if (head != nullptr) row = bare_tie(*head, hit.head_word);
    }
  }
  if (row < 0 && bare && !hit.named) {
    const AgreementHead* head = table_.head(hit.head_word);
    if (head == nullptr || head->need != Need::Always) return -1;
  }
  if (row >= 0) {
    Agreement& known = rows_[static_cast<size_t>(row)];
    known.also.push_back(hit.span);
    if (value_of(known.date).size() < value_of(hit.date).size()) known.date = hit.date;
    for (const ActorId party : hit.parties) {
      if (std::find(known.parties.begin(), known.parties.end(), party) == known.parties.end())
        known.parties.push_back(party);
    }
    return row;
  }
  Agreement fresh;
  fresh.span = hit.span;
  fresh.type = draft_.intern(hit.type);
  fresh.parties = hit.parties;
  fresh.date = hit.date;
  fresh.made = {draft_.intern("events.agreements/1"), hit.known >= 0 ? 1.0F
                                                      : hit.named    ? 0.85F
                                                                     : 0.6F};
  fresh.voice = voice_at(hit.head);
  if (hit.known >= 0) {
    const KnownAgreement& known = table_.known()[static_cast<size_t>(hit.known)];
    fresh.name = draft_.intern(known.name);
    if (doc_.actors() != nullptr) {
      const auto& actors = doc_.actors()->actors;
      for (const std::string& party : known.parties) {
        for (size_t k = 0; k < actors.size(); ++k) {
          if (doc_.str(actors[k].id) == party) fresh.parties.push_back(static_cast<ActorId>(k));
        }
      }
    }
  } else {
    fresh.name = draft_.intern(flat(doc_.text(hit.span)));
  }
  rows_.push_back(std::move(fresh));
  keys_.push_back(key);
  heads_.emplace_back(hit.head_word);
  types_.push_back(hit.type);
  known_.push_back(hit.known);
  qualifiers_.push_back(hit.qualifiers);
  return static_cast<int>(rows_.size() - 1);
}

bool AgreementReader::dates_agree(size_t r, const FoundAgreement& hit) const {
  const std::string_view a = value_of(rows_[r].date), b = value_of(hit.date);
  return a.empty() || b.empty() || a.substr(0, b.size()) == b || b.substr(0, a.size()) == a;
}

/// In the text of an agreement: the row of the agreement itself, the first one of its kind.
int AgreementReader::own_row() const {
  for (size_t r = 0; r < rows_.size(); ++r) {
    if (family(types_[r]) == 2) return static_cast<int>(r);
  }
  return -1;
}

/// "The joint declaration" before anybody gives its date: if the document has just one dated
/// paper of that family, it is that one.
void AgreementReader::join_undated() {
  for (size_t r = 0; r < rows_.size();) {
    size_t other = rows_.size(), dated = 0;
    for (size_t k = 0; k < rows_.size(); ++k) {
      if (k == r || rows_[k].date == kNone<TimexId> || family(types_[k]) != 1) continue;
      other = k;
      ++dated;
    }
    bool joins = family(types_[r]) == 1 && rows_[r].date == kNone<TimexId> && known_[r] < 0 &&
                 dated == 1 && known_[other] < 0;
    for (const char c : doc_.text(rows_[r].span)) joins = joins && !(c >= 'A' && c <= 'Z');
    const size_t begin = index(doc_.tokens_in(rows_[r].span).begin);
    joins = joins && begin > 0 && table_.in("anaphor", word(begin - 1));
    if (!joins) {
      ++r;
      continue;
    }
    Agreement& into = rows_[other];
    into.also.push_back(rows_[r].span);
    into.also.insert(into.also.end(), rows_[r].also.begin(), rows_[r].also.end());
    if (rows_[r].span < into.span)
      std::swap(into.span, into.also[into.also.size() - 1 - rows_[r].also.size()]);
    for (AgreementSaid& said : rows_[r].said) into.said.push_back(std::move(said));
    const auto at = static_cast<std::ptrdiff_t>(r);
    rows_.erase(rows_.begin() + at);
    keys_.erase(keys_.begin() + at);
    heads_.erase(heads_.begin() + at);
    types_.erase(types_.begin() + at);
    known_.erase(known_.begin() + at);
    qualifiers_.erase(qualifiers_.begin() + at);
  }
  for (Agreement& row : rows_) {
    std::sort(row.also.begin(), row.also.end());
    std::stable_sort(
        row.said.begin(), row.said.end(),
        [](const AgreementSaid& a, const AgreementSaid& b) { return a.span < b.span; });
  }
}

std::string AgreementReader::key_of(const FoundAgreement& hit) const {
  std::string key;
  for (size_t t = hit.first; t < hit.end; ++t) {
    const std::string_view w = word(t);
    if (w == "the" || w == "of" || w == "on" || w == "for") continue;
    key += t == hit.head ? singular(w) : w;
    key += ' ';
  }
  return key;
}

std::string AgreementReader::flat(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  return out;
}

}  // namespace readout::events
