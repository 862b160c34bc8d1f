// Chat Completions: OpenAI's own ('openai'), and the servers that speak it ('compatible': llama.cpp, LM
// Studio, vLLM, OpenRouter). Source: openai/openai-openapi, openapi.yaml of 2026-08-21, /chat/completions;
// llama.cpp v0.5.0 tools/server/README.md; OpenRouter's api_reference of 2026-08-22.
#pragma once
#include "core/interpret/llm/provider.hpp"

namespace doodled::llm {

class OpenAiChat final : public Provider {
 public:
  enum class Flavour { openai, compatible };
  explicit OpenAiChat(Flavour flavour) : flavour_(flavour) {}

  std::string_view kind() const override { return flavour_ == Flavour::openai ? "openai" : "compatible"; }
  std::string_view default_base_url() const override;
  Result<HttpRequest> request(const ModelCall& call) const override;
  std::unique_ptr<ReplyReader> reader(const HttpRequest& request,
                                      std::string_view content_type) const override;
  ProviderError classify(int status, const Headers& headers, std::string_view body) const override;
  bool adapt(ModelCapabilities& capabilities, int status, std::string_view body) const override;
  HttpRequest list_models(const Endpoint& endpoint) const override;
  Result<std::vector<OfferedModel>> models(std::string_view body) const override;

 private:
  Flavour flavour_;
};

// What OpenAI's two APIs share.
HttpRequest openai_models(const Endpoint& endpoint, std::string_view fallback);
ProviderError classify_openai(int status, const Headers& headers, std::string_view body);
bool adapt_openai(ModelCapabilities& capabilities, int status, std::string_view body);

}  // namespace doodled::llm
