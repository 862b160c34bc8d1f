// What a job wishes of a model, read from its options, and said to the model.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/compose/compose.hpp"
#include "core/interpret/interpreter.hpp"
#include "core/interpret/llm/modes.hpp"
#include "core/interpret/llm/provider.hpp"

namespace doodled::llm {

struct Wish {
  const Mode* mode = nullptr;  // what is asked
  std::string wanted;          // the job's mode
  ComposeOptions options;
  std::vector<std::string> locks;  // what must not change, in words
};

// `narrow`: only plain facts of the picture are asked for (ModelCapabilities::narrow). Errors name the field:
// 'unknown_mode', 'invalid_option', 'image_required', 'prompt_required'.
Result<Wish> wish_of(const InterpretRequest& request, bool narrow = false);

// The user's part of the question: what was said, what is fixed, how large the picture is.
std::string question(const Wish& wish, const PreparedPicture* picture);

}  // namespace doodled::llm
