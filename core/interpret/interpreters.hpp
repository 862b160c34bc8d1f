// Who can be asked, by id. Some are found while the daemon runs. Thread-safe.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/interpret/interpreter.hpp"

namespace doodled {

class Interpreters {
 public:
  // Replaces one of the same id; who asks the old one keeps it until it has answered.
  void add(std::shared_ptr<Interpreter> interpreter);
  // Null when there is none.
  std::shared_ptr<Interpreter> find(std::string_view id) const;
  // In the order of their ids.
  std::vector<std::shared_ptr<Interpreter>> all() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Interpreter>, std::less<>> by_id_;
};

}  // namespace doodled
