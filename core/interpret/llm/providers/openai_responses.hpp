// OpenAI Responses. Source: openai/openai-openapi, openapi.yaml of 2026-08-21, /responses.
#pragma once
#include "core/interpret/llm/provider.hpp"

namespace doodled::llm {

class OpenAiResponses final : public Provider {
 public:
  std::string_view kind() const override { return "openai-responses"; }
  std::string_view default_base_url() const override { return "https://api.openai.com"; }
  Result<HttpRequest> request(const ModelCall& call) const override;
  std::unique_ptr<ReplyReader> reader(const HttpRequest& request,
                                      std::string_view content_type) const override;
  ProviderError classify(int status, const Headers& headers, std::string_view body) const override;
  bool adapt(ModelCapabilities& capabilities, int status, std::string_view body) const override;
  HttpRequest list_models(const Endpoint& endpoint) const override;
  Result<std::vector<OfferedModel>> models(std::string_view body) const override;
};

}  // namespace doodled::llm
