// Names of people: titles before and after them, honorifics, patronymics, family names alone.
#include <algorithm>

#include "core/utf8.h"
#include "entities/actor_reader.h"

namespace readout::entities {
namespace {

constexpr uint32_t kNoToken = UINT32_MAX;
constexpr uint32_t kLongestName = 8;

bool place_or_body(AtomKind kind) {
  return kind == AtomKind::State || kind == AtomKind::Org || kind == AtomKind::Adjective || kind == AtomKind::Demonym || kind == AtomKind::Title ||
         kind == AtomKind::Body || kind == AtomKind::Honorific || kind == AtomKind::Address || kind == AtomKind::Office;
}

}  // namespace

uint32_t ActorReader::name_chunk(uint32_t i) const {
  const uint32_t limit = std::min(sentence_end(i), i + kLongestName);
  uint32_t j = i, end = i;
  while (j < limit) {
    const Atom* a = atom(j);
    if (a != nullptr && j > i && place_or_body(a->kind) && !(a->end - a->begin == 1 && entity_at_[i] >= 0)) break;
    if (a != nullptr && j == i && (a->kind == AtomKind::State || a->kind == AtomKind::Org || a->kind == AtomKind::Adjective || a->kind == AtomKind::Title)) {
      // "Jordan" may be a given name; a state's name alone is no name after a title.
      const auto given = knowledge_.exact(std::span(keys_.data() + j, 1));
      const bool is_given = std::any_of(given.begin(), given.end(), [](NameRef r) { return r.table == Table::Given; });
      if (!is_given || !upper(a->end)) break;
    }
    if (shouted(j) && entity_at_[i] < 0 && (j > i + 3 || small_words_.contains(keys_[j]))) break;
    if (tables_.org_noun(low(j)) != nullptr && upper(j) && a == nullptr) return 0;
    if (upper(j) && alpha(j) && !in(j, "never_name") && !(shouted(j) && in(j, "speech_verb"))) {
      end = ++j;
      // An initial's point may be a token of its own.
      if (is(j, ".") && j < limit && word(j - 1).size() == 1 && upper(j + 1)) ++j;
      continue;
    }
    if (j > i && is(j, "-") && alpha(j + 1) && j + 1 < limit) {
      j += 2;
      end = j;
      continue;
    }
    if (j > i && (tables_.in("patronymic_word", low(j)))) {
      end = ++j;
      continue;
    }
    if (in(j, "name_particle") && upper(j + 1) && (j > i || upper(j))) {
      ++j;
      continue;
    }
    if (j > i && in(j, "name_particle") && is(j + 1, "-") && upper(j + 2)) {
      j += 2;
      continue;
    }
    break;
  }
  return end > i ? end : 0;
}

uint32_t ActorReader::parse_name(uint32_t i, bool after_title) const {
  if (i >= size() || !alpha(i) || taken_[i]) return 0;
  const Atom* a = atom(i);
  uint32_t end = 0;
  if (a != nullptr && a->kind == AtomKind::Person) {
    end = a->end;
    // The tables may know a shorter form than the one that stands here.
    if (in(end, "name_particle") && upper(end + 1)) end = std::max(end, name_chunk(i));
  }
  if (entity_at_[i] >= 0 && upper(i)) {
    const Entity& entity = doc_.entities()->entities[static_cast<size_t>(entity_at_[i])];
    // One word alone is a person only if it is a given name, or belongs to one who is named in full.
    const bool lone = index(entity.tokens.end) == i + 1;
    bool credible = !lone || after_title || name_keys_.contains(keys_[i]) || gender_of(i) != 0;
    if (lone && upper(i + 1) && same_sentence(i, i + 1) && !after_title && !shouted(i)) credible = false;  // "the Abraham Accords"
    if (a != nullptr && lone && (a->kind == AtomKind::Capital || a->kind == AtomKind::Metonym || a->kind == AtomKind::Place)) credible = false;
    const bool person = entity.type == EntityType::Person ||
                        (entity.type == EntityType::Organisation && !lone && entity.tokens.size() <= 4 && gender_of(i) != 0 && a == nullptr &&
                         tables_.org_noun(low(index(entity.tokens.end) - 1)) == nullptr && tables_.org_noun(low(i)) == nullptr);
    if (person && credible && (a == nullptr || (a->kind != AtomKind::State && a->kind != AtomKind::Org && a->kind != AtomKind::Title))) {
      end = std::max(end, index(entity.tokens.end));
    }
  }
  if (end == 0 && a == nullptr && lone_office_holder(i)) end = i + 1;
  if (end == 0 && !upper(i) && in(i, "name_particle") && (upper(i + 1) || (in(i + 1, "name_particle") && upper(i + 2))) && same_sentence(i, i + 1)) {
    // "de Gaulle", "von der Leyen": the particle belongs to the family name.
    uint32_t k = i + 1;
    while (in(k, "name_particle") && !upper(k) && k < i + 3) ++k;
    if (upper(k) && atom(k) == nullptr) {
      const auto who = office_holder(i, k + 1, TitlePhrase{}, 0);
      if (after_title || (who && who->points >= 4) || (!registering_ && name_keys_.contains(keys_[i]) && name_keys_.contains(keys_[k]))) end = k + 1;
    }
  }
  if (end == 0 && after_title && upper(i)) end = name_chunk(i);
  if (initial(i)) {
    // "A. N. Kosygin": the initials are no name of their own.
    uint32_t k = i;
    while (k < i + 6 && (initial(k) || is(k, "."))) ++k;
    if (end <= k && upper(k) && alpha(k) && word(k).size() >= 3 && same_sentence(i, k) && !in(k, "function") && !in(k, "never_name") && (atom(k) == nullptr || !place_or_body(atom(k)->kind))) {
      end = std::max(name_chunk(k), k + 1);
    } else if (end <= k && end != 0) {
      end = 0;
    }
  }
  if (end == 0 && upper(i) && !in(i, "function")) {
    bool given = false;
    for (const NameRef ref : knowledge_.exact(std::span(keys_.data() + i, 1))) {
      if (ref.table == Table::Given && knowledge_.row(ref)[3] != "weak") given = true;
    }
    if (given) {
      const uint32_t chunk = name_chunk(i);
      if (chunk > i + 1) end = chunk;
    }
  }
  if (end == 0 && upper(i) && upper(i + 1) && same_sentence(i, i + 1) && !in(i, "never_name") &&
      (tables_.patronymic(low(i + 1)) || tables_.in("patronymic_word", low(i + 2)))) {
    end = i + 1;
  }
  if (end == 0 && upper(i) && upper(i + 1) && a == nullptr && atom(i + 1) == nullptr && alpha(i) && alpha(i + 1) && same_sentence(i, i + 1) && !shouted(i) &&
      !in(i, "never_name") && !in(i, "function") && !in(i + 1, "never_name")) {
    const uint32_t chunk = name_chunk(i);
    // "Rabiul Islam, 32,"; "By Grace Wambui and Dawit Haile"
    const bool age = chunk != 0 && is(chunk, ",") && word(chunk + 1).size() == 2 && word(chunk + 1).find_first_not_of("0123456789") == std::string_view::npos &&
                     (is(chunk + 2, ",") || is(chunk + 2, "."));
    const bool joined = chunk != 0 && i > 1 && is(i - 1, "and") && !mentions_.empty() && mentions_.back().end == i - 1 && actors_[mentions_.back().actors[0]].type == ActorType::Person &&
                        is(mentions_.back().begin == 0 ? size() : mentions_.back().begin - 1, "by");
    if (age || joined) end = chunk;
  }
  if (end == 0 && upper(i) && i > 0 && is(i - 1, "dear") && a == nullptr) end = i + 1;
  if (end == 0 && !registering_ && upper(i) && a == nullptr && name_keys_.contains(keys_[i]) && !in(i, "function")) {
    // A part of a name that the document has given in full.
    end = i + 1;
    while (same_sentence(i, end) && ((upper(end) && name_keys_.contains(keys_[end])) || (is(end, "-") && name_keys_.contains(keys_[std::min(end + 1, size() - 1)])))) ++end;
  }
  if (end == 0) return 0;
  // Further parts: "Heydar | oglu", "Viktorovich", a hyphen and what follows.
  while (end < sentence_end(i) && end < i + kLongestName) {
    if (in(end, "patronymic_word")) {
      ++end;
    } else if (is(end, "-") && upper(end + 1)) {
      end += 2;
    } else if (upper(end) && tables_.patronymic(low(end))) {
      ++end;
    } else if ((word(end) == "\xE2\x80\x9C" || word(end) == "\"" || word(end) == "(") && upper(end + 1) &&
               (word(end + 2) == "\xE2\x80\x9D" || word(end + 2) == "\"" || word(end + 2) == ")") && upper(end + 3) && atom(end + 1) == nullptr &&
               !in(end + 3, "function") && end + 3 < sentence_end(i)) {
      end += 4;  // a nickname inside: Benjamin "Benny" Gantz
    } else if (upper(end) && end > i && tables_.patronymic(low(end - 1)) && atom(end) == nullptr && !in(end, "function")) {
      ++end;  // the family name after a patronymic
    } else {
      break;
    }
  }
  return end;
}

MentionDraft& ActorReader::mention(uint32_t begin, uint32_t end, ActorSet actors, MentionForm form, std::string reason, float score) {
  MentionDraft m;
  m.begin = begin;
  m.end = end;
  m.head = end - 1;
  if (doc_.syntax() != nullptr) {
    // The head is the token whose own head lies outside.
    for (uint32_t i = begin; i < end; ++i) {
      const uint32_t h = index(doc_.syntax()->head[i]);
      if (h < begin || h >= end || h == i) {
        m.head = i;
        break;
      }
    }
  }
  m.actors = std::move(actors);
  m.form = form;
  m.reason = std::move(reason);
  m.score = score;
  mentions_.push_back(std::move(m));
  return mentions_.back();
}

uint32_t ActorReader::read_person(uint32_t i) {
  char gender = 0;
  TitlePhrase title = parse_title(i);
  uint32_t at = i, name_begin = 0, name_end = 0;
  const auto closes = [&](uint32_t e) {
    return e >= sentence_end(i) || is(e, ",") || is(e, ".") || is(e, ")") || is(e, "(") || is(e, ":") || is(e, ";") || is(e, "and") || is(e, "-") ||
           is(e, "\xE2\x80\x94") || is(e, "\xE2\x80\x93");
  };
  if (title && !title.plural) {
    at = skip_honorifics(title.end, gender);
    if (const uint32_t e = parse_name(at, (upper(at) || in(at, "name_particle")) && same_sentence(title.head, at)); e != 0 && same_sentence(title.head, at)) {
      name_begin = at;
      name_end = e;
    } else if (is(title.end, ",")) {
      at = skip_honorifics(title.end + 1, gender);
      const bool honorific = at > title.end + 1;
      const uint32_t name = parse_name(at, honorific);
      const uint32_t chunk = name != 0 ? name : (!title.indefinite && (title.definite || !title.of.empty()) && upper(at) ? name_chunk(at) : 0);
      if (chunk != 0 && same_sentence(title.head, at) && (closes(chunk) || title.begin == sentence_begin(i)) && (chunk > at + 1 || honorific)) {
        name_begin = at;
        name_end = chunk;
      }
    } else if (is(title.end, "and")) {
      // "Vice-President of the Council and Federal Secretary for Foreign Affairs, Mr. X"
      TitlePhrase second = parse_title(title.end + 1);
      if (second && !second.plural && !second.definite && title.end > title.head + 1) {
        uint32_t k = is(second.end, ",") ? second.end + 1 : second.end;
        const uint32_t bare = k;
        k = skip_honorifics(k, gender);
        if (const uint32_t last = parse_name(k, k > bare || bare == second.end); last != 0) {
          name_begin = k;
          name_end = last;
          for (const std::string& of : second.of) title.of.push_back(of);
          title.end = second.end;
          if (title.cls.starts_with("deputy") || second.cls.ends_with("minister")) std::swap(title.cls, second.cls);
        }
      }
    }
  }
  if (name_end == 0) {
    gender = 0;
    at = skip_honorifics(i, gender);
    if (const uint32_t e = parse_name(at, at > i); e != 0) {
      name_begin = at;
      name_end = e;
      if (title && title.end > name_begin) title = TitlePhrase{};
      if (name_begin == i) title = TitlePhrase{};
      else if (title) title = TitlePhrase{};
    }
  }
  if (name_end == 0) {
    if (title && !registering_) {
      pending_at_[title.begin] = pending_offices_.size();
      pending_offices_.push_back(title);
      return title.end;
    }
    return title ? title.end : 0;
  }
  if (const Atom* group = atom(name_begin); group != nullptr && !title && (group->kind == AtomKind::Org || group->kind == AtomKind::Group) && group->end >= name_end) return 0;
  const bool introduced = name_begin > i;
  const bool one = name_end - name_begin == 1;
  uint32_t words = 0;
  for (uint32_t k = name_begin; k < name_end; ++k) words += is(k, "-") ? UINT32_MAX : 1;  // parts joined by a hyphen are one word
  // "A. Gromyko", "Al Safadi": whose, the full name tells, wherever it stands.
  if (const NameParts parts = parts_of(name_begin, name_end); registering_ && (!parts.initials.empty() || parts.article) && parts.words.size() <= 1) return name_end;
  if (registering_ && words == 2 && tables_.patronymic(low(name_end - 1))) return name_end;
  if (registering_ && words == 1 && !(atom(name_begin) != nullptr && atom(name_begin)->kind == AtomKind::Person)) return name_end;

  // An apposition behind the name: "X, the mayor of Y,", "X (Poland)".
  uint32_t end = name_end;
  TitlePhrase after;
  std::string country;
  if (is(name_end, ",") && same_sentence(i, name_end)) {
    after = parse_title(name_end + 1);
    const bool plain = after && !after.plural && after.possessive == kNoToken && (after.end >= sentence_end(i) || closes(after.end));
    uint32_t named = after ? parse_name(after.end, upper(after.end)) : 0;
    if (named == 0 && after && is(after.end, ",")) {
      // "..., the Foreign Minister of Portugal, Rui Machete": the title is the next one's.
      char unused = 0;
      const uint32_t k = skip_honorifics(after.end + 1, unused);
      named = parse_name(k, k > after.end + 1);
      if (named == 0 && upper(k) && after.definite) named = name_chunk(k) > k + 1 ? name_chunk(k) : 0;
    }
    if (!plain || named != 0) after = TitlePhrase{};
  } else if (is(name_end, "(") && same_sentence(i, name_end)) {
    std::string id;
    const uint32_t state_end = parse_state(name_end + 1, id);
    if (state_end != 0 && is(state_end, ")")) country = letters(id);
  }
  float score = 0.9F;
  std::string reason;
  MentionForm form = MentionForm::Name;
  const TitlePhrase& cue = title ? title : after;
  const std::optional<uint32_t> who = find_person(name_begin, name_end, cue, gender, introduced || !one || entity_at_[name_begin] >= 0 || shouted(name_begin), score, reason, form);
  if (!who) return 0;
  ActorDraft& person = actors_[*who];
  if (person.keys.empty() || (!person.known && name_end - name_begin > person.keys.size())) {
    person.keys.clear();
    for (const uint64_t key : person.known ? phrase_keys(person.name) : std::vector<uint64_t>(keys_.begin() + name_begin, keys_.begin() + name_end)) {
      if (key != word_key("-")) person.keys.push_back(key);
    }
  }
  if (person.gender == 0) person.gender = gender;
  if (person.country.empty() && !country.empty()) person.country = country;
  add_role(*who, title);
  add_role(*who, after);
  // In direct speech the states around him are as likely others'.
  const bool spoken = tokens_.sentence_turn[sentence(i)] != kNone<TurnId> && structure_.turns[index(tokens_.sentence_turn[sentence(i)])].direct;
  if (person.country.empty() && !person.known && !registering_ && !spoken) {
    // Whose official he is: the state that his sentence, or the one before, names last.
    for (size_t m = mentions_.size(); m-- > 0;) {
      const MentionDraft& before = mentions_[m];
      if (before.begin >= i || before.actors.size() != 1) continue;
      if (sentence(before.begin) + (title ? 1U : 0U) < sentence(i) || i - before.end > 40) break;
      if (actors_[before.actors[0]].type == ActorType::State || actors_[before.actors[0]].type == ActorType::Government) {
        actors_[*who].country = actors_[before.actors[0]].country;
        break;
      }
    }
  }
  if (const std::string form_seen = text(name_begin, name_end); std::find(person.aliases.begin(), person.aliases.end(), form_seen) == person.aliases.end()) {
    person.aliases.push_back(form_seen);
  }
  if (registering_) return name_end;
  if (after) end = after.end;
  const Atom* owner = title ? atom_before(i) : nullptr;
  mention(owner != nullptr ? owner->begin : i, end, {*who}, form, reason, score);
  for (uint32_t k = i; k < end; ++k) taken_[k] = true;
  return end;
}

}  // namespace readout::entities
