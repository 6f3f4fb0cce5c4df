// Stage `events.frames`: who did what to whom, with which standing.
//
// Reads tokens, syntax and, where they are there, mentions, voices, times and places; writes the
// events. A frame set comes from data/events (see frames.h), with a user's folder laid over it.
#pragma once

#include <memory>
#include <string>

#include "events/frames.h"
#include "readout/pipeline.h"
#include "readout/result.h"

namespace readout::events {

/// The built-in frames; files of `data_folder`/events replace those of the same name and add others.
Result<std::shared_ptr<const FrameSet>> load_frames(const std::string& data_folder);

/// `available`: the layers that stages before this one write; it reads what it knows of them. `coder`: frames, the model, or both.
Result<std::unique_ptr<const Stage>> make_event_stage(const std::string& data_folder, LayerSet available, readout::Coder coder);

}  // namespace readout::events
