// Who speaks in each turn and to whom; the whole of a statement by whoever signs it; direct quotes in
// narration by the nearest verb of saying.
#include <algorithm>

#include "core/utf8.h"
#include "entities/actor_reader.h"

namespace readout::entities {
namespace {

constexpr uint32_t kNoToken = UINT32_MAX;

bool opens(std::string_view w) { return w == "\xE2\x80\x9C" || w == "\xC2\xAB" || w == "``" || w == "\xE2\x80\x9E"; }
bool closes(std::string_view w) { return w == "\xE2\x80\x9D" || w == "\xC2\xBB" || w == "''"; }

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

void ActorReader::find_sides() {
  // Speakers whose state or body no title beside their name tells: "The writer is the foreign minister of X",
  // "has been the envoy of the African Union", "when I became minister of X".
  for (const ActorSet& speakers : turn_speaker_) {
    if (speakers.size() != 1) continue;
    ActorDraft& who = actors_[speakers[0]];
    if (who.type != ActorType::Person || who.id == "?" || who.known || !who.side.empty()) continue;
    const TitlePhrase* found = nullptr;
    for (const TitlePhrase& title : pending_offices_) {
      if (title.of.empty() || title.plural || title.former || title.begin < 2) continue;
      // Where he is from is known: only an organisation adds to that.
      const bool national = std::any_of(title.of.begin(), title.of.end(), [](const std::string& of) { return !of.starts_with("org:"); });
      if (!who.country.empty() && national) continue;
      const Speech* here = speech_at_[title.begin] >= 0 ? &speeches_[static_cast<size_t>(speech_at_[title.begin])] : nullptr;
      const uint32_t block = index(tokens_.sentence_block[sentence(title.begin)]);
      bool said = here == nullptr && turn_speaker_.size() == 1 && block < structure_.blocks.size() && structure_.blocks[block].role == BlockRole::Byline;
      for (uint32_t k = title.begin > 5 ? title.begin - 5 : 0; k < title.begin; ++k) {
        if (!same_sentence(k, title.begin)) continue;
        if (here == nullptr) {
          // "X has been the ...", "The writer is the ..."
          const MentionDraft* m = mention_over(k);
          said = said || (m != nullptr && m->actors == speakers && (is(m->end, "is") || is(m->end, "was") || is(m->end, "has") || word(std::min(m->end, size() - 1)) == ",")) ||
                 ((is(k, "writer") || is(k, "author")) && is(k + 1, "is"));
        } else if (here->speaker == speakers) {
          said = said || (is(k, "i") && (is(k + 1, "am") || is(k + 1, "became") || is(k + 1, "was") || is(k + 1, "'m")));
        }
      }
      // The sentence that presents him: its subject, commas between.
      if (here == nullptr && !said && doc_.syntax() != nullptr) {
        for (const MentionDraft& m : mentions_) {
          if (m.actors != speakers || !same_sentence(m.begin, title.begin) || m.end > title.begin) continue;
          for (uint32_t k = title.begin; k < title.end; ++k) {
            const uint32_t subject_head = index(doc_.syntax()->head[m.head]);
            said = said || (doc_.syntax()->dep[m.head] == Dep::Nsubj && subject_head == k);
          }
        }
      }
      if (said) {
        found = &title;
        break;
      }
    }
    if (found == nullptr) continue;
    if (!who.country.empty()) who.side = found->of.front();
    add_role(speakers[0], *found);
  }
}

uint32_t ActorReader::head_end() const {
  if (structure_.turns.empty()) return 0;
  const Turn& first = structure_.turns[0];
  return first.introduced_by.empty() || first.introduced_by.begin > first.span.begin ? first.span.begin : first.introduced_by.begin;
}

uint32_t ActorReader::head_side() {
  // The organisation for whose head a spokesperson speaks, from the lines above the text.
  const uint32_t stop = structure_.turns.empty() ? (structure_.title ? structure_.title->end : 0) : head_end();
  for (const MentionDraft& m : mentions_) {
    if (tokens_.span[m.begin].begin >= stop) continue;
    for (const uint32_t a : m.actors) {
      if (actors_[a].type == ActorType::Person && actors_[a].side.starts_with("org:")) return known(actors_[a].side);
    }
  }
  for (const TitlePhrase& title : pending_offices_) {
    if (title.begin >= size() || tokens_.span[title.begin].begin >= stop) continue;
    for (const std::string& of : title.of) {
      if (of.starts_with("org:")) return known(of);
    }
    if (title.cls == "secretary_general" || title.cls == "igo_head" || is(title.head, "secretary-general") || is(title.head, "general")) return known("org:un");
  }
  return kNoToken;
}

std::optional<uint32_t> ActorReader::principal(uint32_t before) {
  // The one whose words a document is: named by its head, before the first words of speech.
  struct Choice {
    uint32_t actor = 0;
    int points = 0;
  };
  std::optional<Choice> best;
  for (const MentionDraft& m : mentions_) {
    if (m.actors.size() != 1 || tokens_.span[m.begin].begin >= before) continue;
    const ActorDraft& who = actors_[m.actors[0]];
    if (who.type != ActorType::Person || who.id == "?") continue;
    const uint32_t block = index(tokens_.sentence_block[sentence(m.begin)]);
    const BlockRole role = block < structure_.blocks.size() ? structure_.blocks[block].role : BlockRole::Narration;
    if (role == BlockRole::Caption || role == BlockRole::Credit) continue;
    const Span own = block < structure_.blocks.size() ? structure_.blocks[block].span : Span{};
    const Span said{tokens_.span[m.begin].begin, tokens_.span[m.end - 1].end};
    const bool alone = m.end - m.begin >= 2 && said.begin <= own.begin + 5 && said.end + 2 >= own.end;
    uint32_t k = m.begin;
    while (k > 0 && (is(k - 1, "the") || in(k - 1, "title_modifier"))) --k;
    const bool by = k > 1 && (is(k - 1, "by") || is(k - 1, "from") || is(k - 1, "of") || is(k - 1, "with"));
    const bool of_words = by && (in(k - 2, "statement_noun") || is(k - 2, "conference") || is(k - 2, "briefing"));
    bool owns = false;
    if (is(m.end, "'s") || word(m.end < size() ? m.end : m.begin) == "\xE2\x80\x99") {
      for (uint32_t j = m.end + 1; j < std::min(size(), m.end + 6); ++j) owns = owns || in(j, "statement_noun") || is(j, "conference") || is(j, "briefing") || is(j, "answers");
    }
    bool answers = false;
    for (uint32_t j = m.end; j < std::min(size(), m.end + 4); ++j) answers = answers || is(j, "answered") || is(j, "answers") || is(j, "spoke") || is(j, "talks") || is(j, "told");
    int points = 1;
    if (role == BlockRole::Title) points += 2;
    if (answers || by) points += 3;
    if (role == BlockRole::Byline || alone) points += 4;
    if (of_words || owns) points += 6;
    if (k > 1 && is(k - 1, "by") && is(k - 2, "delivered")) points += 8;
    // Whom the author of an interview met is its subject, not the author.
    if (structure_.author && structure_.author->overlaps(said) && structure_.genre == "interview") points = 0;
    // Narration before the first words names many; an interview's presents its subject.
    if (role == BlockRole::Narration && points < 6 && structure_.genre != "interview" && !(block < structure_.blocks.size() && structure_.turns.size() > 1 && structure_.turns[0].introduced_by.empty())) points = 0;
    if (points > 0 && (!best || points > best->points)) best = Choice{m.actors[0], points};
  }
  if (best) return best->actor;
  return signer_in_title();
}

uint32_t ActorReader::self_named_state(uint32_t begin, uint32_t end) {
  // "On behalf of the Government of Malta", "my country, Malta", "greetings of the people of Malta".
  const auto state_near = [&](uint32_t from, uint32_t to) {
    for (const MentionDraft& m : mentions_) {
      if (m.begin < from || m.begin >= to || m.actors.size() != 1) continue;
      if (const uint32_t s = state_of(m.actors[0]); s != kNoToken && actors_[m.actors[0]].type != ActorType::Person) return s;
    }
    return kNoToken;
  };
  std::map<uint32_t, int> points;
  for (uint32_t k = begin; k + 2 < end; ++k) {
    uint32_t s = kNoToken;
    if (is(k, "behalf") && is(k + 1, "of")) s = state_near(k + 2, std::min(end, k + 10));
    else if (is(k, "my") && (is(k + 1, "country") || is(k + 1, "delegation") || is(k + 1, "government")) && word(k + 2) == ",") s = state_near(k + 3, std::min(end, k + 6));
    else if (is(k, "greetings") && (is(k + 1, "of") || is(k + 1, "from"))) s = state_near(k + 2, std::min(end, k + 9));
    else if (is(k, "we") && is(k + 1, "in")) s = state_near(k + 2, k + 4);
    else if (is(k, "people") && is(k + 1, "and") && is(k + 2, "government")) s = state_near(k + 3, k + 7);
    if (s != kNoToken) points[s] += k < begin + 200 ? 3 : 1;
  }
  uint32_t best = kNoToken;
  for (const auto& [s, n] : points) {
    if (best == kNoToken || n > points[best]) best = s;
  }
  return best;
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

void ActorReader::find_quotes() {
  uint32_t open = UINT32_MAX;
  const auto close = [&](uint32_t end) {
    // One or two words in quotation marks are a name or a doubt, not speech.
    if (open != UINT32_MAX && end > open + 3) {
      for (uint32_t k = open; k < end; ++k) quote_at_[k] = static_cast<int32_t>(quotes_.size());
      quotes_.push_back({TokenId{open}, TokenId{end}});
    }
    open = UINT32_MAX;
  };
  for (uint32_t i = 0; i < size(); ++i) {
    const std::string_view w = word(i);
    const uint32_t block = index(tokens_.sentence_block[sentence(i)]);
    if (open != UINT32_MAX && i > 0 && index(tokens_.sentence_block[sentence(i - 1)]) != block &&
        !(block < structure_.blocks.size() && structure_.blocks[block].continues)) {
      close(i);  // an unclosed quote ends with its paragraph; the next one opens its own
    }
    if (opens(w) || (w == "\"" && open == UINT32_MAX)) {
      if (open != UINT32_MAX && opens(w)) close(i);
      open = i + 1;
    } else if (closes(w) || w == "\"") {
      close(i);
    }
  }
  close(size());
}

std::optional<uint32_t> ActorReader::signer_in_title() {
  // "Statement by Vice President X on ...": the title may stand outside of the text.
  std::string title = structure_.title_text.empty() ? doc_.meta().title : structure_.title_text;
  if (title.empty() && structure_.title) title = std::string(doc_.text(*structure_.title));
  std::vector<std::string> words;
  for (size_t at = 0; at < title.size();) {
    const size_t end = std::min(title.find_first_of(" \t\n", at), title.size());
    if (end > at) words.push_back(title.substr(at, end - at));
    at = end + 1;
  }
  for (size_t k = 1; k + 1 < words.size(); ++k) {
    const std::string preposition = utf8::lower(words[k]);
    if (preposition != "by" && preposition != "from" && preposition != "of") continue;
    if (!tables_.in("statement_noun", utf8::lower(words[k - 1]))) continue;
    for (size_t j = k + 1; j < words.size() && j < k + 9; ++j) {
      std::string rest;
      for (size_t w = j; w < words.size() && w < j + 6; ++w) rest += (w > j ? " " : "") + words[w];
      const std::vector<uint64_t> keys = phrase_keys(rest);
      std::optional<NameRef> best;
      int best_points = 0;
      for (size_t length = std::min<size_t>(keys.size(), 5); length > 0 && !best; --length) {
        for (const NameRef ref : knowledge_.exact(std::span(keys.data(), length))) {
          if (ref.table != Table::Persons || (length == 1 && j == k + 1)) continue;
          if (ref.kind == NameKind::Patronymic || ref.kind == NameKind::Given) continue;
          int points = ref.kind == NameKind::Family ? 0 : 2;
          for (const NameRef tenure : knowledge_.tenures(knowledge_.row(ref)[0])) {
            const TsvRow held = knowledge_.row(tenure);
            if (held[1] == knowledge_.row(ref)[0] && holds_on(held[2], held[3], day_)) points += 2;
          }
          if (points > best_points) {
            best = ref;
            best_points = points;
          }
        }
      }
      if (best && best_points >= 2) return person_of(*best);
    }
  }
  return std::nullopt;
}

ActorSet ActorReader::signatories() {
  // "We, the Foreign Ministers of A, B and C, and the High Representative of D, ..."
  for (uint32_t i = 0; i + 3 < std::min(size(), 400U); ++i) {
    if (!is(i, "we") || word(i + 1) != "," || quote_at_[i] >= 0) continue;
    ActorSet who;
    uint32_t stop = sentence_end(i);
    for (uint32_t k = i + 2; k < stop; ++k) {
      if (verbish(k) && k > i + 4 && !upper(k)) {
        // Behind a comma the list is over; "having met in Baku" stands inside of it.
        if (word(k - 1) == "," || in(k, "auxiliary")) stop = k;
      }
      if (is(k, "met") || is(k, "meeting") || is(k, "gathered") || is(k, "assembled") || is(k, "having") || is(k, "condemn") || is(k, "express") || is(k, "reaffirm")) stop = k;
    }
    for (const TitlePhrase& title : pending_offices_) {
      if (title.begin < i || title.begin >= stop) continue;
      for (const std::string& of : title.of) add_unique(who, known(of.starts_with("gov:") ? "state:" + letters(of).substr(0, letters(of).find('.')) : of));
    }
    for (const MentionDraft& m : mentions_) {
      if (m.begin < i || m.end > stop || follows_locative(m.begin)) continue;
      for (const uint32_t a : m.actors) {
        if (actors_[a].id == "?") continue;
        if (actors_[a].type == ActorType::State || actors_[a].type == ActorType::Igo) add_unique(who, a);
        if (actors_[a].type == ActorType::Person) {
          for (const uint32_t side : sides_of({a})) add_unique(who, side);
        }
      }
    }
    if (who.size() >= 2) return who;
  }
  return {};
}

void ActorReader::find_default_speaker() {
  // A statement without turns is spoken by whoever signs it: the byline, "statement by X",
  // "attributable to X"; a joint one by the states that it opens with; else by its publisher.
  // Beside turns only a body that publishes may say "we" of itself.
  const bool turns = !structure_.turns.empty();
  if (turns && (!publisher_ || actors_[*publisher_].type == ActorType::Media)) return;
  bool first_person = false;
  for (uint32_t i = 0; i < size() && !first_person; ++i) {
    first_person = quote_at_[i] < 0 && speech_at_[i] < 0 && (is(i, "we") || is(i, "our") || (is(i, "i") && word(i) == "I"));
  }
  if (!first_person) return;
  ActorSet who;
  if (turns) who = {*publisher_};
  const uint32_t head = turns ? 0 : std::min(size(), 120U);
  std::vector<const MentionDraft*> ordered;
  for (const MentionDraft& m : mentions_) {
    if (m.begin < head) ordered.push_back(&m);
  }
  std::stable_sort(ordered.begin(), ordered.end(), [](const MentionDraft* a, const MentionDraft* b) { return a->begin < b->begin; });
  for (const MentionDraft* m : ordered) {
    if (m->actors.size() != 1 || actors_[m->actors[0]].type != ActorType::Person || actors_[m->actors[0]].id == "?") continue;
    const uint32_t block = index(tokens_.sentence_block[sentence(m->begin)]);
    const bool byline = block < structure_.blocks.size() && structure_.blocks[block].role == BlockRole::Byline;
    const bool alone = m->begin <= sentence_begin(m->begin) + 1 && m->end + 1 >= sentence_end(m->begin) && m->end - m->begin >= 2;
    const uint32_t k = m->begin > 0 && is(m->begin - 1, "the") ? m->begin - 1 : m->begin;
    const bool signs = k > 1 && ((is(k - 1, "by") && in(k - 2, "statement_noun")) || (is(k - 1, "to") && is(k - 2, "attributable")) || (is(k - 1, "from") && in(k - 2, "statement_noun")));
    if (byline || alone || signs) {
      who = m->actors;
      break;
    }
  }
  if (who.empty()) who = signatories();
  if (who.empty()) {
    if (const auto signer = signer_in_title()) who = {*signer};
  }
  if (who.empty()) {
    bool joint = false;
    for (uint32_t i = 0; i < std::min(size(), 60U); ++i) joint = joint || is(i, "joint") || is(i, "jointly");
    for (const std::string_view title : {std::string_view(structure_.title_text), std::string_view(doc_.meta().title)}) {
      joint = joint || utf8::lower(title).find("joint") != std::string::npos;
    }
    if (joint) {
      uint32_t last_sentence = UINT32_MAX;
      for (const MentionDraft* m : ordered) {
        for (const uint32_t a : m->actors) {
          if (actors_[a].type != ActorType::State && actors_[a].type != ActorType::Igo && actors_[a].type != ActorType::Government) continue;
          if (who.size() >= 2 && last_sentence != UINT32_MAX && sentence(m->begin) > last_sentence) break;
          last_sentence = sentence(m->begin);
          add_unique(who, a);
        }
      }
      // Representatives not yet resolved: the states of their list.
      for (const TitlePhrase& title : pending_offices_) {
        if (title.begin >= head || !title.plural || title.of.size() < 2) continue;
        who.clear();
        for (const std::string& of : title.of) add_unique(who, known(of));
        break;
      }
      if (who.size() < 2) who.clear();
    }
  }
  if (who.empty() && publisher_ && actors_[*publisher_].type != ActorType::Media) who = {*publisher_};
  if (who.empty() && structure_.title && utf8::lower(doc_.text(*structure_.title)).find("spokes") != std::string::npos) {
    if (const uint32_t side = head_side(); side != kNoToken) {
      who = {unnamed("spokesperson")};
      actors_[who[0]].side = actors_[side].id;
    }
  }
  if (who.empty()) return;
  Speech speech;
  speech.begin = 0;
  speech.end = size();
  speech.speaker = who;
  speech.indirect = true;  // the third person of a statement may well be its speaker
  speech.document = true;
  for (uint32_t k = 0; k < size(); ++k) {
    if (speech_at_[k] < 0) speech_at_[k] = static_cast<int32_t>(speeches_.size());
  }
  speeches_.push_back(std::move(speech));
}

void ActorReader::attribute_quotes() {
  const auto subject_near = [&](uint32_t verb, uint32_t from, uint32_t to) -> const MentionDraft* {
    // The mention nearest to the verb in [from, to): before it, else right behind it.
    const MentionDraft* best = nullptr;
    uint32_t distance = 12;
    for (const MentionDraft& m : mentions_) {
      if (m.begin < from || m.end > to || m.person == 1 || m.person == 2 || m.form == MentionForm::Possessive || m.form == MentionForm::Demonym) continue;
      const uint32_t d = m.end <= verb ? verb - m.end : m.begin > verb ? (m.begin - verb - 1) + (verb > from && mention_over(verb - 1) != nullptr ? 6U : 0U) : 99U;
      const uint32_t points = d + (is_subject(m.begin, m.end) ? 0U : 2U);
      if (points < distance) {
        distance = points;
        best = &m;
      }
    }
    return best;
  };
  ActorSet last;
  uint32_t last_end = 0;
  for (const TokenRange quote : quotes_) {
    const uint32_t begin = index(quote.begin), end = index(quote.end);
    const MentionDraft* source = nullptr;
    // Behind: `," said X`, `," X said`.
    const uint32_t behind_end = std::min(end < size() ? sentence_end(std::min(end, size() - 1)) : size(), end + 16);
    for (uint32_t k = end; k < behind_end && source == nullptr; ++k) {
      if (k > end && quote_at_[k] >= 0) break;
      if (in(k, "speech_verb")) source = subject_near(k, end, behind_end);
    }
    // Before: `X said: "`, `X said that "`.
    if (source == nullptr && begin > 0) {
      uint32_t from = sentence_begin(begin - 1);
      // The words before stand in a paragraph of their own that ends in a colon.
      if (from == begin - 1 && begin >= 2 && word(begin - 2) == ":") from = sentence_begin(begin - 2);
      for (uint32_t k = begin - 1; k > from && source == nullptr; --k) {
        if (quote_at_[k] >= 0) break;
        if (in(k, "speech_verb")) source = subject_near(k, from, begin);
      }
    }
    Speech speech;
    speech.begin = begin;
    speech.end = end;
    speech.quote = true;
    if (source != nullptr) {
      speech.speaker = source->actors;
    } else if (!last.empty() && begin <= last_end + 60 && quote_at_[begin] >= 0) {
      // A quote goes on in the same or the next paragraph with the same speaker.
      const bool sentence_quote = begin < 2 || begin - 1 == sentence_begin(begin - 1) || begin == sentence_begin(begin);
      if (sentence_quote) speech.speaker = last;
    }
    if (speech.speaker.empty()) {
      // A pull quote, or a headline: the same words stand elsewhere in somebody's speech.
      const std::string words = text(begin, std::min(end, begin + 8));
      for (const Speech& other : speeches_) {
        if (other.speaker.empty() || other.begin == begin) continue;
        if (doc_.text(Span{tokens_.span[other.begin].begin, tokens_.span[std::max(other.end, other.begin + 1) - 1].end}).find(words) != std::string_view::npos) {
          speech.speaker = other.speaker;
        }
      }
      const uint32_t block = index(tokens_.sentence_block[sentence(begin)]);
      const bool head = block < structure_.blocks.size() && structure_.blocks[block].role == BlockRole::Title;
      if (speech.speaker.empty() && (head || begin < 40) && structure_.genre == "interview") {
        for (const ActorSet& who : turn_speaker_) {
          if (who.size() == 1 && actors_[who[0]].type == ActorType::Person && actors_[who[0]].id != "?") {
            speech.speaker = who;
            break;
          }
        }
      }
    }
    if (speech.speaker.empty()) continue;
    if (const Speech* outer = this->speech(begin); outer != nullptr && !outer->document) {
      // Inside of a turn it is spoken to the turn's speaker and those with him.
      speech.addressee = outer->speaker;
    }
    last = speech.speaker;
    last_end = end;
    for (uint32_t k = begin; k < end; ++k) speech_at_[k] = static_cast<int32_t>(speeches_.size());
    speeches_.push_back(std::move(speech));
  }
}

}  // namespace readout::entities
