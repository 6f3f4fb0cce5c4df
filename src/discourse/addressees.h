// Whom a quote is said to where its own words don't name anybody: the body that a speaker takes the
// floor in, the other of the two whose talk a readout tells.
#pragma once

#include <vector>

#include "readout/document.h"

namespace readout::discourse {

/// Fills `addressee` of the quotes that have none.
void imply_addressees(const Document& doc, std::vector<Quote>& quotes);

}  // namespace readout::discourse
