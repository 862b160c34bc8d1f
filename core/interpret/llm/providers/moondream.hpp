// Moondream, cloud and station: one narrow question about a picture. Source: m87-labs/moondream-python,
// moondream/cloud_vl.py; m87-labs/moondream-station, core/rest_server.py.
#pragma once
#include "core/interpret/llm/provider.hpp"

namespace doodled::llm {

class Moondream final : public Provider {
 public:
  std::string_view kind() const override { return "moondream"; }
  std::string_view default_base_url() const override { return "https://api.moondream.ai"; }
  Result<HttpRequest> request(const ModelCall& call) const override;
  std::unique_ptr<ReplyReader> reader(const HttpRequest& request,
                                      std::string_view content_type) const override;
  ProviderError classify(int status, const Headers& headers, std::string_view body) const override;
  HttpRequest list_models(const Endpoint& endpoint) const override;
  Result<std::vector<OfferedModel>> models(std::string_view body) const override;
};

}  // namespace doodled::llm
