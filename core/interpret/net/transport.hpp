// HTTP requests that run without a thread each: one thread drives all transfers and tells what comes of them.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/interpret/llm/provider.hpp"

namespace doodled {

struct TransferLimits {
  std::chrono::milliseconds connect{10'000};      // DNS, TCP and TLS
  std::chrono::milliseconds first_byte{120'000};  // from the start to the first byte of the body
  std::chrono::milliseconds idle{60'000};         // between two bytes of the body
  std::chrono::milliseconds total{600'000};
  std::int64_t max_bytes = std::int64_t{8} << 20;  // of the body, as counted here
  std::string ca_file = {};  // PEM: the authorities whose certificates are taken; empty: those of the system
};

struct TransferEnd {
  int status = 0;              // 0: no answer came
  std::optional<Error> error;  // the transfer itself failed; an HTTP status is no failure here
  bool retryable = false;      // the same again may succeed
  std::chrono::milliseconds first_byte{0}, total{0};
};

// All are called on the transport's thread. They must not block or throw; they may call the transport.
struct TransferHandlers {
  // Once, before the first byte of the body, which may be empty.
  std::function<void(int status, const llm::Headers& headers)> head;
  // In pieces as they come, cut anywhere.
  std::function<void(std::string_view bytes)> body;
  // Exactly once, and last. Error codes: unreachable, connect_timeout, first_byte_timeout, idle_timeout,
  // total_timeout, connection_lost, tls_failed, proxy_refused, answer_too_large, bad_request_url, cancelled.
  std::function<void(const TransferEnd& end)> end;
};

// Proxies are those of the environment (http_proxy, https_proxy, no_proxy), but for this machine itself.
class Transport {
 public:
  using Id = std::uint64_t;

  virtual ~Transport() = default;
  // Thread-safe, as all of these. Redirects are not followed: a 3xx is an answer like any other.
  virtual Id start(llm::HttpRequest request, const TransferLimits& limits, TransferHandlers handlers) = 0;
  // Stops the transfer or the timer at once; of a transfer `end` says 'cancelled'. Nothing when it is over.
  virtual void cancel(Id id) = 0;
  // Calls `due` on the transport's thread.
  virtual Id after(std::chrono::milliseconds delay, std::function<void()> due) = 0;
};

}  // namespace doodled
