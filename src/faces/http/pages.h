// What a browser gets: the page with its parts if it was built into the program (web/dist), and pages
// without any script below /plain.
#pragma once

#include "faces/http/router.h"
#include "faces/http/stores.h"

namespace readout::http {

void add_pages(Router& router, Stores& stores);

}  // namespace readout::http
