// Blocking frames on the reader's end of the socket.
#pragma once
#include <optional>

#include "core/base/ids.hpp"
#include "core/reader/protocol/frame.hpp"

namespace doodled::reader {

// Nothing when the daemon has closed its end between two frames. Throws std::runtime_error for a malformed or
// broken stream.
std::optional<Frame> receive_frame(int socket, const FrameLimits& limits);
void send_frame(int socket, std::string_view text, Bytes bytes);

}  // namespace doodled::reader
