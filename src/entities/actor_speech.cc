// Who speaks in each turn and to whom: labels, turns without one, callers, addressees.
#include <algorithm>

#include "core/utf8.h"
#include "entities/actor_reader.h"

namespace readout::entities {
namespace {

constexpr uint32_t kNoToken = UINT32_MAX;

}  // namespace

bool ActorReader::generic_label(uint32_t begin, uint32_t end) const {
  // "MODERATOR", "The Presiding Officer", "Speaker 2", "Several hon. Members": nobody in particular.
  for (uint32_t k = begin; k < end; ++k) {
    if (!alpha(k) || is(k, "the") || in(k, "role_label") || in(k, "question_label") || in(k, "function")) continue;
    if (const Atom* a = atom(k); a != nullptr && (a->kind == AtomKind::Title || a->kind == AtomKind::Honorific || a->kind == AtomKind::Office || a->kind == AtomKind::Address) && upper(k)) {
      k = a->end - 1;
      continue;
    }
    if (word(k).size() == 1) continue;
    return false;
  }
  return true;
}
bool ActorReader::chairs(const Turn& turn) const {
  // Who gives the floor presides over the meeting, and is no head of state.
  const TokenRange range = doc_.tokens_in(turn.span);
  const uint32_t stop = std::min(index(range.end), index(range.begin) + 120);
  for (uint32_t k = index(range.begin); k + 3 < stop; ++k) {
    if ((is(k, "give") || is(k, "now") || is(k, "take")) && is(k + 1, "the") && is(k + 2, "floor")) return true;
    if (is(k, "rules") && is(k + 1, "of") && is(k + 2, "procedure")) return true;
    if (is(k, "thank") && is(k + 1, "the") && (is(k + 2, "representative") || is(k + 2, "distinguished") || is(k + 2, "delegate"))) return true;
    if (is(k, "meeting") && is(k + 1, "is") && (is(k + 2, "adjourned") || is(k + 2, "called"))) return true;
  }
  return false;
}
std::vector<std::pair<uint32_t, uint32_t>> ActorReader::language_notes(uint32_t begin, uint32_t end) const {
  // "(spoke in French)", "(via interpreter)", "[translated]": words about how it was said, not who.
  std::vector<std::pair<uint32_t, uint32_t>> notes;
  for (uint32_t k = begin; k < end; ++k) {
    if (word(k) != "(" && word(k) != "[") continue;
    uint32_t close = k + 1;
    while (close < end && word(close) != ")" && word(close) != "]") ++close;
    if (k + 1 < close && in(k + 1, "language_note")) notes.emplace_back(k, close);
    k = close;
  }
  return notes;
}
ActorSet ActorReader::label_speaker(const Turn& turn, const std::map<std::string, ActorSet>& by_label) {
  ActorSet who;
  const TokenRange label = doc_.tokens_in(turn.speaker);
  const uint32_t first = index(label.begin), last = index(label.end);
  if (first >= last) return who;
  const std::string words = utf8::lower(text(first, last));
  const auto notes = language_notes(first, last);
  const auto noted = [&](uint32_t k) { return std::any_of(notes.begin(), notes.end(), [&](const auto& n) { return n.first <= k && k <= n.second; }); };
  const bool question = in(first, "question_label") && !in(first, "role_label");
  if (!question && generic_label(first, last)) {
    // A part of an earlier label: "Official Spokesperson" of "X, Official Spokesperson".
    for (const auto& [other, actors] : by_label) {
      if (words.size() > 8 && words.size() < other.size() && other.find(words) != std::string::npos && !actors.empty() && actors_[actors[0]].id != "?") return actors;
    }
  }
  const auto person_at = [&](uint32_t k) { const MentionDraft* m = mention_over(k); return m != nullptr && m->actors.size() == 1 && actors_[m->actors[0]].type == ActorType::Person ? m : nullptr; };

  // "The representative of X" speaks for X; a person's own name wins over his country.
  std::string bracket_state;
  for (uint32_t k = first; k < last; ++k) {
    if (noted(k) || question) continue;
    const MentionDraft* m = mention_over(k);
    if (m == nullptr) continue;
    if (who.empty()) who = m->actors;
    if (k > first && word(k - 1) == "(" && m->actors.size() == 1 && actors_[m->actors[0]].type == ActorType::State) bracket_state = actors_[m->actors[0]].id;
  }
  for (uint32_t k = first; k < last; ++k) {
    if (noted(k) || question) continue;
    if (const MentionDraft* m = person_at(k); m != nullptr && actors_[m->actors[0]].id != "?") {
      if (!actors_[m->actors[0]].known && generic_label(m->begin, m->end)) return {unnamed(text(first, last))};
      who = m->actors;
      break;
    }
  }
  // "Mr. Tarlenheim (Ruritania)": the country tells which Tarlenheim, or where an unknown one is from.
  if (who.size() == 1 && actors_[who[0]].type == ActorType::Person && !bracket_state.empty()) {
    if (!actors_[who[0]].known) {
      if (const auto better = delegate_named(first, last, bracket_state)) {
        const uint32_t old = who[0];
        for (MentionDraft& m : mentions_) std::replace(m.actors.begin(), m.actors.end(), old, *better);
        who = {*better};
      }
    }
    if (actors_[who[0]].country.empty()) actors_[who[0]].country = letters(bracket_state);
  }
  if (!who.empty()) {
    const bool president = who.size() == 1 && turn.speaker.size() < 40 && generic_label(first, notes.empty() ? last : notes[0].first) && actors_[who[0]].type == ActorType::Person;
    if (!(president && chairs(turn))) return who;
    return {unnamed(text(first, last))};
  }
  if (question) return {unnamed(text(first, last))};
  if (generic_label(first, notes.empty() ? last : notes[0].first) && chairs(turn)) return {unnamed(text(first, last))};
  for (uint32_t k = first; k < last; ++k) {
    const auto pending = pending_at_.find(k);
    if (pending == pending_at_.end() || noted(k)) continue;
    const TitlePhrase title = pending_offices_[pending->second];
    if (title.cls == "spokesperson" && title.of.empty()) break;
    find_principals();
    sequence_.clear();
    for (size_t m = 0; m < mentions_.size(); ++m) {
      if (mentions_[m].begin < k) sequence_.push_back(m);
    }
    std::stable_sort(sequence_.begin(), sequence_.end(), [&](size_t a, size_t b) { return mentions_[a].begin < mentions_[b].begin; });
    read_office(title);
    pending_at_.erase(k);
    if (!mentions_.empty() && mentions_.back().begin == title.begin) who = mentions_.back().actors;
    principals_.clear();
    break;
  }
  if (!who.empty()) return who;
  // A part of an earlier label ("Official Spokesperson" of "X, Official Spokesperson"), or its initials.
  for (const auto& [other, actors] : by_label) {
    std::string initials;
    bool start = true;
    for (const char c : other) {
      if (start && c != ' ') initials.push_back(c);
      start = c == ' ';
    }
    const bool part = words.size() > 4 && words.size() < other.size() && other.find(words) != std::string::npos;
    if ((initials == words && words.size() > 1) || part) return actors;
  }
  if (in(first, "answer_label") || words.find("spokes") != std::string::npos) {
    // The one who answers: whom the head names as speaking, else the body that the head or publisher is.
    for (auto other = turn_speaker_.rbegin(); in(first, "answer_label") && other != turn_speaker_.rend(); ++other) {
      const size_t o = static_cast<size_t>(turn_speaker_.rend() - other) - 1;
      if (!structure_.turns[o].asks && other->size() == 1 && actors_[(*other)[0]].id != "?") return *other;
    }
    if (const auto one = principal(head_end())) return {*one};
    if (publisher_ && (actors_[*publisher_].type == ActorType::Government || actors_[*publisher_].type == ActorType::Igo)) return {*publisher_};
    const MentionDraft* best = nullptr;
    for (const MentionDraft& m : mentions_) {
      if (tokens_.span[m.begin].begin >= head_end() || m.actors.size() != 1 || (best != nullptr && m.begin > best->begin)) continue;
      const ActorType type = actors_[m.actors[0]].type;
      const uint32_t block = index(tokens_.sentence_block[sentence(m.begin)]);
      if (block < structure_.blocks.size() && structure_.blocks[block].role == BlockRole::Narration && !actors_[m.actors[0]].known) continue;
      if (type == ActorType::Government || type == ActorType::Igo) best = &m;
    }
    if (best != nullptr) return best->actors;
    // "the spokesman for the Secretary-General": nobody's name, but the side is known.
    const uint32_t open = unnamed(text(first, last));
    if (const uint32_t side = head_side(); side != kNoToken) actors_[open].side = actors_[side].id;
    return {open};
  }
  if (!alpha(first)) return who;
  // Nobody the tables or the text know: one of the document's own, if the label is a name.
  uint32_t name = first, end = last;
  if (!notes.empty()) end = notes[0].first;
  for (uint32_t k = first; k < end; ++k) {
    if (word(k) == "(" || word(k) == "," || word(k) == "[") end = k;
  }
  while (name < end && (is(name, "the") || word(name) == "." || (atom(name) != nullptr && (atom(name)->kind == AtomKind::Honorific || atom(name)->kind == AtomKind::Title)))) {
    name = atom(name) != nullptr ? atom(name)->end : name + 1;
  }
  bool digits = false;
  for (uint32_t k = name; k < end; ++k) digits = digits || (tokens_.flags[k] & TokenFlags::kDigit) != 0;
  const bool person = name < end && !turn.asks && structure_.genre != "interview" && (end - name >= 2 || name > first) && upper(name) && !digits && !generic_label(first, end);
  if (!person) return {unnamed(text(first, last))};
  const uint32_t made = actor("person:" + slug(proper(name, end)), proper(name, end), ActorType::Person, bracket_state.empty() ? std::string() : letters(bracket_state));
  if (actors_[made].keys.empty()) {
    for (uint32_t k = name; k < end; ++k) actors_[made].keys.push_back(keys_[k]);
  }
  return {made};
}
std::optional<uint32_t> ActorReader::delegate_named(uint32_t begin, uint32_t end, const std::string& state_id) {
  // A family name and a country: the one in the tables who held an office on the day, or the only one.
  std::optional<NameRef> best;
  int best_points = 0;
  bool tie = false;
  for (uint32_t k = begin; k < end && word(k) != "("; ++k) {
    for (uint32_t length = 1; length <= 3 && k + length <= end; ++length) {
      const std::vector<uint64_t> name = phrase_keys(text(k, k + length));
      if (name.empty()) continue;
      for (const NameRef ref : knowledge_.exact(name)) {
        if (ref.table != Table::Persons || ref.kind == NameKind::Given || ref.kind == NameKind::Patronymic) continue;
        const TsvRow row = knowledge_.row(ref);
        if (row[7] != letters(state_id)) continue;
        int points = 1;
        for (const NameRef tenure : knowledge_.tenures(row[0])) {
          const TsvRow held = knowledge_.row(tenure);
          if (held[1] == row[0] && holds_on(held[2], held[3], day_)) points += 2;
        }
        if (points > best_points) {
          best = ref;
          best_points = points;
          tie = false;
        } else if (points == best_points && best && knowledge_.row(*best)[0] != row[0]) {
          tie = true;
        }
      }
    }
  }
  // Without a date only the name can tell.
  if (!best || tie || (best_points < 2 && !day_.empty())) return std::nullopt;
  return person_of(*best);
}
uint32_t ActorReader::head_end() const {
  if (structure_.turns.empty()) return 0;
  const Turn& first = structure_.turns[0];
  return first.introduced_by.empty() || first.introduced_by.begin > first.span.begin ? first.span.begin : first.introduced_by.begin;
}
ActorSet ActorReader::called_upon(uint32_t begin, uint32_t end) {
  // "Let's go to X", "X, your line is open": the last person called upon in these words.
  ActorSet who;
  for (uint32_t k = begin; k + 2 < end; ++k) {
    // Somebody whose name was not understood is nobody known.
    if (in(k, "call_on") && (is(k + 1, "to") || is(k + 1, "on")) && upper(k + 2)) who = {unnamed("question")};
  }
  for (const MentionDraft& m : mentions_) {
    if (m.begin < begin || m.end > end || m.actors.size() != 1 || m.person != 0) continue;
    if (actors_[m.actors[0]].type != ActorType::Person || actors_[m.actors[0]].id == "?") continue;
    const uint32_t k = m.begin;
    bool called = k > begin + 1 && (is(k - 1, "to") || is(k - 1, "from") || is(k - 1, "on") || is(k - 1, "of")) && in(k - 2, "call_on");
    called = called || (word(m.end < size() ? m.end : k) == "," && (is(m.end + 1, "your") || is(m.end + 1, "please") || is(m.end + 1, "go") || is(m.end + 1, "you")));
    // "(inaudible)" between the names of one caller.
    if (called) who = m.actors;
  }
  return who;
}
void ActorReader::name_speakers() {
  const size_t turns = structure_.turns.size();
  turn_speaker_.assign(turns, {});
  turn_addressee_.assign(turns, {});
  std::map<std::string, ActorSet> by_label;
  std::vector<bool> asks(turns, false);
  bool any_asks = false;
  std::vector<TokenRange> ranges(turns);
  for (size_t t = 0; t < turns; ++t) {
    const Turn& turn = structure_.turns[t];
    ranges[t] = doc_.tokens_in(turn.span);
    asks[t] = turn.asks;
    if (!turn.speaker.empty()) {
      const TokenRange label = doc_.tokens_in(turn.speaker);
      asks[t] = asks[t] || (in(index(label.begin), "question_label") && !in(index(label.begin), "role_label"));
      const std::string words = utf8::lower(text(index(label.begin), index(label.end)));
      const auto it = by_label.find(words);
      turn_speaker_[t] = it != by_label.end() ? it->second : label_speaker(turn, by_label);
      if (it == by_label.end()) by_label[words] = turn_speaker_[t];
    }
    any_asks = any_asks || asks[t];
  }
  // Turns without a label: he who asks, he who is asked, the host who speaks first, the signer.
  for (size_t t = 0; t < turns; ++t) {
    const Turn& turn = structure_.turns[t];
    ActorSet& who = turn_speaker_[t];
    if (!turn.speaker.empty() && !(asks[t] && structure_.genre == "interview" && in(index(doc_.tokens_in(turn.speaker).begin), "question_label"))) continue;
    if (asks[t]) {
      if (!turn.speaker.empty()) who.clear();
      if (structure_.author && structure_.genre == "interview") {
        const TokenRange range = doc_.tokens_in(*structure_.author);
        for (uint32_t k = index(range.begin); k < index(range.end) && who.empty(); ++k) {
          if (const MentionDraft* m = mention_over(k); m != nullptr && m->actors.size() == 1 && actors_[m->actors[0]].type == ActorType::Person) who = m->actors;
        }
      }
      if (who.empty()) who = {unnamed(turn.speaker.empty() ? "question" : doc_.text(turn.speaker))};
      continue;
    }
    if (any_asks || turns == 1) {
      if (const auto one = principal(head_end())) who = {*one};
    } else {
      // The first whom the narration names and who is not introduced as the next speaker.
      const MentionDraft* first = nullptr;
      for (const MentionDraft& m : mentions_) {
        if (m.actors.size() != 1 || actors_[m.actors[0]].type != ActorType::Person || actors_[m.actors[0]].id == "?") continue;
        if (tokens_.span[m.begin].begin >= turn.span.begin || (t > 0 && tokens_.span[m.begin].begin < structure_.turns[t - 1].span.end)) continue;
        bool other = false;
        for (size_t o = 0; o < turns; ++o) other = other || (o != t && turn_speaker_[o] == m.actors && (t == 0 || o + 1 == t));
        if (!other && (first == nullptr || m.begin < first->begin)) first = &m;
      }
      if (first != nullptr) who = first->actors;
    }
    if (!who.empty() || turns > 1) continue;
    if (const uint32_t own = self_named_state(index(ranges[t].begin), index(ranges[t].end)); own != kNoToken) {
      who = {unnamed("speaker")};
      actors_[who[0]].country = actors_[own].country;
    } else if (publisher_ && actors_[*publisher_].type != ActorType::Media) {
      who = {*publisher_};
    }
  }
  // Who is called upon asks next, and goes on asking until another is.
  ActorSet caller;
  size_t calls = 0;
  for (size_t t = 0; t < turns; ++t) {
    const bool unnamed_asker = asks[t] && (turn_speaker_[t].empty() || actors_[turn_speaker_[t][0]].id == "?");
    if (!unnamed_asker) {
      if (asks[t]) {
        caller.clear();
        continue;
      }
      const uint32_t end = index(ranges[t].end);
      const ActorSet next = called_upon(std::max(index(ranges[t].begin), end > 30 ? end - 30 : 0U), end);
      if (!next.empty() && next != turn_speaker_[t]) {
        caller = next;
        ++calls;
      }
      continue;
    }
    if (!caller.empty()) turn_speaker_[t] = caller;
  }
  address_turns(asks, ranges);
}
void ActorReader::address_turns(const std::vector<bool>& asks, const std::vector<TokenRange>& ranges) {
  const size_t turns = structure_.turns.size();
  const auto nameless = [&](const ActorSet& set) { return set.empty() || actors_[set[0]].id == "?"; };
  for (size_t t = 0; t < turns; ++t) {
    for (const Span span : structure_.turns[t].addressee) {
      const TokenRange range = doc_.tokens_in(span);
      for (uint32_t k = index(range.begin); k < index(range.end); ++k) {
        const MentionDraft* m = mention_over(k);
        if (m == nullptr) continue;
        // "Mr Prime Minister" alone is whoever is spoken to.
        if (m->actors.size() == 1 && !actors_[m->actors[0]].known && generic_label(m->begin, m->end)) break;
        for (const uint32_t a : m->actors) {
          if (actors_[a].id != "?" && std::find(turn_speaker_[t].begin(), turn_speaker_[t].end(), a) == turn_speaker_[t].end()) add_unique(turn_addressee_[t], a);
        }
        break;
      }
    }
  }
  // Who is spoken to where nobody is addressed by name: the other of two; he who asked.
  ActorSet named;
  bool any_asks = false;
  for (size_t t = 0; t < turns; ++t) {
    any_asks = any_asks || asks[t];
    for (const uint32_t a : turn_speaker_[t]) {
      if (actors_[a].id != "?" && !asks[t]) add_unique(named, a);
    }
  }
  for (size_t t = 0; t < turns; ++t) {
    Speech speech;
    speech.begin = index(ranges[t].begin);
    speech.end = index(ranges[t].end);
    speech.speaker = turn_speaker_[t];
    speech.indirect = !structure_.turns[t].direct;
    speech.asks = asks[t];
    ActorSet& to = turn_addressee_[t];
    // A first name alone ("dear Tony", "Jalina, ...") is the one who stands next to the turn.
    if (to.size() == 1 && actors_[to[0]].type == ActorType::Person && !actors_[to[0]].known && actors_[to[0]].keys.size() <= 1) {
      for (const ptrdiff_t step : {-1, 1}) {
        const ptrdiff_t o = static_cast<ptrdiff_t>(t) + step;
        if (o < 0 || o >= static_cast<ptrdiff_t>(turns) || nameless(turn_speaker_[static_cast<size_t>(o)])) continue;
        if (named.size() == 2 && turn_speaker_[static_cast<size_t>(o)] != turn_speaker_[t]) {
          to = turn_speaker_[static_cast<size_t>(o)];
          break;
        }
      }
    }
    // "Mr. Chancellor, welcome": of two who speak it is the other.
    if (to.empty() && !asks[t] && named.size() == 2 && !structure_.turns[t].addressee.empty() && speech.speaker.size() == 1 &&
        std::find(named.begin(), named.end(), speech.speaker[0]) != named.end() && (t == 0 || !asks[t - 1])) {
      to = {named[speech.speaker[0] == named[0] ? 1 : 0]};
    }
    if (to.empty()) {
      bool both = false;
      for (uint32_t k = speech.begin; asks[t] && k + 2 < speech.end; ++k) {
        both = both || (is(k, "both") && is(k + 1, "of") && is(k + 2, "you")) || (is(k, "you") && is(k + 1, "both")) || (is(k, "both") && tables_.in("portfolio_title", low(k + 1)));
      }
      if (both && named.size() == 2) {
        to = named;
      } else if (asks[t]) {
        // A question is put to whoever answers next.
        for (size_t k = t + 1; k < turns; ++k) {
          if (!asks[k] && turn_speaker_[k] != turn_speaker_[t] && !nameless(turn_speaker_[k])) {
            to = turn_speaker_[k];
            break;
          }
        }
        for (size_t k = t; to.empty() && k-- > 0;) {
          if (!asks[k] && turn_speaker_[k] != turn_speaker_[t] && !nameless(turn_speaker_[k])) to = turn_speaker_[k];
        }
      } else if (t > 0 && asks[t - 1]) {
        speech.addressee = turn_speaker_[t - 1];
        if (!nameless(speech.addressee)) to = speech.addressee;
      } else if (nameless(turn_speaker_[t]) && t + 1 < turns && asks[t + 1] && !nameless(turn_speaker_[t + 1])) {
        to = turn_speaker_[t + 1];  // the operator opens a caller's line
      } else if (named.size() == 2 && speech.speaker.size() == 1 && std::find(named.begin(), named.end(), speech.speaker[0]) != named.end() && !any_asks) {
        to = {named[speech.speaker[0] == named[0] ? 1 : 0]};
      } else if (t > 0 && turn_speaker_[t - 1] != turn_speaker_[t] && structure_.turns[t].direct) {
        speech.addressee = turn_speaker_[t - 1];
      } else if (t == 0 && turns > 1 && !asks[1] && turn_speaker_[1] != turn_speaker_[0] && structure_.turns[t].direct && !nameless(turn_speaker_[1])) {
        speech.addressee = turn_speaker_[1];
      }
    }
    if (!to.empty()) speech.addressee = to;
    // Words of a single speaker to one whom the head says he met or wrote to.
    for (uint32_t k = speech.begin; k < speech.end; ++k) speech_at_[k] = static_cast<int32_t>(speeches_.size());
    speeches_.push_back(std::move(speech));
  }
}

}  // namespace readout::entities
