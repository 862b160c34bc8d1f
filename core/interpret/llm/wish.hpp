// What a job wishes of a model, read from its options, and said to the model.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/interpret/interpreter.hpp"
#include "core/interpret/llm/modes.hpp"
#include "core/interpret/llm/provider.hpp"

namespace doodled::llm {

struct Wish {
  const Mode* mode = nullptr;
  std::optional<Key> key;
  std::optional<double> tempo_bpm, swing;
  std::optional<int> bars;
  std::uint64_t seed = 1;
  std::string device;              // in words: 'MPC One, drum program and TubeSynth'
  std::vector<std::string> locks;  // what must not change, in words
  std::string prompt;
  std::string image_sha256;
};

// Errors name the field: 'unknown_mode', 'invalid_option', 'image_required', 'prompt_required'.
Result<Wish> wish_of(const InterpretRequest& request);

// The user's part of the question: what was said, what is fixed, how large the picture is.
std::string question(const Wish& wish, const PreparedPicture* picture);

}  // namespace doodled::llm
