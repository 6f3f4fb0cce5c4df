// The other side of a two-sided document. A readout, a communique or an interview tells for pages
// of two parties and names the partner of a promise once: "Kazakhstan will deliver the coal" in a
// talk with the Kyrgyz minister is promised to Kyrgyzstan. Only partners of words are completed;
// nobody is ever filled in as the doer or the victim of a deed.
#pragma once

#include <vector>

#include "events/roles.h"
#include "readout/document.h"

namespace readout::events {

/// Adds the missing partner to promises, requests and replies if the mentions of the document belong
/// to two countries above all. Says so in the explanation.
void complete_partners(Draft& draft, RoleResolver& roles, std::vector<Event>& events);

}  // namespace readout::events
