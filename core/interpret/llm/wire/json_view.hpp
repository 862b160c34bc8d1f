// Reads JSON that another program wrote: what is missing or of another type is simply not there.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/json.hpp"

namespace doodled::llm {

// The body as JSON; null where it is none.
Json json_or_null(std::string_view body);

// Follows keys; a shared null value where one is missing. at(json, {"error", "message"})
const Json& at(const Json& json, std::initializer_list<const char*> keys);
// The first element of a list, or null.
const Json& first(const Json& list);
// The elements of a list; none for anything else.
const Json& list_or_empty(const Json& json);

std::string text_at(const Json& json, std::initializer_list<const char*> keys);
std::int64_t count_at(const Json& json, std::initializer_list<const char*> keys);  // 0..2^53, else 0
std::optional<double> number_at(const Json& json, std::initializer_list<const char*> keys);

}  // namespace doodled::llm
