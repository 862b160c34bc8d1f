#include "drivers/max/link.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/play/realtime.hpp"
#include "drivers/max/document.hpp"

namespace doodled::max_link {
namespace {

constexpr std::size_t most_messages = 4096;  // that wait; more are a flood

struct Address {
  sockaddr_storage storage{};
  socklen_t length = sizeof storage;
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

// The host's part of an address; an IPv4 address in IPv6 form counts as IPv4.
std::string host_bytes(const sockaddr_storage& storage) {
  if (storage.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(storage).sin_addr;
    return {reinterpret_cast<const char*>(&v4), sizeof v4};
  }
  const auto& v6 = reinterpret_cast<const sockaddr_in6&>(storage).sin6_addr;
  const auto* bytes = reinterpret_cast<const char*>(&v6);
  return IN6_IS_ADDR_V4MAPPED(&v6) ? std::string(bytes + 12, 4) : std::string(bytes, sizeof v6);
}

bool is_loopback(const sockaddr_storage& storage) {
  const auto bytes = host_bytes(storage);
  return bytes.size() == 4 ? bytes[0] == 127 : bytes == std::string(15, '\0') + '\1';
}

std::optional<Address> look_up(const std::string& host) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_DGRAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0) return std::nullopt;
  Address address;
  std::memcpy(&address.storage, found->ai_addr, found->ai_addrlen);
  address.length = found->ai_addrlen;
  freeaddrinfo(found);
  return address;
}

// Where to listen for that host: on loopback for one that is this machine, else everywhere.
Address listening_address(const Address& host, int port) {
  Address address = host;
  auto* v4 = reinterpret_cast<sockaddr_in*>(&address.storage);
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
  const auto network_port = htons(static_cast<std::uint16_t>(port));
  if (host.storage.ss_family == AF_INET) {
    v4->sin_addr.s_addr = htonl(is_loopback(host.storage) ? INADDR_LOOPBACK : INADDR_ANY);
    v4->sin_port = network_port;
  } else {
    if (!is_loopback(host.storage)) v6->sin6_addr = in6addr_any;
    v6->sin6_port = network_port;
  }
  return address;
}

void block_all_signals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

Link::Link(std::string host, int port, std::function<void()> wake)
    : host_(std::move(host)), port_(port), wake_(std::move(wake)) {}

void Link::open() {
  close();
  complaint_.clear();
  auto host = look_up(host_);
  if (!host) {
    complaint_ = "host " + host_ + " is not known";
    return;
  }
  sender_ = host_bytes(host->storage);
  auto here = listening_address(*host, port_);
  Descriptor listening(socket(here.storage.ss_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!listening || bind(listening.get(), here.get(), here.length) != 0)
    complaint_ = "no answers: udp port " + std::to_string(port_) + ": " + std::strerror(errno);
  else
    socket_ = std::move(listening);
  bell_ = Descriptor(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  quit_ = false;
  thread_ = std::thread([this] { run(); });
}

void Link::close() noexcept {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    quit_ = true;
  }
  ring();
  thread_.join();
  socket_ = Descriptor();
  bell_ = Descriptor();
  news_ = {};
  wish_.reset();
}

void Link::ring() noexcept {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = write(bell_.get(), &one, sizeof one);
}

void Link::run() {
  block_all_signals();
  leave_realtime(pthread_self());  // which a thread has from the one that starts it
  pthread_setname_np(pthread_self(), "max link");
  for (;;) {
    std::array<pollfd, 2> ready{{{bell_.get(), POLLIN, 0}, {socket_.get(), POLLIN, 0}}};
    poll(ready.data(), socket_ ? 2 : 1, -1);
    std::uint64_t rung;
    [[maybe_unused]] const auto count = read(bell_.get(), &rung, sizeof rung);
    {
      const std::lock_guard lock(mutex_);
      if (quit_) return;
    }
    if (socket_) hear();
    write_wish();
  }
}

void Link::hear() {
  std::array<std::uint8_t, 2048> buffer;
  std::vector<Message> heard;
  for (;;) {
    Address from;
    const auto size = recvfrom(socket_.get(), buffer.data(), buffer.size(), 0, from.get(), &from.length);
    if (size < 0) break;
    if (host_bytes(from.storage) != sender_) continue;
    if (auto message = decode({buffer.data(), static_cast<std::size_t>(size)}))
      heard.push_back(std::move(*message));
    if (heard.size() == most_messages) break;
  }
  if (heard.empty()) return;
  deliver([&](News& news) {
    for (auto& message : heard)
      if (news.messages.size() < most_messages) news.messages.push_back(std::move(message));
  });
}

void Link::write_wish() {
  std::optional<Wish> wish;
  {
    const std::lock_guard lock(mutex_);
    wish.swap(wish_);
  }
  if (!wish) return;
  auto text =
      document_of(*wish->timeline, wish->session ? chances_of(*wish->session) : std::vector<Chance>{});
  deliver([&](News& news) { news.document = std::move(text); });
}

void Link::deliver(std::function<void(News&)> add) {
  {
    const std::lock_guard lock(mutex_);
    add(news_);
  }
  wake_();
}

void Link::describe(std::shared_ptr<const Timeline> timeline, std::shared_ptr<const Session> session) {
  {
    const std::lock_guard lock(mutex_);
    wish_ = Wish{std::move(timeline), std::move(session)};
  }
  ring();
}

Link::News Link::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(news_, {});
}

}  // namespace doodled::max_link
