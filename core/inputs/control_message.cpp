#include "core/inputs/control_message.hpp"

#include <algorithm>
#include <array>

namespace doodled {
namespace {

constexpr std::array<std::string_view, 6> names{"cc", "note", "program", "bend", "pressure", "osc"};

double part(int value) { return static_cast<double>(value) / 127; }

}  // namespace

std::string_view to_string(ControlKind kind) { return names[static_cast<std::size_t>(kind)]; }

std::optional<ControlKind> control_kind_from(std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<ControlKind>(found - names.begin());
}

std::optional<ControlMessage> control_message(Bytes midi) {
  if (midi.size() < 2 || midi[0] < 0x80 || midi[0] >= 0xf0) return std::nullopt;
  const int status = midi[0] & 0xf0, channel = (midi[0] & 15) + 1;
  const bool short_one = status == 0xc0 || status == 0xd0;
  if (midi.size() != (short_one ? 2U : 3U)) return std::nullopt;
  if (std::ranges::any_of(midi.subspan(1), [](std::uint8_t byte) { return byte > 127; })) return std::nullopt;
  const int first = midi[1], second = short_one ? 0 : midi[2];
  switch (status) {
    case 0x80:
      return ControlMessage{{ControlKind::note, channel, first, {}}, 0};
    case 0x90:
      return ControlMessage{{ControlKind::note, channel, first, {}}, part(second)};
    case 0xb0:
      return ControlMessage{{ControlKind::controller, channel, first, {}}, part(second)};
    case 0xc0:
      return ControlMessage{{ControlKind::program, channel, 0, {}}, static_cast<double>(first)};
    case 0xd0:
      return ControlMessage{{ControlKind::pressure, channel, 0, {}}, part(first)};
    case 0xe0:
      return ControlMessage{{ControlKind::bend, channel, 0, {}},
                            static_cast<double>(first | second << 7) / 16383};
    default:
      return std::nullopt;  // pressure of single notes
  }
}

}  // namespace doodled
