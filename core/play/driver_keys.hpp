// Reads a driver's own keys out of DeviceSettings::json, and complains about the first that is wrong.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/play/driver.hpp"

namespace doodled {

class DriverKeys {
 public:
  explicit DriverKeys(const DeviceSettings& settings);
  ~DriverKeys();

  std::string text(const std::string& key, std::string otherwise);
  int integer(const std::string& key, int otherwise, int lowest, int highest);
  // {"name": number, ...}; empty where it is absent.
  std::map<std::string, int> integers(const std::string& key, int lowest, int highest);
  bool flag(const std::string& key, bool otherwise);
  void complain(const std::string& key, const std::string& message);
  // After all keys were read: what was wrong, or a key that nobody asked for.
  std::optional<Error> error() const;

 private:
  const Json* find(const std::string& key);

  std::unique_ptr<Json> json_;
  std::set<std::string> known_;
  std::optional<Error> error_;
};

}  // namespace doodled
