#include "core/base/enum_names.hpp"
#include "core/music/session.hpp"

namespace doodled {
namespace {

constexpr EnumNames<Wave, 6> waves{{"sine", "triangle", "saw", "square", "noise", "wavetable"}};
constexpr EnumNames<FilterType, 4> filter_types{{"lowpass", "highpass", "bandpass", "notch"}};
constexpr EnumNames<Role, 7> roles{{"lead", "bass", "pad", "chords", "drums", "texture", "arpeggio"}};
constexpr EnumNames<Interpolation, 3> interpolations{{"linear", "step", "smooth"}};

}  // namespace

std::string_view to_string(Wave wave) { return waves.name(wave); }
std::string_view to_string(FilterType type) { return filter_types.name(type); }
std::string_view to_string(Role role) { return roles.name(role); }
std::string_view to_string(Interpolation interpolation) { return interpolations.name(interpolation); }
std::optional<Wave> wave_from(std::string_view name) { return waves.value(name); }
std::optional<FilterType> filter_type_from(std::string_view name) { return filter_types.value(name); }
std::optional<Role> role_from(std::string_view name) { return roles.value(name); }
std::optional<Interpolation> interpolation_from(std::string_view name) { return interpolations.value(name); }

}  // namespace doodled
