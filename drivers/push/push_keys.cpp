#include "drivers/push/push_keys.hpp"

#include <array>

#include "core/play/driver_keys.hpp"
#include "drivers/midi/port_keys.hpp"
#include "drivers/midi/profile_keys.hpp"
#include "drivers/push/surface_port.hpp"

namespace doodled::push {
namespace {

struct NamedButton {
  const char* key;
  Button button;
};
constexpr std::array named_buttons{
    NamedButton{"button_play", Button::play},     NamedButton{"button_stop", Button::stop},
    NamedButton{"button_vary", Button::vary},     NamedButton{"button_keep", Button::keep},
    NamedButton{"button_undo", Button::undo},     NamedButton{"button_delete", Button::remove},
    NamedButton{"button_shift", Button::shift},   NamedButton{"button_layout", Button::layout},
    NamedButton{"button_tracks", Button::tracks}, NamedButton{"button_picture", Button::picture},
    NamedButton{"button_user", Button::user},     NamedButton{"button_left", Button::left},
    NamedButton{"button_right", Button::right},   NamedButton{"button_up", Button::up},
    NamedButton{"button_down", Button::down},     NamedButton{"button_older", Button::older},
    NamedButton{"button_newer", Button::newer}};

std::optional<Model> read_model(DriverKeys& keys) {
  const auto model = keys.text("model", "auto");
  if (model == "2") return Model::push2;
  if (model == "3") return Model::push3;
  if (model != "auto") keys.complain("model", "model must be auto, 2 or 3");
  return std::nullopt;
}

std::string pattern_of(std::optional<Model> model) {
  return model ? "Ableton " + std::string(to_string(*model)) : "Ableton Push";
}

// Live takes the notes from a port of ours, or from one that the user names; notes to the Push itself would
// only light its pads.
midi::PortWish sound_to_live(DriverKeys& keys, const DeviceSettings& settings) {
  auto wish = midi::read_port_wish(keys, settings);
  wish.never = {"Live Port", "User Port"};
  if (const auto port = port_named(wish.pattern); port && port->role != PortRole::external)
    keys.complain(
        "port",
        "port is one of the Push itself, where notes light pads and make no sound; leave it out for a "
        "port that Live can listen to, or set sound to external");
  return wish;
}

midi::PortWish sound_to_socket(DriverKeys& keys, const DeviceSettings& settings) {
  auto wish = midi::read_port_wish(keys, settings, "Ableton Push 3");
  wish.roles = port_roles();
  wish.role = static_cast<std::size_t>(PortRole::external);
  wish.never = {"Live Port", "User Port"};
  return wish;
}

midi::PortWish read_sound(DriverKeys& keys, const DeviceSettings& settings) {
  const auto sound = keys.text("sound", "live");
  if (sound == "external") return sound_to_socket(keys, settings);
  if (sound != "live") keys.complain("sound", "sound must be live or external");
  return sound_to_live(keys, settings);
}

Aftertouch read_aftertouch(DriverKeys& keys) {
  const auto mode = keys.text("aftertouch", "channel");
  if (mode == "poly") return Aftertouch::poly;
  if (mode == "mpe") return Aftertouch::mpe;
  if (mode != "channel") keys.complain("aftertouch", "aftertouch must be channel, poly or mpe");
  return Aftertouch::channel;
}

SurfaceOptions read_surface(DriverKeys& keys) {
  SurfaceOptions options;
  options.greeting.aftertouch = read_aftertouch(keys);
  options.greeting.led_brightness = keys.integer("brightness", 127, 0, 127);
  options.greeting.display_brightness = keys.integer("display_brightness", 255, 0, 255);
  for (const auto& [key, button] : named_buttons)
    options.changed_controls[button] = static_cast<std::int16_t>(keys.integer(key, -1, -1, 127));
  return options;
}

midi::PortWish surface_port(DriverKeys& keys, const DeviceSettings& settings, const midi::PortWish& sound,
                            std::optional<Model> model) {
  midi::PortWish wish;
  wish.api = sound.api;
  wish.client_name = "doodled-" + settings.id + "-surface";
  wish.pattern = keys.text("surface_port", "");
  if (!wish.pattern.empty()) return wish;
  wish.pattern = pattern_of(model);
  wish.roles = port_roles();
  wish.role = static_cast<std::size_t>(PortRole::user);
  return wish;
}

}  // namespace

Result<PushKeys> read_push_keys(const DeviceSettings& settings, const DeviceProfile& profile) {
  DriverKeys keys(settings);
  PushKeys read;
  const auto model = read_model(keys);
  read.sound = read_sound(keys, settings);
  read.profile = midi::read_channels(keys, profile);
  read.surface = keys.flag("surface", true);
  read.surface_port = surface_port(keys, settings, read.sound, model);
  read.surface_options = read_surface(keys);
  read.display = keys.flag("display", true);
  read.display_options.frames_per_second = keys.integer("fps", 30, 1, 60);
  read.display_options.model = model;
  if (auto error = keys.error()) return *error;
  return read;
}

}  // namespace doodled::push
