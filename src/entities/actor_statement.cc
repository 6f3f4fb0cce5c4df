// Texts without turns: the whole of a statement by whoever signs it, is named by its head, or publishes it.
#include <algorithm>

#include "core/utf8.h"
#include "entities/actor_reader.h"

namespace readout::entities {
namespace {

constexpr uint32_t kNoToken = UINT32_MAX;

}  // namespace

std::optional<uint32_t> ActorReader::principal(uint32_t before, int wanted) {
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
  if (best && best->points >= wanted) return best->actor;
  return signer_in_title();
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
    if (!is(i, "we") || word(i + 1) != "," || in_quote_[i]) continue;
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
  // Beside turns: the words before the first question are his whom the head gives them to, or the publisher's own.
  const bool turns = !structure_.turns.empty();
  bool first_person = false;
  for (uint32_t i = 0; i < size() && !first_person; ++i) {
    first_person = !in_quote_[i] && speech_at_[i] < 0 && (is(i, "we") || is(i, "our") || (is(i, "i") && word(i) == "I"));
  }
  if (!first_person) return;
  ActorSet who;
  if (turns) {
    // "Statement by X", then questions and answers.
    if (const auto one = principal(head_end(), 6)) who = {*one};
    else if (publisher_ && actors_[*publisher_].type != ActorType::Media) who = {*publisher_};
  }
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
  if (who.empty()) {
    // "France learned with dismay ... We condemn": the state that takes a stand in the words around.
    std::vector<bool> own(size());
    for (uint32_t k = 0; k < size(); ++k) own[k] = !in_quote_[k] && speech_at_[k] < 0;
    if (const uint32_t s = state_that_speaks(own); s != kNoToken) {
      who = {unnamed("statement")};
      actors_[who[0]].side = actors_[s].id;
      actors_[who[0]].country = actors_[s].country;
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

}  // namespace readout::entities
