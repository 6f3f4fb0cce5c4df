// Who speaks in each turn and to whom; the whole of a statement by whoever signs it; direct quotes in
// narration by the nearest verb of saying.
#include <algorithm>

#include "core/utf8.h"
#include "entities/actor_reader.h"

namespace readout::entities {
namespace {

bool opens(std::string_view w) { return w == "\xE2\x80\x9C" || w == "\xC2\xAB" || w == "``" || w == "\xE2\x80\x9E"; }
bool closes(std::string_view w) { return w == "\xE2\x80\x9D" || w == "\xC2\xBB" || w == "''"; }

}  // namespace

void ActorReader::name_speakers() {
  const size_t turns = structure_.turns.size();
  turn_speaker_.assign(turns, {});
  turn_addressee_.assign(turns, {});
  std::map<std::string, ActorSet> by_label;
  std::vector<bool> asks(turns, false);
  for (size_t t = 0; t < turns; ++t) {
    const Turn& turn = structure_.turns[t];
    ActorSet& who = turn_speaker_[t];
    if (turn.speaker.empty()) {
      // A statement: by the first person that its head names.
      const TokenRange before = doc_.tokens_in(Span{0, turn.span.begin});
      for (const MentionDraft& m : mentions_) {
        if (m.begin >= index(before.end) || m.actors.size() != 1) continue;
        if (actors_[m.actors[0]].type != ActorType::Person || actors_[m.actors[0]].id == "?") continue;
        const uint32_t k = m.begin > 0 && is(m.begin - 1, "the") ? m.begin - 1 : m.begin;
        if (k > 0 && (is(k - 1, "by") || is(k - 1, "from") || is(k - 1, "of")) && (who.empty() || is(k - 1, "by"))) {
          who = {m.actors[0]};
          break;
        }
      }
      if (who.empty()) {
        if (const auto signer = signer_in_title()) who = {*signer};
      }
      if (who.empty() && publisher_) who = {*publisher_};
      continue;
    }
    const TokenRange label = doc_.tokens_in(turn.speaker);
    const std::string words = utf8::lower(text(index(label.begin), index(label.end)));
    const uint32_t first = index(label.begin);
    if (const auto it = by_label.find(words); it != by_label.end()) {
      who = it->second;
      asks[t] = in(first, "question_label");
      continue;
    }
    for (uint32_t k = first; k < index(label.end) && who.empty(); ++k) {
      if (const MentionDraft* m = mention_over(k); m != nullptr && !in(first, "question_label")) {
        // "The representative of X" speaks for X; a person's own name wins over his country.
        who = m->actors;
        for (uint32_t q = k; q < index(label.end); ++q) {
          const MentionDraft* other = mention_over(q);
          if (other != nullptr && other->actors.size() == 1 && actors_[other->actors[0]].type == ActorType::Person) {
            who = other->actors;
            break;
          }
        }
      }
    }
    if (who.empty() && in(first, "question_label")) {
      who = {unnamed(text(first, index(label.end)))};
      asks[t] = true;
    }
    if (who.empty()) {
      for (uint32_t k = first; k < index(label.end); ++k) {
        const auto pending = pending_at_.find(k);
        if (pending == pending_at_.end()) continue;
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
    }
    if (who.empty() && (in(first, "answer_label") || words.find("spokes") != std::string::npos)) {
      // The one who answers: the spokesperson's ministry, else the first body that the head names.
      for (const MentionDraft& m : mentions_) {
        if (m.begin > first || m.actors.size() != 1) continue;
        const ActorType type = actors_[m.actors[0]].type;
        if (type == ActorType::Government || type == ActorType::Igo) {
          who = m.actors;
          break;
        }
      }
    }
    if (who.empty()) {
      // A short form of an earlier label: initials, or a part of it.
      for (const auto& [other, actors] : by_label) {
        std::string initials;
        bool start = true;
        for (const char c : other) {
          if (start && c != ' ') initials.push_back(c);
          start = c == ' ';
        }
        if (initials == words) who = actors;
      }
    }
    if (who.empty() && index(label.end) > first && alpha(first)) {
      const std::string label_text = text(first, index(label.end));
      const bool person = structure_.genre != "interview" && index(label.end) - first >= 2 && upper(first);
      who = {person ? actor("person:" + slug(proper(first, index(label.end))), proper(first, index(label.end)), ActorType::Person, {}) : unnamed(label_text)};
      if (person && actors_[who[0]].keys.empty()) {
        for (uint32_t k = first; k < index(label.end); ++k) actors_[who[0]].keys.push_back(keys_[k]);
      }
    }
    by_label[words] = who;
  }
  for (size_t t = 0; t < turns; ++t) {
    const Turn& turn = structure_.turns[t];
    for (const Span span : turn.addressee) {
      const TokenRange range = doc_.tokens_in(span);
      for (uint32_t k = index(range.begin); k < index(range.end); ++k) {
        const MentionDraft* m = mention_over(k);
        if (m == nullptr) continue;
        for (const uint32_t a : m->actors) {
          if (std::find(turn_speaker_[t].begin(), turn_speaker_[t].end(), a) == turn_speaker_[t].end()) add_unique(turn_addressee_[t], a);
        }
        break;
      }
    }
  }
  // Who is spoken to where nobody is addressed by name: the other of two; he who asked.
  ActorSet named;
  for (const ActorSet& who : turn_speaker_) {
    for (const uint32_t a : who) {
      if (actors_[a].id != "?") add_unique(named, a);
    }
  }
  for (size_t t = 0; t < turns; ++t) {
    Speech speech;
    const TokenRange range = doc_.tokens_in(structure_.turns[t].span);
    speech.begin = index(range.begin);
    speech.end = index(range.end);
    speech.speaker = turn_speaker_[t];
    speech.addressee = turn_addressee_[t];
    speech.indirect = !structure_.turns[t].direct;
    if (speech.addressee.empty()) {
      bool both = false;
      for (uint32_t k = speech.begin; asks[t] && k + 2 < speech.end; ++k) {
        both = both || (is(k, "both") && is(k + 1, "of") && is(k + 2, "you")) || (is(k, "you") && is(k + 1, "both")) || (is(k, "both") && tables_.in("portfolio_title", low(k + 1)));
      }
      if (both && named.size() == 2) {
        speech.addressee = named;
        turn_addressee_[t] = named;
      } else if (asks[t]) {
        // A question is put to whoever answers next.
        for (size_t k = t + 1; k < turns; ++k) {
          if (!asks[k] && turn_speaker_[k] != turn_speaker_[t]) {
            speech.addressee = turn_speaker_[k];
            break;
          }
        }
      } else if (t > 0 && asks[t - 1]) {
        speech.addressee = turn_speaker_[t - 1];
      } else if (named.size() == 2 && speech.speaker.size() == 1) {
        speech.addressee = {named[speech.speaker[0] == named[0] ? 1 : 0]};
      } else if (t > 0 && turn_speaker_[t - 1] != turn_speaker_[t]) {
        speech.addressee = turn_speaker_[t - 1];
      }
      if (structure_.genre == "interview" || structure_.genre == "briefing") turn_addressee_[t] = speech.addressee;
    }
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

void ActorReader::find_default_speaker() {
  // A statement without turns is spoken by whoever signs it: the byline, "statement by X",
  // "attributable to X"; a joint one by the states that it opens with; else by its publisher.
  if (!structure_.turns.empty()) return;
  bool first_person = false;
  for (uint32_t i = 0; i < size() && !first_person; ++i) {
    first_person = quote_at_[i] < 0 && (is(i, "we") || is(i, "our") || (is(i, "i") && word(i) == "I"));
  }
  if (!first_person) return;
  ActorSet who;
  const uint32_t head = std::min(size(), 120U);
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
      const uint32_t from = sentence_begin(begin - 1);
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
