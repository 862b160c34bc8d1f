// The reader's life between its greeting and the end of the stream.
#pragma once
#include <cstdint>

namespace doodled::reader {

// Runs every path that a picture takes once, so that what libraries load lazily is there before the sandbox
// closes.
void rehearse();

// Answers requests one at a time until the daemon closes its end; memory is handed back after each picture.
void serve(int socket, std::uint64_t max_bytes);

}  // namespace doodled::reader
