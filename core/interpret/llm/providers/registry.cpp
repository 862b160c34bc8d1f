#include <algorithm>
#include <array>

#include "core/interpret/llm/providers/openai_chat.hpp"

namespace doodled::llm {

const Provider* find_provider(std::string_view kind) {
  static const OpenAiChat openai(OpenAiChat::Flavour::openai), compatible(OpenAiChat::Flavour::compatible);
  static const std::array<const Provider*, 2> all{&openai, &compatible};
  const auto found = std::ranges::find(all, kind, &Provider::kind);
  return found == all.end() ? nullptr : *found;
}

ModelCapabilities default_capabilities(std::string_view kind) {
  ModelCapabilities capabilities;
  const bool local = kind == "ollama" || kind == "compatible";
  capabilities.temperature = local;
  capabilities.seed = local || kind == "gemini";
  if (kind == "moondream") capabilities.structured = StructuredOutput::none;
  if (kind == "moondream") capabilities.temperature = true;
  return capabilities;
}

}  // namespace doodled::llm
