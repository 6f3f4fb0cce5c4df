// Direct quotes in narration: who speaks in them, and to whom. Where they stand and what they hang on is told by
// `discourse.sayings`; here the words that name the speaker get their actor.
#include <algorithm>

#include "core/utf8.h"
#include "entities/actor_reader.h"

namespace readout::entities {

void ActorReader::find_quotes() {
  if (doc_.sayings() == nullptr) return;
  for (const Saying& saying : doc_.sayings()->sayings) {
    const TokenRange range = doc_.tokens_in(saying.span);
    for (uint32_t k = index(range.begin); k < index(range.end); ++k) in_quote_[k] = true;
  }
}

ActorSet ActorReader::actors_at(TokenId token) const {
  // The longest mention with this head, else the shortest that covers it; who stands beside it in apposition if
  // that is nobody known; those joined to it.
  if (token == kNone<TokenId>) return {};
  const uint32_t head = index(token);
  const MentionDraft* best = nullptr;
  bool headed = false;
  for (const MentionDraft& m : mentions_) {
    if (m.begin > head || m.end <= head || m.form == MentionForm::Demonym) continue;
    const bool heads = m.head == head;
    const bool better = best == nullptr || (heads && !headed) || (heads == headed && (heads ? m.end - m.begin > best->end - best->begin : m.end - m.begin < best->end - best->begin));
    if (!better) continue;
    best = &m;
    headed = heads;
  }
  ActorSet set = best != nullptr ? best->actors : ActorSet{};
  if (doc_.syntax() == nullptr) return set;
  const auto nameless = [&](const ActorSet& of) { return std::all_of(of.begin(), of.end(), [&](uint32_t a) { return actors_[a].id == "?"; }); };
  const auto& heads = doc_.syntax()->head;
  for (uint32_t k = sentence_begin(head); k < sentence_end(head); ++k) {
    if (k == head || index(heads[k]) != head) continue;
    const Dep dep = doc_.syntax()->dep[k];
    if (nameless(set) && (dep == Dep::Appos || dep == Dep::Flat || dep == Dep::NmodDesc)) {
      const ActorSet other = actors_at(TokenId{k});
      if (!other.empty() && !nameless(other)) set = other;
    } else if (dep == Dep::Conj && k > head) {
      for (const uint32_t a : actors_at(TokenId{k})) add_unique(set, a);
    }
  }
  return set;
}

uint32_t ActorReader::nameless_speaker(TokenId token) {
  // "An aide to the Premier", "a Tersian officer": nobody's name, but a state's or a body's man.
  const uint32_t head = index(token);
  uint32_t from = head, to = head + 1;
  while (from > sentence_begin(head) && doc_.syntax() != nullptr && index(doc_.syntax()->head[from - 1]) >= from - 1 && index(doc_.syntax()->head[from - 1]) <= head) --from;
  for (uint32_t k = head + 1; k < sentence_end(head) && k < head + 8 && doc_.syntax() != nullptr && index(doc_.syntax()->head[k]) >= head && !verbish(k) && !is(k, ","); ++k) to = k + 1;
  const uint32_t who = unnamed(text(from, to));
  for (const MentionDraft& m : mentions_) {
    if (m.begin < from || m.end > to || m.actors.size() != 1) continue;
    const ActorDraft& of = actors_[m.actors[0]];
    if (of.type == ActorType::Person || of.id == "?") continue;
    actors_[who].side = of.type == ActorType::State || of.country.empty() ? of.id : "state:" + of.country;
    if (!of.country.empty()) actors_[who].country = of.country;
    break;
  }
  return who;
}

ActorSet ActorReader::other_of_two(const ActorSet& speaker) {
  // A report of a talk of two: who is not the one is the other.
  if (speaker.size() != 1) return {};
  ActorSet pair;
  for (const MentionDraft& m : mentions_) {
    if (tokens_.span[m.begin].begin > kLead || m.actors.size() != 1 || m.person != 0) continue;
    const ActorDraft& who = actors_[m.actors[0]];
    if (who.type == ActorType::Person && who.id != "?" && !who.roles.empty()) add_unique(pair, m.actors[0]);
  }
  if (pair.size() != 2 || std::find(pair.begin(), pair.end(), speaker[0]) == pair.end()) return {};
  return {pair[pair[0] == speaker[0] ? 1 : 0]};
}

void ActorReader::attribute_quotes() {
  if (doc_.sayings() == nullptr) return;
  ActorSet last, last_addressee;
  for (const Saying& saying : doc_.sayings()->sayings) {
    const TokenRange range = doc_.tokens_in(saying.span);
    if (range.empty()) continue;
    Speech speech;
    speech.begin = index(range.begin);
    speech.end = index(range.end);
    speech.quote = true;
    if (saying.source != kNone<TokenId>) {
      speech.speaker = actors_at(saying.source);
      const bool pronoun = upos(index(saying.source)) == Upos::Pron && actors_at(saying.source) == ActorSet{};
      if (speech.speaker.empty() && pronoun) speech.speaker = last;
      if (speech.speaker.empty() && !pronoun) speech.speaker = {nameless_speaker(saying.source)};
    } else if (saying.goes_on) {
      speech.speaker = last;
      speech.addressee = last_addressee;
    }
    if (speech.speaker.empty()) said_elsewhere(speech);
    if (speech.speaker.empty()) continue;
    if (saying.addressee != kNone<TokenId>) speech.addressee = actors_at(saying.addressee);
    const Speech* outer = this->speech(speech.begin);
    if (outer != nullptr && outer->document) outer = nullptr;
    if (speech.addressee.empty() && saying.addressee == kNone<TokenId>) {
      // Inside of a turn it is spoken to the turn's speaker and those with him.
      speech.addressee = outer != nullptr ? outer->speaker : other_of_two(speech.speaker);
      bool addressed = false;
      for (uint32_t k = speech.begin; k < speech.end; ++k) addressed = addressed || (atom(k) != nullptr && atom(k)->kind == AtomKind::Address);
      if (speech.addressee.empty() && addressed && speech.speaker.size() == 1 && actors_[speech.speaker[0]].type == ActorType::Person) {
        // "We are convinced, Mr. Minister": the last official named who is another state's.
        const MentionDraft* best = nullptr;
        for (const MentionDraft& m : mentions_) {
          if (m.end > speech.begin || m.actors.size() != 1 || m.person != 0 || (best != nullptr && m.begin < best->begin)) continue;
          const ActorDraft& who = actors_[m.actors[0]];
          if (who.type == ActorType::Person && who.id != "?" && !who.roles.empty() && !who.country.empty() && who.country != actors_[speech.speaker[0]].country) best = &m;
        }
        if (best != nullptr) speech.addressee = best->actors;
      }
    }
    last = speech.speaker;
    last_addressee = speech.addressee;
    for (uint32_t k = speech.begin; k < speech.end; ++k) speech_at_[k] = static_cast<int32_t>(speeches_.size());
    speeches_.push_back(std::move(speech));
  }
}

void ActorReader::said_elsewhere(Speech& speech) {
  // A pull quote, or a headline: the same words stand elsewhere in somebody's speech.
  const std::string words = text(speech.begin, std::min(speech.end, speech.begin + 8));
  for (const Speech& other : speeches_) {
    if (other.speaker.empty() || other.begin == speech.begin || other.document) continue;
    if (doc_.text(Span{tokens_.span[other.begin].begin, tokens_.span[std::max(other.end, other.begin + 1) - 1].end}).find(words) != std::string_view::npos) {
      speech.speaker = other.speaker;
    }
  }
  const uint32_t block = index(tokens_.sentence_block[sentence(speech.begin)]);
  const bool head = block < structure_.blocks.size() && structure_.blocks[block].role == BlockRole::Title;
  if (!speech.speaker.empty() || !(head || speech.begin < 40) || structure_.genre != "interview") return;
  // The headline of an interview is its guest's.
  for (size_t t = 0; t < turn_speaker_.size(); ++t) {
    const ActorSet& who = turn_speaker_[t];
    if (structure_.turns[t].asks || who.size() != 1 || actors_[who[0]].type != ActorType::Person || actors_[who[0]].id == "?") continue;
    speech.speaker = who;
    return;
  }
}

}  // namespace readout::entities
