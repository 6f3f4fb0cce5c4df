// The paths of /api/v1 (docs/api/openapi.json): what is asked of the record over HTTP. The answers are
// those of the command line, from readout/ask.h.
#pragma once

#include <string>

#include "faces/http/jobs.h"
#include "faces/http/router.h"
#include "faces/http/stores.h"
#include "readout/document.h"

namespace readout::http {

struct ApiOptions {
  bool read_only = false;
  bool token_wanted = false;
};

/// The handlers hold references to `stores` and `jobs` (null: read-only).
void add_api(Router& router, Stores& stores, Jobs* jobs, const ApiOptions& options);
/// What writes: uploads, removal, the second pass.
void add_writing(Router& router, Stores& stores, Jobs* jobs);

/// The one document that an id, its beginning or a source id names.
Result<std::string> one_document(const Store& store, const std::string& given);
/// The kept bytes of a document (full id) as plain text with its offset map.
Result<TextLayer> plain_text(const Store& store, const std::string& id);
/// 1 to `most`; BadInput for anything else.
Result<size_t> count_of(const Request& request, std::string_view name, size_t fallback, size_t most);

}  // namespace readout::http
