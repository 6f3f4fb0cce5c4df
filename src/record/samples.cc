// What a record has most of: questions about that are the slowest ones.
#include "readout/store.h"
#include "record/store_impl.h"

namespace readout {

Result<Samples> Store::samples() const {
  Samples out;
  const auto first = [&](std::string_view sql, std::string& into) -> Result<void> {
    auto find = impl_->db.prepare(sql);
    if (!find) return find.error();
    const auto found = find->step();
    if (!found) return found.error();
    if (*found) into = find->text(0);
    return {};
  };
  const std::pair<std::string_view, std::string*> wanted[] = {
      {"SELECT actor FROM mention_at WHERE actor >= 'person:' AND actor < 'person;' GROUP BY actor ORDER BY count(*) DESC, actor LIMIT 1", &out.person},
      {"SELECT actor FROM mention_at GROUP BY actor ORDER BY count(*) DESC, actor LIMIT 1", &out.actor},
      {"SELECT type FROM fact WHERE kind = 'topic' GROUP BY type ORDER BY count(*) DESC, type LIMIT 1", &out.topic},
      {"SELECT place FROM fact WHERE kind = 'event' AND place IS NOT NULL GROUP BY place ORDER BY count(*) DESC, place LIMIT 1", &out.place},
      {"SELECT type FROM fact WHERE kind = 'agreement' AND type IS NOT NULL GROUP BY type ORDER BY count(*) DESC, type LIMIT 1", &out.agreement},
      {"SELECT type FROM fact WHERE kind = 'figure' AND type IS NOT NULL GROUP BY type ORDER BY count(*) DESC, type LIMIT 1", &out.counted},
      {"SELECT r.id FROM row r WHERE r.kind = 'event' ORDER BY r.n DESC LIMIT 1", &out.row},
      {"SELECT d.id FROM document d JOIN row r ON r.document = d.n WHERE r.kind = 'sentence' GROUP BY d.n ORDER BY count(*) DESC, d.n LIMIT 1", &out.longest},
      {"SELECT id FROM document ORDER BY n LIMIT 1", &out.document},
      {"SELECT coalesce(max(substr(published, 1, 10)), '') FROM document WHERE published < '2999'", &out.newest}};
  for (const auto& [sql, into] : wanted) {
    if (auto done = first(sql, *into); !done) return done.error();
  }
  auto find = impl_->db.prepare("SELECT other FROM actor_pair WHERE actor = ? ORDER BY rows DESC, other LIMIT 1");
  if (!find) return find.error();
  const auto found = find->bind(1, out.actor).step();
  if (!found) return found.error();
  if (*found) out.other = find->text(0);
  return out;
}

}  // namespace readout
