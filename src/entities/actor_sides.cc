// For whom speakers speak: their state or body, where no title beside their name tells.
#include <algorithm>

#include "core/utf8.h"
#include "entities/actor_reader.h"

namespace readout::entities {
namespace {

constexpr uint32_t kNoToken = UINT32_MAX;

}  // namespace

uint32_t ActorReader::state_that_speaks(const std::vector<bool>& own) const {
  // Of itself a state says what it condemns, welcomes, is committed to; of others what they do. The state that does
  // most of this in these words, if one does.
  if (doc_.syntax() == nullptr) return kNoToken;
  const auto& syntax = *doc_.syntax();
  std::map<uint32_t, int> stands;
  for (const MentionDraft& m : mentions_) {
    if (!own[m.head] || m.actors.size() != 1 || m.form != MentionForm::Name || (syntax.dep[m.head] != Dep::Nsubj && syntax.dep[m.head] != Dep::NsubjPass)) continue;
    if (actors_[m.actors[0]].type != ActorType::State) continue;
    const uint32_t verb = index(syntax.head[m.head]);
    const bool passive = syntax.dep[m.head] == Dep::NsubjPass;
    if ((!passive && tables_.in("stance_verb", doc_.lemma(TokenId{verb}))) || in(verb, "agent_adjective")) ++stands[m.actors[0]];
  }
  uint32_t best = kNoToken;
  bool tie = false;
  for (const auto& [s, n] : stands) {
    tie = best != kNoToken && n == stands[best];
    if (best == kNoToken || n > stands[best]) best = s;
  }
  return tie ? kNoToken : best;
}

ActorSet ActorReader::bodies_of(const ActorSet& speakers) {
  ActorSet bodies;
  for (const uint32_t a : speakers) {
    if (actors_[a].type == ActorType::Government && actors_[a].id.find('.') != std::string::npos) add_unique(bodies, a);
    for (const NameRef tenure : actors_[a].tenures) {
      for (const NameRef office : knowledge_.by_id(knowledge_.row(tenure)[0])) {
        if (office.table != Table::Offices) continue;
        const std::string of(knowledge_.row(office)[1]);
        if (of.starts_with("gov:") && of.find('.') != std::string::npos) add_unique(bodies, known(of));
      }
    }
  }
  if (bodies.empty() && publisher_ && actors_[*publisher_].type == ActorType::Government) {
    for (const uint32_t a : speakers) {
      if (!actors_[a].country.empty() && actors_[a].country == actors_[*publisher_].country) bodies = {*publisher_};
    }
  }
  return bodies;
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
  // Whoever answers questions and whose state nothing has told: the state that takes a stand in his words.
  for (size_t t = 0; t < turn_speaker_.size(); ++t) {
    if (turn_speaker_[t].size() != 1 || structure_.turns[t].asks) continue;
    const uint32_t a = turn_speaker_[t][0];
    if (actors_[a].type != ActorType::Person || !actors_[a].country.empty() || !actors_[a].side.empty()) continue;
    if (actors_[a].id == "?") {
      // "Answer": a ministry's, not a moderator's.
      const TokenRange label = doc_.tokens_in(structure_.turns[t].speaker);
      if (label.empty() || !(in(index(label.begin), "answer_label") || utf8::lower(doc_.text(structure_.turns[t].speaker)).find("spokes") != std::string::npos)) continue;
    }
    std::vector<bool> own(size());
    for (size_t k = 0; k < turn_speaker_.size(); ++k) {
      if (turn_speaker_[k] != turn_speaker_[t]) continue;
      const TokenRange range = doc_.tokens_in(structure_.turns[k].span);
      std::fill(own.begin() + index(range.begin), own.begin() + index(range.end), true);
    }
    uint32_t s = state_that_speaks(own);
    if (s == kNoToken && actors_[a].id == "?") {
      for (uint32_t k = 0; k < size(); ++k) own[k] = own[k] || speech_at_[k] < 0;
      s = state_that_speaks(own);
    }
    for (const MentionDraft& m : mentions_) {
      // "Department Press Briefing", "Ministry of Foreign Affairs" over it.
      if (tokens_.span[m.begin].begin >= head_end() || m.actors.size() != 1 || actors_[m.actors[0]].type != ActorType::Government) continue;
      if (s == kNoToken) s = state_of(m.actors[0]);
      if (publisher_ && actors_[*publisher_].type != ActorType::Media) break;
      if (s != kNoToken && actors_[m.actors[0]].country == actors_[s].country && actors_[m.actors[0]].id.find('.') != std::string::npos) publisher_ = m.actors[0];
    }
    if (s != kNoToken) actors_[a].country = actors_[s].country;
    else if (publisher_ && actors_[*publisher_].type == ActorType::Government) actors_[a].country = actors_[*publisher_].country;
  }
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

}  // namespace readout::entities
