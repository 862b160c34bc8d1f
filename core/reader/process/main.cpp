// doodled-reader: the process that unpacks untrusted pictures and sees what is drawn in them, in a sandbox.
// The daemon starts it and talks to it on a socket.
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include "core/reader/decode/decode.hpp"
#include "core/reader/process/sandbox.hpp"
#include "core/reader/process/sandbox_check.hpp"
#include "core/reader/process/serve.hpp"
#include "core/reader/process/stream.hpp"
#include "core/reader/protocol/messages.hpp"

namespace {

using namespace doodled;
using namespace doodled::reader;

constexpr const char* help =
    "doodled-reader: reads pictures for doodled, which starts it by itself.\n"
    "\n"
    "  --socket-fd N      serve the daemon on this open socket until it is closed\n"
    "  --max-bytes N      largest picture file taken\n"
    "  --memory-bytes N   address space at most, libraries included; 0 for no limit\n"
    "  --sandbox on|off   off only for debugging (default on)\n"
    "  --check-sandbox    enter the sandbox (of 1 GiB where --memory-bytes does not say), try what it must "
    "refuse, and say so; exit 1 if anything passed\n";

struct Arguments {
  int socket = -1;
  std::int64_t max_bytes = 64 * 1024 * 1024;
  SandboxLimits limits;
  bool sandbox = true, check_sandbox = false, help = false;
};

std::int64_t number(std::string_view name, std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0)
    throw std::invalid_argument(std::string(name) + " needs a number");
  return value;
}

void take(Arguments& arguments, std::string_view name, std::string_view value) {
  if (name == "--socket-fd")
    arguments.socket = static_cast<int>(number(name, value));
  else if (name == "--max-bytes")
    arguments.max_bytes = number(name, value);
  else if (name == "--memory-bytes")
    arguments.limits.memory_bytes = number(name, value);
  else if (name == "--sandbox" && (value == "on" || value == "off"))
    arguments.sandbox = value == "on";
  else
    throw std::invalid_argument("not understood: " + std::string(name) + " " + std::string(value));
}

Arguments parse(int count, char** texts) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const std::string_view name = texts[i];
    if (name == "--help")
      arguments.help = true;
    else if (name == "--check-sandbox")
      arguments.check_sandbox = true;
    else
      take(arguments, name, i + 1 < count ? texts[++i] : "");
  }
  return arguments;
}

int check_sandbox(const Arguments& arguments) {
  auto limits = arguments.limits;
  if (limits.memory_bytes == 0) limits.memory_bytes = std::int64_t{1} << 30;
  enter_sandbox(STDERR_FILENO, limits);
  bool held = true;
  for (const Attempt& attempt : try_forbidden_things(limits)) {
    std::printf("%-8s %s\n", attempt.refused ? "refused" : "ALLOWED", attempt.what.c_str());
    held = held && attempt.refused;
  }
  std::fflush(stdout);
  return held ? 0 : 1;
}

// One picture takes and drops many large buffers; keeping their pages until it is done saves faulting them in
// anew. serve() hands them back after each picture.
void prepare() {
  mallopt(M_ARENA_MAX, 2);
  mallopt(M_MMAP_THRESHOLD, 256 << 20);
  mallopt(M_TRIM_THRESHOLD, 512 << 20);
  start_decoder();
  rehearse();
}

int run(const Arguments& arguments) {
  if (arguments.help || (arguments.socket < 0 && !arguments.check_sandbox)) {
    std::fputs(help, stdout);
    std::fflush(stdout);
    return arguments.help ? 0 : 2;
  }
  prepare();
  if (arguments.check_sandbox) return check_sandbox(arguments);
  if (arguments.sandbox) enter_sandbox(arguments.socket, arguments.limits);
  send_frame(arguments.socket, greeting_text(), {});
  serve(arguments.socket, static_cast<std::uint64_t>(arguments.max_bytes));
  return 0;
}

}  // namespace

// Leaves by _exit: what libraries tidy up at exit is of no use here and partly forbidden.
int main(int count, char** texts) {
  try {
    _exit(run(parse(count, texts)));
  } catch (const std::invalid_argument& failure) {
    std::fprintf(stderr, "doodled-reader: %s\n", failure.what());
    _exit(2);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "doodled-reader: %s\n", failure.what());
    _exit(3);
  }
}
