// Stage `events.commitments`: who owes what to whom, as the text says it.
//
//   "The Zambian side undertook to submit a list not later than 30 June 1974."
//   pledge: owed by state:ZMB; what "submit a list ..."; deadline 1974-06-30
//
// Three readings of each sentence's tree: words that make commitments (data/events/commitments.tsv)
// with what depends on them; future and obligation ("will", "shall", "must") where the subject can
// promise it and the sentence does not merely predict; words of keeping ("the deadlines have been
// met"), tied to what they answer.
#pragma once

#include <memory>
#include <string>

#include "readout/pipeline.h"

namespace readout::events {

/// Reads Structure, Tokens, Syntax and, of `available`, Actors, Quotes, Timex, Figures and
/// Agreements; writes Commitments.
Result<std::unique_ptr<const Stage>> make_commitment_stage(const std::string& data_folder,
                                                           LayerSet available);

}  // namespace readout::events
