// A blocking TCP client on loopback that sends exactly the bytes it is told to.
#pragma once
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace doodled::http::testing {

struct RawResponse {
  int status = 0;
  std::string head;
  std::string body;

  bool has(std::string_view text) const { return head.find(text) != std::string::npos; }
};

class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    // Reached only by a real hang.
    const timeval limit{20, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("cannot connect");
  }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  ~RawClient() { ::close(socket_); }

  // False where the other side has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  // The next answer; status 0 where the connection ended before one.
  RawResponse receive(bool without_body = false) {
    RawResponse response;
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
      if (!more()) return response;
    response.head = buffer_.substr(0, end + 4);
    buffer_.erase(0, end + 4);
    response.status = std::atoi(response.head.c_str() + 9);
    const auto length_at = response.head.find("Content-Length: ");
    const auto length = without_body || length_at == std::string::npos
                            ? 0
                            : std::strtoul(response.head.c_str() + length_at + 16, nullptr, 10);
    response.body = take(length);
    return response;
  }
  RawResponse exchange(std::string_view bytes) {
    send(bytes);
    return receive();
  }

  // Exactly that many bytes, fewer where the connection ended.
  std::string take(std::size_t length) {
    while (buffer_.size() < length && more()) {
    }
    const auto taken = buffer_.substr(0, length);
    buffer_.erase(0, taken.size());
    return taken;
  }
  // True when the other side closes and sends nothing more before.
  bool ends() { return buffer_.empty() && !more(); }
  void finish_sending() { ::shutdown(socket_, SHUT_WR); }

 private:
  bool more() {
    char bytes[65536];
    const auto count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count > 0) buffer_.append(bytes, static_cast<std::size_t>(count));
    return count > 0;
  }

  int socket_;
  std::string buffer_;
};

}  // namespace doodled::http::testing
