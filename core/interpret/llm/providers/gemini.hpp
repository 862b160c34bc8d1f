// Google Gemini, generateContent. Source: googleapis/js-genai of 2026-08-21, src/types.ts; googleapis,
// google/ai/generativelanguage/v1beta of 2026-08-22.
#pragma once
#include "core/interpret/llm/provider.hpp"

namespace doodled::llm {

class Gemini final : public Provider {
 public:
  std::string_view kind() const override { return "gemini"; }
  std::string_view default_base_url() const override { return "https://generativelanguage.googleapis.com"; }
  Result<HttpRequest> request(const ModelCall& call) const override;
  std::unique_ptr<ReplyReader> reader(const HttpRequest& request,
                                      std::string_view content_type) const override;
  ProviderError classify(int status, const Headers& headers, std::string_view body) const override;
  bool adapt(ModelCapabilities& capabilities, int status, std::string_view body) const override;
  HttpRequest list_models(const Endpoint& endpoint) const override;
  Result<std::vector<OfferedModel>> models(std::string_view body) const override;
};

}  // namespace doodled::llm
