#include <algorithm>
#include <array>

#include "core/interpret/llm/providers/anthropic.hpp"
#include "core/interpret/llm/providers/gemini.hpp"
#include "core/interpret/llm/providers/moondream.hpp"
#include "core/interpret/llm/providers/ollama.hpp"
#include "core/interpret/llm/providers/openai_chat.hpp"
#include "core/interpret/llm/providers/openai_responses.hpp"

namespace doodled::llm {

const Provider* find_provider(std::string_view kind) {
  static const OpenAiChat openai(OpenAiChat::Flavour::openai), compatible(OpenAiChat::Flavour::compatible);
  static const OpenAiResponses responses;
  static const Anthropic anthropic;
  static const Gemini gemini;
  static const Ollama ollama;
  static const Moondream moondream;
  static const std::array<const Provider*, 7> all{&openai, &responses,  &anthropic, &gemini,
                                                  &ollama, &compatible, &moondream};
  const auto found = std::ranges::find(all, kind, &Provider::kind);
  return found == all.end() ? nullptr : *found;
}

ModelCapabilities default_capabilities(std::string_view kind) {
  ModelCapabilities capabilities;
  const bool local = kind == "ollama" || kind == "compatible";
  capabilities.temperature = local || kind == "moondream";
  capabilities.seed = local || kind == "gemini";
  if (kind == "moondream") {
    capabilities.structured = StructuredOutput::none;
    capabilities.narrow = true;
  }
  return capabilities;
}

}  // namespace doodled::llm
