// A timeline as JSON, for other programs: {title, tempo_bpm, meter, key, length, tracks, markers, events}.
#pragma once
#include "core/base/json.hpp"
#include "core/play/timeline.hpp"

namespace doodled {

Json to_json(const Timeline& timeline);
// Errors: 'invalid_timeline'.
Result<Timeline> timeline_from_json(const Json& json);

}  // namespace doodled
