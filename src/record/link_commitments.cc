// Threads of commitments. A promise is told, told again, given another day; then whoever owes it says that
// it was done, or others say so or deny it, or an event shows it. Rows are read by day, and each joins the
// earlier promise of the same side with which it shares most of what its words weigh (link_words.h); where
// too little is shared it begins a thread of its own. Two rows of one sentence are two promises.
#include <algorithm>
#include <map>
#include <optional>
#include <simdjson.h>
#include <unordered_map>

#include "record/link_steps.h"
#include "record/link_words.h"
#include "timex/calendar.h"

namespace readout::record {
namespace {

// Worked out on pairs drawn by chance from a record of press releases: below these, most pairs were of
// different deeds; above them, few.
constexpr double kOfShorter = 0.6, kOfLonger = 0.3;   // two tellings of a promise
constexpr double kOfFirst = 0.35;                     // a further telling and the thread's first: no drifting off
constexpr double kOfEvent = 0.6;                      // of a promise, around the predicate of an event that shows it
constexpr double kOfUnnamed = 0.7;                    // the same where no doer is named, or another deed speaks against it
constexpr double kOfTwo = 0.9;                        // the same where only two words are shared, and these are rare
constexpr uint64_t kBefore = 60, kBehind = 150;       // bytes around a predicate in which its clause lies
constexpr size_t kFewestStrong = 2;                   // shared words that are not weak
constexpr size_t kDeedWords = 4;                      // the deed stands at the beginning of what is promised
constexpr int64_t kLongestDays = 1000;                // an event later than that answers nothing that was said before

using Names = std::set<std::string>;

std::string_view first_words(std::string_view text) {
  size_t at = 0;
  for (size_t n = 0; n < kDeedWords && at < text.size(); ++n) at = std::min(text.find_first_of(" \n", at), text.size() - 1) + 1;
  return text.substr(0, at);
}

bool meet_any(const Stems& a, const Stems& b) {
  return std::any_of(a.begin(), a.end(), [&](uint32_t stem) { return std::binary_search(b.begin(), b.end(), stem); });
}

/// Days from one day to another; a great many if one is not known.
int64_t days_between(const std::string& from, const std::string& until) {
  const auto number = [](const std::string& day) {
    return timex::day_number(std::atoi(day.substr(0, 4).c_str()), std::atoi(day.substr(5, 2).c_str()), std::atoi(day.substr(8, 2).c_str()));
  };
  return from.size() == 10 && until.size() == 10 ? number(until) - number(from) : INT32_MAX;
}

struct Promise {
  int64_t row = 0, document = 0, sentence = 0;
  size_t first = 0;                      // index of the thread's first
  std::string id, kind, day, due, by, relation = "stated";
  Names debtors, creditors;              // sides
  Stems stems, deed;                     // all words; the strong ones among the first, of which an event must have one
  std::optional<double> quantity;
  bool by_debtor = false;                // whoever owes it says so
  bool lasting = false;                  // to go on with something: never done, at most under way
};

struct Claim {
  int64_t row;
  std::string axis, says, day, by, shared;
};

struct Event {
  int64_t row = 0, document = 0, sentence = 0;
  std::string type, code, status, day;
  bool negative = false;
  uint64_t at = 0, until = 0;            // its predicate, from the sentence's beginning
  Names sources, targets;                // sides
  std::string by;
  bool by_known = false;
};

class Threads {
 public:
  Threads(const Database& db, const Sides& sides) : db_(db), sides_(sides) {}
  Result<void> run();

 private:
  Result<void> load_promises();
  Result<void> load_roles(std::string_view kind, const std::function<void(int64_t, std::string_view, std::string_view)>& use);
  Result<void> thread_promises();
  Result<void> judge_events();
  Result<void> judge(const Event& event, const Stems& predicate);
  Result<std::string> teller(int64_t document, int64_t sentence, const std::vector<std::string>& voice);
  Result<std::optional<double>> quantity_of(std::string_view rest);
  Result<bool> shows_part_only(const Promise& promise, int64_t sentence);
  Result<void> keep();
  bool joins(const Promise& now, const Promise& earlier) const;
  void claim(size_t thread, Claim claim);

  const Database& db_;
  const Sides& sides_;
  StemBook book_;
  const Stems lasting_ = book_.of("continue remain keep maintain uphold preserve sustain support stand");
  std::vector<Promise> rows_;            // promises, reports of fulfilment and refusals, by day
  std::unordered_map<std::string, size_t> by_id_;
  std::map<std::string, std::unordered_map<uint32_t, std::vector<size_t>>> index_;   // side > strong stem > promises
  std::map<size_t, std::vector<Claim>> claims_;                                      // thread's first
  std::map<size_t, std::set<int64_t>> sentences_;                                    // thread > sentences that spoke
  std::map<int64_t, std::string> publishers_;                                        // document > side
};

Result<void> Threads::load_roles(std::string_view kind, const std::function<void(int64_t, std::string_view, std::string_view)>& use) {
  auto find = db_.prepare("SELECT f.row, a.role, a.actor FROM fact f JOIN row_actor a ON a.row = f.row WHERE f.kind = ?1 AND a.role IN"
                          " ('owed_by', 'owed_to', 'source', 'target')");
  if (!find) return find.error();
  find->bind(1, kind);
  while (true) {
    const auto more = find->step();
    if (!more) return more.error();
    if (!*more) return {};
    use(find->number(0), find->text(1), find->text(2));
  }
}

/// The side that says it: the innermost voice, else the speaker of the turn, else a publisher who is an actor.
Result<std::string> Threads::teller(int64_t document, int64_t sentence, const std::vector<std::string>& voice) {
  for (auto it = voice.rbegin(); it != voice.rend(); ++it) {
    if (*it != "?") return *it;
  }
  {
    auto find = db_.prepare("SELECT actor FROM row_actor WHERE row = ? AND role = 'speaks' LIMIT 1");
    if (!find) return find.error();
    const auto found = find->bind(1, sentence).step();
    if (!found) return found.error();
    if (*found) return std::string(find->text(0));
  }
  const auto known = publishers_.find(document);
  if (known != publishers_.end()) return known->second;
  std::string publisher;
  {
    auto find = db_.prepare("SELECT coalesce(publisher, '') FROM document WHERE n = ?");
    if (!find) return find.error();
    if (const auto row = find->bind(1, document).step(); !row) return row.error();
    publisher = find->text(0);
  }
  auto actor = sides_.of_publisher(db_, publisher);
  if (!actor) return actor.error();
  return publishers_[document] = std::move(*actor);
}

/// The number of the figure that a commitment names as its quantity.
Result<std::optional<double>> Threads::quantity_of(std::string_view figure) {
  auto find = db_.prepare("SELECT json_extract(rest, '$.value') FROM row WHERE id = ?");
  if (!find) return find.error();
  const auto found = find->bind(1, figure).step();
  if (!found) return found.error();
  if (!*found || find->is_null(0)) return std::optional<double>();
  return std::optional<double>(std::strtod(std::string(find->text(0)).c_str(), nullptr));
}

Result<void> Threads::load_promises() {
  simdjson::dom::parser parser;
  std::unordered_map<int64_t, size_t> places;
  std::vector<std::pair<size_t, std::string>> quantities;
  std::vector<std::vector<std::string>> voices;
  {
    auto find = db_.prepare(
        "SELECT f.row, f.document, coalesce(f.sentence, 0), r.id, f.type, coalesce(f.day, ''), coalesce(f.due, ''), r.rest, coalesce(f.refers, '')"
        " FROM fact f JOIN row r ON r.n = f.row WHERE f.kind = 'commitment' AND f.type IN ('pledge', 'intention', 'offer', 'fulfilment', 'refusal')"
        " ORDER BY f.day, f.row");
    if (!find) return find.error();
    while (true) {
      const auto more = find->step();
      if (!more) return more.error();
      if (!*more) break;
      simdjson::dom::element rest;
      std::string_view text;
      const std::string json(find->text(7));
      if (parser.parse(json).get(rest) != simdjson::SUCCESS) continue;
      Promise promise;
      promise.row = find->number(0);
      promise.document = find->number(1);
      promise.sentence = find->number(2);
      promise.id = find->text(3);
      promise.kind = find->text(4);
      promise.day = find->text(5);
      promise.due = find->text(6);
      if (rest["what"]["text"].get(text) == simdjson::SUCCESS) {
        promise.stems = book_.of(text);
        promise.deed = book_.of(first_words(text));
        promise.lasting = meet_any(promise.deed, lasting_);
      }
      // When it is due is not what is promised.
      if (rest["deadline"]["text"].get(text) == simdjson::SUCCESS) promise.stems = without(promise.stems, book_.of(text));
      if (rest["quantity"].get(text) == simdjson::SUCCESS) quantities.emplace_back(rows_.size(), text);
      std::vector<std::string> voice;
      simdjson::dom::array list;
      if (rest["voice"].get(list) == simdjson::SUCCESS) {
        for (const auto item : list) {
          if (item.get(text) == simdjson::SUCCESS) voice.emplace_back(text);
        }
      }
      voices.push_back(std::move(voice));
      promise.first = rows_.size();
      promise.relation = find->text(8);  // until it is threaded: the row that it names
      book_.count(promise.stems);
      places.emplace(promise.row, rows_.size());
      by_id_.emplace(promise.id, rows_.size());
      rows_.push_back(std::move(promise));
    }
  }
  book_.weigh();
  for (const auto& [at, figure] : quantities) {
    auto value = quantity_of(figure);
    if (!value) return value.error();
    rows_[at].quantity = *value;
  }
  if (auto done = load_roles("commitment", [&](int64_t row, std::string_view role, std::string_view actor) {
        const auto place = places.find(row);
        if (place == places.end()) return;
        const std::string side = sides_.of(actor);
        if (!side.empty()) (role == "owed_by" ? rows_[place->second].debtors : rows_[place->second].creditors).insert(side);
      }); !done) {
    return done;
  }
  for (size_t i = 0; i < rows_.size(); ++i) {
    auto by = teller(rows_[i].document, rows_[i].sentence, voices[i]);
    if (!by) return by.error();
    rows_[i].by = std::move(*by);
    rows_[i].by_debtor = rows_[i].debtors.contains(sides_.of(rows_[i].by));
  }
  return {};
}

bool Threads::joins(const Promise& now, const Promise& earlier) const {
  if (now.document == earlier.document && now.sentence == earlier.sentence) return false;
  if (!now.creditors.empty() && !earlier.creditors.empty() && !meet(now.creditors, earlier.creditors)) return false;
  const Shared same = shared(book_, now.stems, earlier.stems);
  if (same.strong < kFewestStrong || same.of_shorter() < kOfShorter || same.of_longer() < kOfLonger) return false;
  if (rows_[earlier.first].row == earlier.row) return true;
  const Shared first = shared(book_, now.stems, rows_[earlier.first].stems);
  return first.strong >= kFewestStrong && first.of_shorter() >= kOfFirst;
}

void Threads::claim(size_t thread, Claim claim) {
  auto& claims = claims_[thread];
  if (std::any_of(claims.begin(), claims.end(), [&](const Claim& c) { return c.row == claim.row; })) return;
  claims.push_back(std::move(claim));
}

Result<void> Threads::thread_promises() {
  for (size_t i = 0; i < rows_.size(); ++i) {
    Promise& now = rows_[i];
    const std::string names = std::exchange(now.relation, "stated");
    const bool is_promise = now.kind != "fulfilment" && now.kind != "refusal";
    size_t best = rows_.size();
    std::string on;
    if (const auto named = by_id_.find(names); !names.empty() && named != by_id_.end() && named->second != i) {
      best = named->second;
    } else {
      // How many strong words are shared with whom; weak ones alone find nobody.
      std::map<size_t, size_t> candidates;
      for (const std::string& side : now.debtors) {
        const auto of_side = index_.find(side);
        if (of_side == index_.end()) continue;
        for (const uint32_t stem : now.stems) {
          const auto with = book_.weak(stem) ? of_side->second.end() : of_side->second.find(stem);
          if (with == of_side->second.end()) continue;
          for (const size_t earlier : with->second) ++candidates[earlier];
        }
      }
      double most = 0;
      for (const auto& [earlier, count] : candidates) {
        if (count < kFewestStrong || !joins(now, rows_[earlier])) continue;
        const Shared same = shared(book_, now.stems, rows_[earlier].stems);
        const double score = same.of_shorter() + same.of_longer();
        if (score < most) continue;  // of equals, the latest
        most = score;
        best = earlier;
        on = words_of(book_, same.stems);
      }
    }
    if (best < rows_.size()) {
      const Promise& earlier = rows_[best];
      const size_t thread = earlier.first;
      if (is_promise) {
        now.first = thread;
        const bool other_day = !now.due.empty() && !earlier.due.empty() && now.due != earlier.due;
        const bool other_quantity = now.quantity && earlier.quantity && *now.quantity != *earlier.quantity;
        now.relation = other_day || other_quantity ? "revised" : "repeated";
        claim(thread, {now.row, "official", now.relation, now.day, now.by, on});
      } else if (now.kind == "refusal") {
        claim(thread, {now.row, now.by_debtor || now.by.empty() ? "official" : "evidence", now.by_debtor || now.by.empty() ? "refused" : "denies", now.day, now.by, on});
      } else {
        claim(thread, {now.row, now.by_debtor ? "official" : "evidence", now.by_debtor ? "reported_done" : "supports", now.day, now.by, on});
      }
      sentences_[thread].insert(now.sentence);
    }
    if (!is_promise) continue;
    std::erase_if(now.deed, [&](uint32_t stem) { return book_.weak(stem); });
    for (const std::string& side : now.debtors) {
      for (const uint32_t stem : now.stems) {
        if (!book_.weak(stem)) index_[side][stem].push_back(i);
      }
    }
  }
  return {};
}

/// The sentence names a smaller number of what the promise counts.
Result<bool> Threads::shows_part_only(const Promise& promise, int64_t sentence) {
  if (!promise.quantity) return false;
  auto find = db_.prepare("SELECT json_extract(r.rest, '$.value'), f.type FROM fact f JOIN row r ON r.n = f.row WHERE f.sentence = ? AND f.kind = 'figure'");
  if (!find) return find.error();
  find->bind(1, sentence);
  while (true) {
    const auto more = find->step();
    if (!more) return more.error();
    if (!*more) return false;
    if (find->is_null(0) || find->is_null(1)) continue;
    const double value = std::strtod(std::string(find->text(0)).c_str(), nullptr);
    if (value < *promise.quantity && shared(book_, book_.of(find->text(1)), promise.stems).strong > 0) return true;
  }
}

Result<void> Threads::judge(const Event& event, const Stems& predicate) {
  // What does not fit the promise's words is no evidence, whoever did it.
  const bool accuses = event.type == "ACCUSE", breaks = event.code.starts_with("12");
  const Names& doers = accuses ? event.targets : event.sources;
  std::set<size_t> candidates;
  const auto look = [&](const std::unordered_map<uint32_t, std::vector<size_t>>& of_side, const Stems& stems) {
    for (const uint32_t stem : stems) {
      if (const auto with = of_side.find(stem); with != of_side.end()) candidates.insert(with->second.begin(), with->second.end());
    }
  };
  Stems words = predicate;
  Stems sentence;
  const auto read_sentence = [&]() -> Result<void> {
    auto find = db_.prepare("SELECT folded FROM passage WHERE rowid = ?");
    if (!find) return find.error();
    const auto found = find->bind(1, event.sentence).step();
    if (!found) return found.error();
    if (!*found) return {};
    // The index holds the sentence folded: a few bytes shorter here and there, which is near enough. Only whole words.
    const std::string_view text = find->text(0);
    uint64_t from = event.at > kBefore ? event.at - kBefore : 0, until = std::min<uint64_t>(event.until + kBehind, text.size());
    while (from > 0 && from < text.size() && text[from - 1] != ' ') --from;
    while (until < text.size() && text[until] != ' ') ++until;
    if (from < until) sentence = book_.of(text.substr(from, until - from));
    return {};
  };
  if (accuses || breaks) {
    if (auto done = read_sentence(); !done) return done;
    words = sentence;
  }
  if (doers.empty()) {
    for (const auto& [side, of_side] : index_) look(of_side, words);
  } else {
    for (const std::string& side : doers) {
      if (const auto of_side = index_.find(side); of_side != index_.end()) look(of_side->second, words);
    }
  }
  if (candidates.empty()) return {};
  if (sentence.empty()) {
    if (auto done = read_sentence(); !done) return done;
  }
  size_t best = rows_.size();
  double most = doers.empty() || accuses || breaks ? kOfUnnamed : kOfEvent;
  bool unique = true;
  Stems on;
  for (const size_t at : candidates) {
    const Promise& promise = rows_[at];
    if (promise.sentence == event.sentence || promise.day.empty() || promise.day > event.day) continue;
    if (days_between(promise.due > promise.day ? promise.due : promise.day, event.day) > kLongestDays) continue;
    if (!accuses && !breaks && !meet_any(predicate, promise.deed)) continue;
    if (!accuses && !event.targets.empty() && !promise.creditors.empty() && doers.empty() && !meet(event.targets, promise.creditors)) continue;
    const Shared same = shared(book_, promise.stems, sentence);
    if (same.strong < kFewestStrong || same.of_first < most) continue;
    if (same.strong == kFewestStrong && (same.of_first < kOfTwo || !std::all_of(same.stems.begin(), same.stems.end(), [&](uint32_t stem) { return book_.rare(stem); }))) continue;
    unique = same.of_first > most || best == rows_.size() || rows_[best].first == promise.first;
    most = same.of_first;
    best = at;
    on = same.stems;
  }
  if (best == rows_.size() || (doers.empty() && !unique)) return {};
  const Promise& promise = rows_[best];
  if (sentences_[promise.first].contains(event.sentence)) return {};
  const bool by_debtor = promise.debtors.contains(sides_.of(event.by));
  const bool against = event.negative || accuses || breaks || event.status == "denied" || event.status == "refused";
  std::string says = against ? "denies" : "supports";
  if (!against) {
    const auto part = shows_part_only(promise, event.sentence);
    if (!part) return part.error();
    if (event.status == "ongoing" || promise.lasting) says = "under_way";
    if (*part) says = "partly";
  }
  if (by_debtor) says = says == "denies" ? "reported_not_done" : says == "supports" ? "reported_done" : says == "partly" ? "reported_partly" : "reported_under_way";
  sentences_[promise.first].insert(event.sentence);
  claim(promise.first, {event.row, by_debtor ? "official" : "evidence", says, event.day, event.by, words_of(book_, on)});
  return {};
}

Result<void> Threads::judge_events() {
  if (index_.empty()) return {};
  std::unordered_map<int64_t, std::pair<Names, Names>> roles;
  if (auto done = load_roles("event", [&](int64_t row, std::string_view role, std::string_view actor) {
        const std::string side = sides_.of(actor);
        if (side.empty()) return;
        auto& [sources, targets] = roles[row];
        (role == "source" ? sources : targets).insert(side);
      }); !done) {
    return done;
  }
  const auto owes = [&](const Names& names) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& side) { return index_.contains(side); });
  };
  simdjson::dom::parser parser;
  auto find = db_.prepare(
      "SELECT f.row, f.document, f.sentence, coalesce(f.type, ''), coalesce(f.code, ''), coalesce(f.status, ''), coalesce(f.day, ''), f.negative, r.rest, s.begin"
      " FROM fact f JOIN row r ON r.n = f.row JOIN row s ON s.n = f.sentence WHERE f.kind = 'event' AND f.status IN ('happened', 'ongoing', 'denied', 'refused')"
      " AND f.type <> 'CONSULT' ORDER BY f.day, f.row");
  if (!find) return find.error();
  while (true) {
    const auto more = find->step();
    if (!more) return more.error();
    if (!*more) return {};
    Event event;
    event.row = find->number(0);
    event.document = find->number(1);
    event.sentence = find->number(2);
    event.type = find->text(3);
    event.code = find->text(4);
    event.status = find->text(5);
    event.day = find->text(6);
    event.negative = find->number(7) != 0;
    const auto role = roles.find(event.row);
    if (role != roles.end()) std::tie(event.sources, event.targets) = role->second;
    if (event.day.empty()) continue;
    const bool accuses = event.type == "ACCUSE";
    const Names& doers = accuses ? event.targets : event.sources;
    if (accuses ? !owes(doers) : !doers.empty() && !owes(doers)) continue;
    simdjson::dom::element rest;
    std::string_view text;
    const std::string json(find->text(8));
    if (parser.parse(json).get(rest) != simdjson::SUCCESS) continue;
    simdjson::dom::array list;
    // A doer whom nobody could name is no doer that is not named.
    if (doers.empty() && rest["source"].get(list) == simdjson::SUCCESS && list.size() > 0) continue;
    Stems predicate;
    const auto sentence_begin = static_cast<uint64_t>(find->number(9));
    uint64_t begin = 0, end = 0;
    if (rest["predicate"]["begin"].get(begin) == simdjson::SUCCESS && rest["predicate"]["end"].get(end) == simdjson::SUCCESS && begin >= sentence_begin) {
      event.at = begin - sentence_begin;
      event.until = end - sentence_begin;
    }
    if (rest["predicate"]["text"].get(text) == simdjson::SUCCESS) {
      for (const uint32_t stem : book_.of(text)) {
        if (!book_.weak(stem)) predicate.push_back(stem);
      }
    }
    if (predicate.empty() && !accuses && !event.code.starts_with("12")) continue;
    std::vector<std::string> voice;
    if (rest["voice"].get(list) == simdjson::SUCCESS) {
      for (const auto item : list) {
        if (item.get(text) == simdjson::SUCCESS) voice.emplace_back(text);
      }
    }
    auto by = teller(event.document, event.sentence, voice);
    if (!by) return by.error();
    event.by = std::move(*by);
    if (accuses && event.by.empty() && !event.sources.empty()) event.by = *event.sources.begin();
    if (auto done = judge(event, predicate); !done) return done;
  }
}

Result<void> Threads::keep() {
  std::map<size_t, std::vector<size_t>> members;
  for (size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].kind != "fulfilment" && rows_[i].kind != "refusal") members[rows_[i].first].push_back(i);
  }
  for (auto& [first, claims] : claims_) {
    const Promise& head = rows_[first];
    claims.push_back({head.row, "official", "stated", head.day, head.by, {}});
    std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) { return std::tie(a.day, a.row) < std::tie(b.day, b.row); });
    for (const Claim& one : claims) {
      auto put = db_.prepare("INSERT INTO commitment_claim (thread, row, axis, says, day, by, shared) VALUES (?, ?, ?, ?, ?, ?, ?)");
      if (!put) return put.error();
      put->bind(1, head.row).bind(2, one.row).bind(3, one.axis).bind(4, one.says).bind(5, one.day).bind(6, one.by).bind(7, one.shared);
      if (auto done = put->run(); !done) return done;
    }
    for (const size_t at : members[first]) {
      const Promise& promise = rows_[at];
      const auto first_day = [&](std::initializer_list<std::string_view> what) {
        for (const Claim& one : claims) {
          const bool wanted = std::find(what.begin(), what.end(), one.says) != what.end();
          if (wanted && one.row != promise.row && one.day >= promise.day) return one.day;
        }
        return std::string();
      };
      std::string revised;
      for (const size_t later : members[first]) {
        if (later > at && revised.empty() && rows_[later].relation == "revised" && !rows_[later].due.empty() && rows_[later].due != promise.due) revised = rows_[later].day;
      }
      auto put = db_.prepare("INSERT INTO commitment_thread (row, first, relation, revised_on, done_on, denied_on) VALUES (?, ?, ?, ?, ?, ?)");
      if (!put) return put.error();
      put->bind(1, promise.row).bind(2, head.row).bind(3, promise.relation).bind_optional(4, promise.due.empty() ? std::string_view() : std::string_view(revised));
      put->bind_optional(5, first_day({"reported_done", "supports"})).bind_optional(6, first_day({"denies", "reported_not_done"}));
      if (auto done = put->run(); !done) return done;
    }
  }
  return {};
}

Result<void> Threads::run() {
  if (auto done = load_promises(); !done) return done;
  if (auto done = thread_promises(); !done) return done;
  if (auto done = judge_events(); !done) return done;
  return keep();
}

}  // namespace

Result<void> link_commitments(const Database& db, const Sides& sides) { return Threads(db, sides).run(); }

}  // namespace readout::record
