// Parties and dates of agreements, and what is said of each in the sentences that mention it.
#include <algorithm>

#include "events/agreement_reader.h"
#include "events/deadline_values.h"
#include "events/document_sides.h"
#include "readout/voice.h"

namespace readout::events {
namespace {

bool upper(const Document& doc, size_t t) { return doc.tokens()->flags[t] & TokenFlags::kUpper; }

}  // namespace

TimexId AgreementReader::timex_at(size_t t) const {
  if (doc_.timexes() == nullptr || t >= doc_.tokens()->size()) return kNone<TimexId>;
  const uint32_t begin = doc_.tokens()->span[t].begin;
  const auto& all = doc_.timexes()->timexes;
  auto it = std::lower_bound(all.begin(), all.end(), begin,
                             [](const Timex& x, uint32_t at) { return x.span.begin < at; });
  if (it == all.end() || it->span.begin != begin) return kNone<TimexId>;
  return static_cast<TimexId>(it - all.begin());
}

bool AgreementReader::calendar(TimexId id) const {
  const Timex& timex = doc_.timexes()->timexes[index(id)];
  return timex.type == TimexType::Date;
}

size_t AgreementReader::after_timex(TimexId id, size_t fallback) const {
  const TokenRange range = doc_.tokens_in(doc_.timexes()->timexes[index(id)].span);
  return range.empty() ? fallback : index(range.end);
}

std::string_view AgreementReader::value_of(TimexId id) const {
  return id == kNone<TimexId> ? std::string_view()
                              : doc_.str(doc_.timexes()->timexes[index(id)].value);
}

/// The first mention with actors that begins in [from, to), -1 if none.
int AgreementReader::mention_in(size_t from, size_t to) const {
  if (doc_.actors() == nullptr || from >= to || from >= doc_.tokens()->size()) return -1;
  to = std::min<size_t>(to, doc_.tokens()->size());
  const auto& all = doc_.actors()->mentions;
  const uint32_t begin = doc_.tokens()->span[from].begin, end = doc_.tokens()->span[to - 1].end;
  auto it = std::lower_bound(all.begin(), all.end(), begin,
                             [](const Mention& m, uint32_t at) { return m.span.begin < at; });
  for (; it != all.end() && it->span.begin < end; ++it) {
    if (!it->actors.empty()) return static_cast<int>(it - all.begin());
  }
  return -1;
}

/// Parties and date from the rest of the sentence, where the row has none from its own words.
void AgreementReader::surroundings(size_t b, size_t e, FoundAgreement& hit) const {
  if (doc_.actors() != nullptr && hit.parties.empty()) {
    for (size_t k = hit.first; k < e && k < hit.end + 10; ++k) {
      if (word(k) != "between" &&
          !(word(k) == "by" && k > hit.end && k < hit.end + 8 && table_.in("made", word(k - 1))))
        continue;
      if (k > hit.end + 1 && word(k) == "between" && !quiet(hit.end, k)) break;
      std::vector<ActorId> actors;
      size_t at = k + 1;
      while (at < e && at < k + 24) {
        const int mention = mention_in(at, std::min(e, at + 5));
        if (mention < 0) break;
        const Mention& m = doc_.actors()->mentions[static_cast<size_t>(mention)];
        actors.insert(actors.end(), m.actors.begin(), m.actors.end());
        at = std::max<size_t>(at + 1, index(m.tokens.end));
        if (at >= e || (word(at) != "," && word(at) != "and")) break;
      }
      if (actors.size() >= 2 || (word(k) == "by" && !actors.empty()))
        hit.parties = as_states(doc_, actors);
      break;
    }
  }
  if (hit.date == kNone<TimexId> && doc_.timexes() != nullptr) {
    for (size_t k = hit.first; k < hit.end; ++k) {
      const TimexId date = timex_at(k);
      if (date != kNone<TimexId> && calendar(date)) hit.date = date;
    }
  }
  // "the 1982 Convention"
  if (hit.date == kNone<TimexId> && hit.first > b) {
    const TimexId year = timex_at(hit.first - 1);
    if (year != kNone<TimexId> && calendar(year) && value_of(year).size() == 4 &&
        value_of(year)[0] != 'X')
      hit.date = year;
  }
  // "signed the Moroni Roadmap in February"
  if (hit.date == kNone<TimexId> && hit.end + 1 < e && hit.first > b + 1) {
    bool verb = false;
    for (size_t k = hit.first - std::min<size_t>(hit.first - b, 3); k < hit.first; ++k)
      verb = verb || table_.in("made", word(k));
    const TimexId date = timex_at(hit.end + 1);
    if (verb && (word(hit.end) == "in" || word(hit.end) == "on") && date != kNone<TimexId> &&
        calendar(date))
      hit.date = date;
  }
  if (hit.date == kNone<TimexId> && doc_.timexes() != nullptr) {
    bool made = false;
    for (size_t k = hit.end; k < e && k < hit.end + 24; ++k) {
      if (word(k) == ";" || word(k) == "but") break;
      made = made || table_.in("made", word(k)) || word(k) == "concluded" || word(k) == "since" ||
             word(k) == "in";
      if (table_.in("made", word(k))) made = true;
      const TimexId date = timex_at(k);
      if (date == kNone<TimexId> || !calendar(date)) continue;
      bool verb = false;
      for (size_t i = hit.end; i < k; ++i) verb = verb || table_.in("made", word(i));
      if (verb) hit.date = date;
      break;
    }
  }
}

/// Parties of the document that is itself the agreement: who signs ("For the Republic of ..."), who
/// has agreed ("..., hereinafter the Parties"), or the two of "between ... and ..." in its title.
std::vector<ActorId> AgreementReader::own_parties() const {
  if (doc_.actors() == nullptr) return {};
  const TokenLayer& tokens = *doc_.tokens();
  const auto& mentions = doc_.actors()->mentions;
  const auto collect = [&](size_t from, size_t to, size_t most) {
    std::vector<ActorId> out;
    for (size_t k = from; k < to && out.size() < most;) {
      const int at = mention_in(k, k + 1);
      if (at < 0) {
        ++k;
        continue;
      }
      const Mention& m = mentions[static_cast<size_t>(at)];
      const bool named = m.form != MentionForm::Pronoun && m.form != MentionForm::Possessive;
      for (const ActorId id : m.actors) {
        const ActorType type = doc_.actors()->actors[index(id)].type;
        if (named && type != ActorType::Person && type != ActorType::Media && out.size() < most &&
            std::find(out.begin(), out.end(), id) == out.end())
          out.push_back(id);
      }
      k = std::max<size_t>(k + 1, index(m.tokens.end));
    }
    return out;
  };
  const auto settle = [&](const std::vector<ActorId>& parties) {
    // Two governments sign for their states; a government and its rebels for themselves.
    for (const ActorId id : parties) {
      const std::string_view name = doc_.str(doc_.actors()->actors[index(id)].id);
      if (!name.starts_with("gov:") && !name.starts_with("state:")) return parties;
    }
    const std::vector<ActorId> states = as_states(doc_, parties);
    return states.size() == parties.size() ? states : parties;
  };
  const size_t n = tokens.sentences.size();
  std::vector<ActorId> signers;
  for (size_t s = n > 16 ? n - 16 : 0; s < n; ++s) {
    const size_t b = index(tokens.sentences[s].begin), e = index(tokens.sentences[s].end);
    for (size_t t = b; t + 2 < e; ++t) {
      if (word(t) != "for" || !upper(doc_, t)) continue;
      for (const ActorId id : collect(t + 1, std::min(e, t + 12), 1)) {
        if (std::find(signers.begin(), signers.end(), id) == signers.end()) signers.push_back(id);
      }
    }
  }
  std::vector<ActorId> title;
  for (size_t s = 0; s < std::min<size_t>(n, 8); ++s) {
    const size_t b = index(tokens.sentences[s].begin), e = index(tokens.sentences[s].end);
    for (size_t t = b; t < e; ++t) {
      const bool names = word(t) == "hereinafter" || word(t) == "hereafter" ||
                         (word(t) == "have" && t + 1 < e && word(t + 1) == "agreed");
      if (names && t > b + 3) {
        const std::vector<ActorId> before = collect(b, t, 12);
        if (before.size() >= 2) return settle(before);
      }
      if (title.empty() && word(t) == "between") {
        std::vector<ActorId> parties = collect(t + 1, std::min(e, t + 40), 12);
        if (parties.size() >= 2) title = std::move(parties);
      }
    }
  }
  return settle(signers.size() >= 2 ? signers : title);
}

/// The time expression that gives the day of the document; none if nothing does.
TimexId AgreementReader::own_day() const {
  if (doc_.timexes() == nullptr) return kNone<TimexId>;
  const std::string day = day_of_document(doc_);
  const auto& all = doc_.timexes()->timexes;
  for (size_t k = 0; !day.empty() && k < all.size(); ++k) {
    if (all[k].type == TimexType::Date && doc_.str(all[k].value) == day)
      return static_cast<TimexId>(k);
  }
  return kNone<TimexId>;
}

/// What a joint text leaves unsaid: that its papers are those of its sides, that what is signed is
/// signed now.
void AgreementReader::own_facts() {
  const bool joint = doc_.structure()->genre == "communique";
  const std::vector<ActorId> parties = own_ ? own_parties() : std::vector<ActorId>();
  Sides sides;
  if (!own_) sides = document_sides(doc_);
  const int own = own_ ? own_row() : -1;
  if (own >= 0) {
    Agreement& row = rows_[static_cast<size_t>(own)];
    row.parties = parties;
    if (const TimexId day = own_day(); day != kNone<TimexId>) row.date = day;
  }
  for (size_t r = 0; r < rows_.size(); ++r) {
    Agreement& row = rows_[r];
    if (known_[r] >= 0 || !row.parties.empty() || types_[r] == "resolution") continue;
    const std::string_view name = doc_.text(row.span);
    if (name.find("United Nations") != std::string_view::npos) continue;
    if (own_) {
      row.parties = parties;
    } else if (joint || (sides.told >= 2 && types_[r] != "convention")) {
      row.parties = sides.actors;
    }
  }
  // "Both ministers signed the following instruments: (a) ..."
  if (!joint && !own_) return;
  const TimexId day = own_day();
  for (size_t r = 0; r < rows_.size() && day != kNone<TimexId>; ++r) {
    Agreement& row = rows_[r];
    if (row.date != kNone<TimexId> || known_[r] >= 0 || !signed_here(row.span)) continue;
    row.date = day;
  }
}

/// The paper is the object of "signed" in its sentence, or an item of a list of what was signed.
bool AgreementReader::signed_here(Span at) const {
  const auto s = doc_.sentence_of(at);
  if (!s) return false;
  const TokenLayer& tokens = *doc_.tokens();
  const size_t first = index(doc_.tokens_in(at).begin);
  const size_t b = index(tokens.sentences[index(*s)].begin);
  for (size_t k = b; k < first; ++k) {
    if ((word(k) == "signed" || word(k) == "concluded" || word(k) == "initialled") &&
        first - k < 14)
      return true;
  }
  // Up the list to the line that opens it.
  for (size_t up = index(*s), steps = 0; up-- > 0 && steps < 14; ++steps) {
    const size_t from = index(tokens.sentences[up].begin), to = index(tokens.sentences[up].end);
    if (to <= from || word(to - 1) != ":") continue;
    for (size_t k = from; k < to; ++k) {
      if (word(k) == "signed" || word(k) == "concluded" || word(k) == "adopted") return true;
    }
    return false;
  }
  return false;
}

VoiceId AgreementReader::voice_at(size_t t) const {
  const QuoteLayer* quotes = doc_.quotes();
  return quotes == nullptr || t >= quotes->token_voice.size() ? kNone<VoiceId>
                                                              : quotes->token_voice[t];
}

/// Who speaks at a token: the innermost voice, the turn's speaker, the publisher.
std::vector<ActorId> AgreementReader::speaker_at(size_t t) const {
  if (const VoiceId voice = voice_at(t); voice != kNone<VoiceId>) {
    const Voice& v = doc_.quotes()->voices[index(voice)];
    if (!v.chain.empty()) return innermost(v);
  }
  const ActorLayer* actors = doc_.actors();
  if (actors == nullptr) return {};
  const TurnId turn = doc_.tokens()->sentence_turn[index(doc_.tokens()->sentence[t])];
  if (turn != kNone<TurnId> && index(turn) < actors->turn_speaker.size())
    return actors->turn_speaker[index(turn)];
  if (actors->publisher) return {*actors->publisher};
  return {};
}

/// The nearest words of implementation around a mention, not past a semicolon, at most 9 words
/// off.
void AgreementReader::said(size_t b, size_t e, const FoundAgreement& hit, size_t row) {
  size_t best = 10;
  const SaidCue* cue = nullptr;
  size_t cue_at = 0;
  for (size_t t = b; t < e; ++t) {
    if (t >= hit.first && t < hit.end) continue;
    for (const SaidCue& candidate : table_.said()) {
      if (t + candidate.words.size() > e) continue;
      bool same = true;
      for (size_t k = 0; same && k < candidate.words.size(); ++k)
        same = wild_match(candidate.words[k], word(t + k));
      if (!same) continue;
      const size_t last = t + candidate.words.size();
      const size_t away = t >= hit.end ? t - hit.end : last <= hit.first ? hit.first - last : 10;
      if (away >= best &&
          !(away == best && cue != nullptr && candidate.words.size() > cue->words.size()))
        continue;
      bool parted = false;
      for (size_t k = std::min(t, hit.end); k < std::max(t, hit.first); ++k)
        parted = parted || word(k) == ";" || word(k) == ":";
      if (parted) continue;
      best = away;
      cue = &candidate;
      cue_at = t;
    }
  }
  if (cue == nullptr) return;
  const size_t from = std::min(hit.first, cue_at),
               to = std::max(hit.end, cue_at + cue->words.size());
  AgreementSaid said{speaker_at(hit.head), draft_.intern(cue->status), span(from, to)};
  for (const AgreementSaid& known : rows_[row].said) {
    if (known.status == said.status && known.by == said.by) return;
  }
  rows_[row].said.push_back(std::move(said));
}

}  // namespace readout::events
