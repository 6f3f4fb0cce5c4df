// The second pass. Each link follows from a rule that can be said in one sentence, and is kept with
// it; where two readings are possible, no link is made.
#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <set>
#include <simdjson.h>

#include "core/hash.h"
#include "readout/store.h"
#include "record/fold.h"
#include "record/link_steps.h"
#include "record/store_impl.h"

namespace readout {
namespace {

using record::Database;

// Documents are near if at most this many of 64 bits differ. Unrelated ones differ in 32, give or take
// four; one changed sentence among thirty moves two or three.
constexpr int kNearBits = 6;
constexpr size_t kBands = 7;         // one band of seven is equal if at most six bits differ
constexpr size_t kFewestWords = 30;  // a shorter document's mark says little
constexpr std::string_view kLinker = "record.link/2";  // another number: all links are made anew

uint64_t simhash(const std::vector<std::string>& words) {
  std::array<int, 64> sums{};
  for (size_t i = 0; i + 2 < words.size(); ++i) {
    uint64_t hash = fnv1a(words[i + 2], fnv1a(words[i + 1], fnv1a(words[i])));
    hash ^= hash >> 32U;  // FNV's low bits alone mix well
    hash *= 0x9e3779b97f4a7c15ULL;
    for (size_t bit = 0; bit < 64; ++bit) sums[bit] += (hash >> bit & 1U) != 0 ? 1 : -1;
  }
  uint64_t mark = 0;
  for (size_t bit = 0; bit < 64; ++bit) mark |= (sums[bit] > 0 ? uint64_t{1} : uint64_t{0}) << bit;
  return mark;
}

Result<void> mark_documents(const Database& db) {
  std::vector<int64_t> fresh;
  {
    auto find = db.prepare("SELECT n FROM document WHERE n NOT IN (SELECT document FROM document_mark) ORDER BY n");
    if (!find) return find.error();
    while (true) {
      const auto more = find->step();
      if (!more) return more.error();
      if (!*more) break;
      fresh.push_back(find->number(0));
    }
  }
  for (const int64_t document : fresh) {
    std::vector<std::string> words;
    {
      // The index holds the sentences folded already.
      auto find = db.prepare("SELECT p.folded FROM row r JOIN passage p ON p.rowid = r.n WHERE r.document = ? AND r.kind = 'sentence' ORDER BY r.n");
      if (!find) return find.error();
      find->bind(1, document);
      while (true) {
        const auto more = find->step();
        if (!more) return more.error();
        if (!*more) break;
        for (auto& [range, word] : record::folded_words(find->text(0))) words.push_back(std::move(word));
      }
    }
    auto put = db.prepare("INSERT INTO document_mark (document, simhash, words) VALUES (?, ?, ?)");
    if (!put) return put.error();
    put->bind(1, document).bind(2, std::bit_cast<int64_t>(simhash(words))).bind(3, static_cast<int64_t>(words.size()));
    if (auto done = put->run(); !done) return done;
  }
  return {};
}

Result<uint64_t> link_documents(const Database& db) {
  std::vector<std::pair<int64_t, uint64_t>> marks;
  {
    auto find = db.prepare("SELECT document, simhash FROM document_mark WHERE words >= ? ORDER BY document");
    if (!find) return find.error();
    find->bind(1, static_cast<int64_t>(kFewestWords));
    while (true) {
      const auto more = find->step();
      if (!more) return more.error();
      if (!*more) break;
      marks.emplace_back(find->number(0), std::bit_cast<uint64_t>(find->number(1)));
    }
  }
  std::set<std::pair<size_t, size_t>> pairs;
  for (size_t band = 0; band < kBands; ++band) {
    const size_t from = band * 64 / kBands, until = (band + 1) * 64 / kBands;
    const uint64_t mask = (uint64_t{1} << (until - from)) - 1;
    std::map<uint64_t, std::vector<size_t>> buckets;
    for (size_t i = 0; i < marks.size(); ++i) buckets[marks[i].second >> from & mask].push_back(i);
    for (const auto& [key, members] : buckets) {
      for (size_t a = 0; a < members.size(); ++a) {
        for (size_t b = a + 1; b < members.size(); ++b) {
          if (std::popcount(marks[members[a]].second ^ marks[members[b]].second) <= kNearBits) pairs.emplace(members[a], members[b]);
        }
      }
    }
  }
  for (const auto& [a, b] : pairs) {
    for (const auto& [one, other] : {std::pair(a, b), std::pair(b, a)}) {
      auto put = db.prepare("INSERT INTO near_document (document, other, distance) VALUES (?, ?, ?)");
      if (!put) return put.error();
      put->bind(1, marks[one].first).bind(2, marks[other].first);
      put->bind(3, int64_t{std::popcount(marks[a].second ^ marks[b].second)});
      if (auto done = put->run(); !done) return done.error();
    }
  }
  return pairs.size();
}

struct Person {
  std::string id, name, country;
  std::vector<std::string> words;  // folded; the family name last
  bool known = false;
  size_t letters() const {
    size_t sum = 0;
    for (const std::string& word : words) sum += word.size();
    return sum;
  }
};

/// The given names of the shorter agree with those of the longer, as equal words or as initials.
bool compatible(const Person& less, const Person& more) {
  if (less.words.back() != more.words.back() || less.words.size() > more.words.size()) return false;
  for (size_t i = 0; i + 1 < less.words.size(); ++i) {
    const std::string& a = less.words[i];
    const std::string& b = more.words[i];
    if (a != b && !(a.size() == 1 && b.starts_with(a)) && !(b.size() == 1 && a.starts_with(b))) return false;
  }
  return true;
}

Result<uint64_t> link_actors(const Database& db) {
  std::vector<Person> people;
  {
    auto find = db.prepare(
        "SELECT a.actor, r.rest FROM row_actor a JOIN row r ON r.n = a.row WHERE a.role = 'self' AND a.actor >= 'person:' AND a.actor < 'person;'"
        " GROUP BY a.actor ORDER BY a.actor");
    if (!find) return find.error();
    simdjson::dom::parser parser;
    while (true) {
      const auto more = find->step();
      if (!more) return more.error();
      if (!*more) break;
      simdjson::dom::element rest;
      const std::string json(find->text(1));
      if (parser.parse(json).get(rest) != simdjson::SUCCESS) continue;
      Person person;
      person.id = find->text(0);
      std::string_view text;
      if (rest["name"].get(text) == simdjson::SUCCESS) person.name = text;
      if (rest["country"].get(text) == simdjson::SUCCESS) person.country = text;
      bool known = false;
      if (rest["known"].get(known) == simdjson::SUCCESS) person.known = known;
      for (auto& [range, word] : record::folded_words(person.name)) person.words.push_back(std::move(word));
      if (!person.words.empty()) people.push_back(std::move(person));
    }
  }
  std::map<std::string, std::vector<const Person*>> families;
  for (const Person& person : people) families[person.words.back()].push_back(&person);
  uint64_t links = 0;
  for (const Person& less : people) {
    if (less.known) continue;
    const Person* only = nullptr;
    size_t candidates = 0;
    for (const Person* more : families[less.words.back()]) {
      if (more == &less || !compatible(less, *more)) continue;
      if (!less.country.empty() && !more->country.empty() && less.country != more->country) continue;
      // Initials go to the name written out, never the other way.
      if (more->words != less.words && more->letters() <= less.letters()) continue;
      // Equal names: the one in the dictionaries, else the one whose id comes first.
      if (more->words == less.words && !more->known && more->id > less.id) continue;
      only = more;
      ++candidates;
    }
    if (candidates != 1) continue;
    // A family name alone says too little, unless both are of one country.
    const bool family_only = less.words.size() == 1;
    if (family_only && (less.country.empty() || less.country != only->country)) continue;
    const std::string reason = only->words == less.words ? "the same name"
                               : family_only             ? "the only one of this family name and country in the record"
                                                         : "given names agree with those of the only one of this family name";
    auto put = db.prepare("INSERT INTO same_actor (actor, same_as, reason) VALUES (?, ?, ?)");
    if (!put) return put.error();
    if (auto done = put->bind(1, less.id).bind(2, only->id).bind(3, reason).run(); !done) return done.error();
    ++links;
  }
  // Who is taken for somebody who is taken for a third is the third; chains are as long as names have words.
  for (int i = 0; i < 4; ++i) {
    if (auto done = db.execute("UPDATE same_actor SET same_as = (SELECT s.same_as FROM same_actor s WHERE s.actor = same_actor.same_as)"
                               " WHERE same_as IN (SELECT actor FROM same_actor)"); !done) {
      return done.error();
    }
  }
  return links;
}

/// How many links there are, by what the tables hold.
Result<LinkReport> counted(const Database& db) {
  LinkReport report;
  const std::pair<uint64_t*, std::string_view> counts[] = {
      {&report.near_documents, "SELECT count(*) / 2 FROM near_document"},
      {&report.actors, "SELECT count(*) FROM same_actor"},
      {&report.events, "SELECT count(*) FROM event_group WHERE row <> first"},
      {&report.commitments, "SELECT count(*) FROM commitment_claim WHERE row <> thread"},
      {&report.evidence, "SELECT count(*) FROM commitment_claim WHERE axis = 'evidence'"},
      {&report.figures, "SELECT count(*) FROM figure_series WHERE row <> first"},
      {&report.agreements, "SELECT count(*) FROM agreement_group WHERE row <> first"}};
  for (const auto& [into, sql] : counts) {
    auto count = db.prepare(sql);
    if (!count) return count.error();
    if (const auto row = count->step(); !row) return row.error();
    *into = static_cast<uint64_t>(count->number(0));
  }
  return report;
}

Result<bool> is_linked(const Database& db) {
  auto find = db.prepare("SELECT count(*) FROM link_state WHERE (key = 'linker' AND value = ?) OR (key = 'changed' AND value = '0')");
  if (!find) return find.error();
  if (const auto row = find->bind(1, kLinker).step(); !row) return row.error();
  return find->number(0) == 2;
}

Result<LinkReport> link_all(const Database& db) {
  const auto linked = is_linked(db);
  if (!linked) return linked.error();
  if (*linked) return counted(db);
  if (auto done = mark_documents(db); !done) return done.error();
  for (const char* table : {"near_document", "same_actor", "event_group", "commitment_claim", "commitment_thread", "figure_series", "agreement_group", "link_state"}) {
    if (auto done = db.execute(std::string("DELETE FROM ") + table); !done) return done.error();
  }
  if (const auto done = link_documents(db); !done) return done.error();
  if (const auto done = link_actors(db); !done) return done.error();
  const auto sides = record::Sides::load(db);
  if (!sides) return sides.error();
  for (const auto step : {record::link_events, record::link_commitments, record::link_figures, record::link_agreements}) {
    if (auto done = step(db, *sides); !done) return done.error();
  }
  for (const auto& [key, value] : {std::pair<std::string_view, std::string_view>{"linker", kLinker}, {"changed", "0"}}) {
    auto put = db.prepare("INSERT INTO link_state (key, value) VALUES (?, ?)");
    if (!put) return put.error();
    if (auto done = put->bind(1, key).bind(2, value).run(); !done) return done.error();
  }
  return counted(db);
}

}  // namespace

Result<LinkReport> Store::link() {
  if (auto begun = begin(); !begun) return begun.error();
  auto report = link_all(impl_->db);
  if (!report) {
    (void)impl_->db.execute("ROLLBACK");  // the error that led here is the one to report
    return report;
  }
  if (auto done = commit(); !done) return done.error();
  return report;
}

Result<std::vector<Link>> Store::links(const LinkQuery& query, uint64_t& total) const {
  static constexpr std::pair<std::string_view, std::string_view> kKinds[] = {
      {"near_document", "SELECT 'near_document', d.id, o.id, distance || ' of 64 bits differ', n.document FROM near_document n JOIN document d ON d.n = n.document"
                        " JOIN document o ON o.n = n.other WHERE n.document < n.other"},
      {"same_actor", "SELECT 'same_actor', actor, same_as, reason, 0 FROM same_actor WHERE 1"},
      {"same_event", "SELECT 'same_event', r.id, f.id, g.reason, g.row FROM event_group g JOIN row r ON r.n = g.row"
                     " JOIN row f ON f.n = g.first WHERE g.row <> g.first"},
      {"commitment", "SELECT 'commitment', r.id, f.id, c.says || iif(c.shared = '', '', ': ' || c.shared), c.row FROM commitment_claim c JOIN row r ON r.n = c.row"
                     " JOIN row f ON f.n = c.thread WHERE c.row <> c.thread AND c.axis = 'official'"},
      {"evidence", "SELECT 'evidence', r.id, f.id, c.says || iif(c.shared = '', '', ': ' || c.shared), c.row FROM commitment_claim c JOIN row r ON r.n = c.row"
                   " JOIN row f ON f.n = c.thread WHERE c.axis = 'evidence'"},
      {"figure", "SELECT 'figure', r.id, p.id, s.relation, s.row FROM figure_series s JOIN row r ON r.n = s.row JOIN row p ON p.n = s.previous WHERE 1"},
      {"agreement", "SELECT 'agreement', r.id, f.id, g.reason, g.row FROM agreement_group g JOIN row r ON r.n = g.row JOIN row f ON f.n = g.first"
                    " WHERE g.row <> g.first"}};
  // Every row of these tables has its partners: nothing to look up for a count.
  static constexpr std::string_view kCounts[] = {"SELECT count(*) / 2 FROM near_document", "SELECT count(*) FROM same_actor", "SELECT count(*) FROM event_group WHERE row <> first",
                                                 "SELECT count(*) FROM commitment_claim WHERE row <> thread AND axis = 'official'",
                                                 "SELECT count(*) FROM commitment_claim WHERE axis = 'evidence'", "SELECT count(*) FROM figure_series WHERE previous IS NOT NULL",
                                                 "SELECT count(*) FROM agreement_group WHERE row <> first"};
  static constexpr std::string_view kBoth[] = {" AND (d.id = ?1 OR o.id = ?1)", " AND (actor = ?1 OR same_as = ?1)", " AND (r.id = ?1 OR f.id = ?1)",
                                               " AND (r.id = ?1 OR f.id = ?1)", " AND (r.id = ?1 OR f.id = ?1)",
                                               " AND (r.id = ?1 OR p.id = ?1)", " AND (r.id = ?1 OR f.id = ?1)"};
  std::vector<Link> found;
  total = 0;
  for (size_t i = 0; i < std::size(kKinds); ++i) {
    if (!query.kind.empty() && query.kind != kKinds[i].first) continue;
    const std::string from = std::string(kKinds[i].second) + (query.id.empty() ? "" : std::string(kBoth[i]));
    uint64_t here = 0;
    {
      auto count = impl_->db.prepare(query.id.empty() ? std::string(kCounts[i]) : "SELECT count(*) FROM (" + from + ")");
      if (!count) return count.error();
      if (!query.id.empty()) count->bind(1, query.id);
      if (const auto row = count->step(); !row) return row.error();
      here = static_cast<uint64_t>(count->number(0));
    }
    const uint64_t skipped = query.offset > total ? std::min<uint64_t>(query.offset - total, here) : 0;
    total += here;
    if (skipped == here || found.size() >= query.limit) continue;
    auto find = impl_->db.prepare(from + " ORDER BY 5, 2, 3 LIMIT ?2 OFFSET ?3");
    if (!find) return find.error();
    if (!query.id.empty()) find->bind(1, query.id);
    find->bind(2, static_cast<int64_t>(std::min<size_t>(query.limit - found.size(), INT32_MAX))).bind(3, static_cast<int64_t>(skipped));
    while (true) {
      const auto more = find->step();
      if (!more) return more.error();
      if (!*more) break;
      found.push_back({std::string(find->text(0)), std::string(find->text(1)), std::string(find->text(2)), std::string(find->text(3))});
    }
  }
  return found;
}

Result<std::vector<std::string>> Store::same_actors(std::string_view id) const {
  auto find = impl_->db.prepare(
      "SELECT actor FROM same_actor WHERE same_as = ?1 OR same_as = (SELECT same_as FROM same_actor WHERE actor = ?1)"
      " UNION SELECT same_as FROM same_actor WHERE actor = ?1 ORDER BY 1");
  if (!find) return find.error();
  find->bind(1, id);
  std::vector<std::string> ids;
  while (true) {
    const auto more = find->step();
    if (!more) return more.error();
    if (!*more) return ids;
    if (find->text(0) != id) ids.emplace_back(find->text(0));
  }
}

}  // namespace readout
