// Ollama's own API. Source: ollama/ollama of 2026-08-21, docs/api.md and server/routes.go.
#pragma once
#include "core/interpret/llm/provider.hpp"

namespace doodled::llm {

class Ollama final : public Provider {
 public:
  std::string_view kind() const override { return "ollama"; }
  std::string_view default_base_url() const override { return "http://127.0.0.1:11434"; }
  Result<HttpRequest> request(const ModelCall& call) const override;
  std::unique_ptr<ReplyReader> reader(const HttpRequest& request,
                                      std::string_view content_type) const override;
  ProviderError classify(int status, const Headers& headers, std::string_view body) const override;
  bool adapt(ModelCapabilities& capabilities, int status, std::string_view body) const override;
  HttpRequest list_models(const Endpoint& endpoint) const override;
  Result<std::vector<OfferedModel>> models(std::string_view body) const override;
};

}  // namespace doodled::llm
