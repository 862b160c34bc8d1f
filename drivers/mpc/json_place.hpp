// Where a value stands in a JSON text, so that it alone can be replaced and every other byte stays.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

namespace doodled::mpc {

struct JsonPlace {
  std::size_t begin = 0, length = 0;
};

// `json` must be well-formed; `pointer` is a JSON Pointer whose names hold no '~'. Nothing when it leads
// nowhere.
std::optional<JsonPlace> json_place(std::string_view json, std::string_view pointer);

}  // namespace doodled::mpc
