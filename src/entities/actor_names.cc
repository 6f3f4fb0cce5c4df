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

std::string body_id(std::string_view pattern, std::string_view country) {
  std::string id(pattern);
  if (const size_t star = id.find('*'); star != std::string::npos) id.replace(star, 1, country);
  return id;
}

}  // namespace

const Atom* ActorReader::atom_before(uint32_t i) const {
  if (i < 2 || !is(i - 1, "'s") || !same_sentence(i - 2, i)) {
    // "the Houthis' envoy": the apostrophe alone is a token too.
    if (i < 2 || (word(i - 1) != "'" && word(i - 1) != "\xE2\x80\x99") || !same_sentence(i - 2, i)) return nullptr;
  }
  const int32_t over = atom_over_[i - 2];
  return over >= 0 && atoms_[static_cast<size_t>(over)].end == i - 1 ? &atoms_[static_cast<size_t>(over)] : nullptr;
}

uint32_t ActorReader::parse_state(uint32_t i, std::string& id) const {
  uint32_t j = i;
  // Some names bring their article: "the Gambia".
  if (is(j, "the") && (atom(j) == nullptr || atom(j)->kind != AtomKind::State)) ++j;
  if (const Atom* a = atom(j); a != nullptr && a->kind == AtomKind::State) {
    id = a->actor;
    return a->end;
  }
  // "the Republic of X", "the X Republic", where X is the document's own.
  if (in(j, "state_form") && is(j + 1, "of")) {
    const uint32_t k = is(j + 2, "the") ? j + 3 : j + 2;
    if (const Atom* a = atom(k); a != nullptr && a->kind == AtomKind::State) {
      id = a->actor;
      return a->end;
    }
  }
  if (const Atom* a = atom(j); a != nullptr && a->kind == AtomKind::Adjective && in(a->end, "state_form") && upper(a->end)) {
    id = a->actor;
    return a->end + 1;
  }
  return 0;
}

void ActorReader::read_complements(TitlePhrase& t) const {
  const uint32_t limit = t.head < size() ? sentence_end(t.head) : size();
  for (int rounds = 0; rounds < 5 && t.end < limit; ++rounds) {
    const bool of = is(t.end, "of") || is(t.end, "for");
    const bool to = is(t.end, "to") || is(t.end, "on") || is(t.end, "from");
    if (!of && !to) return;
    uint32_t k = t.end + 1;
    std::string id;
    if (const uint32_t end = parse_state(k, id); end != 0) {
      if (is(t.end, "to") && t.cls != "ambassador" && t.cls != "envoy" && !in(t.head, "representative_noun")) return;
      if (is(end, "'s")) return;  // "thanked the President for Kenya's hospitality"
      // "to" names the host of an envoy, not whose he is.
      if (!is(t.end, "to")) t.of.push_back(id);
      t.end = end;
      while (t.plural && (is(t.end, "and") || is(t.end, ","))) {
        uint32_t next = t.end + 1;
        if (is(next, "and")) ++next;
        uint32_t more = parse_state(next, id);
        if (more == 0) {
          const uint32_t k2 = is(next, "the") ? next + 1 : next;
          const Atom* a = atom(k2);
          if (a == nullptr || (a->kind != AtomKind::Org && a->kind != AtomKind::Group)) break;
          more = a->end;
          id = a->actor;
        }
        if (is(more, "'s")) break;
        t.of.push_back(id);
        t.end = more;
      }
      continue;
    }
    if (is(k, "the") && atom(k) == nullptr) ++k;
    if (const Atom* a = atom(k); a != nullptr && (a->kind == AtomKind::Org || a->kind == AtomKind::Group)) {
      t.of.push_back(a->actor);
      t.end = a->end;
      continue;
    }
    if (const Atom* a = atom(k); a != nullptr && a->kind == AtomKind::Body) {
      t.end = a->end;
      continue;
    }
    if (!of || !upper(k)) return;
    uint32_t e = k;
    while (e < limit) {
      const Atom* a = atom(e);
      if (a != nullptr && (a->kind == AtomKind::Person || a->kind == AtomKind::Honorific)) break;
      if (e > k && (gender_of(e) != 0 || (entity_at_[e] >= 0 && doc_.entities()->entities[static_cast<size_t>(entity_at_[e])].type == EntityType::Person))) break;
      if (a != nullptr && a->kind == AtomKind::Title && (e == k || !upper(e - 1))) break;
      if (upper(e)) {
        ++e;
      } else if ((is(e, "and") || is(e, "-") || is(e, "&")) && upper(e + 1) && (atom(e + 1) == nullptr || atom(e + 1)->kind == AtomKind::None) &&
                 !(is(e, "and") && (atom(e + 2) != nullptr && atom(e + 2)->kind == AtomKind::Title))) {
        e += 2;
      } else {
        break;
      }
    }
    if (e == k) return;
    t.end = e;
  }
}

TitlePhrase ActorReader::parse_title(uint32_t i) const {
  TitlePhrase t;
  const uint32_t limit = i < size() ? sentence_end(i) : 0;
  uint32_t j = i;
  if (is(j, "the") || is(j, "both") || is(j, "these") || is(j, "those")) {
    t.definite = true;
    if (is(j, "both")) t.number = 2;
    ++j;
  } else if (is(j, "a") || is(j, "an")) {
    t.indefinite = true;
    ++j;
  } else if (in(j, "possessive_pronoun")) {
    t.possessive = j;
    ++j;
  } else if (const Atom* owner = atom_before(i)) {
    if (owner->kind == AtomKind::State || owner->kind == AtomKind::Org || owner->kind == AtomKind::Group) t.of.push_back(owner->actor);
    t.definite = true;
  }
  for (int modifiers = 0; modifiers < 6 && j < limit; ++modifiers) {
    const Atom* a = atom(j);
    if (a != nullptr && (a->kind == AtomKind::Adjective || a->kind == AtomKind::State || a->kind == AtomKind::Org || a->kind == AtomKind::Group ||
                         a->kind == AtomKind::Demonym)) {
      if (is(a->end, "'s")) return {};
      t.of.push_back(a->actor);
      j = a->end;
      if (is(j, "-")) ++j;
      continue;
    }
    if (a == nullptr && number_of(low(j)) != 0) {
      t.number = number_of(low(j));
      ++j;
      continue;
    }
    if (a == nullptr && in(j, "title_modifier")) {
      t.former = t.former || in(j, "former");
      ++j;
      if (is(j, "-")) ++j;
      continue;
    }
    if (a != nullptr && a->kind == AtomKind::Body && atom(a->end) != nullptr && atom(a->end)->kind == AtomKind::Title) {
      j = a->end;  // "Foreign Ministry spokeswoman"
      continue;
    }
    break;
  }
  const Atom* a = atom(j);
  if (a == nullptr || (a->kind != AtomKind::Title && a->kind != AtomKind::Office)) return {};
  t.begin = i;
  t.end = a->end;
  t.head = a->end - 1;
  t.text = text(j, a->end);
  if (a->kind == AtomKind::Title) {
    const TsvRow row = knowledge_.row(a->refs[0]);
    t.cls = row[2];
    t.plural = a->refs[0].kind == NameKind::Plural && utf8::lower(row[0]) != utf8::lower(t.text);
    t.gender = row[7].empty() ? '\0' : row[7][0];
    // Two titles side by side are one: "Chief Negotiator Ambassador".
    while (const Atom* next = atom(t.end)) {
      if (next->kind != AtomKind::Title || !upper(t.end) || t.end >= limit) break;
      if (doc_.plain().substr(tokens_.span[t.end - 1].end, tokens_.span[t.end].begin - tokens_.span[t.end - 1].end).find('\n') != std::string_view::npos) break;
      t.head = next->end - 1;
      t.end = next->end;
    }
  } else {
    const TsvRow row = knowledge_.row(a->refs[0]);
    t.cls = row[2];
    t.of.emplace_back(row[1]);
    t.office = row[0];
  }
  // "an official visit"
  if (in(t.head, "adjective_title") && t.end - j == 1 && alpha(t.end) && !upper(t.end) && same_sentence(t.head, t.end) && !in(t.end, "preposition") &&
      !in(t.end, "function") && !in(t.end, "auxiliary") && !in(t.end, "speech_verb")) {
    return {};
  }
  if (doc_.syntax() != nullptr && !upper(t.head)) {
    // "France attaches importance", "who heads the delegation"
    if (upos(t.head) == Upos::Adj || upos(t.head) == Upos::Verb || upos(t.head) == Upos::Aux) return {};
    // "observer status": the title only qualifies the noun behind it.
    const uint32_t noun = index(doc_.syntax()->head[t.head]);
    if (doc_.syntax()->dep[t.head] == Dep::Compound && noun > t.head && !upper(noun)) return {};
  }
  read_complements(t);
  // An under-secretary is no secretary.
  if ((low(j) == "under" || low(j) == "deputy" || low(j) == "assistant" || low(j) == "vice") && !t.cls.starts_with("deputy")) t.cls = "deputy_" + t.cls;
  // What a minister or secretary is of, from the words behind.
  if (t.cls == "minister" || t.cls == "senior_official" || t.cls == "former") {
    for (uint32_t k = t.head + 1; k < t.end; ++k) {
      if (in(k, "portfolio_foreign")) t.cls = "foreign_minister";
      else if (in(k, "portfolio_defence")) t.cls = "defence_minister";
    }
  }
  return t;
}

uint32_t ActorReader::skip_honorifics(uint32_t i, char& gender) const {
  uint32_t j = i;
  for (int rounds = 0; rounds < 4; ++rounds) {
    const Atom* a = atom(j);
    if (a == nullptr || (a->kind != AtomKind::Honorific && a->kind != AtomKind::Title)) break;
    const TsvRow row = knowledge_.row(a->refs[0]);
    const std::string_view cls = row[2];
    if (a->kind == AtomKind::Title && cls != "military" && cls != "religious" && cls != "academic" && cls != "nobility" && !(rounds > 0)) break;
    if (a->kind == AtomKind::Title && !upper(j)) break;
    if (!row[7].empty()) gender = row[7][0];
    j = a->end;
    if (is(j, ".")) ++j;
  }
  return j;
}

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
    if (shouted(j) && entity_at_[i] < 0 && j > i + 3) break;
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
    if (entity.type == EntityType::Person && credible && (a == nullptr || (a->kind != AtomKind::State && a->kind != AtomKind::Org && a->kind != AtomKind::Title))) {
      end = std::max(end, index(entity.tokens.end));
    }
  }
  if (end == 0 && after_title && upper(i)) end = name_chunk(i);
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

std::string ActorReader::proper(uint32_t begin, uint32_t end) const {
  std::string out;
  bool any_small = false;
  for (uint32_t i = begin; i < end; ++i) any_small = any_small || !caps(i);
  const std::string whole = text(begin, end);
  bool mixed = false;
  for (size_t k = 0; k < whole.size();) {
    if (utf8::is_lower(utf8::next(whole, k))) mixed = true;
  }
  bool start = true;
  for (size_t k = 0; k < whole.size();) {
    const char32_t c = utf8::next(whole, k);
    const bool letter = utf8::is_letter(c);
    utf8::append(out, mixed || start || !letter ? c : utf8::to_lower(c));
    start = !letter && c != '\'' && c != 0x2019;
  }
  return out;
}

char ActorReader::gender_of(uint32_t begin) const {
  for (const NameRef ref : knowledge_.exact(std::span(keys_.data() + begin, 1))) {
    if (ref.table != Table::Given) continue;
    const std::string_view gender = knowledge_.row(ref)[1];
    if (gender == "m" || gender == "f") return gender[0];
  }
  return 0;
}

bool ActorReader::same_person(uint32_t a, uint32_t begin, uint32_t end) const {
  const ActorDraft& who = actors_[a];
  const std::vector<uint64_t>& full = who.keys;
  std::vector<uint64_t> part;
  bool patronymic = false;
  for (uint32_t i = begin; i < end; ++i) {
    if (word(i) == "." || word(i) == "-") continue;
    if (end - begin > 1 && i > begin && tables_.patronymic(low(i))) {
      patronymic = true;
      continue;
    }
    part.push_back(keys_[i]);
  }
  if (part.empty() || full.empty()) return false;
  if (part == full) return true;
  if (patronymic) {
    // Given name and patronymic, or all three parts.
    if (part.size() == 1 || (part.size() == 2 && in(end - 1, "patronymic_word"))) return part[0] == full[0];
    if (part.size() < full.size() && std::equal(part.begin(), part.end(), full.begin())) return true;
    return part.front() == full.front() && part.back() == full.back();
  }
  // The family name, which may be several words at the end.
  if (part.size() < full.size() && std::equal(part.rbegin(), part.rend(), full.rbegin())) return true;
  // The document's full name may have more words at its end ("Ugarte" of "Rafael Ugarte Salcedo").
  if (part.size() == 1 && full.size() >= 3 && std::find(full.begin() + 1, full.end(), part[0]) != full.end() && end - begin == 1) return true;
  // The given name alone.
  if (part.size() < full.size() && std::equal(part.begin(), part.end(), full.begin())) return true;
  if (part.size() >= 2 && full.size() >= 2 && part.front() == full.front() && part.back() == full.back()) return true;
  return !who.family.empty() && part == phrase_keys(who.family);
}

std::optional<uint32_t> ActorReader::find_person(uint32_t begin, uint32_t end, const TitlePhrase& title, char gender, bool may_make, float& score,
                                                 std::string& reason, MentionForm& form) {
  const bool one = end - begin == 1;
  bool has_patronymic = false;
  for (uint32_t i = begin + 1; i < end; ++i) has_patronymic = has_patronymic || tables_.patronymic(low(i));
  form = has_patronymic ? MentionForm::Patronymic : MentionForm::Name;
  const auto fits_title = [&](uint32_t a) {
    int points = 0;
    if (!title.cls.empty() && has_role(a, title.cls)) points += 2;
    for (const std::string& of : title.of) {
      if (!actors_[a].country.empty() && letters(of) == actors_[a].country) points += 2;
      else if (of.starts_with("state:") && !actors_[a].country.empty()) points -= 2;
    }
    if (gender != 0 && actors_[a].gender != 0) points += gender == actors_[a].gender ? 1 : -4;
    return points;
  };

  // First name and patronymic alone: somebody named before, if there is one.
  bool family_missing = has_patronymic && (end - begin == 2 || (end - begin == 3 && in(end - 1, "patronymic_word")) ||
                                           (end - begin == 4 && is(begin + 1, "-")));
  if (family_missing) {
    for (size_t m = mentions_.size() + actors_.size(); m-- > 0;) {
      // The most recently mentioned, then whoever is known at all.
      const uint32_t a = m >= actors_.size() ? (mentions_[m - actors_.size()].actors.size() == 1 ? mentions_[m - actors_.size()].actors[0] : kNoToken)
                                             : static_cast<uint32_t>(m);
      if (a == kNoToken || actors_[a].type != ActorType::Person || actors_[a].id == "?" || !same_person(a, begin, end)) continue;
      // A patronymic that the tables give must agree.
      if (!actors_[a].patronymic.empty() && phrase_keys(actors_[a].patronymic).front() != keys_[is(begin + 1, "-") ? begin + 3 : begin + 1]) continue;
      score = 0.92F;
      reason = "first name and patronymic of one named before";
      return a;
    }
  }

  // 1. The tables, by the whole name.
  if (!one || (atom(begin) != nullptr && atom(begin)->kind == AtomKind::Person)) {
    std::vector<std::vector<uint64_t>> tries(1);
    for (uint32_t i = begin; i < end; ++i) {
      if (word(i) != ".") tries[0].push_back(keys_[i]);
    }
    if (end - begin >= 3) {
      if (has_patronymic) {
        tries.emplace_back();
        for (uint32_t i = begin; i < end; ++i) {
          if (i == begin || !tables_.patronymic(low(i))) tries.back().push_back(keys_[i]);
        }
      }
      tries.push_back({keys_[begin], keys_[end - 1]});
      tries.push_back({keys_[end - 2], keys_[end - 1]});
      if (end - begin == 5) tries.push_back({keys_[begin + 2], keys_[end - 1]});
      if (const Atom* a = atom(begin); a != nullptr && a->kind == AtomKind::Person && a->end < end) {
        tries.emplace_back(keys_.begin() + begin, keys_.begin() + a->end);
      }
    }
    std::optional<NameRef> best;
    int best_points = -100;
    for (const auto& phrase : tries) {
      for (const NameRef ref : knowledge_.exact(phrase)) {
        if (ref.table != Table::Persons || ref.kind == NameKind::Family) continue;
        const TsvRow row = knowledge_.row(ref);
        int points = 0;
        for (const std::string& of : title.of) points += letters(of) == row[7] ? 3 : 0;
        for (const NameRef tenure : knowledge_.tenures(row[0])) {
          const TsvRow held = knowledge_.row(tenure);
          if (held[1] == row[0] && holds_on(held[2], held[3], day_)) points += 2;
        }
        if (ref.kind != NameKind::Name) points -= 1;
        if (points > best_points) {
          best = ref;
          best_points = points;
        }
      }
      if (best) break;
    }
    if (best) {
      const uint32_t a = person_of(*best);
      score = 0.97F;
      reason = "name in the tables";
      return a;
    }
  }

  // 2. Somebody the document has named.
  std::optional<uint32_t> found;
  int found_points = -3;
  const auto recency = [&](uint32_t a) {
    for (size_t m = mentions_.size(); m-- > 0;) {
      if (std::find(mentions_[m].actors.begin(), mentions_[m].actors.end(), a) != mentions_[m].actors.end()) return static_cast<int>(m);
    }
    return -1;
  };
  for (uint32_t a = 0; a < actors_.size(); ++a) {
    if (actors_[a].type != ActorType::Person || actors_[a].id == "?") continue;
    if (!same_person(a, begin, end)) continue;
    const int points = fits_title(a);
    if (points < -2) continue;
    if (!found || points > found_points || (points == found_points && recency(a) > recency(*found))) {
      found = a;
      found_points = points;
    }
  }
  if (found) {
    score = 0.93F;
    reason = one ? "family name of one named before" : "name given before";
    return found;
  }

  // 3. A family name with a title that somebody of that name held on the day.
  std::vector<uint64_t> keys;
  for (uint32_t i = begin; i < end; ++i) {
    if (word(i) != ".") keys.push_back(keys_[i]);
  }
  std::optional<NameRef> best;
  int best_points = 0;
  for (const NameRef ref : knowledge_.exact(keys)) {
    if (ref.table != Table::Persons || ref.kind != NameKind::Family) continue;
    const TsvRow row = knowledge_.row(ref);
    int points = 0;
    bool office = false;
    for (const NameRef tenure : knowledge_.tenures(row[0])) {
      const TsvRow held = knowledge_.row(tenure);
      if (held[1] != row[0] || !holds_on(held[2], held[3], day_)) continue;
      for (const NameRef o : knowledge_.by_id(held[0])) {
        if (o.table != Table::Offices) continue;
        const std::string_view role = knowledge_.row(o)[2];
        office = true;
        if (role == title.cls || (title.cls == "minister" && role.ends_with("minister")) || (title.cls == "leader" && role.starts_with("head_of"))) points += 3;
      }
    }
    for (const std::string& of : title.of) points += letters(of) == row[7] ? 2 : -2;
    // A mere "Mr X" needs his country in the document.
    if (title.cls.empty() && office) {
      points += by_id_.contains("state:" + std::string(row[7])) ? 2 : 0;
    }
    if (gender != 0 && !row[6].empty() && row[6][0] != gender) points -= 5;
    if (points > best_points) {
      best = ref;
      best_points = points;
    }
  }
  if (best && best_points >= (title.cls.empty() ? 2 : 3) && (title || gender != 0)) {
    score = title.cls.empty() ? 0.6F : 0.9F;
    reason = "family name and office on the document's date";
    return person_of(*best);
  }

  // 4. Given name and patronymic of somebody in office in a state that the document names.
  if (has_patronymic && end - begin <= 3) {
    std::vector<std::string> states;
    for (const Atom& a : atoms_) {
      if ((a.kind == AtomKind::State || a.kind == AtomKind::Adjective) && std::find(states.begin(), states.end(), a.actor) == states.end()) {
        states.push_back(a.actor);
      }
    }
    std::vector<NameRef> fitting;
    for (const std::string& s : states) {
      for (const NameRef office : offices_of(s, {})) {
        const auto tenure = knowledge_.holder_on(knowledge_.row(office)[0], day_);
        if (!tenure) continue;
        for (const NameRef person : knowledge_.by_id(knowledge_.row(*tenure)[1])) {
          if (person.table != Table::Persons) continue;
          const TsvRow row = knowledge_.row(person);
          if (row[2].empty() || word_key(row[2]) != keys_[begin]) continue;
          if (!row[3].empty() && phrase_keys(row[3]).front() != keys_[begin + 1]) continue;
          if (std::find(fitting.begin(), fitting.end(), person) == fitting.end()) fitting.push_back(person);
        }
      }
    }
    if (!fitting.empty()) {
      score = fitting.size() == 1 ? 0.8F : 0.5F;
      reason = "first name and patronymic of an office holder of a state named here";
      return person_of(fitting.front());
    }
  }
  if (!may_make) return std::nullopt;

  // 5. Only this document knows him.
  const std::string name = proper(begin, end);
  const std::string id = "person:" + slug(name);
  if (id == "person:") return std::nullopt;
  const uint32_t a = actor(id, name, ActorType::Person, {});
  ActorDraft& who = actors_[a];
  if (who.keys.empty()) {
    for (uint32_t i = begin; i < end; ++i) {
      if (word(i) != "." && word(i) != "-") who.keys.push_back(keys_[i]);
    }
    who.given = one ? "" : std::string(proper(begin, begin + 1));
    if (who.gender == 0) who.gender = gender != 0 ? gender : gender_of(begin);
  }
  score = title ? 0.9F : 0.8F;
  reason = "introduced by this document";
  return a;
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
    if (const uint32_t e = parse_name(at, upper(at) && same_sentence(title.head, at)); e != 0 && same_sentence(title.head, at)) {
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
  const bool introduced = name_begin > i;
  const bool one = name_end - name_begin == 1;
  uint32_t words = 0;
  for (uint32_t k = name_begin; k < name_end; ++k) words += is(k, "-") ? UINT32_MAX : 1;  // parts joined by a hyphen are one word
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

uint32_t ActorReader::read_body(uint32_t i) {
  uint32_t j = i;
  std::string country;
  uint32_t adjective = kNoToken;
  uint32_t possessive = kNoToken;
  if (is(j, "the")) ++j;
  else if (in(j, "possessive_pronoun")) possessive = j++;
  else if (const Atom* owner = atom_before(i); owner != nullptr && (owner->kind == AtomKind::State || owner->kind == AtomKind::Adjective)) country = letters(owner->actor);
  if (const Atom* a = atom(j); a != nullptr && (a->kind == AtomKind::Adjective || a->kind == AtomKind::State) && atom(a->end) != nullptr &&
                               atom(a->end)->kind == AtomKind::Body) {
    country = letters(a->actor);
    adjective = j;
    j = a->end;
  }
  const Atom* a = atom(j);
  TsvRow row;
  std::string made_pattern;
  uint32_t end = 0;
  if (a != nullptr && a->kind == AtomKind::Body) {
    row = knowledge_.row(a->refs[0]);
    end = a->end;
  } else if (a == nullptr && upper(j) && in(j, "ministry_noun") && (is(j + 1, "of") || is(j + 1, "for")) && upper(j + 2)) {
    // "Ministry of Foreign Relations": by its portfolio.
    end = j + 2;
    std::string part = "ministry";
    while (end < sentence_end(j) && ((upper(end) && atom(end) == nullptr) || ((is(end, "and") || is(end, ",")) && upper(end + 1) && atom(end + 1) == nullptr))) {
      if (in(end, "portfolio_foreign")) part = "mfa";
      else if (in(end, "portfolio_defence")) part = "mod";
      ++end;
    }
    if (part == "ministry") part = slug(text(j + 2, end));
    if (part.empty()) return 0;
    made_pattern = "gov:*." + part;
    row.size = 2;
    row.columns[0] = made_pattern;
    row.columns[1] = "ministry";
  } else {
    return 0;
  }
  const uint32_t core_end = end;
  bool of_state = false;
  if (is(end, "of")) {
    std::string id;
    if (const uint32_t state_end = parse_state(end + 1, id); state_end != 0) {
      country = letters(id);
      end = state_end;
      of_state = true;
    } else if (const Atom* group = atom(is(end + 1, "the") ? end + 2 : end + 1); group != nullptr && group->kind == AtomKind::Org) {
      return 0;
    }
  }
  std::string pattern(row[0]);
  if (pattern.ends_with("*.government")) pattern.resize(pattern.size() - std::string_view(".government").size());
  if (registering_) return end;
  const bool fixed = pattern.find('*') == std::string::npos;
  if (!fixed && country.empty()) {
    pending_bodies_[i] = PendingBody{i, end, pattern, std::string(row[1])};
    (void)possessive;
    return end;
  }
  if (row[1] == "delegation") return 0;  // a description of its state
  const std::string id = fixed ? pattern : body_id(pattern, country);
  const uint32_t who = known(id);
  ActorDraft& body = actors_[who];
  if (!fixed && !body.known) {
    body.known = true;
    if (body.name.find(": ") != std::string::npos) body.name = text(j, end);
    if (!of_state) {
      const uint32_t s = state("state:" + country);
      actors_[who].name = actors_[s].name + ": " + text(j, core_end);
    }
  }
  const bool capital = upper(j);
  const Atom* owner = atom_before(i);
  mention(owner != nullptr && !of_state ? owner->begin : i, end, {who}, capital ? MentionForm::Name : MentionForm::Description, "body of a state named beside it", 0.93F);
  if (adjective != kNoToken && row[1] != "government") {
    mention(adjective, j, {state("state:" + country)}, MentionForm::Demonym, "adjective of a state", 0.9F);
  }
  for (uint32_t k = i; k < end; ++k) taken_[k] = true;
  return end;
}

}  // namespace readout::entities
