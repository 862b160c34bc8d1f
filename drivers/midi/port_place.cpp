#include "drivers/midi/port_place.hpp"

#include <charconv>
#include <optional>

#include <sys/stat.h>

namespace doodled::midi {
namespace {

constexpr int global_clients = 16, clients_per_card = 4, first_dynamic_client = 128;

// Of a name that ends with ' 24:0'.
std::optional<int> card_of(const std::string& name) {
  const auto space = name.rfind(' ');
  if (space == std::string::npos) return std::nullopt;
  int client = 0;
  const auto* end = name.data() + name.size();
  const auto [rest, error] = std::from_chars(name.data() + space + 1, end, client);
  const bool hardware = client >= global_clients && client < first_dynamic_client;
  if (error != std::errc{} || rest == end || *rest != ':' || !hardware) return std::nullopt;
  return (client - global_clients) / clients_per_card;
}

std::filesystem::path entry_of(int card, const std::filesystem::path& sysfs) {
  return sysfs / "class" / "sound" / ("card" + std::to_string(card));
}

// '1-1.2' of '../../../1-1.2:1.0', or empty.
std::string usb_socket(const std::filesystem::path& device) {
  const auto interface = device.filename().string();
  const auto colon = interface.find(':');
  const bool usb = !interface.empty() && interface.front() >= '0' && interface.front() <= '9' &&
                   interface.find('-') < colon && colon != std::string::npos;
  return usb ? interface.substr(0, colon) : "";
}

}  // namespace

std::string placed_name(const std::string& name, const std::filesystem::path& sysfs) {
  const auto card = card_of(name);
  if (!card) return name;
  std::error_code failed;
  const auto device = std::filesystem::read_symlink(entry_of(*card, sysfs) / "device", failed);
  const auto socket = failed ? "" : usb_socket(device);
  if (socket.empty()) return name;
  return name.substr(0, name.rfind(' ')) + " [usb " + socket + "]" + name.substr(name.rfind(' '));
}

std::uint64_t card_entry(const std::string& name, const std::filesystem::path& sysfs) {
  const auto card = card_of(name);
  struct stat entry {};
  const bool there = card && stat(entry_of(*card, sysfs).c_str(), &entry) == 0;
  return there ? entry.st_ino : 0;
}

std::vector<std::string> placed_names(std::vector<std::string> names, const std::filesystem::path& sysfs) {
  for (auto& name : names) name = placed_name(name, sysfs);
  return names;
}

}  // namespace doodled::midi
