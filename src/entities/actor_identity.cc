// Whose name is it: the tables, those whom the document has named, or somebody only it knows.
#include <algorithm>
#include <charconv>

#include "core/utf8.h"
#include "entities/actor_reader.h"

namespace readout::entities {
namespace {

constexpr uint32_t kNoToken = UINT32_MAX;

/// 0 for what is no date.
int year_of(std::string_view date) {
  int year = 0;
  std::from_chars(date.data(), date.data() + std::min<size_t>(date.size(), 4), year);
  return year;
}

}  // namespace

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
  if (short_form_of(parts_of(begin, end), name_parts(who.name), who.patronymic)) return true;
  return !who.family.empty() && part == phrase_keys(who.family);
}

NameParts ActorReader::parts_of(uint32_t begin, uint32_t end) const {
  std::vector<std::string_view> words;
  for (uint32_t i = begin; i < end; ++i) words.push_back(word(i));
  return name_parts(words);
}

bool ActorReader::initial(uint32_t i) const {
  if (!upper(i) || !is_initial(word(i)) || in(i, "never_name") || is(i, "i") || atom(i) != nullptr) return false;
  return word(i).size() > 1 || is(i + 1, ".");
}

std::optional<NameRef> ActorReader::spelled_otherwise(uint32_t begin, uint32_t end) const {
  // First and family name as the tables have them but for one class of sounds a word; of those who held
  // an office about then, or are of a state that the document names.
  const NameParts parts = parts_of(begin, end);
  if (parts.words.size() != 2 || !parts.initials.empty()) return std::nullopt;
  std::vector<std::string> families = tables_.spellings().of(parts.words[1]);
  families.push_back(parts.words[1]);
  std::optional<NameRef> best;
  for (const std::string& family : families) {
    for (const NameRef ref : knowledge_.exact(family)) {
      if (ref.table != Table::Persons || ref.kind != NameKind::Family || (best && knowledge_.row(*best)[0] == knowledge_.row(ref)[0])) continue;
      const TsvRow row = knowledge_.row(ref);
      if (!tables_.spellings().same(parts.words[0], slug(row[2]))) continue;
      bool near = named_countries_.contains(std::string(row[7]));
      for (const NameRef tenure : knowledge_.tenures(row[0])) {
        const TsvRow held = knowledge_.row(tenure);
        near = near || (held[1] == row[0] && holds_on(held[2], held[3], day_));
      }
      if (!near) continue;
      if (best) return std::nullopt;  // two fit alike
      best = ref;
    }
  }
  return best;
}

std::optional<ActorReader::OfficeHolder> ActorReader::office_holder(uint32_t begin, uint32_t end, const TitlePhrase& title, char gender) const {
  // Who of this family name held office on the day. Several may have; the one whose office is the
  // higher and whose state the document names is meant, and nobody if two fit alike.
  std::vector<uint64_t> keys;
  std::string initials;
  for (uint32_t i = begin; i < end; ++i) {
    if (keys.empty() && initial(i)) initials += parts_of(i, i + 1).initials;
    else if (word(i) != ".") keys.push_back(keys_[i]);
  }
  std::optional<OfficeHolder> best;
  bool tie = false;
  std::vector<std::string_view> seen;
  for (const NameRef ref : knowledge_.exact(keys)) {
    if (ref.table != Table::Persons || ref.kind == NameKind::Patronymic || ref.kind == NameKind::Given) continue;
    const TsvRow row = knowledge_.row(ref);
    if (std::find(seen.begin(), seen.end(), row[0]) != seen.end()) continue;
    seen.push_back(row[0]);
    if (!initials.empty()) {
      const std::string given = slug(row[2]), patronymic = slug(row[3]);
      if (given.empty() || given[0] != initials[0]) continue;
      if (initials.size() > 1 && !patronymic.empty() && patronymic[0] != initials[1]) continue;
    }
    int office = 0, fits = 0;
    for (const NameRef tenure : knowledge_.tenures(row[0])) {
      const TsvRow held = knowledge_.row(tenure);
      if (held[1] != row[0]) continue;
      const bool now = holds_on(held[2], held[3], day_);
      // A former one is spoken of for some years yet, under his title or as "Mr".
      const bool lately = !now && !held[3].empty() && year_of(held[3]) <= year_of(day_) && year_of(day_) - year_of(held[3]) <= 12;
      if (!now && !lately) continue;
      for (const NameRef o : knowledge_.by_id(held[0])) {
        if (o.table != Table::Offices) continue;
        const std::string_view role = knowledge_.row(o)[2];
        const bool high = role == "head_of_state" || role == "head_of_government";
        const int weight = high ? 4 : role == "foreign_minister" || role == "secretary_general" || role == "religious_head" ? 3 : 2;
        office = std::max(office, now ? weight : 1);
        const bool heads_body = title.cls == "igo_head" && knowledge_.row(o)[1].starts_with("org:");
        // "European Council President Michel": whatever its head is called.
        const bool of_body = !title.of.empty() && std::find(title.of.begin(), title.of.end(), knowledge_.row(o)[1]) != title.of.end() && knowledge_.row(o)[1].starts_with("org:");
        const bool same = role == title.cls || heads_body || of_body || (title.cls == "envoy" && role.ends_with("envoy")) || (title.cls == "minister" && role.ends_with("minister")) || (title.cls == "leader" && role.starts_with("head_of"));
        if (!title.cls.empty() && same && (now || title.former)) fits = 3;
      }
    }
    if (office == 0) continue;
    int points = office + fits + (named_countries_.contains(std::string(row[7])) ? 2 : 0);
    for (const std::string& of : title.of) {
      if (!of.starts_with("state:") && !of.starts_with("gov:")) continue;
      points += letters(of).substr(0, letters(of).find('.')) == row[7] ? 2 : -4;
    }
    // A title that he never held is another's of that name.
    if (!title.cls.empty() && fits == 0) points -= 3;
    if (gender != 0 && !row[6].empty() && row[6][0] != gender) points -= 6;
    if (best && points == best->points) tie = true;
    if (!best || points > best->points) {
      best = OfficeHolder{ref, points};
      tie = false;
    }
  }
  if (!best || tie) return std::nullopt;
  return best;
}

bool ActorReader::lone_office_holder(uint32_t i) const {
  // "Putin" in a headline, without a word of who he is.
  if (!upper(i) || in(i, "function") || in(i, "never_name") || word(i).size() < 3) return false;
  const bool tagged = entity_at_[i] >= 0 && doc_.entities()->entities[static_cast<size_t>(entity_at_[i])].type == EntityType::Person;
  if (!tagged && (i == sentence_begin(i) || shouted(i) || small_words_.contains(keys_[i]) || gender_of(i) != 0)) return false;
  // Beside another name it is a part of that.
  if ((upper(i + 1) && same_sentence(i, i + 1) && atom(i + 1) == nullptr && !shouted(i)) || (i > sentence_begin(i) && upper(i - 1) && atom_over_[i - 1] < 0 && !in(i - 1, "function"))) return false;
  if (is(i + 1, "-") || (i > 0 && is(i - 1, "-"))) return false;
  const auto who = office_holder(i, i + 1, TitlePhrase{}, 0);
  return who && who->points >= (tagged ? 3 : 4);
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

  // 3. A family name of somebody in office on the day.
  if (const auto holder = office_holder(begin, end, title, gender)) {
    const bool bare = !title && gender == 0;
    const bool initials = initial(begin);
    const int wanted = initials ? 2 : bare ? 4 : title.cls.empty() ? 3 : 5;
    if (holder->points >= wanted) {
      score = bare ? 0.7F : title.cls.empty() ? 0.75F : 0.9F;
      reason = "family name and office on the document's date";
      return person_of(holder->row);
    }
  }

  if (const auto other = spelled_otherwise(begin, end)) {
    score = 0.85F;
    reason = "name in the tables, spelled otherwise";
    return person_of(*other);
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

}  // namespace readout::entities
