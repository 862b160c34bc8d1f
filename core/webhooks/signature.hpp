// Signatures of webhooks by the convention "Standard Webhooks"
// (github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md), so that its libraries can
// verify them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/interpret/llm/provider.hpp"

namespace doodled {

// The key behind a secret: of "whsec_" and base64 the bytes, of any other text the text itself. Nothing where
// the base64 is none.
std::optional<std::vector<std::uint8_t>> signing_key(const llm::Secret& secret);

// The value of the header webhook-signature: "v1," and the base64 of HMAC-SHA256 over "id.seconds.body".
std::string webhook_signature(const std::vector<std::uint8_t>& key, std::string_view id, std::int64_t seconds,
                              std::string_view body);

}  // namespace doodled
