// Blocking frames on the reader's end of the socket.
#pragma once
#include <optional>
#include <string>

#include "core/base/ids.hpp"
#include "core/reader/process/received_bytes.hpp"
#include "core/reader/protocol/frame.hpp"

namespace doodled::reader {

struct Question {
  std::string text;
  ReceivedBytes bytes;
};

// Nothing when the daemon has closed its end between two frames. Throws std::runtime_error for a malformed or
// broken stream.
std::optional<Question> receive_question(int socket, const FrameLimits& limits);
void send_frame(int socket, std::string_view text, Bytes bytes);

}  // namespace doodled::reader
