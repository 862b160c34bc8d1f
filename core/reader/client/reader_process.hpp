// One running doodled-reader, seen from the daemon.
#pragma once
#include <cstdint>
#include <string>

#include <sys/types.h>

#include "core/base/result.hpp"
#include "core/reader/client/reader_settings.hpp"

namespace doodled::reader {

// Not thread-safe. The destructor kills the process and collects it, so there is never a zombie.
class ReaderProcess {
 public:
  // Starts the program; it has not greeted yet. "reader_unavailable" when it cannot be started.
  static Result<ReaderProcess> start(const ReaderSettings& settings);

  ReaderProcess(ReaderProcess&& other) noexcept;
  ReaderProcess& operator=(ReaderProcess&& other) noexcept;
  ~ReaderProcess();

  int socket() const { return socket_; }  // non-blocking
  pid_t pid() const { return pid_; }
  // Whether it has neither ended nor said anything unasked.
  bool is_waiting() const;
  std::int64_t resident_bytes() const;
  int pictures() const { return pictures_; }
  void count_picture() { ++pictures_; }
  // Kills it if it still runs, and says how it ended: "signal 11 (Segmentation fault)", "exit code 3". Its
  // own ending is told, where that came first.
  std::string end();

 private:
  ReaderProcess(pid_t pid, int socket) : pid_(pid), socket_(socket) {}

  pid_t pid_ = -1;
  int socket_ = -1;
  int pictures_ = 0;
};

}  // namespace doodled::reader
