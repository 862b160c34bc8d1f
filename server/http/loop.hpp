// One I/O thread: what runs it, and what is handed to it.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>

#include "server/http/channel.hpp"
#include "server/http/service.hpp"

namespace doodled::http {

class Loop {
 public:
  explicit Loop(std::shared_ptr<Service> service) : service_(std::move(service)) {}

  Service& service() const { return *service_; }
  void start();
  // Posted after whatever it shall not overtake; `ended` is called on its thread when no connection is left.
  void stop(std::function<void()> ended);
  void join() { thread_.join(); }
  // A connection of its own from now on. Thread-safe.
  void serve(std::unique_ptr<Channel> channel);

 private:
  void run();

  const std::shared_ptr<Service> service_;
  std::optional<asio::executor_work_guard<Executor>> work_;
  std::jthread thread_;
};

}  // namespace doodled::http
