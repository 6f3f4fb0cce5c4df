#include <algorithm>

#include "record/fold.h"
#include "record/link_steps.h"
#include "record/row_line.h"
#include "record/store_impl.h"

namespace readout::record {

Result<Sides> Sides::load(const Database& db) {
  Sides sides;
  const auto fill = [&](std::string_view sql, std::map<std::string, std::string, std::less<>>& into) -> Result<void> {
    auto find = db.prepare(sql);
    if (!find) return find.error();
    while (true) {
      const auto more = find->step();
      if (!more) return more.error();
      if (!*more) return {};
      into.emplace(find->text(0), find->text(1));
    }
  };
  if (auto done = fill("SELECT actor, same_as FROM same_actor", sides.same_); !done) return done.error();
  // Whom a document calls a minister speaks for a state; a person without a country for nobody else.
  if (auto done = fill("SELECT a.actor, json_extract(r.rest, '$.country') FROM row_actor a JOIN row r ON r.n = a.row WHERE a.role = 'self' AND a.actor >= 'person:'"
                       " AND a.actor < 'person;' AND json_extract(r.rest, '$.country') IS NOT NULL ORDER BY a.actor, a.row",
                       sides.countries_);
      !done) {
    return done.error();
  }
  return sides;
}

std::string Sides::of(std::string_view actor) const {
  if (actor.empty() || actor == "?") return {};
  if (const auto same = same_.find(actor); same != same_.end()) actor = same->second;
  for (const std::string_view kind : {"state:", "gov:", "mil:"}) {
    if (!actor.starts_with(kind)) continue;
    const std::string_view name = actor.substr(kind.size());
    return std::string(name.substr(0, name.find('.')));
  }
  if (const auto country = countries_.find(actor); country != countries_.end()) return country->second;
  return std::string(actor);
}

Result<std::string> Sides::of_publisher(const Database& db, std::string_view publisher) const {
  const std::string key = name_key(publisher);
  if (key.empty()) return std::string();
  auto find = db.prepare("SELECT actor FROM actor_name WHERE folded = ? LIMIT 2");
  if (!find) return find.error();
  const auto first = find->bind(1, key).step();
  if (!first) return first.error();
  if (!*first) return std::string();
  std::string actor(find->text(0));
  const auto second = find->step();
  if (!second) return second.error();
  return *second ? std::string() : actor;
}

bool meet(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& one) { return b.contains(one); });
}

}  // namespace readout::record
