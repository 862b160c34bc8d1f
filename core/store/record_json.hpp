// Stored records as JSON, both ways, in the API's shapes (schemas/openapi.yaml). What is only the store's
// business (claims, crash counts) is not in them, so reading back what was written gives equal JSON.
#pragma once
#include "core/base/json.hpp"
#include "core/store/images.hpp"
#include "core/store/jobs.hpp"
#include "core/store/plays.hpp"

namespace doodled {

Json to_json(const Image& image);
Json to_json(const Job& job);
Json to_json(const Interpretation& interpretation);
Json to_json(const PlayRecord& play);

// Error: 'invalid_record', with the JSON Pointer of every field that is missing or does not fit.
Result<Image> image_from_json(const Json& json);
Result<Job> job_from_json(const Json& json);
Result<Interpretation> interpretation_from_json(const Json& json);
Result<PlayRecord> play_from_json(const Json& json);

}  // namespace doodled
