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
#include "record/store_impl.h"

namespace readout {
namespace {

using record::Database;

// Documents are near if at most this many of 64 bits differ. Unrelated ones differ in 32, give or take
// four; one changed sentence among thirty moves two or three.
constexpr int kNearBits = 6;
constexpr size_t kBands = 7;         // one band of seven is equal if at most six bits differ
constexpr size_t kFewestWords = 30;  // a shorter document's mark says little
constexpr double kSameContent = 0.6; // shared content words over those of the shorter text

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

Result<uint64_t> link_events(const Database& db) {
  struct Telling {
    int64_t row;
    std::set<std::string> sources, targets;
  };
  // Candidates: one type, root, day and status.
  std::map<std::string, std::vector<Telling>> buckets;
  {
    auto find = db.prepare(
        "SELECT f.row, f.type || ' ' || substr(coalesce(f.code, ''), 1, 2) || ' ' || f.day || ' ' || coalesce(f.status, ''), a.role, coalesce(s.same_as, a.actor)"
        " FROM fact f JOIN row_actor a ON a.row = f.row LEFT JOIN same_actor s ON s.actor = a.actor"
        " WHERE f.kind = 'event' AND f.negative = 0 AND f.type IS NOT NULL AND f.day IS NOT NULL AND a.role IN ('source', 'target') ORDER BY f.row");
    if (!find) return find.error();
    while (true) {
      const auto more = find->step();
      if (!more) return more.error();
      if (!*more) break;
      auto& bucket = buckets[std::string(find->text(1))];
      if (bucket.empty() || bucket.back().row != find->number(0)) bucket.push_back({find->number(0), {}, {}});
      (find->text(2) == "source" ? bucket.back().sources : bucket.back().targets).emplace(find->text(3));
    }
  }
  const auto share = [](const std::set<std::string>& a, const std::set<std::string>& b) {
    return std::any_of(a.begin(), a.end(), [&](const std::string& id) { return b.contains(id); });
  };
  uint64_t links = 0;
  for (const auto& [key, tellings] : buckets) {
    const bool mutual = key.starts_with("CONSULT ");
    std::vector<int64_t> first(tellings.size());
    for (size_t i = 0; i < tellings.size(); ++i) {
      first[i] = tellings[i].row;
      for (size_t j = 0; j < i; ++j) {
        const Telling& a = tellings[i];
        const Telling& b = tellings[j];
        const bool same = (share(a.sources, b.sources) && share(a.targets, b.targets)) ||
                          (mutual && share(a.sources, b.targets) && share(a.targets, b.sources));
        if (same) {
          first[i] = first[j];
          break;
        }
      }
    }
    for (size_t i = 0; i < tellings.size(); ++i) {
      if (std::count(first.begin(), first.end(), first[i]) < 2) continue;
      auto put = db.prepare("INSERT INTO event_group (row, first) VALUES (?, ?)");
      if (!put) return put.error();
      if (auto done = put->bind(1, tellings[i].row).bind(2, first[i]).run(); !done) return done.error();
      links += first[i] != tellings[i].row ? 1 : 0;
    }
  }
  return links;
}

Result<uint64_t> link_commitments(const Database& db) {
  struct Promise {
    int64_t row, first;
    std::string kind, due, relation;
    std::set<std::string> words;
  };
  std::map<std::string, std::vector<Promise>> debtors;
  std::map<int64_t, std::string> by_id;
  {
    auto find = db.prepare(
        "SELECT f.row, f.type, coalesce(f.due, ''), r.rest, coalesce(s.same_as, a.actor) FROM fact f JOIN row r ON r.n = f.row"
        " JOIN row_actor a ON a.row = f.row AND a.role = 'owed_by' LEFT JOIN same_actor s ON s.actor = a.actor"
        " WHERE f.kind = 'commitment' AND f.type IN ('pledge', 'intention', 'offer', 'fulfilment') ORDER BY f.day, f.row, a.actor");
    if (!find) return find.error();
    simdjson::dom::parser parser;
    while (true) {
      const auto more = find->step();
      if (!more) return more.error();
      if (!*more) break;
      Promise promise{find->number(0), find->number(0), std::string(find->text(1)), std::string(find->text(2)), "stated", {}};
      simdjson::dom::element rest;
      std::string_view what;
      const std::string json(find->text(3));
      if (parser.parse(json).get(rest) != simdjson::SUCCESS || rest["what"]["text"].get(what) != simdjson::SUCCESS) continue;
      for (auto& [range, word] : record::folded_words(what)) {
        // Four letters of the stem: "return" and "returned" are the same deed. Short words say nothing.
        if (word.size() >= 4) promise.words.insert(word.substr(0, std::min<size_t>(word.size(), 6)));
      }
      if (!promise.words.empty()) debtors[std::string(find->text(4))].push_back(std::move(promise));
    }
  }
  uint64_t links = 0;
  std::set<int64_t> placed;
  for (auto& [debtor, promises] : debtors) {
    std::map<std::string, std::vector<size_t>> by_word;
    for (size_t i = 0; i < promises.size(); ++i) {
      Promise& now = promises[i];
      std::map<size_t, size_t> shared;
      for (const std::string& word : now.words) {
        for (const size_t earlier : by_word[word]) ++shared[earlier];
      }
      // The latest earlier one that shares most.
      size_t best = promises.size();
      double most = 0;
      for (const auto& [earlier, count] : shared) {
        const size_t shorter = std::min(now.words.size(), promises[earlier].words.size());
        const double share = static_cast<double>(count) / static_cast<double>(shorter);
        if (count >= 2 && share >= kSameContent && share >= most && promises[earlier].kind != "fulfilment") {
          most = share;
          best = earlier;
        }
      }
      if (best < promises.size()) {
        now.first = promises[best].first;
        now.relation = now.kind == "fulfilment"                                                              ? "kept"
                       : !now.due.empty() && !promises[best].due.empty() && now.due != promises[best].due ? "revised"
                                                                                                           : "repeated";
      }
      for (const std::string& word : now.words) by_word[word].push_back(i);
    }
    for (const Promise& promise : promises) {
      const bool alone = promise.relation == "stated" &&
                         std::none_of(promises.begin(), promises.end(), [&](const Promise& p) { return p.first == promise.row && p.row != promise.row; });
      if (alone || !placed.insert(promise.row).second) continue;
      auto put = db.prepare("INSERT INTO commitment_thread (row, first, relation) VALUES (?, ?, ?)");
      if (!put) return put.error();
      if (auto done = put->bind(1, promise.row).bind(2, promise.first).bind(3, promise.relation).run(); !done) return done.error();
      links += promise.relation != "stated" ? 1 : 0;
    }
  }
  return links;
}

Result<LinkReport> link_all(const Database& db) {
  LinkReport report;
  if (auto done = mark_documents(db); !done) return done.error();
  for (const char* table : {"near_document", "same_actor", "event_group", "commitment_thread"}) {
    if (auto done = db.execute(std::string("DELETE FROM ") + table); !done) return done.error();
  }
  const std::pair<uint64_t*, Result<uint64_t> (*)(const Database&)> steps[] = {
      {&report.near_documents, link_documents}, {&report.actors, link_actors}, {&report.events, link_events}, {&report.commitments, link_commitments}};
  for (const auto& [count, step] : steps) {
    const auto done = step(db);
    if (!done) return done.error();
    *count = *done;
  }
  return report;
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
      {"same_event", "SELECT 'same_event', r.id, f.id, 'one type, day and status, and shared actors', g.row FROM event_group g JOIN row r ON r.n = g.row"
                     " JOIN row f ON f.n = g.first WHERE g.row <> g.first"},
      {"commitment", "SELECT 'commitment', r.id, f.id, t.relation, t.row FROM commitment_thread t JOIN row r ON r.n = t.row JOIN row f ON f.n = t.first"
                     " WHERE t.row <> t.first"},
      {"evidence", "SELECT 'evidence', e.id, r.id, v.says || ': ' || v.shared, v.row FROM commitment_evidence v JOIN row r ON r.n = v.row"
                   " JOIN row e ON e.n = v.event WHERE 1"}};
  static constexpr std::string_view kBoth[] = {" AND (d.id = ?1 OR o.id = ?1)", " AND (actor = ?1 OR same_as = ?1)", " AND (r.id = ?1 OR f.id = ?1)",
                                               " AND (r.id = ?1 OR f.id = ?1)", " AND (r.id = ?1 OR e.id = ?1)"};
  std::vector<Link> found;
  total = 0;
  for (size_t i = 0; i < std::size(kKinds); ++i) {
    if (!query.kind.empty() && query.kind != kKinds[i].first) continue;
    const std::string from = std::string(kKinds[i].second) + (query.id.empty() ? "" : std::string(kBoth[i]));
    uint64_t here = 0;
    {
      auto count = impl_->db.prepare("SELECT count(*) FROM (" + from + ")");
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
