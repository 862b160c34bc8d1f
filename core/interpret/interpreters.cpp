#include "core/interpret/interpreters.hpp"

namespace doodled {

void Interpreters::add(std::shared_ptr<Interpreter> interpreter) {
  std::lock_guard lock(mutex_);
  by_id_[std::string(interpreter->id())] = std::move(interpreter);
}

std::shared_ptr<Interpreter> Interpreters::find(std::string_view id) const {
  std::lock_guard lock(mutex_);
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<Interpreter>> Interpreters::all() const {
  std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Interpreter>> all;
  for (const auto& [id, interpreter] : by_id_) all.push_back(interpreter);
  return all;
}

}  // namespace doodled
