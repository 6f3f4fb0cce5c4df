// The actors of a document: made once, by id.
#include <algorithm>

#include "entities/actor_reader.h"

namespace readout::entities {
namespace {

ActorType org_type(std::string_view type) {
  if (type == "person") return ActorType::Person;
  if (type == "state") return ActorType::State;
  if (type == "ngo") return ActorType::Ngo;
  if (type == "company") return ActorType::Company;
  if (type == "media") return ActorType::Media;
  if (type == "armed_group") return ActorType::ArmedGroup;
  if (type == "party") return ActorType::Party;
  if (type == "people" || type == "ethnic_group") return ActorType::Population;
  if (type == "movement" || type == "civil") return ActorType::Civil;
  return ActorType::Igo;
}

ActorType type_of_id(std::string_view id) {
  if (id.starts_with("state:")) return ActorType::State;
  if (id.starts_with("gov:")) return ActorType::Government;
  if (id.starts_with("mil:")) return ActorType::Military;
  if (id.starts_with("people:")) return ActorType::Population;
  if (id.starts_with("group:")) return ActorType::ArmedGroup;
  if (id.starts_with("party:")) return ActorType::Party;
  if (id.starts_with("media:")) return ActorType::Media;
  if (id.starts_with("company:")) return ActorType::Company;
  if (id.starts_with("ngo:")) return ActorType::Ngo;
  if (id.starts_with("person:")) return ActorType::Person;
  return ActorType::Igo;
}

void split_into(std::string_view list, std::vector<std::string>& out) {
  while (!list.empty()) {
    const size_t end = std::min(list.find(';'), list.size());
    if (end > 0) out.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

std::string_view country_in(std::string_view id) {
  const size_t colon = id.find(':');
  std::string_view rest = id.substr(colon + 1);
  return rest.substr(0, rest.find('.'));
}

}  // namespace

void add_unique(ActorSet& set, uint32_t actor) {
  if (std::find(set.begin(), set.end(), actor) == set.end()) set.push_back(actor);
}

uint32_t ActorReader::actor(const std::string& id, std::string_view name, ActorType type, std::string_view country) {
  if (const auto it = by_id_.find(id); it != by_id_.end()) return it->second;
  const auto at = static_cast<uint32_t>(actors_.size());
  ActorDraft draft;
  draft.id = id;
  draft.name = name;
  draft.type = type;
  draft.country = country;
  actors_.push_back(std::move(draft));
  by_id_[id] = at;
  return at;
}

uint32_t ActorReader::unnamed(std::string_view words) {
  const std::string key = "?" + std::string(words);
  if (const auto it = by_id_.find(key); it != by_id_.end()) return it->second;
  const uint32_t at = actor(key, words, ActorType::Person, {});
  actors_[at].id = "?";
  return at;
}

uint32_t ActorReader::state(const std::string& id) {
  if (const auto it = by_id_.find(id); it != by_id_.end()) return it->second;
  const auto refs = knowledge_.by_id(id);
  std::string_view name = letters(id);
  for (const NameRef ref : refs) {
    if (ref.table == Table::States) {
      name = knowledge_.row(ref)[3];
      break;
    }
  }
  const uint32_t at = actor(id, name, ActorType::State, letters(id));
  actors_[at].known = !refs.empty();
  return at;
}

uint32_t ActorReader::known(const std::string& id) {
  if (const auto it = by_id_.find(id); it != by_id_.end()) return it->second;
  if (id.starts_with("state:")) return state(id);
  std::vector<NameRef> refs = knowledge_.by_id(id);
  // Dated rows of one actor: those that hold on the day first.
  std::stable_partition(refs.begin(), refs.end(), [&](NameRef ref) {
    if (ref.table != Table::Groups) return true;
    const TsvRow row = knowledge_.row(ref);
    return holds_on(row[7], row[8], day_);
  });
  for (const NameRef ref : refs) {
    const TsvRow row = knowledge_.row(ref);
    if (ref.table == Table::Persons) return person_of(ref);
    if (ref.table == Table::Orgs) {
      const uint32_t at = actor(id, row[2], org_type(row[1]), {});
      split_into(row[6], actors_[at].sectors);
      actors_[at].known = true;
      return at;
    }
    if (ref.table == Table::Groups) {
      const std::string_view country = row[5];
      const uint32_t at = actor(id, row[2], org_type(row[1]), country.substr(std::min(country.find(':') + 1, country.size())));
      split_into(row[6], actors_[at].sectors);
      actors_[at].known = true;
      return at;
    }
    if (ref.table == Table::Bodies) {
      const uint32_t at = actor(id, row[2], type_of_id(id), country_in(id));
      split_into(row[3], actors_[at].sectors);
      actors_[at].known = true;
      return at;
    }
  }
  const ActorType type = type_of_id(id);
  const bool of_state = type == ActorType::Government || type == ActorType::Military || type == ActorType::Population;
  std::string name(id);
  std::string_view country;
  if (of_state) {
    country = country_in(id);
    std::string_view state_name = country;
    for (const NameRef ref : knowledge_.by_id("state:" + std::string(country))) {
      if (ref.table != Table::States) continue;
      state_name = knowledge_.row(ref)[3];
      break;
    }
    if (const auto it = by_id_.find("state:" + std::string(country)); it != by_id_.end()) state_name = actors_[it->second].name;
    const std::string_view part = std::string_view(id).substr(std::min(id.find('.') + 1, id.size()));
    name = type == ActorType::Military     ? "Armed forces of " + std::string(state_name)
           : type == ActorType::Population ? "People of " + std::string(state_name)
           : id.find('.') == std::string::npos ? "Government of " + std::string(state_name)
                                               : std::string(state_name) + ": " + std::string(part);
  }
  const uint32_t at = actor(id, name, type, country);
  if (type == ActorType::Government) actors_[at].sectors = {"GOV"};
  if (type == ActorType::Military) actors_[at].sectors = {"MIL"};
  if (type == ActorType::Population) actors_[at].sectors = {"CVL"};
  return at;
}

uint32_t ActorReader::person_of(NameRef row_ref) {
  const TsvRow row = knowledge_.row(row_ref);
  const std::string id(row[0]);
  if (const auto it = by_id_.find(id); it != by_id_.end()) return it->second;
  const uint32_t at = actor(id, row[1], ActorType::Person, row[7]);
  ActorDraft& person = actors_[at];
  person.given = row[2];
  person.patronymic = row[3];
  person.family = row[4];
  person.gender = row[6].empty() ? '\0' : row[6][0];
  person.known = true;
  for (const NameRef tenure : knowledge_.tenures(id)) {
    const TsvRow held = knowledge_.row(tenure);
    if (held[1] != id || !holds_on(held[2], held[3], day_)) continue;
    actors_[at].tenures.push_back(tenure);
    for (const NameRef office : knowledge_.by_id(held[0])) {
      if (office.table != Table::Offices) continue;
      actors_[at].roles.emplace_back(knowledge_.row(office)[2]);
      const std::string_view of = knowledge_.row(office)[1];
      // Whose office he holds that day: a state that is no more, where it was then.
      if (of.starts_with("state:")) actors_[at].country = country_in(of);
      if (of.starts_with("org:") && actors_[at].side.empty()) {
        // Organs of the Union speak for the Union.
        actors_[at].side = of;
        for (const NameRef org : knowledge_.by_id(std::string(of))) {
          if (org.table == Table::Orgs && tables_.in("speaks_as_whole", knowledge_.row(org)[8])) actors_[at].side = knowledge_.row(org)[8];
        }
      }
      if (of.starts_with("gov:") || of.starts_with("state:")) actors_[at].side = "state:" + std::string(country_in(of));
    }
  }
  return at;
}

std::string ActorReader::country_of(uint32_t a) const { return a < actors_.size() ? actors_[a].country : std::string(); }

uint32_t ActorReader::state_of(uint32_t a) {
  if (a >= actors_.size()) return UINT32_MAX;
  if (actors_[a].type == ActorType::State) return a;
  const std::string country = actors_[a].country;
  return country.empty() ? UINT32_MAX : state("state:" + country);
}

ActorSet ActorReader::states_of(const ActorSet& set) {
  ActorSet out;
  for (const uint32_t a : set) {
    if (const uint32_t s = state_of(a); s != UINT32_MAX) add_unique(out, s);
  }
  return out;
}

ActorSet ActorReader::sides_of(const ActorSet& set) {
  ActorSet out;
  for (const uint32_t a : set) {
    if (!actors_[a].side.empty()) {
      add_unique(out, known(actors_[a].side));
    } else if (const uint32_t s = state_of(a); s != UINT32_MAX) {
      add_unique(out, s);
    } else if (actors_[a].type != ActorType::Person && actors_[a].type != ActorType::Media) {
      add_unique(out, a);
    }
  }
  return out;
}

uint32_t ActorReader::government_part(std::string_view country, std::string_view part, std::string_view name, ActorType type) {
  const std::string id = (type == ActorType::Military ? "mil:" : type == ActorType::Population ? "people:" : "gov:") + std::string(country) +
                         (part.empty() ? "" : "." + std::string(part));
  const bool fresh = !by_id_.contains(id);
  const uint32_t at = known(id);
  if (fresh && !actors_[at].known && !name.empty()) actors_[at].name = name;
  return at;
}

bool ActorReader::has_role(uint32_t a, std::string_view cls) const {
  const std::vector<std::string>& roles = actors_[a].roles;
  const auto minister = [](std::string_view role) { return role == "minister" || (role.ends_with("_minister") && !role.starts_with("deputy")); };
  for (const std::string& role : roles) {
    if (role == cls) return true;
    if (cls == "minister" && minister(role)) return true;
    if (cls == "leader" && (role.starts_with("head_of") || role == "leader" || role == "party_leader" || role == "rebel")) return true;
    if ((cls == "igo_head" && (role == "secretary_general" || role == "head")) || (cls == "envoy" && (role == "special_envoy" || role == "mediator"))) return true;
    if (role == "minister" && minister(cls)) return false;
  }
  return false;
}

void ActorReader::add_role(uint32_t a, const TitlePhrase& title) {
  ActorDraft& who = actors_[a];
  if (!title) return;
  if (!title.former && !title.cls.empty() && title.cls != "former" && std::find(who.roles.begin(), who.roles.end(), title.cls) == who.roles.end()) {
    who.roles.push_back(title.cls);
  }
  if (!title.text.empty() && std::find(who.titles.begin(), who.titles.end(), title.text) == who.titles.end()) who.titles.push_back(title.text);
  if (who.country.empty()) {
    for (const std::string& of : title.of) {
      if (of.starts_with("state:") || of.starts_with("gov:") || of.starts_with("mil:")) {
        who.country = country_in(of);
        break;
      }
    }
  }
  const bool national = std::any_of(title.of.begin(), title.of.end(), [](const std::string& of) { return of.starts_with("state:"); });
  for (const std::string& of : title.of) {
    if (!who.known && !national && who.country.empty() && who.side.empty() && (of.starts_with("org:") || of.starts_with("group:"))) who.side = of;
  }
  if (who.gender == 0) who.gender = title.gender;
}

std::vector<NameRef> ActorReader::offices_of(std::string_view of, std::string_view role) const {
  std::vector<NameRef> offices = knowledge_.offices_of(of, role);
  if (of.starts_with("state:")) {
    // A state's ministers are its government's.
    for (const std::string_view prefix : {"gov:", "mil:"}) {
      for (const NameRef ref : knowledge_.offices_of(std::string(prefix) + std::string(of.substr(6)), role)) offices.push_back(ref);
    }
  }
  return offices;
}

std::optional<uint32_t> ActorReader::holder(std::string_view of, std::string_view cls) {
  std::string_view role = cls;
  if (cls == "igo_head") role = "secretary_general";
  if (cls == "leader") role = "head_of_state";
  for (const std::string_view wanted : {role, std::string_view(cls == "leader" ? "head_of_government" : cls == "igo_head" ? "head" : "")}) {
    if (wanted.empty()) continue;
    // Of several the plainest: "secretary-general", not "deputy-secretary-general".
    std::vector<NameRef> offices = offices_of(of, wanted);
    std::stable_sort(offices.begin(), offices.end(), [&](NameRef a, NameRef b) { return knowledge_.row(a)[0].size() < knowledge_.row(b)[0].size(); });
    for (const NameRef office : offices) {
      const auto tenure = knowledge_.holder_on(knowledge_.row(office)[0], day_);
      if (!tenure) continue;
      const std::string person(knowledge_.row(*tenure)[1]);
      for (const NameRef ref : knowledge_.by_id(person)) {
        if (ref.table == Table::Persons) return person_of(ref);
      }
    }
  }
  return std::nullopt;
}

}  // namespace readout::entities
