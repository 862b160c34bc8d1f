// Requests as tests look at them: their body as JSON, checked against the strict schemas that tests/fakes/llm
// keeps of every provider's API.
#pragma once
#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include "core/base/json.hpp"
#include "core/interpret/llm/provider.hpp"

namespace doodled::llm {

// A picture of three bytes.
std::shared_ptr<const PreparedPicture> small_picture();

// A question about a picture, with the answer's shape of the mode 'doodle'.
ModelCall doodle_call(std::string_view kind);

// What breaks the schema tests/fakes/llm/schemas/<kind>.json in the request's body, one line each; empty when
// nothing does. Also what draft 7 can't say: that an object of a lowered schema requires all of its
// properties, in order.
std::string faults(std::string_view kind, const HttpRequest& request);

std::string header(const HttpRequest& request, std::string_view name);

}  // namespace doodled::llm
