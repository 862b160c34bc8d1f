// The trace of one job, from the upload's first byte to the first note, out of what is kept of it.
#pragma once
#include <vector>

#include "core/base/json.hpp"
#include "core/store/interpretations.hpp"
#include "core/store/jobs.hpp"

namespace doodled {

// {job_id, state, began_at, duration_ms, spans: [{id, parent, name, start_ms, duration_ms, facts}]}. Times
// count from began_at; a duration is null while the span goes on, or where its end is not known. `ahead` is
// true where it began before the span that it is part of, so before that was asked for; its start may then be
// negative: before the first byte, for an earlier request that brought the picture. Span 1 is the whole,
// `parent` the id of the span that it is part of. `kept` are those of TraceLog::of_job; what is missing there
// (a job of an earlier version, or one whose traces a crash took) is told by the job's row and its
// `interpretations`, to the millisecond. Pure.
Json trace_json(const Job& job, const Json& kept, const std::vector<Interpretation>& interpretations);

}  // namespace doodled
