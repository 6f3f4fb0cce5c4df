// Stage `events.agreements`: documents, arrangements and bodies that a text refers to, one row each
// under whatever names the text uses, with parties, date, and what each speaker says of them.
//
//   "the statement of the three leaders on 9 November ... the joint declaration ... the agreements"
//
// A name is a noun of data/events/agreements.tsv with what makes it one document: capitals, a
// qualifier, a date, signatures, parties; or a name of data/entities/agreements.tsv. A bare noun
// with a determiner goes back to the last one that it can mean.
#pragma once

#include <memory>
#include <string>

#include "readout/pipeline.h"

namespace readout::events {

/// Reads Structure, Tokens and, of `available`, Syntax, Actors, Quotes and Timex; writes
/// Agreements.
Result<std::unique_ptr<const Stage>> make_agreement_stage(const std::string& data_folder,
                                                          LayerSet available);

}  // namespace readout::events
