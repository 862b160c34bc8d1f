// Transport by libcurl's multi interface. Debian 12's libcurl 7.88 is the floor.
#pragma once
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

#include "core/base/clock.hpp"
#include "core/interpret/net/transport.hpp"

namespace doodled {

class CurlTransport final : public Transport {
 public:
  // Throws std::runtime_error when libcurl can't start. `clock` outlives it.
  explicit CurlTransport(const Clock& clock);
  // Every transfer ends as cancelled; timers are dropped.
  ~CurlTransport() override;

  Id start(llm::HttpRequest request, const TransferLimits& limits, TransferHandlers handlers) override;
  void cancel(Id id) override;
  Id after(std::chrono::milliseconds delay, std::function<void()> due) override;

 private:
  class Loop;
  using Command = std::function<void(Loop&, Id)>;
  struct Given {
    Id id;
    Command command;
  };

  Id give(Command command);
  std::deque<Given> take();
  void obey();
  void run(std::stop_token stop);

  const Clock& clock_;
  std::mutex mutex_;
  Id last_id_ = 0;
  std::deque<Given> commands_;
  std::unique_ptr<Loop> loop_;
  std::jthread thread_;
};

}  // namespace doodled
