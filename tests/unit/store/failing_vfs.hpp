// The system's file access for SQLite, except that the Nth write or sync fails, and that a sync is only
// counted.
#pragma once
#include <atomic>
#include <string>

namespace doodled::test {

class FailingVfs {
 public:
  // Registers itself with SQLite as `name()`; there may be one at a time.
  FailingVfs();
  ~FailingVfs();
  FailingVfs(const FailingVfs&) = delete;
  FailingVfs& operator=(const FailingVfs&) = delete;

  static std::string name() { return "failing"; }
  // From now on the `nth` write or sync (from 1) gives SQLite's `result` once.
  void fail(int nth, int result);
  // True when the failure has happened.
  bool has_failed() const;
};

}  // namespace doodled::test
