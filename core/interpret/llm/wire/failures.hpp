// From an HTTP status, headers and body to what went wrong. What all providers have in common; a provider
// corrects it where its own words say more.
#pragma once
#include "core/interpret/llm/provider.hpp"

namespace doodled::llm {

// Two hundred characters of a provider's words at most, without control characters.
std::string shortened(std::string_view words);

ProviderError bad_reply(const std::string& what);
ProviderError empty_reply();
ProviderError cut_stream();

// By the status alone; `words` are the provider's own, or empty. Obeys 'x-should-retry', 'retry-after-ms' and
// 'retry-after' (seconds, or a date compared with the answer's own 'date').
ProviderError failure_of_status(int status, const Headers& headers, std::string_view words);

// A failure told inside a body of status 200.
ProviderError failure(std::string code, std::string_view words, bool retryable);

// Never again with this request, however long one waits.
void give_up(ProviderError& error, std::string code);

}  // namespace doodled::llm
