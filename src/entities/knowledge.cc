#include "entities/knowledge.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/check.h"
#include "core/embedded.h"
#include "core/hash.h"

namespace readout::entities {
namespace {

constexpr size_t kTables = static_cast<size_t>(Table::kCount);

/// The two parts of a built index.
Result<void> open_index(std::string_view bytes, PhraseIndex& names, PhraseIndex& keys) {
  if (bytes.size() < 8) return Error{Code::BadData, "knowledge index: truncated"};
  uint64_t size = 0;
  std::memcpy(&size, bytes.data(), 8);
  if (size > bytes.size() - 8) return Error{Code::BadData, "knowledge index: truncated"};
  auto first = PhraseIndex::open(bytes.substr(8, size));
  if (!first) return first.error();
  auto second = PhraseIndex::open(bytes.substr(8 + size));
  if (!second) return second.error();
  names = *first;
  keys = *second;
  return {};
}

}  // namespace

bool holds_on(std::string_view from, std::string_view until, std::string_view day) {
  if (day.empty()) return until.empty();
  // A year or month as a bound covers all of its days.
  if (!from.empty() && day.substr(0, from.size()) < from) return false;
  return until.empty() || day.substr(0, until.size()) <= until;
}

Result<std::shared_ptr<const Knowledge>> Knowledge::open(const std::string& folder) {
  auto knowledge = std::make_shared<Knowledge>();
  for (size_t t = 0; t < kTables; ++t) knowledge->builtin_.tables.push_back(embedded(table_path(static_cast<Table>(t))));
  const std::string_view index = embedded("knowledge.index");
  READOUT_CHECK(index.data() != nullptr);
  if (auto opened = open_index(index, knowledge->builtin_.names, knowledge->builtin_.keys); !opened) return opened.error();
  if (!folder.empty()) {
    if (!std::filesystem::is_directory(folder)) return Error{Code::NotFound, folder + ": no such folder (--data)"};
    Source& user = knowledge->user_;
    user.owned.resize(kTables);
    for (size_t t = 0; t < kTables; ++t) {
      std::ifstream in(std::filesystem::path(folder) / table_path(static_cast<Table>(t)), std::ios::binary);
      if (!in) continue;
      std::ostringstream text;
      text << in.rdbuf();
      user.owned[t] = text.str();
      knowledge->has_user_ = true;
    }
    for (const std::string& text : user.owned) user.tables.push_back(text);
    user.built = build_knowledge_index(user.tables);
    if (auto opened = open_index(user.built, user.names, user.keys); !opened) return opened.error();
  }
  return std::shared_ptr<const Knowledge>(std::move(knowledge));
}

Knowledge::Found Knowledge::longest(std::span<const uint64_t> keys) const {
  Found found;
  const auto take = [&](const PhraseIndex::Match& match, bool user) {
    if (match.length < found.length) return;
    if (match.length > found.length) found.refs.clear();
    found.length = match.length;
    for (const uint64_t value : match.values) {
      NameRef ref = NameRef::unpack(value);
      ref.user = user;
      found.refs.push_back(ref);
    }
  };
  if (has_user_) {
    if (const auto match = user_.names.longest(keys); match.length > 0) take(match, true);
  }
  if (const auto match = builtin_.names.longest(keys); match.length > 0) take(match, false);
  return found;
}

std::vector<NameRef> Knowledge::exact(std::span<const uint64_t> keys) const {
  std::vector<NameRef> refs;
  if (has_user_) {
    for (const uint64_t value : user_.names.exact(keys)) {
      refs.push_back(NameRef::unpack(value));
      refs.back().user = true;
    }
  }
  for (const uint64_t value : builtin_.names.exact(keys)) refs.push_back(NameRef::unpack(value));
  return refs;
}

TsvRow Knowledge::row(NameRef ref) const {
  const std::string_view text = (ref.user ? user_ : builtin_).tables[static_cast<size_t>(ref.table)];
  TsvRow row;
  for_each_row(text.substr(ref.offset, text.find('\n', ref.offset) - ref.offset), [&](const TsvRow& r) { row = r; });
  return row;
}

std::vector<NameRef> Knowledge::lookup(std::string_view key) const {
  const uint64_t hash = fnv1a(key);
  std::vector<NameRef> refs;
  if (has_user_) {
    for (const uint64_t value : user_.keys.exact(std::span(&hash, 1))) {
      refs.push_back(NameRef::unpack(value));
      refs.back().user = true;
    }
  }
  for (const uint64_t value : builtin_.keys.exact(std::span(&hash, 1))) refs.push_back(NameRef::unpack(value));
  return refs;
}

std::vector<NameRef> Knowledge::by_id(std::string_view id) const { return lookup(id); }

std::vector<NameRef> Knowledge::tenures(std::string_view person_or_office) const {
  return lookup("tenure|" + std::string(person_or_office));
}

std::vector<NameRef> Knowledge::offices_of(std::string_view actor, std::string_view role) const {
  return lookup("of|" + std::string(actor) + (role.empty() ? "" : "|" + std::string(role)));
}

std::vector<NameRef> Knowledge::memberships(std::string_view org_or_member) const {
  return lookup("member|" + std::string(org_or_member));
}

std::optional<NameRef> Knowledge::holder_on(std::string_view office, std::string_view day) const {
  // Of several (a hand-over on that day), the one who came last.
  std::optional<NameRef> best;
  std::string_view best_from;
  for (const NameRef ref : tenures(office)) {
    const TsvRow tenure = row(ref);
    if (tenure[0] != office || !holds_on(tenure[2], tenure[3], day)) continue;
    if (!best || tenure[2] >= best_from) {
      best = ref;
      best_from = tenure[2];
    }
  }
  return best;
}

}  // namespace readout::entities
