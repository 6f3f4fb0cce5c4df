// Offices without a name: who held them, in the document or on its date.
#include <algorithm>

#include "entities/actor_reader.h"

namespace readout::entities {
namespace {

constexpr uint32_t kNoToken = UINT32_MAX;

}  // namespace

uint32_t ActorReader::read_office(const TitlePhrase& given) {
  TitlePhrase title = given;
  if (is(title.begin, "office") || (title.head > 1 && is(title.begin + 1, "office"))) return title.end;
  if (title.begin >= 2 && is(title.begin - 1, "of") && is(title.begin - 2, "office")) return title.end;  // "Office of the Spokesperson" is no person
  ActorSet set;
  std::string reason;
  float score = 0.8F;
  const auto done = [&](ActorSet actors) {
    // Whose office it is stays a mention of its own.
    for (uint32_t k = title.begin; k < title.end; ++k) {
      const Atom* a = atom(k);
      if (a == nullptr) continue;
      if (a->kind == AtomKind::Adjective) {
        mention(a->begin, a->end, {known(a->actor)}, MentionForm::Demonym, "adjective of a state", 0.85F);
        push(mentions_.size() - 1);
      } else if ((a->kind == AtomKind::State || a->kind == AtomKind::Org || a->kind == AtomKind::Group) && k > title.head && mention_at(k) == nullptr) {
        mention(a->begin, a->end, {known(a->actor)}, MentionForm::Name, a->kind == AtomKind::State ? "name of a state" : "name of an organisation", 0.9F);
        push(mentions_.size() - 1);
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

  // "the IAEA inspectors", "Taliban officials": who they are is not said, but whose they are is.
  const auto names_inside = [&] {
    for (uint32_t k = title.begin; k < title.end;) {
      const Atom* a = atom(k);
      if (a == nullptr) {
        ++k;
        continue;
      }
      if ((a->kind == AtomKind::Org || a->kind == AtomKind::Group) && a->end <= title.end) {
        mention(a->begin, a->end, {known(a->actor)}, a->end == a->begin + 1 && caps(a->begin) ? MentionForm::Acronym : MentionForm::Name, "name of an organisation", 0.9F);
        push(mentions_.size() - 1);
      }
      k = a->end;
    }
    return title.end;
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
    if (!title.definite && title.number == 0 && title.possessive == kNoToken) return names_inside();
    if (!title.of.empty() && title.of.size() < 2) return names_inside();
    const size_t n = title.number != 0 ? title.number : 2;
    if (title.cls == "leader") {
      const uint32_t behind = count_behind(title.end);
      if (title.number == 0 && behind == 0) {
        if (const ActorSet named = named_leaders(title.begin); !named.empty()) {
          reason = "the leaders named before";
          return done(named);
        }
      }
      if (title.number == 0 && behind == 0 && principals_.size() != 2) return names_inside();
      set = leaders(title.begin, behind != 0 ? behind : n);
      if (set.empty()) return names_inside();
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
    if (set.size() != n) return names_inside();
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
  if (direct && here->speaker.size() == 1 && actors_[here->speaker[0]].type == ActorType::Person && !has_role(here->speaker[0], "leader") &&
      (title.cls == "head_of_state" || title.cls == "head_of_government")) {
    // An official's own, unless another has just been named.
    const std::string own = country_of(here->speaker[0]);
    bool other = false;
    for (size_t k = sequence_.size(); k-- > 0;) {
      const MentionDraft& m = mentions_[sequence_[k]];
      if (m.end > title.begin || sentence(m.begin) + 2 < sentence(title.begin)) break;
      for (const uint32_t a : m.actors) other = other || (actors_[a].type == ActorType::Person && has_role(a, title.cls) && actors_[a].country != own);
    }
    if (!own.empty() && !other) {
      if (const auto a = of_state("state:" + own)) return done({*a});
    }
  }
  // Who has been given this very title here; of "the Deputy Secretary and the Vice Minister" each is one.
  uint32_t beside = kNoToken;
  if (title.begin > 1 && is(title.begin - 1, "and")) {
    for (const MentionDraft& m : mentions_) {
      if (m.end + 1 == title.begin && m.actors.size() == 1) beside = m.actors[0];
    }
  }
  const std::string called = slug(title.text);
  ActorSet recent;
  for (size_t k = sequence_.size(); k-- > 0 && recent.empty() && called.find('-') != std::string::npos;) {
    const MentionDraft& m = mentions_[sequence_[k]];
    if (m.end > title.begin || m.actors.size() != 1 || m.actors[0] == beside || actors_[m.actors[0]].type != ActorType::Person || actors_[m.actors[0]].id == "?") continue;
    if (direct && std::find(here->speaker.begin(), here->speaker.end(), m.actors[0]) != here->speaker.end()) continue;
    for (const std::string& own : actors_[m.actors[0]].titles) {
      const std::string full = slug(own);
      if (full == called || full.ends_with("-" + called) || full.starts_with(called + "-")) recent = m.actors;
    }
  }
  if (recent.empty()) recent = recent_persons(title.begin, beside == kNoToken ? 1 : 2, title.cls, direct);
  recent.erase(std::remove(recent.begin(), recent.end(), beside), recent.end());
  if (recent.size() > 1) recent.erase(recent.begin(), recent.end() - 1);
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

}  // namespace readout::entities
