// When to try again. Pure.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>

#include "core/interpret/llm/provider.hpp"

namespace doodled {

struct Backoff {
  std::chrono::milliseconds first{500}, longest{30'000};
  std::chrono::milliseconds longest_wish{120'000};  // a provider that wants more is not waited for
  int tries = 5;                                    // in all, the first included
};

// The time to wait after `failures` (1, 2, ...): the provider's wish if it has one; else first *
// 2^(failures-1) up to the longest, less up to a quarter by `random` (0..1), so that many do not come back at
// once. Nothing: give up.
std::optional<std::chrono::milliseconds> retry_delay(const Backoff& backoff, int failures,
                                                     std::optional<std::chrono::milliseconds> wish,
                                                     double random);

// How long an answer's rate-limit headers ask all of us to hold back: when nothing remains of a limit, until
// it is reset. OpenAI: x-ratelimit-{remaining,reset}-{requests,tokens}, reset like '1s', '6m0s', '20ms'.
// Anthropic: anthropic-ratelimit-{requests,tokens,input-tokens,output-tokens}-{remaining,reset}, reset in RFC
// 3339. Nothing where no limit is used up.
std::optional<std::chrono::milliseconds> hold_back(const llm::Headers& headers, std::int64_t wall_ms);

}  // namespace doodled
