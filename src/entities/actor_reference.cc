// Left to right, what needs the others: offices and bodies without a state, descriptions, pronouns.
#include <algorithm>

#include "entities/actor_reader.h"

namespace readout::entities {
namespace {

constexpr uint32_t kNoToken = UINT32_MAX;

bool organisation(ActorType type) {
  return type == ActorType::Igo || type == ActorType::Ngo || type == ActorType::Company || type == ActorType::Media || type == ActorType::Party ||
         type == ActorType::ArmedGroup || type == ActorType::Civil || type == ActorType::Government || type == ActorType::Military;
}

}  // namespace

std::string ActorReader::context_country(uint32_t i) {
  if (const Speech* s = speech(i); s != nullptr) {
    for (const uint32_t a : s->speaker) {
      if (!country_of(a).empty()) return country_of(a);
    }
    for (const uint32_t a : s->addressee) {
      if (!country_of(a).empty()) return country_of(a);
    }
  }
  // The state that the sentence, or the one before it, spoke of last.
  for (size_t k = sequence_.size(); k-- > 0;) {
    const MentionDraft& m = mentions_[sequence_[k]];
    if (m.end > i || sentence(m.begin) + 1 < sentence(i)) break;
    if (m.form == MentionForm::Possessive || m.actors.size() != 1) continue;
    if (const std::string c = country_of(m.actors[0]); !c.empty() && actors_[m.actors[0]].type != ActorType::Population) return c;
  }
  return principals_.empty() ? std::string() : country_of(principals_[0]);
}

ActorSet ActorReader::recent_persons(uint32_t before, size_t count, std::string_view cls, bool skip_speaker) {
  ActorSet out;
  const Speech* here = speech(before);
  for (size_t k = sequence_.size(); k-- > 0 && out.size() < count;) {
    const MentionDraft& m = mentions_[sequence_[k]];
    if (m.end > before || m.person == 1 || m.person == 2 || m.form == MentionForm::Possessive) continue;
    for (const uint32_t a : m.actors) {
      if (actors_[a].type != ActorType::Person || actors_[a].id == "?") continue;
      if (!cls.empty() && !has_role(a, cls)) continue;
      if (cls.empty() && actors_[a].roles.empty()) continue;
      if (skip_speaker && here != nullptr && std::find(here->speaker.begin(), here->speaker.end(), a) != here->speaker.end()) continue;
      if (out.size() < count) add_unique(out, a);
    }
  }
  std::reverse(out.begin(), out.end());
  return out;
}

ActorSet ActorReader::recent_states(uint32_t before, size_t count) {
  ActorSet out;
  if (count >= 3) {
    // More than two: those of this sentence and the one before it first.
    for (size_t k = sequence_.size(); k-- > 0 && out.size() < count;) {
      const MentionDraft& m = mentions_[sequence_[k]];
      if (m.end > before) continue;
      if (sentence(m.begin) + 1 < sentence(before)) break;
      for (const uint32_t s : states_of(m.actors)) {
        if (out.size() < count) add_unique(out, s);
      }
    }
    for (const uint32_t p : principals_) {
      if (out.size() < count) add_unique(out, p);
    }
    return out;
  }
  if (count >= 2 && principals_.size() >= count) {
    for (size_t k = 0; k < count; ++k) out.push_back(principals_[k]);
    return out;
  }
  for (size_t k = sequence_.size(); k-- > 0 && out.size() < count;) {
    const MentionDraft& m = mentions_[sequence_[k]];
    if (m.end > before) continue;
    for (const uint32_t a : m.actors) {
      if (actors_[a].type == ActorType::State && out.size() < count) add_unique(out, a);
    }
  }
  return out;
}

ActorSet ActorReader::possessor(uint32_t i) {
  for (size_t k = mentions_.size(); k-- > 0;) {
    if (mentions_[k].begin == i && mentions_[k].end == i + 1) return mentions_[k].actors;
  }
  return {};
}

ActorSet ActorReader::leaders(uint32_t before, size_t count) {
  // Two who have just been named, if they are in office; else one a state, as the document speaks of them.
  ActorSet set;
  for (const uint32_t a : recent_persons(before, count, "", false)) {
    if (!actors_[a].known || !actors_[a].tenures.empty()) set.push_back(a);
  }
  const auto heads = [&](uint32_t a) { return has_role(a, "leader"); };
  if (set.size() == count && std::all_of(set.begin(), set.end(), heads)) return set;
  const ActorSet named = set.size() == count && count == 2 ? set : ActorSet{};
  set.clear();
  for (const uint32_t s : recent_states(before, count)) {
    std::optional<uint32_t> head;
    for (uint32_t a = 0; a < actors_.size() && !head; ++a) {
      if (actors_[a].type == ActorType::Person && actors_[a].id != "?" && actors_[a].country == actors_[s].country && heads(a) &&
          (!actors_[a].known || !actors_[a].tenures.empty())) {
        head = a;
      }
    }
    if (!head) {
      // "the prime minister of X" somewhere in the text says which office leads there.
      for (const TitlePhrase& title : pending_offices_) {
        if (!title.cls.starts_with("head_of") || title.plural || title.of.empty() || letters(title.of[0]) != actors_[s].country) continue;
        head = holder(actors_[s].id, title.cls);
        if (head) break;
      }
    }
    if (!head) head = holder(actors_[s].id, "head_of_state");
    if (head) add_unique(set, *head);
  }
  if (set.size() != count) set = named;
  return set;
}

uint32_t ActorReader::count_behind(uint32_t end) const {
  // "the leaders of the three countries"
  if (!is(end, "of")) return 0;
  const uint32_t k = is(end + 1, "the") || is(end + 1, "these") || is(end + 1, "those") ? end + 2 : end + 1;
  if (is(k, "both")) return 2;
  return k < size() ? number_of(low(k)) : 0;
}

uint32_t ActorReader::read_office(const TitlePhrase& given) {
  TitlePhrase title = given;
  if (is(title.begin, "office") || (title.head > 1 && is(title.begin + 1, "office"))) return title.end;
  if (title.begin >= 2 && is(title.begin - 1, "of") && is(title.begin - 2, "office")) return title.end;  // "Office of the Spokesperson" is no person
  ActorSet set;
  std::string reason;
  float score = 0.8F;
  const auto done = [&](ActorSet actors) {
    // An adjective stays a mention of its own where the office names nobody.
    if (actors.size() == 1 && (actors_[actors[0]].type != ActorType::Person || actors_[actors[0]].id == "?")) {
      for (uint32_t k = title.begin; k < title.head; ++k) {
        if (const Atom* a = atom(k); a != nullptr && a->kind == AtomKind::Adjective) {
          mention(a->begin, a->end, {known(a->actor)}, MentionForm::Demonym, "adjective of a state", 0.85F);
          push(mentions_.size() - 1);
        }
      }
    }
    mention(title.begin, title.end, std::move(actors), MentionForm::Office, reason, score);
    for (uint32_t k = title.begin; k < title.end; ++k) taken_[k] = true;
    push(mentions_.size() - 1);
    return title.end;
  };
  const auto person_with = [&](std::string_view of, std::string_view cls) -> std::optional<uint32_t> {
    for (uint32_t a = 0; a < actors_.size(); ++a) {
      if (actors_[a].type == ActorType::Person && actors_[a].id != "?" && actors_[a].country == letters(of) && has_role(a, cls)) return a;
    }
    return std::nullopt;
  };
  const auto of_state = [&](const std::string& of) -> std::optional<uint32_t> {
    const bool is_state = of.starts_with("state:") || of.starts_with("gov:");
    if (is_state) {
      if (const auto a = person_with(of, title.cls)) {
        reason = "holds this office in the document";
        score = 0.9F;
        return a;
      }
    }
    const std::string of_id = of.starts_with("gov:") ? "state:" + letters(of).substr(0, letters(of).find('.')) : of;
    if (!title.former) {
      if (const auto a = holder(of_id, title.cls)) {
        reason = "held this office on the document's date";
        score = 0.88F;
        return a;
      }
    }
    return std::nullopt;
  };
  const auto part_of = [&](const std::string& country) -> std::optional<uint32_t> {
    const std::string_view part = tables_.office_part(title.cls);
    if (part.empty() || country.empty() || title.former) return std::nullopt;
    reason = "office of a state whose holder is not known here";
    score = 0.7F;
    return government_part(country, part, {}, ActorType::Government);
  };

  if (title.possessive != kNoToken) {
    for (const uint32_t s : states_of(possessor(title.possessive))) title.of.push_back(actors_[s].id);
  }
  if (in(title.head, "representative_noun") && !title.of.empty()) {
    for (const std::string& of : title.of) add_unique(set, known(of));
    reason = "representative speaks for his state";
    score = 0.85F;
    // The states themselves are named inside.
    for (uint32_t k = title.head + 1; k < title.end; ++k) {
      if (const Atom* a = atom(k); a != nullptr && a->kind == AtomKind::State) {
        mention(a->begin, a->end, {known(a->actor)}, MentionForm::Name, "name of a state", 0.9F);
        push(mentions_.size() - 1);
      }
    }
    return done(set);
  }
  if (title.plural || title.number >= 2) {
    for (const std::string& of : title.of) {
      if (const auto a = of_state(of)) add_unique(set, *a);
      else if (const auto p = part_of(letters(of)); p && title.of.size() >= 2) add_unique(set, *p);
    }
    if (set.size() >= 2) return done(set);
    set.clear();
    if (!title.definite && title.number == 0 && title.possessive == kNoToken) return title.end;
    if (!title.of.empty() && title.of.size() < 2) return title.end;
    const size_t n = title.number != 0 ? title.number : 2;
    if (title.cls == "leader") {
      const uint32_t behind = count_behind(title.end);
      if (title.number == 0 && behind == 0 && principals_.size() != 2) return title.end;
      set = leaders(title.begin, behind != 0 ? behind : n);
      if (set.empty()) return title.end;
      reason = "the leaders of the states that the document is about";
      score = 0.65F;
      return done(set);
    }
    set = recent_persons(title.begin, n, title.cls, false);
    if (set.size() < n) {
      ActorSet loose = title.cls == "leader" || title.cls == "minister" ? recent_persons(title.begin, n, "", false) : ActorSet{};
      if (loose.size() == n) set = loose;
    }
    if (set.size() < n && principals_.size() >= n) {
      set.clear();
      for (size_t k = 0; k < n; ++k) {
        if (const auto a = of_state(actors_[principals_[k]].id)) add_unique(set, *a);
        else if (const auto p = part_of(actors_[principals_[k]].country)) add_unique(set, *p);
      }
    }
    if (set.size() != n) return title.end;
    reason = "the last " + std::to_string(n) + " named who hold such an office";
    score = 0.75F;
    return done(set);
  }
  if (title.indefinite) {
    reason = "one who is not named";
    score = 0.6F;
    return done({unnamed(text(title.begin, title.end))});
  }
  if (!title.of.empty()) {
    for (const std::string& of : title.of) {
      if (const auto a = of_state(of)) return done({*a});
    }
    // "The Swedish minister" and "the top Russian diplomat" have no class of their own.
    for (const std::string& of : title.of) {
      if (!of.starts_with("state:")) continue;
      if (title.cls == "minister") {
        for (const std::string_view cls : {"foreign_minister", "defence_minister"}) {
          TitlePhrase other = title;
          other.cls = cls;
          if (const auto a = person_with(of, cls)) {
            reason = "minister of this state in the document";
            return done({*a});
          }
        }
        if (const auto a = holder(of, "foreign_minister"); a && title.end == title.head + 1) {
          reason = "its foreign minister on the document's date";
          score = 0.6F;
          return done({*a});
        }
      }
      if (const auto p = part_of(letters(of))) return done({*p});
    }
    reason = "one who is not named";
    score = 0.5F;
    return done({unnamed(text(title.begin, title.end))});
  }
  // Bare: only with an article, in a label, as an address, or written large.
  const bool vocative = is(title.end, ",") && (title.begin == sentence_begin(title.begin) || is(title.begin - 1, ","));
  if (!title.definite && title.possessive == kNoToken && !vocative && !upper(title.begin)) return title.end;
  const Speech* here = speech(title.begin);
  if (vocative && here != nullptr && !here->addressee.empty()) {
    reason = "form of address";
    return done({here->addressee});
  }
  if (title.end > title.head + 1 && !title.office.empty()) {
    if (const auto tenure = knowledge_.holder_on(title.office, day_)) {
      for (const NameRef ref : knowledge_.by_id(knowledge_.row(*tenure)[1])) {
        if (ref.table == Table::Persons) {
          reason = "held this office on the document's date";
          return done({person_of(ref)});
        }
      }
    }
  }
  const bool direct = here != nullptr && !here->indirect;
  const ActorSet ministry = !direct ? ActorSet{} : here->speaker.size() == 1 && actors_[here->speaker[0]].id == "?" ? here->addressee : here->speaker;
  if (ministry.size() == 1 && actors_[ministry[0]].type == ActorType::Government) {
    // For a ministry's spokesperson, and those who ask him, "the President" is the own one.
    const std::string own = country_of(ministry[0]);
    if (const auto a = of_state("state:" + own)) return done({*a});
    if (title.cls == "head_of_state" || title.cls == "head_of_government") {
      if (const auto p = part_of(own)) return done({*p});
    }
  }
  ActorSet recent = recent_persons(title.begin, 1, title.cls, direct);
  if (!recent.empty()) {
    reason = "the last one named who holds this office";
    score = 0.85F;
    return done(recent);
  }
  for (const MentionDraft& m : mentions_) {
    if (m.actors.size() == 1 && actors_[m.actors[0]].type == ActorType::Person && actors_[m.actors[0]].id != "?" && has_role(m.actors[0], title.cls)) {
      reason = "the one of this office whom the document names later";
      score = 0.75F;
      return done({m.actors[0]});
    }
  }
  if (title.cls == "igo_head") {
    for (size_t k = sequence_.size(); k-- > 0;) {
      const MentionDraft& m = mentions_[sequence_[k]];
      if (m.actors.size() != 1 || actors_[m.actors[0]].type != ActorType::Igo) continue;
      if (const auto a = holder(actors_[m.actors[0]].id, title.cls)) {
        reason = "head of the organisation named before";
        score = 0.75F;
        return done({*a});
      }
    }
    // The Security Council's Secretary-General is that of the United Nations.
    if (const auto a = holder("org:un", "secretary_general"); a && by_id_.contains("org:unsc")) {
      reason = "head of the organisation whose organ is named";
      return done({*a});
    }
  }
  const std::string country = context_country(title.begin);
  if (!country.empty()) {
    if (const auto a = of_state("state:" + country)) {
      score = 0.7F;
      return done({*a});
    }
    if (title.definite || title.possessive != kNoToken) {
      if (const auto p = part_of(country)) return done({*p});
    }
  }
  return title.end;
}

uint32_t ActorReader::read_description(uint32_t i) {
  uint32_t j = i;
  const bool both = is(j, "both");
  if (both && is(j + 1, "of") && is(j + 2, "you") && speech(i) != nullptr && speech(i)->addressee.size() == 2) {
    mention(i, i + 3, speech(i)->addressee, MentionForm::Description, "the two who are spoken to", 0.8F);
    push(mentions_.size() - 1);
    return i + 1;
  }
  const bool definite = both || is(j, "the") || is(j, "these") || is(j, "those") || is(j, "all") || is(j, "each") || is(j, "either") || is(j, "neither");
  const bool indefinite = is(j, "a") || is(j, "an");
  uint32_t possessive = kNoToken;
  ActorSet owners;
  if (in(j, "possessive_pronoun")) {
    possessive = j;
    owners = possessor(j);
    ++j;
  } else if (definite || indefinite) {
    ++j;
  } else if (const Atom* owner = atom_before(i); owner != nullptr && (owner->kind == AtomKind::State || owner->kind == AtomKind::Org || owner->kind == AtomKind::Group)) {
    owners = {known(owner->actor)};
  } else if (atom(i) == nullptr || atom(i)->kind != AtomKind::Adjective) {
    return 0;
  }
  uint32_t number = both ? 2 : 0;
  ActorSet named;  // states whose adjectives stand inside
  for (int k = 0; k < 6; ++k) {
    if (const uint32_t n = number_of(low(j)); n != 0) {
      number = n;
      ++j;
    } else if (const Atom* a = atom(j); a != nullptr && a->kind == AtomKind::Adjective) {
      add_unique(named, known(a->actor));
      j = a->end;
      if (is(j, "-") || is(j, "and")) ++j;
    } else if (in(j, "desc_modifier")) {
      ++j;
    } else {
      break;
    }
  }
  if (j >= size() || !same_sentence(i, j) || taken_[j]) return 0;
  if (const Atom* a = atom(j); a != nullptr && a->kind != AtomKind::Body) {
    if (a->kind != AtomKind::Title || a->end - a->begin != 1) return 0;
  }
  const Description* d = tables_.description(low(j));
  const bool org_like = d == nullptr && tables_.org_noun(low(j)) != nullptr;
  Description by_agent;
  if (d == nullptr && !org_like && !named.empty()) {
    // "Ghanaian traders", "Ukrainian soldiers": by the sector of the role noun.
    for (const NameRef ref : knowledge_.exact(std::span(keys_.data() + j, 1))) {
      if (ref.table != Table::Agents || ref.kind != NameKind::Plural) continue;
      const std::string_view sectors = knowledge_.row(ref)[2];
      by_agent.plural = true;
 if (sectors.find("MIL") == std::string_view::npos && sectors.find("GOV") == std::string_view::npos && sectors.find("CVL") == std::string_view::npos &&
          sectors.find("REF") == std::string_view::npos && sectors.find("LAB") == std::string_view::npos && sectors.find("AGR") == std::string_view::npos) {
        continue;
      }
      by_agent.kind = sectors.find("MIL") != std::string_view::npos   ? "military"
                      : sectors.find("GOV") != std::string_view::npos ? "official"
                                                                      : "people";
      d = &by_agent;
      break;
    }
  }
  if (d == nullptr && !org_like) return 0;
  uint32_t end = j + 1;
  // "in his national capacity", "an official visit": an adjective, not a noun.
  if (in(j, "adjective_desc") && alpha(end) && !upper(end) && same_sentence(j, end) && !in(end, "function") && !in(end, "preposition") && !verbish(end)) return 0;
  const std::string kind = d != nullptr ? d->kind : "org";
  const bool plural = d != nullptr && d->plural;
  ActorSet set;
  std::string reason;
  float score = 0.75F;
  const size_t n = number != 0 ? number : 2;
  // Whose: the adjectives inside, the states of the possessor, or those after "of".
  ActorSet states = named;
  if (states.empty() && !owners.empty()) states = states_of(owners);
  if (states.empty() && is(end, "of")) {
    uint32_t k = end + 1;
    std::string id;
    while (const uint32_t e = parse_state(k, id)) {
      add_unique(states, known(id));
      end = e;
      if ((is(e, "and") || is(e, ",")) && e + 1 < size()) k = is(e + 1, "and") ? e + 2 : e + 1;
      else break;
    }
    if (end == j + 1 && (kind == "people" || kind == "side" || kind == "country" || kind == "org")) {
      // "the people of Tromsø", "the people of the region": whose is not said in our words.
      if (kind != "org") return 0;
    }
  }
  const auto each_state = [&](std::string_view prefix, std::string_view part) {
    for (const uint32_t s : states) add_unique(set, known(std::string(prefix) + actors_[s].country + (part.empty() ? "" : "." + std::string(part))));
  };
  const std::string whose = !named.empty() ? "of the state that its adjective names" : "of the state of the one it belongs to";
  if (kind == "colleague" && plural && possessive != kNoToken && in(possessive, "first_person") && states.size() == 1 && in(j, "joint_be")) {
    for (const uint32_t p : principals_) {
      if (p != states[0] && set.empty()) set = {p};
    }
    reason = "the other state that the document is about";
    score = 0.6F;
  } else if (kind == "side") {
    if (!plural && !states.empty() && !indefinite) {
      set = {states.back()};
      reason = whose;
      score = 0.9F;
    } else if ((plural && (both || number != 0 || definite)) || is(i, "each") || is(i, "either") || is(i, "neither")) {
      set = states.size() >= 2 ? states : recent_states(i, n);
      reason = "the states that the document is about";
      score = 0.7F;
    }
  } else if (kind == "party") {
    if (plural || is(i, "each") || is(i, "either") || is(i, "neither")) {
      // The parties of an agreement: the first two that its head names.
      for (const MentionDraft& m : mentions_) {
        if (set.size() >= n || m.begin > 260) break;
        for (const uint32_t a : m.actors) {
          if (actors_[a].type == ActorType::Government || actors_[a].type == ActorType::ArmedGroup || actors_[a].type == ActorType::Party) add_unique(set, a);
        }
      }
      if (set.size() < 2) set = recent_states(i, n);
      if (set.size() > n) set.resize(n);
      reason = "the parties that the document names first";
      score = 0.65F;
    }
  } else if (kind == "country") {
    if (plural) {
      if (possessive != kNoToken && in(j, "joint_be") && in(possessive, "first_person") && states.size() == 1) {
        // Whose neighbour one is, is not oneself.
        for (const uint32_t p : principals_) {
          if (p != states[0] && set.empty()) set = {p};
        }
        reason = "the other state that the document is about";
        score = 0.6F;
      } else if (possessive != kNoToken && states.size() >= 2) {
        set = states;
        reason = whose;
      } else if (possessive == kNoToken && named.empty() && (both || number != 0 || (definite && is(j, "countries")))) {
        if (number == 0 && !both && principals_.size() != 2) return 0;
        set = recent_states(i, n);
        if (set.size() != n) set.clear();
        reason = "the states that the document is about";
        score = 0.7F;
      } else if (possessive != kNoToken && low(possessive) == "their" && owners.size() >= 2) {
        set = states;
        reason = whose;
      }
    } else if (possessive != kNoToken && !states.empty()) {
      set = {states[0]};
      reason = whose;
      score = 0.85F;
    } else if (definite || is(i, "this")) {
      set = recent_states(i, 1);
      reason = "the last state named";
      score = 0.5F;
      if (is(end, "'s") || is(end, "that") || is(end, "which") || is(end, "whose") || is(end, "of")) set.clear();
    }
  } else if (kind == "government") {
    if (states.empty() && plural && (both || number != 0)) states = recent_states(i, n);
    if (!states.empty()) {
      each_state("gov:", "");
      reason = whose;
      score = 0.85F;
    }
  } else if (kind == "capital") {
    if (plural && (both || number != 0)) {
      states = recent_states(i, n);
      each_state("gov:", "");
      reason = "the capitals of the states that the document is about";
      score = 0.65F;
    }
  } else if (kind == "people") {
    if (!states.empty()) {
      each_state("people:", "");
      reason = whose;
      score = 0.8F;
    }
  } else if (kind == "military") {
    if (!states.empty()) {
      each_state("mil:", "");
      reason = whose;
      score = 0.85F;
    }
  } else if (kind == "delegation") {
    if (!states.empty()) {
      set = states;
      reason = whose;
    } else if (plural && (both || number != 0)) {
      set = recent_states(i, n);
      reason = "the states that the document is about";
      score = 0.65F;
    }
  } else if (kind == "official") {
    if (plural && !states.empty() && owners.empty()) {
      each_state("gov:", "");
      reason = whose;
      score = 0.7F;
    } else if (!plural && (indefinite || !named.empty())) {
      set = {unnamed(text(i, end))};
      reason = "one who is not named";
      score = 0.6F;
    }
  } else if (kind == "leader") {
    if (plural && (both || number != 0 || definite)) {
      const uint32_t behind = count_behind(end);
      if (number == 0 && behind == 0 && principals_.size() != 2) return 0;
      set = leaders(i, behind != 0 ? behind : n);
      reason = "the leaders of the states that the document is about";
      score = 0.65F;
    }
  } else if (kind == "colleague") {
    if (possessive != kNoToken && owners.size() == 1 && !plural) {
      const uint32_t owner = owners[0];
      // A name right behind it says who.
      uint32_t k = is(end, ",") ? end + 1 : end;
      if (is(k, "and") && tables_.description(low(k + 1)) != nullptr) k += 2;
      for (const MentionDraft& m : mentions_) {
        if (m.begin == k && m.actors.size() == 1 && actors_[m.actors[0]].type == ActorType::Person) set = m.actors;
      }
      reason = "named right behind";
      score = 0.9F;
      if (set.empty() && !named.empty()) {
        const std::string country = actors_[named[0]].country;
        reason = "of that state, in the same office";
        for (size_t m = sequence_.size(); m-- > 0 && set.empty();) {
          for (const uint32_t a : mentions_[sequence_[m]].actors) {
            if (a != owner && actors_[a].type == ActorType::Person && actors_[a].country == country) set = {a};
          }
        }
        if (set.empty()) {
          for (const std::string& role : actors_[owner].roles) {
            if (const auto a = holder("state:" + country, role)) {
              set = {*a};
              break;
            }
          }
        }
        score = 0.75F;
      }
      if (set.empty() && named.empty()) {
        if (const Speech* s = speech(i); s != nullptr && s->addressee.size() == 1 && owners == s->speaker) set = {};
      }
    }
  } else if (kind == "org" && (definite || possessive != kNoToken) && !indefinite && !plural) {
    for (const bool generic : {false, true}) {
    if (generic && !in(j, "org_generic")) break;
    for (size_t k = sequence_.size(); k-- > 0 && set.empty();) {
      const MentionDraft& m = mentions_[sequence_[k]];
      if (m.actors.size() != 1 || m.end > i) continue;
      const ActorDraft& a = actors_[m.actors[0]];
      if (!organisation(a.type)) continue;
      bool same_word = false;
      for (const uint64_t key : phrase_keys(a.name)) same_word = same_word || key == keys_[j];
      if (same_word || (generic && a.type != ActorType::Government && a.type != ActorType::Media && sentence(m.begin) + 2 >= sentence(i))) {
        set = m.actors;
        reason = same_word ? "short for an organisation named before" : "the last organisation named";
        score = same_word ? 0.85F : 0.6F;
      }
    }
    }
    if (set.empty() && upper(j)) {
      for (const MentionDraft& m : mentions_) {
        if (m.actors.size() != 1 || !organisation(actors_[m.actors[0]].type)) continue;
        for (const uint64_t key : phrase_keys(actors_[m.actors[0]].name)) {
          if (key == keys_[j]) set = m.actors;
        }
        reason = "short for an organisation that the document names";
        if (!set.empty()) break;
      }
    }
  }
  if (set.empty()) return 0;
  mention(i, end, std::move(set), MentionForm::Description, reason, score);
  push(mentions_.size() - 1);
  return end;
}

std::optional<ActorSet> ActorReader::antecedent(uint32_t i, std::string_view pronoun, float& score, std::string& reason) {
  const bool he = pronoun == "he" || pronoun == "him" || pronoun == "his" || pronoun == "himself";
  const bool she = pronoun == "she" || pronoun == "her" || pronoun == "hers" || pronoun == "herself";
  const bool they = pronoun == "they" || pronoun == "them" || pronoun == "their" || pronoun == "theirs" || pronoun == "themselves";
  const bool possessive = pronoun == "his" || pronoun == "her" || pronoun == "its" || pronoun == "their";
  const char gender = he ? 'm' : she ? 'f' : '\0';
  const Speech* here = speech(i);
  if (here != nullptr && here->indirect && !here->document && (he || she) && here->speaker.size() == 1) {
    // Summaries of speech: "he" is the one who speaks.
    score = 0.8F;
    reason = "the speaker of the summary";
    return here->speaker;
  }
  std::optional<ActorSet> best;
  float best_points = 0;
  size_t seen = 0;
  for (size_t k = sequence_.size(); k-- > 0 && seen < 50; ++seen) {
    const MentionDraft& m = mentions_[sequence_[k]];
    if (m.end > i || m.person == 1 || m.person == 2) continue;
    if (m.person == 3 && m.actors.size() == 1 && actors_[m.actors[0]].id == "?") continue;
    const uint32_t distance = sentence(i) - sentence(m.begin);
    if (distance > 4) break;
    ActorSet set = m.actors;
    float points = 10.0F - 3.0F * static_cast<float>(distance) - 0.04F * static_cast<float>(std::min(i - m.end, 100U));
    if (is_subject(m.begin, m.end, false)) points += 2.5F;
    if (m.begin <= sentence_begin(m.begin) + 1) points += 1.0F;
    if (here != nullptr && !here->indirect) {
      if (speech(m.begin) != here) points -= 5.0F;
      bool own = false;
      if (he || she) {
        for (const uint32_t a : set) {
          own = own || std::find(here->speaker.begin(), here->speaker.end(), a) != here->speaker.end() ||
                std::find(here->addressee.begin(), here->addressee.end(), a) != here->addressee.end();
        }
      }
      if (own) continue;
    } else if (speech(m.begin) != nullptr && speech(m.begin)->quote) {
      points -= 3.0F;
    }
    if (he || she) {
      if (set.size() != 1) continue;
      const ActorDraft& a = actors_[set[0]];
      const bool stands_for_person = m.form == MentionForm::Office && a.type == ActorType::State;
      if (a.type != ActorType::Person && !stands_for_person) continue;
      if (a.gender != 0 && a.gender != gender) continue;
      if (a.gender == gender) points += 1.5F;
      // One does not speak to oneself: neither an object beside it nor the subject of its own clause.
      if (distance == 0 && !possessive && !is_subject(m.begin, m.end, false) && i < m.end + 3) points -= 4.0F;
      if (distance == 0 && (pronoun == "him" || pronoun == "her") && is_subject(m.begin, m.end, false)) {
        bool broken = false;
        for (uint32_t t = m.end; t < i; ++t) broken = broken || in(t, "clause_break") || is(t, "and") || is(t, "to");
        if (!broken && !(pronoun == "her" && alpha(i + 1) && !in(i + 1, "function"))) continue;
      }
    } else if (they) {
      // "A and B": two that stand side by side.
      if (set.size() == 1 && k > 0) {
        const MentionDraft& p = mentions_[sequence_[k - 1]];
        if (p.end + 1 == m.begin && is(p.end, "and") && actors_[set[0]].id != "?" && (p.actors.empty() || actors_[p.actors[0]].id != "?") && actors_[p.actors.empty() ? 0 : p.actors[0]].type == actors_[set[0]].type) {
          for (const uint32_t a : p.actors) set.insert(set.begin(), a);
          set.erase(std::unique(set.begin(), set.end()), set.end());
        }
      }
      if (set.size() == 1) {
        const ActorType type = actors_[set[0]].type;
        if (type == ActorType::Person) continue;
        if (type == ActorType::Population) points += 1.0F;
        else if (type == ActorType::ArmedGroup || type == ActorType::Military) points += 0.0F;
        else if (m.form == MentionForm::Description || type == ActorType::Ngo) points -= 3.0F;
        else continue;
        if (m.form == MentionForm::Demonym && type == ActorType::State) continue;
      } else {
        points += 3.0F;
        // "consultations between A and B": nobody does anything there.
        bool person = false;
        for (const uint32_t a : set) person = person || actors_[a].type == ActorType::Person;
        if (!person && m.actors.size() == 1 && !is_subject(m.begin, m.end, false)) points -= 5.0F;
      }
    } else {
      if (set.size() != 1) continue;
      const ActorType type = actors_[set[0]].type;
      if (type == ActorType::Person || type == ActorType::Population) continue;
      if (m.form == MentionForm::Demonym) points -= 3.0F;
      if (distance > 1) continue;
      if (!is_subject(m.begin, m.end, false) && !(possessive && distance == 0)) points -= 4.0F;
      if (is(m.end, "'s")) points -= 2.0F;
    }
    if (points > best_points) {
      best_points = points;
      best = std::move(set);
    }
  }
  if (they && (!best || best_points < 5.0F)) {
    // Two people of the last sentences, named one by one.
    ActorSet two;
    for (size_t k = sequence_.size(); k-- > 0;) {
      const MentionDraft& m = mentions_[sequence_[k]];
      if (m.end > i || m.person == 1 || m.person == 2 || m.form == MentionForm::Possessive) continue;
      const uint32_t distance = sentence(i) - sentence(m.begin);
      if (distance > 2 || (distance > 1 && two.size() >= 2)) break;
      if (distance == 0 || is(m.end, "'s")) continue;
      for (const uint32_t a : m.actors) {
        if (actors_[a].type == ActorType::Person && actors_[a].id != "?") add_unique(two, a);
      }
    }
    if (two.size() == 2 && pronoun == "they") {
      std::reverse(two.begin(), two.end());
      score = 0.6F;
      reason = "the two people of the sentences before";
      return two;
    }
  }
  const float wanted = he || she ? 3.0F : they ? 5.0F : 7.5F;
  if (!best || best_points < wanted) return std::nullopt;
  score = std::min(0.9F, 0.4F + best_points * 0.04F);
  reason = "the last one named who fits";
  return best;
}

bool ActorReader::read_pronoun(uint32_t i) {
  const std::string& w = low(i);
  if (w == "who" || w == "whom" || w == "whose") {
    // Right behind the one it belongs to.
    const uint32_t k = i > 0 && is(i - 1, ",") ? i - 1 : i;
    for (size_t s = sequence_.size(); s-- > 0;) {
      const MentionDraft& m = mentions_[sequence_[s]];
      if (m.end + 3 < k) break;
      if (m.end != k || m.form == MentionForm::Demonym) continue;
      if (w != "whose" && m.actors.size() == 1 && actors_[m.actors[0]].type == ActorType::State) continue;
      const ActorSet set = m.actors;
      MentionDraft& made = mention(i, i + 1, set, w == "whose" ? MentionForm::Possessive : MentionForm::Pronoun, "relative pronoun", 0.85F);
      made.person = 3;
      push(mentions_.size() - 1);
      return true;
    }
    return false;
  }
  if (!in(i, "third_person")) return false;
  if (w == "it") {
    const bool modal = in(i + 1, "modal") && !in(i + 2, "expletive_next");
    if (!modal && (!verbish(i + 1) || (in(i + 1, "expletive_verb") && !in(i + 2, "agent_adjective") && !low(i + 2).ends_with("ing")))) return false;
    if (doc_.syntax() != nullptr && doc_.syntax()->dep[i] == Dep::Expl) return false;
  }
  if (w == "her" && doc_.syntax() == nullptr && false) return false;
  float score = 0.5F;
  std::string reason;
  const auto set = antecedent(i, w, score, reason);
  const bool person = w == "he" || w == "she" || w == "him" || w == "her" || w == "his";
  if (!set && !person) return false;
  const bool possessive = w == "his" || w == "its" || w == "their" || w == "theirs" || w == "hers" ||
                          (w == "her" && (doc_.syntax() != nullptr ? doc_.syntax()->dep[i] == Dep::NmodPoss
                                                                   : alpha(i + 1) && !in(i + 1, "function") && !in(i + 1, "preposition")));
  MentionDraft& m = mention(i, i + 1, set ? *set : ActorSet{unnamed(word(i))}, possessive ? MentionForm::Possessive : MentionForm::Pronoun,
                            set ? reason : "nobody before it fits", set ? score : 0.2F);
  m.person = 3;
  push(mentions_.size() - 1);
  return true;
}

uint32_t ActorReader::visit(uint32_t i) {
  if (const auto it = pending_at_.find(i); it != pending_at_.end()) {
    const TitlePhrase title = pending_offices_[it->second];
    if (title.possessive != kNoToken && possessor(title.possessive).empty()) {
      if (!read_pronoun(title.possessive)) read_first_second(title.possessive);
    }
    // "the two leaders" may be both a title and a description: the title knows more.
    const uint32_t end = read_office(title);
    if (end > i && !mentions_.empty() && mentions_.back().begin == i) return end;
    if (const uint32_t described = read_description(i); described != 0) return described;
    return i + 1;
  }
  if (in(i, "first_person") || in(i, "second_person")) {
    read_first_second(i);
  } else {
    read_pronoun(i);
  }
  if (const auto it = pending_bodies_.find(i); it != pending_bodies_.end()) {
    const PendingBody body = it->second;
    // "the Mission" is the one that the document has named, if it has.
    const Description* noun = tables_.description(low(body.end - 1));
    if (noun != nullptr && (noun->kind == "org" || noun->kind == "delegation")) {
      if (const uint32_t end = read_description(i); end != 0) return end;
    }
    ActorSet states;
    if (in(i, "possessive_pronoun")) states = states_of(possessor(i));
    const bool definite = is(i, "the") || in(i, "possessive_pronoun");
    if (in(body.end - 1, "adjective_desc") && !upper(body.end - 1) && alpha(body.end) && !in(body.end, "function") && !in(body.end, "preposition") && !verbish(body.end)) {
      return body.end;  // "the military aspect"
    }
    // A body that the document has named in full before.
    std::optional<uint32_t> who;
    const size_t star = body.pattern.find('*');
    const std::string tail = body.pattern.substr(star + 1);
    if (states.empty()) {
      for (size_t k = sequence_.size(); k-- > 0 && !who;) {
        const MentionDraft& m = mentions_[sequence_[k]];
        if (m.actors.size() != 1) continue;
        if (structure_.genre == "agreement" && m.begin > 60) continue;  // its parties are named at its head
        const std::string& id = actors_[m.actors[0]].id;
        if (id.size() > tail.size() && id.ends_with(tail) && id.starts_with(body.pattern.substr(0, star)) && (!tail.empty() || id.find('.') == std::string::npos) &&
            actors_[m.actors[0]].type != ActorType::Population) {
          who = m.actors[0];
        }
      }
      if (const std::string country = context_country(i); !country.empty() && !who) states = {state("state:" + country)};
    }
    if (!who && !states.empty() && (definite || upper(i))) {
      std::string id = body.pattern;
      id.replace(star, 1, actors_[states[0]].country);
      who = known(id);
    }
    if (who && (definite || upper(i))) {
      mention(i, body.end, {*who}, upper(body.end - 1) ? MentionForm::Name : MentionForm::Description, "body of the state that is spoken of", 0.7F);
      push(mentions_.size() - 1);
      return body.end;
    }
  }
  if (taken_[i]) {
    // At an adjective: only if no longer mention holds it already.
    for (const MentionDraft& m : mentions_) {
      if (m.begin <= i && i < m.end && m.form != MentionForm::Demonym) return i + 1;
    }
  }
  const uint32_t end = read_description(i);
  return end > i ? end : i + 1;
}

void ActorReader::read_reference(bool in_quotes) {
  std::stable_sort(mentions_.begin(), mentions_.end(), [](const MentionDraft& a, const MentionDraft& b) { return a.begin < b.begin; });
  sequence_.clear();
  size_t next = 0;
  const size_t before = mentions_.size();
  uint32_t skip = 0;
  for (uint32_t i = 0; i < size(); ++i) {
    while (next < before && mentions_[next].begin <= i) sequence_.push_back(next++);
    if (i < skip || (quote_at_[i] >= 0) != in_quotes) continue;
    const uint32_t block = index(tokens_.sentence_block[sentence(i)]);
    if (block < structure_.blocks.size()) {
      const BlockRole role = structure_.blocks[block].role;
      if (role == BlockRole::Navigation || role == BlockRole::Boilerplate) continue;
    }
    if (taken_[i] && !(atom(i) != nullptr && atom(i)->kind == AtomKind::Adjective)) continue;
    const uint32_t end = visit(i);
    // Pronouns inside of a description are read on their own, names inside of it are mentions already.
    skip = end > i + 1 ? end : i + 1;
  }
}

}  // namespace readout::entities
