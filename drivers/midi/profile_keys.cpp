#include "drivers/midi/profile_keys.hpp"

namespace doodled::midi {

DeviceProfile read_channels(DriverKeys& keys, DeviceProfile profile) {
  profile.drum_channel = keys.integer("drum_channel", profile.drum_channel, 1, 16);
  for (const auto& [name, channel] : keys.integers("channels", 1, 16)) {
    const auto role = role_from(name);
    if (!role || *role == Role::drums)
      keys.complain("channels/" + name, role ? "channels takes no drums; drum_channel is theirs"
                                             : "channels has no role \"" + name + "\"");
    else
      profile.channels[*role] = channel;
  }
  return profile;
}

}  // namespace doodled::midi
