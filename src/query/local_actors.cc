#include "query/local_actors.h"

#include <algorithm>
#include <set>
#include <vector>

namespace readout::query {
namespace {

std::string_view kind_of(std::string_view id) { return id.substr(0, id.find(':')); }
std::string_view slug_of(std::string_view id) {
  const size_t colon = id.find(':');
  return colon == std::string_view::npos ? std::string_view() : id.substr(colon + 1);
}

bool is_country(std::string_view letters) {
  return letters.size() >= 3 && (letters.size() == 3 || letters[3] == '.') && letters[0] >= 'A' && letters[0] <= 'Z' && letters[1] >= 'A' && letters[1] <= 'Z';
}

/// "gov:PHL.ombudsman" -> "PHL"; empty for ids without a country.
std::string_view country_of(std::string_view id) {
  const std::string_view slug = slug_of(id);
  return is_country(slug) ? slug.substr(0, 3) : std::string_view();
}

/// Persons, populations, and all kinds of body: annotators differ on whether a body is a group or an organisation.
int family(std::string_view id) {
  const std::string_view kind = kind_of(id);
  if (kind == "person") return 1;
  if (kind == "people") return 2;
  for (const std::string_view body : {"org", "ngo", "group", "party", "company", "media", "mil", "gov"}) {
    if (kind == body) return 3;
  }
  return 0;
}

bool known(const entities::Knowledge& knowledge, std::string_view id) {
  if (!knowledge.by_id(id).empty()) return true;
  const std::string_view country = country_of(id);
  if (country.empty()) return false;
  const std::string pattern = std::string(kind_of(id)) + ":*" + std::string(slug_of(id).substr(3));
  return kind_of(id) != "gov" || slug_of(id).size() == 3 || !knowledge.by_id(pattern).empty();
}

/// "moro-islamic-liberation-front" is a name of group:milf.
bool slug_of_name(const entities::Knowledge& knowledge, std::string_view gold, std::string_view found) {
  std::string phrase(slug_of(gold));
  std::replace(phrase.begin(), phrase.end(), '-', ' ');
  for (const entities::NameRef ref : knowledge.exact(phrase)) {
    if (knowledge.row(ref)[0] == found) return true;
  }
  return false;
}

/// "the Palestinian prime minister": gold names the office, the reading him who holds it.
bool holds_office(const entities::Knowledge& knowledge, std::string_view gold, std::string_view person) {
  if (kind_of(gold) != "gov" || country_of(gold).empty() || kind_of(person) != "person") return false;
  const std::string office = "office:" + std::string(country_of(gold)) + ".";
  for (const entities::NameRef ref : knowledge.tenures(person)) {
    if (knowledge.row(ref)[0].starts_with(office)) return true;
  }
  return false;
}

double shared_part(Span a, Span b) {
  const uint32_t begin = std::max(a.begin, b.begin), end = std::min(a.end, b.end);
  if (begin >= end) return 0;
  return static_cast<double>(end - begin) / static_cast<double>(std::min(a.size(), b.size()));
}

}  // namespace

std::string comparable_actor(std::string_view id) {
  std::string out(id);
  const std::string_view country = country_of(id);
  if (country.empty()) return out;
  if (out.starts_with("mil:")) return "mil:" + std::string(country);
  if (!out.starts_with("gov:")) return out;
  const std::string_view part = slug_of(id).substr(3);
  if (part.empty() || part == ".government" || part == ".cabinet") return "state:" + std::string(country);
  if (part == ".embassy" || part == ".ambassador") return "gov:" + std::string(country) + ".mfa";
  if (part.starts_with(".parliament")) return "gov:" + std::string(country) + ".parliament";
  return out;
}

std::map<std::string, std::string> align_local_actors(const entities::Knowledge& knowledge, std::span<const NamedActor> gold,
                                                      std::span<const NamedActor> found) {
  struct Pair {
    double value;
    size_t g, f;
  };
  std::vector<Pair> pairs;
  for (size_t g = 0; g < gold.size(); ++g) {
    const int kin = family(gold[g].id);
    for (size_t f = 0; f < found.size(); ++f) {
      if (holds_office(knowledge, gold[g].id, found[f].id) && shared_part(gold[g].words, found[f].words) >= 0.5) {
        pairs.push_back({0.5, g, f});
        continue;
      }
      if (kin == 0 || family(found[f].id) != kin || known(knowledge, gold[g].id)) continue;
      if (country_of(gold[g].id) != country_of(found[f].id) && !country_of(found[f].id).empty()) continue;
      const double shared = shared_part(gold[g].words, found[f].words);
      if (shared < 0.5) continue;
      const bool same_state = !country_of(gold[g].id).empty() && country_of(gold[g].id) == country_of(found[f].id);  // "gov:X.courts"
      if (known(knowledge, found[f].id) && !same_state && !slug_of_name(knowledge, gold[g].id, found[f].id)) continue;
      pairs.push_back({shared + (gold[g].id == found[f].id ? 1.0 : 0.0), g, f});
    }
  }
  std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.value > b.value; });
  std::map<std::string, std::string> aligned;
  std::set<std::string> used;
  for (const Pair& pair : pairs) {
    const std::string& mine = found[pair.f].id;
    if (aligned.contains(gold[pair.g].id) || used.contains(mine)) continue;
    aligned[gold[pair.g].id] = mine;
    used.insert(mine);
  }
  return aligned;
}

}  // namespace readout::query
