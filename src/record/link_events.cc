// Tellings of one event: one PLOVER type, CAMEO root and status on one day, with actors shared on both
// sides; the two sides of a meeting name each other first, so there crosswise too. People who meet on one
// day do so a day earlier or later for a reader in another zone, or for a document that is dated when it
// came out: with people on both sides, meetings may lie a day apart.
#include <algorithm>

#include "record/link_steps.h"
#include "timex/calendar.h"

namespace readout::record {
namespace {

struct Telling {
  int64_t row;
  std::string day;
  std::set<std::string> sources, targets;
};

std::set<std::string> people(const std::set<std::string>& actors) {
  std::set<std::string> out;
  for (const std::string& actor : actors) {
    if (actor.starts_with("person:")) out.insert(actor);
  }
  return out;
}

/// The reason in words, or nothing.
std::string_view same_event(const Telling& a, const Telling& b, bool mutual) {
  const auto both = [&](auto&& of) {
    return (meet(of(a.sources), of(b.sources)) && meet(of(a.targets), of(b.targets))) ||
           (mutual && meet(of(a.sources), of(b.targets)) && meet(of(a.targets), of(b.sources)));
  };
  if (a.day == b.day) return both([](const auto& actors) { return actors; }) ? "one type, day and status, and shared actors" : "";
  return mutual && both(people) ? "one type and status, a day apart, and the same people" : "";
}

int64_t number_of(const std::string& day) {
  const auto part = [&](size_t at, size_t size) { return std::atoi(day.substr(at, size).c_str()); };
  return day.size() == 10 ? timex::day_number(part(0, 4), part(5, 2), part(8, 2)) : 0;
}

}  // namespace

Result<void> link_events(const Database& db, const Sides&) {
  // Candidates: one type, root and status; days near each other.
  std::map<std::string, std::vector<Telling>> buckets;
  {
    auto find = db.prepare(
        "SELECT f.row, f.type || ' ' || substr(coalesce(f.code, ''), 1, 2) || ' ' || coalesce(f.status, ''), f.day, a.role, coalesce(s.same_as, a.actor)"
        " FROM fact f JOIN row_actor a ON a.row = f.row LEFT JOIN same_actor s ON s.actor = a.actor"
        " WHERE f.kind = 'event' AND f.negative = 0 AND f.type IS NOT NULL AND f.day IS NOT NULL AND a.role IN ('source', 'target') ORDER BY f.row");
    if (!find) return find.error();
    while (true) {
      const auto more = find->step();
      if (!more) return more.error();
      if (!*more) break;
      auto& bucket = buckets[std::string(find->text(1))];
      if (bucket.empty() || bucket.back().row != find->number(0)) bucket.push_back({find->number(0), std::string(find->text(2)), {}, {}});
      (find->text(3) == "source" ? bucket.back().sources : bucket.back().targets).emplace(find->text(4));
    }
  }
  for (auto& [key, tellings] : buckets) {
    const bool mutual = key.starts_with("CONSULT ");
    std::stable_sort(tellings.begin(), tellings.end(), [](const Telling& a, const Telling& b) { return a.day < b.day; });
    struct Place {
      size_t first;
      std::string_view reason;
    };
    std::vector<Place> places(tellings.size());
    std::vector<int64_t> days;
    for (const Telling& telling : tellings) days.push_back(number_of(telling.day));
    for (size_t i = 0; i < tellings.size(); ++i) {
      places[i] = {i, "the first telling"};
      // Of the same day before those of the day before. Groups do not wander: the first one is a day off at most.
      for (size_t j = i; j-- > 0 && days[i] - days[j] <= (mutual ? 1 : 0);) {
        const std::string_view reason = same_event(tellings[i], tellings[j], mutual);
        if (reason.empty() || days[i] - days[places[j].first] > 1) continue;
        places[i] = {places[j].first, reason};
        break;
      }
    }
    // A group is named after the row that was added first.
    std::map<size_t, std::pair<int64_t, size_t>> groups;   // first place > lowest row, members
    for (size_t i = 0; i < tellings.size(); ++i) {
      auto [group, fresh] = groups.emplace(places[i].first, std::pair(tellings[i].row, size_t{0}));
      group->second.first = std::min(group->second.first, tellings[i].row);
      ++group->second.second;
    }
    for (size_t i = 0; i < tellings.size(); ++i) {
      const auto& [row, members] = groups[places[i].first];
      if (members < 2) continue;
      auto put = db.prepare("INSERT INTO event_group (row, first, reason) VALUES (?, ?, ?)");
      if (!put) return put.error();
      std::string_view reason = places[i].reason;
      if (reason == "the first telling" && row != tellings[i].row) reason = "one type and status, near in time, and shared actors";
      if (auto done = put->bind(1, tellings[i].row).bind(2, row).bind(3, reason).run(); !done) return done;
    }
  }
  return {};
}

}  // namespace readout::record
