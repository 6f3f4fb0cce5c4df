// Bodies of states by their names: "the Foreign Ministry of X", "X's navy".
#include <algorithm>

#include "entities/actor_reader.h"

namespace readout::entities {
namespace {

constexpr uint32_t kNoToken = UINT32_MAX;

std::string body_id(std::string_view pattern, std::string_view country) {
  std::string id(pattern);
  if (const size_t star = id.find('*'); star != std::string::npos) id.replace(star, 1, country);
  return id;
}

std::string country_in(std::string_view id) {
  const std::string_view rest = id.substr(id.find(':') + 1);
  return std::string(rest.substr(0, rest.find('.')));
}

}  // namespace

uint32_t ActorReader::read_body(uint32_t i) {
  uint32_t j = i;
  std::string country;
  uint32_t adjective = kNoToken;
  uint32_t possessive = kNoToken;
  if (is(j, "the")) ++j;
  else if (in(j, "possessive_pronoun")) possessive = j++;
  else if (const Atom* owner = atom_before(i); owner != nullptr && (owner->kind == AtomKind::State || owner->kind == AtomKind::Adjective || owner->kind == AtomKind::Capital)) country = letters(owner->actor);
  if (const Atom* a = atom(j); a != nullptr && (a->kind == AtomKind::Adjective || a->kind == AtomKind::State || a->kind == AtomKind::Capital) && atom(a->end) != nullptr &&
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
    // A name that one state's body bears as its own: that one's unless another state stands beside it.
    std::optional<NameRef> own, generic;
    for (const NameRef ref : a->refs) {
      const std::string_view id = knowledge_.row(ref)[0];
      if (id.find('*') != std::string_view::npos) generic = generic ? generic : std::optional(ref);
      else if (country.empty() ? named_countries_.contains(country_in(id)) || !own : country == country_in(id)) own = ref;
    }
    if (own && generic && country.empty() && !named_countries_.contains(country_in(knowledge_.row(*own)[0])) && !named_countries_.empty()) own.reset();
    row = knowledge_.row(own ? *own : generic ? *generic : a->refs[0]);
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
  // "Military Regime": the last one is meant.
  while (const Atom* last = atom(end)) {
    if (last->kind != AtomKind::Body || made_pattern.size() != 0 || knowledge_.row(last->refs[0])[0].find('*') == std::string_view::npos) break;
    row = knowledge_.row(last->refs[0]);
    end = last->end;
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
  if (pattern.ends_with(".government")) pattern.resize(pattern.size() - std::string_view(".government").size());
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
  if (adjective != kNoToken && atom(adjective)->kind == AtomKind::Adjective) {
    mention(adjective, j, {state("state:" + country)}, MentionForm::Demonym, "adjective of a state", 0.9F);
  }
  for (uint32_t k = i; k < end; ++k) taken_[k] = true;
  return end;
}

}  // namespace readout::entities
