#include "drivers/input/udp_listener.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <thread>

#include <netdb.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/log.hpp"

namespace doodled {
namespace {

constexpr int seconds_before_trying_again = 2;

class UdpListener final : public Listener {
 public:
  UdpListener(std::string id, std::string host, int port, Received received)
      : id_(std::move(id)),
        host_(std::move(host)),
        port_(port),
        received_(std::move(received)),
        wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
        thread_([this](std::stop_token stop) { work(stop); }) {}
  ~UdpListener() override {
    thread_.request_stop();
    const std::uint64_t one = 1;
    (void)!::write(wake_, &one, sizeof one);
    thread_.join();
    ::close(wake_);
  }

  ListenerState state() const override {
    const std::lock_guard lock(mutex_);
    return {id_, "osc", ready_, detail_, messages_.load(std::memory_order_relaxed)};
  }

 private:
  void work(std::stop_token stop) {
    int socket = -1;
    while (!stop.stop_requested()) {
      if (socket < 0) socket = open();
      std::array<pollfd, 2> waits{{{wake_, POLLIN, 0}, {socket, POLLIN, 0}}};
      ::poll(waits.data(), socket < 0 ? 1 : 2, socket < 0 ? seconds_before_trying_again * 1000 : -1);
      if (socket >= 0 && (waits[1].revents & POLLIN) != 0) take_all(socket);
    }
    if (socket >= 0) ::close(socket);
  }

  // Longer datagrams than UDP can carry do not exist, so none is ever cut.
  void take_all(int socket) {
    for (;;) {
      const auto size = ::recv(socket, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
      if (size < 0) return;
      messages_.fetch_add(1, std::memory_order_relaxed);
      received_(Bytes{buffer_.data(), static_cast<std::size_t>(size)});
    }
  }

  int open() {
    addrinfo hints{}, *found = nullptr;
    hints.ai_socktype = SOCK_DGRAM;
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
    if (const int failure = getaddrinfo(host_.c_str(), std::to_string(port_).c_str(), &hints, &found);
        failure != 0)
      return fail(gai_strerror(failure));
    const int made = ::socket(found->ai_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const bool bound = made >= 0 && ::bind(made, found->ai_addr, found->ai_addrlen) == 0;
    const int reason = errno;
    freeaddrinfo(found);
    if (bound) return succeed(made);
    if (made >= 0) ::close(made);
    return fail(std::strerror(reason));
  }

  int succeed(int socket) {
    set(true, "udp " + host_ + ":" + std::to_string(port_));
    return socket;
  }
  int fail(const std::string& reason) {
    set(false, "udp " + host_ + ":" + std::to_string(port_) + ": " + reason);
    return -1;
  }
  void set(bool ready, const std::string& detail) {
    const std::lock_guard lock(mutex_);
    if (detail_ != detail)
      log::info("inputs", ready ? "input ready" : "input not ready", {{"input", id_}, {"detail", detail}});
    ready_ = ready;
    detail_ = detail;
  }

  const std::string id_, host_;
  const int port_;
  const Received received_;
  const int wake_;
  std::atomic<std::uint64_t> messages_{0};
  std::array<std::uint8_t, 65536> buffer_{};  // the thread's own
  mutable std::mutex mutex_;
  bool ready_ = false;
  std::string detail_;
  std::jthread thread_;  // last: it uses what is above
};

}  // namespace

std::unique_ptr<Listener> listen_to_udp(std::string id, std::string host, int port, Received received) {
  return std::make_unique<UdpListener>(std::move(id), std::move(host), port, std::move(received));
}

}  // namespace doodled
