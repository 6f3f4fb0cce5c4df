// The steps of the second pass over many documents (record/link.cc runs them in this order). Each reads
// rows and what earlier steps kept, writes its own tables, and says how many links it made.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "record/sqlite.h"

namespace readout::record {

/// On whose side an actor stands: a state, its bodies, its forces and the people of its government are one
/// side ("AZE"); anybody else stands alone, under the own id.
class Sides {
 public:
  static Result<Sides> load(const Database& db);
  /// Empty for "?".
  std::string of(std::string_view actor) const;
  /// Of a publisher that carries an actor's name; empty if none or several are called so.
  Result<std::string> of_publisher(const Database& db, std::string_view publisher) const;

 private:
  std::map<std::string, std::string, std::less<>> same_;       // taken for
  std::map<std::string, std::string, std::less<>> countries_;  // of people
};

bool meet(const std::set<std::string>& a, const std::set<std::string>& b);

/// The same event told by several documents, or by both sides.
Result<void> link_events(const Database& db, const Sides& sides);
/// Threads of commitments, and what speaks for and against them.
Result<void> link_commitments(const Database& db, const Sides& sides);
/// Figures of the same thing, each with the one before it.
Result<void> link_figures(const Database& db, const Sides& sides);
/// Agreements that are one under several names.
Result<void> link_agreements(const Database& db, const Sides& sides);

}  // namespace readout::record
