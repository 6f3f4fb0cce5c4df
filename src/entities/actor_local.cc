// States and organisations that no table has: found by how the document speaks of them. A name is a
// state's if it has a government ("Foreign Minister of X", "X's navy", "the Republic of X") or people
// of its own ("X-ian officials"); it is an organisation's if it says so ("... Commission") or is
// given an acronym ("... (JCC)").
#include <algorithm>

#include "core/utf8.h"
#include "entities/actor_reader.h"

namespace readout::entities {
namespace {

constexpr std::string_view kStateClasses[] = {"foreign_minister", "head_of_government", "defence_minister", "head_of_state", "ambassador",
                                              "interior_minister", "finance_minister", "deputy_foreign_minister"};
constexpr std::string_view kStateBodies[] = {"government", "mfa", "mod", "parliament", "navy", "armed_forces", "embassy", "moi", "mof",
                                             "coast_guard", "border_guard", "air_force", "head_of_state", "general_staff", "police"};

template <size_t N>
bool one_of(const std::string_view (&list)[N], std::string_view value) {
  return std::find(std::begin(list), std::end(list), value) != std::end(list);
}

/// "veldorian" of "veldoria", "karsundi" of "karsund": the stem is shared and the rest is an ending.
bool derived(std::string_view adjective, std::string_view name) {
  static constexpr std::string_view kEndings[] = {"ian", "an", "i", "ese", "ish", "ic", "er", "n", "ean", "ite", "ien"};
  for (const std::string_view ending : kEndings) {
    if (adjective.size() <= ending.size() + 2 || !adjective.ends_with(ending)) continue;
    const std::string_view stem = adjective.substr(0, adjective.size() - ending.size());
    if (stem.size() < 3 || !name.starts_with(stem) || name.size() - stem.size() > 4) continue;
    // What the name has beyond the stem must be an ending itself: vowels, or "land", "ia", "stan".
    const std::string_view rest = name.substr(stem.size());
    if (rest.find_first_not_of("aeiouy") == std::string_view::npos || rest == "land" || rest == "stan" || rest == "ia") return true;
  }
  return false;
}

}  // namespace

void ActorReader::find_local_states() {
  struct Candidate {
    std::string name;
    uint32_t begin = 0, end = 0;
    int points = 0;
    bool gazetteer = false;
  };
  std::map<std::string, Candidate> candidates;  // by lower-case words
  const auto free = [&](uint32_t k) { return atom_over_[k] < 0 || atoms_[static_cast<size_t>(atom_over_[k])].kind == AtomKind::Place; };
  const auto free_upper = [&](uint32_t k) { return upper(k) && alpha(k) && free(k) && !in(k, "function") && !in(k, "never_name"); };
  const auto state_title = [&](const Atom* a) {
    return a != nullptr && a->kind == AtomKind::Title && one_of(kStateClasses, knowledge_.row(a->refs[0])[2]);
  };
  const auto state_body = [&](const Atom* a) {
    return a != nullptr && a->kind == AtomKind::Body && one_of(kStateBodies, knowledge_.row(a->refs[0])[1]);
  };
  // Only states have these.
  const auto sovereign = [&](const Atom* a) {
    if (a == nullptr) return false;
    const TsvRow row = knowledge_.row(a->refs[0]);
    const std::string_view what = a->kind == AtomKind::Title ? row[2] : row[1];
    return what == "foreign_minister" || what == "ambassador" || what == "mfa" || what == "embassy" || what == "navy" || what == "armed_forces";
  };
  std::vector<uint32_t> adjectives;
  for (uint32_t i = 0; i < size();) {
    if (!free_upper(i)) {
      ++i;
      continue;
    }
    uint32_t end = i;
    while (end < sentence_end(i) && end < i + 4 && free_upper(end)) ++end;
    if (end == i + 1) {
      // Adjective of what? "Veldorian Defence Minister", "Corvinan ambassador", "Liranian officers"
      const Description* d = tables_.description(low(end));
      if (end < size() && same_sentence(i, end) && (state_title(atom(end)) || state_body(atom(end)) || d != nullptr)) adjectives.push_back(i);
    }
    int points = 0;
    const uint32_t before = i >= 1 && is(i - 1, "the") ? i - 1 : i;
    if (before >= 2 && is(before - 1, "of") && same_sentence(before - 2, i)) {
      const int32_t over = atom_over_[before - 2];
      if (over >= 0) {
        const Atom& a = atoms_[static_cast<size_t>(over)];
        if (state_title(&a)) points += sovereign(&a) ? 4 : knowledge_.row(a.refs[0])[2] == "head_of_state" ? 1 : 2;
        if (state_body(&a)) points += sovereign(&a) ? 4 : 2;
      }
      if (in(before - 2, "state_form") && upper(before - 2)) points += 3;
    }
    if (is(end, "'s") && same_sentence(i, end)) {
      if (state_title(atom(end + 1)) || state_body(atom(end + 1))) points += sovereign(atom(end + 1)) ? 4 : 2;
    }
    bool common = false;
    for (uint32_t k = i; k < end; ++k) common = common || tables_.description(low(k)) != nullptr || tables_.org_noun(low(k)) != nullptr;
    if (common) {
      i = end;
      continue;
    }
    Candidate& c = candidates[utf8::lower(text(i, end))];
    if (c.name.empty() || shouted(c.begin)) {
      c.name = proper(i, end);
      c.begin = i;
      c.end = end;
      for (const NameRef ref : knowledge_.exact(std::span(keys_.data() + i, end - i))) {
        c.gazetteer = c.gazetteer || ref.table == Table::Gazetteer || ref.table == Table::Regions;
      }
    }
    c.points += points;
    i = end;
  }
  std::map<std::string, uint32_t> found;  // name -> first token
  for (const uint32_t a : adjectives) {
    for (auto& [name, c] : candidates) {
      if (c.begin != a && name != low(a) && derived(low(a), name)) c.points += 2;
    }
  }
  for (const auto& [name, c] : candidates) {
    if (c.points < (c.gazetteer ? 4 : 2)) continue;
    const std::string id = "state:x-" + slug(c.name);
    const uint32_t s = state(id);
    actors_[s].name = c.name;
    actors_[s].country = letters(id);
    actors_[s].known = false;
    const std::vector<std::string> words = [&] {
      std::vector<std::string> out;
      for (uint32_t k = c.begin; k < c.end; ++k) out.push_back(low_[k]);
      return out;
    }();
    const auto put = [&](uint32_t b, uint32_t e, AtomKind kind) {
      Atom atom;
      atom.begin = b;
      atom.end = e;
      atom.kind = kind;
      atom.actor = id;
      for (uint32_t k = b; k < e; ++k) atom_over_[k] = static_cast<int32_t>(atoms_.size());
      atom_at_[b] = static_cast<int32_t>(atoms_.size());
      atoms_.push_back(std::move(atom));
    };
    for (uint32_t k = 0; k < size(); ++k) {
      if (!upper(k) || !free(k)) continue;
      bool same = k + words.size() <= size();
      for (size_t w = 0; same && w < words.size(); ++w) same = low_[k + w] == words[w] && free(k + static_cast<uint32_t>(w));
      if (same) {
        put(k, k + static_cast<uint32_t>(words.size()), AtomKind::State);
      } else if (words.size() == 1 && derived(low_[k], words[0])) {
        put(k, k + 1, AtomKind::Adjective);
      } else if (words.size() == 1 && low_[k].ends_with('s') && derived(std::string_view(low_[k]).substr(0, low_[k].size() - 1), words[0])) {
        put(k, k + 1, AtomKind::Demonym);
      }
    }
  }
}

void ActorReader::find_local_orgs() {
  const auto put = [&](uint32_t b, uint32_t e, const std::string& id, AtomKind kind) {
    Atom atom;
    atom.begin = b;
    atom.end = e;
    atom.kind = kind;
    atom.actor = id;
    for (uint32_t k = b; k < e; ++k) {
      atom_over_[k] = static_cast<int32_t>(atoms_.size());
      atom_at_[k] = -1;
    }
    atom_at_[b] = static_cast<int32_t>(atoms_.size());
    atoms_.push_back(std::move(atom));
  };
  struct Local {
    std::vector<std::string> words;
    std::string id;
  };
  std::vector<Local> locals;
  std::unordered_set<uint64_t> no_org;  // single words that are no organisation's name here
  for (const Atom& a : atoms_) {
    // First and family names of people: "So Mukhtar, it's very good to have you".
    for (uint32_t k = a.begin; a.kind == AtomKind::Person && k < a.end; ++k) no_org.insert(keys_[k]);
  }
  if (doc_.entities() != nullptr) {
    for (const Entity& entity : doc_.entities()->entities) {
      for (uint32_t k = index(entity.tokens.begin); entity.type == EntityType::Person && entity.tokens.size() > 1 && k < index(entity.tokens.end); ++k) no_org.insert(keys_[k]);
    }
  }
  const auto remember = [&](uint32_t b, uint32_t e, const std::string& id) {
    Local local;
    for (uint32_t k = b; k < e; ++k) local.words.push_back(low_[k]);
    local.id = id;
    for (const Local& other : locals) {
      if (other.words == local.words) return;
    }
    locals.push_back(std::move(local));
  };
  for (uint32_t i = 0; i < size();) {
    const Atom* here = atom(i);
    // "Organization X (OX)" where the tables know X: the acronym is the document's own.
    if (here != nullptr && (here->kind == AtomKind::Org || here->kind == AtomKind::Body || here->kind == AtomKind::Group)) {
      const uint32_t e = here->end;
      if (is(e, "(") && caps(e + 1) && is(e + 2, ")") && atom(e + 1) == nullptr && here->actor.find('*') == std::string::npos) remember(e + 1, e + 2, here->actor);
      i = e;
      continue;
    }
    if (!upper(i) || !alpha(i) || in(i, "function") || (here != nullptr && here->kind != AtomKind::Adjective && here->kind != AtomKind::State)) {
      i = here != nullptr ? here->end : i + 1;
      continue;
    }
    const uint32_t limit = sentence_end(i);
    uint32_t end = i;
    uint32_t noun = UINT32_MAX;
    bool connected = false;
    while (end < limit && end < i + 12) {
      const Atom* a = atom(end);
      // "Council of Foreign Ministers"
      if (a != nullptr && a->kind == AtomKind::Title && connected && a->refs[0].kind == NameKind::Plural && upper(end)) {
        end = a->end;
        continue;
      }
      if (a != nullptr && (a->kind == AtomKind::Title || a->kind == AtomKind::Person || a->kind == AtomKind::Honorific || a->kind == AtomKind::Org)) break;
      if (a != nullptr && a->kind == AtomKind::State) {
        end = a->end;  // a state's "Union" or "Kingdom" is no organisation's
        continue;
      }
      if (upper(end) && alpha(end) && !in(end, "never_name")) {
        if (tables_.org_noun(low(end)) != nullptr && (!connected || noun == UINT32_MAX)) noun = end;
        ++end;
        continue;
      }
      uint32_t next = end + 1;
      if ((is(end, "of") || is(end, "for") || (is(end, "in") && shouted(i))) && end > i) {
        if (is(next, "the")) ++next;
        // What follows "of" belongs to the name only if the name's noun has come.
        if (noun == UINT32_MAX || !upper(next) || next >= limit) break;
        connected = true;
        end = next;
        continue;
      }
      if ((is(end, "and") || is(end, "&") || is(end, ",")) && connected && noun != UINT32_MAX && !is(end, ",") && next < limit &&
          !upper(next) && is(end, "and") && low(next).ends_with("cooperation")) {
        end = next + 1;
        continue;
      }
      if (is(end, "-") && upper(next)) {
        end = next;
        continue;
      }
      break;
    }
    if (end == i) {
      ++i;
      continue;
    }
    // Nothing ends in "of the".
    while (end > i + 1 && (in(end - 1, "function") || is(end - 1, ","))) --end;
    const bool acronym = is(end, "(") && caps(end + 1) && is(end + 2, ")") && end - i >= 2;
    bool initials = false;
    if (acronym) {
      const std::string& a = low(end + 1);
      initials = !a.empty() && low(i)[0] == a[0];
    }
    std::string id;
    // "Strategic Framework Agreement (SFA)" is signed; it does nothing, under either name.
    if (initials && in(end - 1, "not_org")) no_org.insert(keys_[end + 1]);
    if (noun == UINT32_MAX && (in(end - 1, "not_org") || end - i < 2)) initials = false;
    if (initials || (noun != UINT32_MAX && end - i >= 2)) {
      const OrgNoun* type = noun != UINT32_MAX ? tables_.org_noun(low(noun)) : nullptr;
      std::string prefix = type != nullptr ? type->prefix : "org";
      const std::string name = proper(i, end);
      std::string state_letters;
      for (uint32_t k = i; k < end; ++k) {
        if (const Atom* a = atom(k); a != nullptr && (a->kind == AtomKind::State || a->kind == AtomKind::Adjective)) state_letters = letters(a->actor);
      }
      if (prefix == "mil") {
        id = state_letters.empty() ? "group:" + slug(name) : "mil:" + state_letters;
      } else {
        id = prefix + ":" + slug(initials ? std::string(low(end + 1)) : name);
      }
      if (!id.ends_with(":")) {
        const uint32_t at = known(id);
        if (!actors_[at].known && prefix != "mil") {
          actors_[at].name = name;
          actors_[at].country = state_letters;
        }
        put(i, end, id, AtomKind::Org);
        remember(i, end, id);
        if (initials) remember(end + 1, end + 2, id);
      }
    }
    i = end;
  }
  // Entities that the syntax layer takes for organisations.
  if (doc_.entities() != nullptr) {
    for (const Entity& entity : doc_.entities()->entities) {
      const uint32_t b = index(entity.tokens.begin), e = index(entity.tokens.end);
      if (entity.type != EntityType::Organisation || entity.score < 0.5F) continue;
      bool free = upper(b);
      for (uint32_t k = b; k < e; ++k) free = free && atom_over_[k] < 0;
      if (!free || in(b, "function") || text(b, e).size() < 3) continue;
      const bool known_noun = tables_.org_noun(low(e - 1)) != nullptr || tables_.org_noun(low(b)) != nullptr;
      // Agreements, plans and dialogues are signed and held; they do nothing.
      if (in(e - 1, "not_org") || (e - b >= 2 && in(b, "not_org"))) continue;
      // "Nizar Banat": a given name in front makes a person of it.
      if (!known_noun && e - b >= 2 && e - b <= 4 && gender_of(b) != 0) continue;
      if (e == b + 1) {
        // One word alone: neither a common noun nor what is written large for its place.
        const uint32_t block = index(tokens_.sentence_block[sentence(b)]);
        const BlockRole role = block < structure_.blocks.size() ? structure_.blocks[block].role : BlockRole::Narration;
        if (tables_.org_noun(low(b)) != nullptr || tables_.description(low(b)) != nullptr || in(b, "ministry_noun")) continue;
        const std::vector<NameRef> refs = knowledge_.exact(std::span(keys_.data() + b, 1));
        if (!caps(b) && std::any_of(refs.begin(), refs.end(), [](NameRef r) { return r.table == Table::RegionAdjectives || r.table == Table::Regions || r.table == Table::Gazetteer; })) continue;
        if (!caps(b) && (b == sentence_begin(b) || role == BlockRole::Title || role == BlockRole::Heading || role == BlockRole::Table)) continue;
        if (shouted(b) || no_org.contains(keys_[b])) continue;
        if (entity.score < 0.7F && !caps(b)) continue;
      }
      const std::string name = proper(b, e);
      const OrgNoun* type = tables_.org_noun(low(e - 1));
      const std::string prefix = type != nullptr && type->prefix != "mil" ? type->prefix : "org";
      const std::string id = prefix + ":" + slug(name);
      if (id.ends_with(":")) continue;
      const uint32_t at = known(id);
      if (!actors_[at].known) actors_[at].name = name;
      put(b, e, id, AtomKind::Org);
      remember(b, e, id);
    }
  }
  for (const Local& local : locals) {
    for (uint32_t k = 0; k + local.words.size() <= size(); ++k) {
      if (atom_over_[k] >= 0 || !upper(k)) continue;
      bool same = true;
      for (size_t w = 0; same && w < local.words.size(); ++w) same = low_[k + w] == local.words[w] && atom_over_[k + w] < 0;
      if (same) put(k, k + static_cast<uint32_t>(local.words.size()), local.id, AtomKind::Org);
    }
  }
}

}  // namespace readout::entities
