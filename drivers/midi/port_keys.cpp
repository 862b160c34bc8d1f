#include "drivers/midi/port_keys.hpp"

namespace doodled::midi {
namespace {

Api read_api(DriverKeys& keys) {
  const auto name = keys.text("api", "auto");
  if (name == "alsa") return Api::alsa;
  if (name == "jack") return Api::jack;
  if (name != "auto") keys.complain("api", "api must be auto, alsa or jack");
  return Api::automatic;
}

}  // namespace

PortWish read_port_wish(DriverKeys& keys, const DeviceSettings& settings, const std::string& pattern) {
  PortWish wish;
  wish.api = read_api(keys);
  wish.client_name = "doodled-" + settings.id;
  const auto port = keys.text("port", "");
  wish.virtual_name = keys.text("virtual", "");
  if (!port.empty() && !wish.virtual_name.empty())
    keys.complain("virtual", "port and virtual exclude each other");
  if (wish.virtual_name.empty()) wish.pattern = port.empty() ? pattern : port;
  if (wish.pattern.empty() && wish.virtual_name.empty()) wish.virtual_name = "out";
  return wish;
}

}  // namespace doodled::midi
