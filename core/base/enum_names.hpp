// The names of an enum's values, in the order of the enum, which starts at 0.
#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace doodled {

template <class Enum, std::size_t Count>
struct EnumNames {
  std::array<std::string_view, Count> names;

  constexpr std::string_view name(Enum value) const { return names[static_cast<std::size_t>(value)]; }
  constexpr std::optional<Enum> value(std::string_view name) const {
    for (std::size_t i = 0; i < Count; ++i)
      if (names[i] == name) return static_cast<Enum>(i);
    return std::nullopt;
  }
};

}  // namespace doodled
