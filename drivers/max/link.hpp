// The thread beside the runner: hears the companion's datagrams and writes documents, so that the runner does
// neither. What it has is taken by the runner.
#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/base/descriptor.hpp"
#include "core/music/session.hpp"
#include "core/play/timeline.hpp"
#include "drivers/max/message.hpp"

namespace doodled::max_link {

class Link {
 public:
  struct News {
    std::vector<Message> messages;
    std::optional<std::string> document;
  };

  // `wake` is called on the thread of the link when there are news.
  Link(std::string host, int port, std::function<void()> wake);
  ~Link() { close(); }

  // Starts to listen on the port. What does not come from `host` is not heard; without a free port nothing
  // is, and complaint() says why.
  void open();
  void close() noexcept;
  const std::string& complaint() const { return complaint_; }

  // Has the document written; the session may be null. Any thread.
  void describe(std::shared_ptr<const Timeline> timeline, std::shared_ptr<const Session> session);
  // What came since the last call.
  News take();

 private:
  struct Wish {
    std::shared_ptr<const Timeline> timeline;
    std::shared_ptr<const Session> session;
  };
  void run();
  void hear();
  void write_wish();
  void deliver(std::function<void(News&)> add);
  void ring() noexcept;

  const std::string host_;
  const int port_;
  const std::function<void()> wake_;
  std::string complaint_;
  Descriptor socket_, bell_;
  std::string sender_;  // the address that `host` is, as bytes
  std::thread thread_;
  std::mutex mutex_;
  News news_;
  std::optional<Wish> wish_;
  bool quit_ = false;
};

}  // namespace doodled::max_link
