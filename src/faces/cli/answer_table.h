// Answers for people: columns as wide as the terminal allows, under each row its sentence.
#pragma once

#include <string>

#include "faces/cli/terminal.h"
#include "readout/query.h"

namespace readout::cli {

/// The question, the table, what is left, the notes.
std::string render_answer(const Answer& answer, int width, const Painter& paint);
std::string render_dossier(const Dossier& dossier, int width, const Painter& paint);
std::string render_explanation(const Explanation& explanation, int width, const Painter& paint);
/// Bars in the terminal: cooperation to the right, conflict to the left, and the Goldstein sum.
std::string render_series(const Series& series, int width, const Painter& paint);

}  // namespace readout::cli
