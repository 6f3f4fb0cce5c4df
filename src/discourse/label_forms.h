// The forms of labels that read_label tries in turn. Internal to labels.
#pragma once

#include "discourse/labels.h"

namespace readout::discourse {

/// "MR PRICE:", "QUESTION (Yle):", "Q ", "**Name:**".
std::optional<Label> read_colon_label(std::string_view text, Span paragraph, const Cues& cues,
                                      bool bare_q);

/// "Question – Will Paris ...?": a word that asks or answers, then a dash for the colon.
std::optional<Label> read_dashed_label(std::string_view text, Span paragraph, const Cues& cues);

/// "Mr. HOLDEN. I rise ...", "The PRESIDING OFFICER. ...": a full stop stands for the colon.
std::optional<Label> read_stopped_label(std::string_view text, Span paragraph, const Cues& cues);

}  // namespace readout::discourse
