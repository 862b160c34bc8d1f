// Lines of the log as entries of systemd's journal, by its native protocol: a datagram an entry, a field for
// each value, so that `journalctl DOODLED_JOB=ID` finds them.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

#include "core/base/descriptor.hpp"
#include "core/base/log.hpp"

namespace doodled::log {

// Whether `stream`, which systemd gives as JOURNAL_STREAM, is what the descriptor writes to.
bool is_journal(std::string_view stream, int descriptor);

// The bytes of an entry. `line` is what people read; each field is DOODLED_ and its name in capitals.
std::string journal_entry(Level level, std::string_view area, std::string_view line,
                          std::initializer_list<Field> fields);

class Journal {
 public:
  explicit Journal(std::string path = "/run/systemd/journal/socket");
  // What is too large for a datagram goes as a sealed file in memory. False where nobody takes it.
  // Thread-safe.
  bool send(std::string_view entry) const;

 private:
  const std::string path_;
  const Descriptor socket_;
};

}  // namespace doodled::log
