// Questions that are asked again and again: each run tells the answers that were not there before.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "readout/ask.h"
#include "readout/result.h"
#include "readout/store.h"

namespace readout {

/// Letters, digits, '-', '_' and '.', 1 to 64 of them, and a list for a question (said, events, contacts,
/// commitments, figures, agreements, timeline, search). What the record holds already is no news unless
/// `tell_all`. Conflict if the name is taken. `now`: UTC, ISO 8601. Each of these is one transaction.
Result<void> add_alert(Store& store, std::string_view name, const Asked& asked, bool tell_all, const std::string& now);
/// Asks again; gives what is new since the last run.
Result<std::vector<AlertHit>> run_alert(Store& store, std::string_view name, const std::string& now);
/// All alerts, as after documents came in.
Result<void> run_alerts(Store& store, const std::string& now);

std::string to_json(const Alert& alert);                                             // readout.alert/1
std::string to_json(const Alert& alert, const std::vector<AlertHit>& hits);          // the alert with its hits
/// An Atom feed (RFC 4287). `base`: where the record is served ("http://host:port"); empty: no links.
std::string to_atom(const Alert& alert, const std::vector<AlertHit>& hits, std::string_view base);

/// Now by the clock: 2024-05-01T12:00:00Z.
std::string now_utc();

}  // namespace readout
