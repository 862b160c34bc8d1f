// The reply that a provider makes of a body, fed in pieces of `size` bytes.
#pragma once
#include <algorithm>
#include <string_view>

#include <doctest/doctest.h>

#include "core/interpret/llm/provider.hpp"

namespace doodled::llm {

inline Reply fed(const Provider& provider, std::string_view body, bool streaming, std::size_t size = 4096) {
  const auto reader = provider.reader(HttpRequest{"POST", "", {}, "", streaming}, "");
  for (; !body.empty(); body.remove_prefix(std::min(size, body.size()))) reader->feed(body.substr(0, size));
  return reader->finish();
}

inline ModelReply reply_of(const Provider& provider, std::string_view body, bool streaming,
                           std::size_t size = 4096) {
  auto reply = fed(provider, body, streaming, size);
  if (const auto* error = std::get_if<ProviderError>(&reply))
    FAIL(error->error.code << ": " << error->error.message);
  return std::get<ModelReply>(std::move(reply));
}

inline ProviderError error_of(const Provider& provider, std::string_view body, bool streaming,
                              std::size_t size = 4096) {
  auto reply = fed(provider, body, streaming, size);
  REQUIRE(std::holds_alternative<ProviderError>(reply));
  return std::get<ProviderError>(std::move(reply));
}

}  // namespace doodled::llm
