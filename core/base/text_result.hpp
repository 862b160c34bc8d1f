#pragma once
#include <string>
#include <utility>

#include "core/base/result.hpp"

namespace doodled {

// A text as Result: an Error can be made of one text as well, so the compiler wants to be told which is
// meant.
inline Result<std::string> text_result(std::string text) {
  return Result<std::string>(boost::system::in_place_value, std::move(text));
}

}  // namespace doodled
