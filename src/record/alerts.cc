// Alerts as the record keeps them; what a question means is for those who ask (query/alerts.cc).
#include "readout/store.h"
#include "record/store_impl.h"

namespace readout {
namespace {

constexpr std::string_view kAlert =
    "SELECT name, question, made, coalesce(last_run, ''), (SELECT count(*) FROM alert_hit h WHERE h.alert = a.name AND h.found IS NOT NULL) FROM alert a";

Alert alert_of(const record::Statement& row) {
  return {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), static_cast<uint64_t>(row.number(4))};
}

}  // namespace

Result<void> Store::put_alert(const Alert& alert) {
  {
    auto find = impl_->db.prepare("SELECT 1 FROM alert WHERE name = ?");
    if (!find) return find.error();
    const auto known = find->bind(1, alert.name).step();
    if (!known) return known.error();
    if (*known) return Error{Code::Conflict, "there is an alert \"" + alert.name + "\" already"};
  }
  auto put = impl_->db.prepare("INSERT INTO alert (name, question, made) VALUES (?, ?, ?)");
  if (!put) return put.error();
  return put->bind(1, alert.name).bind(2, alert.question).bind(3, alert.made).run();
}

Result<void> Store::remove_alert(std::string_view name) {
  auto drop = impl_->db.prepare("DELETE FROM alert WHERE name = ?");
  if (!drop) return drop.error();
  if (auto done = drop->bind(1, name).run(); !done) return done;
  if (impl_->db.changes() == 0) return Error{Code::NotFound, "no alert \"" + std::string(name) + "\""};
  return {};
}

Result<std::vector<Alert>> Store::alerts() const {
  auto find = impl_->db.prepare(std::string(kAlert) + " ORDER BY name");
  if (!find) return find.error();
  std::vector<Alert> all;
  while (true) {
    const auto more = find->step();
    if (!more) return more.error();
    if (!*more) return all;
    all.push_back(alert_of(*find));
  }
}

Result<Alert> Store::alert(std::string_view name) const {
  auto find = impl_->db.prepare(std::string(kAlert) + " WHERE name = ?");
  if (!find) return find.error();
  const auto found = find->bind(1, name).step();
  if (!found) return found.error();
  if (!*found) return Error{Code::NotFound, "no alert \"" + std::string(name) + "\""};
  return alert_of(*find);
}

Result<std::vector<AlertHit>> Store::add_hits(std::string_view name, const std::vector<AlertHit>& hits, std::string_view found, std::string_view now) {
  std::vector<AlertHit> fresh;
  for (const AlertHit& hit : hits) {
    auto put = impl_->db.prepare(
        "INSERT OR IGNORE INTO alert_hit (alert, row, document, sentence, found, day, title, words, evidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!put) return put.error();
    put->bind(1, name).bind(2, hit.row).bind(3, hit.document).bind(4, hit.sentence).bind_optional(5, found);
    put->bind(6, hit.day).bind(7, hit.title).bind(8, hit.words).bind(9, hit.evidence);
    if (auto done = put->run(); !done) return done.error();
    if (impl_->db.changes() == 0) continue;
    fresh.push_back(hit);
    fresh.back().found = found;
  }
  auto stamp = impl_->db.prepare("UPDATE alert SET last_run = ? WHERE name = ?");
  if (!stamp) return stamp.error();
  if (auto done = stamp->bind(1, now).bind(2, name).run(); !done) return done.error();
  return fresh;
}

Result<std::vector<AlertHit>> Store::hits(std::string_view name, size_t limit) const {
  auto find = impl_->db.prepare("SELECT row, document, sentence, found, day, title, words, evidence FROM alert_hit"
                                " WHERE alert = ? AND found IS NOT NULL ORDER BY found DESC, n DESC LIMIT ?");
  if (!find) return find.error();
  find->bind(1, name).bind(2, static_cast<int64_t>(limit));
  std::vector<AlertHit> all;
  while (true) {
    const auto more = find->step();
    if (!more) return more.error();
    if (!*more) return all;
    AlertHit hit;
    std::string* fields[] = {&hit.row, &hit.document, &hit.sentence, &hit.found, &hit.day, &hit.title, &hit.words, &hit.evidence};
    for (int i = 0; i < 8; ++i) *fields[i] = find->text(i);
    all.push_back(std::move(hit));
  }
}

}  // namespace readout
