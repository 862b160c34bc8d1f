// WebSocket frames on any bytes, which arrive in pieces of seven.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/base/utf8.hpp"
#include "server/http/web_socket_frame.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t max_message = 1000;
  std::string_view input(reinterpret_cast<const char*>(data), size);
  doodled::http::FrameReader reader(max_message);
  while (!input.empty()) {
    reader.append(input.substr(0, 7));
    input.remove_prefix(input.size() < 7 ? input.size() : 7);
    for (;;) {
      const auto next = reader.next();
      if (std::holds_alternative<doodled::http::SocketFault>(next)) return 0;
      const auto* message = std::get_if<doodled::http::SocketMessage>(&next);
      if (!message) break;
      if (message->payload.size() > max_message) std::abort();
      if (message->opcode == doodled::http::Opcode::text && !doodled::is_utf8(message->payload)) std::abort();
    }
  }
  return 0;
}
