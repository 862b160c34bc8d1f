#include "core/play/device_profile.hpp"

#include <fstream>
#include <initializer_list>
#include <sstream>

#include <nlohmann/json.hpp>

namespace doodled {
namespace {

constexpr std::array<std::string_view, 5> pad_map_names{"general_midi", "chromatic_c1", "chromatic_c_minus_2",
                                                        "classic", "custom"};

Error wrong(const std::string& pointer, const std::string& message) {
  return {"invalid_profile", "profile: " + pointer + " " + message, {{pointer, message}}};
}

ControllerRoute& route(DeviceProfile& profile, Parameter parameter) {
  return profile.controllers[static_cast<std::size_t>(parameter)];
}

int integer(const Json& value, const std::string& pointer, int lowest, int highest) {
  const bool fits = value.is_number_integer() && value >= lowest && value <= highest;
  if (!fits)
    throw ErrorException(wrong(
        pointer, "must be a whole number from " + std::to_string(lowest) + " to " + std::to_string(highest)));
  return value.get<int>();
}

std::string text(const Json& value, const std::string& pointer) {
  if (!value.is_string() || value.get_ref<const std::string&>().empty())
    throw ErrorException(wrong(pointer, "must be a text"));
  return value.get<std::string>();
}

const Json& object(const Json& value, const std::string& pointer) {
  if (!value.is_object()) throw ErrorException(wrong(pointer, "must be an object"));
  return value;
}

[[noreturn]] void unknown(const std::string& pointer) {
  throw ErrorException(wrong(pointer, "is not a member of a profile"));
}

ControllerRoute read_route(const Json& value, const std::string& pointer) {
  if (value == "pitch_bend") return {.pitch_bend = true};
  if (!value.is_object()) return {.controller = integer(value, pointer, 0, 119)};
  ControllerRoute read;
  for (const auto& [key, member] : value.items()) {
    if (key == "controller") {
      read.controller = integer(member, pointer + "/controller", 0, 119);
    } else if (key == "fine" && member.is_boolean()) {
      read.fine = member.get<bool>();
    } else {
      unknown(pointer + "/" + key);
    }
  }
  if (read.controller < 0 || (read.fine && read.controller > 31))
    throw ErrorException(wrong(pointer, "needs a controller, 0 to 31 where it is fine"));
  return read;
}

void read_controllers(const Json& value, DeviceProfile& profile) {
  for (const auto& [name, member] : object(value, "/controllers").items()) {
    const auto parameter = parameter_from_name(name);
    if (!parameter) throw ErrorException(wrong("/controllers/" + name, "is not a parameter"));
    route(profile, *parameter) = read_route(member, "/controllers/" + name);
  }
}

void read_pads(const Json& value, DeviceProfile& profile) {
  for (const auto& [name, member] : object(value, "/pads").items()) {
    const int index = pad_index(name);
    if (index < 0) throw ErrorException(wrong("/pads/" + name, "is not a pad from A01 to H16"));
    profile.custom_pads[static_cast<std::size_t>(index)] = integer(member, "/pads/" + name, 0, 127);
  }
}

PadMap read_pad_map(const Json& value) {
  for (std::size_t i = 0; i < pad_map_names.size(); ++i)
    if (value == pad_map_names[i]) return static_cast<PadMap>(i);
  throw ErrorException(
      wrong("/pad_map", "must be general_midi, chromatic_c1, chromatic_c_minus_2, classic or custom"));
}

MiddleC read_middle_c(const Json& value) {
  if (value == "C3") return MiddleC::c3;
  if (value == "C4") return MiddleC::c4;
  throw ErrorException(wrong("/middle_c", "must be C3 or C4"));
}

void read_member(const std::string& key, const Json& value, DeviceProfile& profile) {
  if (key == "id")
    profile.id = text(value, "/id");
  else if (key == "name")
    profile.name = text(value, "/name");
  else if (key == "middle_c")
    profile.middle_c = read_middle_c(value);
  else if (key == "drum_channel")
    profile.drum_channel = integer(value, "/drum_channel", 1, 16);
  else if (key == "lowest_note")
    profile.lowest_note = integer(value, "/lowest_note", 0, 127);
  else if (key == "highest_note")
    profile.highest_note = integer(value, "/highest_note", 0, 127);
  else if (key == "polyphony")
    profile.polyphony = integer(value, "/polyphony", 1, 128);
  else if (key == "mpe_members")
    profile.mpe_members = integer(value, "/mpe_members", 0, 15);
  else if (key == "bend_range")
    profile.bend_range = integer(value, "/bend_range", 1, 96);
  else if (key == "pad_map")
    profile.pad_map = read_pad_map(value);
  else if (key == "pads")
    read_pads(value, profile);
  else if (key == "controllers")
    read_controllers(value, profile);
  else if (key != "$schema" && key != "comment")
    unknown("/" + key);
}

Json route_to_json(const ControllerRoute& from) {
  if (from.pitch_bend) return "pitch_bend";
  if (from.fine) return {{"controller", from.controller}, {"fine", true}};
  return from.controller;
}

Json pads_to_json(const DeviceProfile& profile) {
  Json pads = Json::object();
  for (std::size_t i = 0; i < profile.custom_pads.size(); ++i)
    pads[pad_name(static_cast<int>(i))] = profile.custom_pads[i];
  return pads;
}

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream all;
  all << file.rdbuf();
  return all.str();
}

Result<DeviceProfile> load_profile(const std::filesystem::path& path) {
  auto json = parse_json(contents(path));
  auto profile = json ? profile_from_json(*json) : Result<DeviceProfile>(json.error());
  if (profile) return profile;
  Error error = profile.error();
  error.message = path.filename().string() + ": " + error.message;
  return error;
}

}  // namespace

int pad_index(std::string_view name) {
  if (name.size() != 3 || name[0] < 'A' || name[0] > 'H') return -1;
  const int pad = (name[1] - '0') * 10 + (name[2] - '0');
  const bool digits = name[1] >= '0' && name[1] <= '9' && name[2] >= '0' && name[2] <= '9';
  return digits && pad >= 1 && pad <= 16 ? (name[0] - 'A') * 16 + pad - 1 : -1;
}

std::string pad_name(int index) {
  const int pad = index % 16 + 1;
  return {static_cast<char>('A' + index / 16), static_cast<char>('0' + pad / 10),
          static_cast<char>('0' + pad % 10)};
}

DeviceProfile generic_profile() {
  DeviceProfile profile;
  const std::initializer_list<std::pair<Parameter, int>> routes{
      {Parameter::cutoff, 74},   {Parameter::resonance, 71}, {Parameter::attack, 73}, {Parameter::decay, 75},
      {Parameter::sustain, 79},  {Parameter::release, 72},   {Parameter::drive, 80},  {Parameter::noise, 81},
      {Parameter::detune, 94},   {Parameter::wave_mix, 70},  {Parameter::reverb, 91}, {Parameter::delay, 92},
      {Parameter::lfo_rate, 76}, {Parameter::lfo_depth, 77}, {Parameter::level, 7},   {Parameter::pan, 10}};
  for (const auto& [parameter, controller] : routes) route(profile, parameter).controller = controller;
  route(profile, Parameter::pitch).pitch_bend = true;
  for (int macro = 0; macro < 9; ++macro)
    profile.controllers[static_cast<std::size_t>(Parameter::macro_1) + static_cast<std::size_t>(macro)]
        .controller = 20 + macro;
  return profile;
}

Json to_json(const DeviceProfile& profile) {
  Json controllers = Json::object();
  for (const auto& parameter : all_parameters()) {
    const auto& from = profile.controllers[static_cast<std::size_t>(parameter.parameter)];
    if (from.controller >= 0 || from.pitch_bend)
      controllers[std::string(parameter.name)] = route_to_json(from);
  }
  Json json{{"id", profile.id},
            {"name", profile.name},
            {"middle_c", profile.middle_c == MiddleC::c3 ? "C3" : "C4"},
            {"drum_channel", profile.drum_channel},
            {"lowest_note", profile.lowest_note},
            {"highest_note", profile.highest_note},
            {"polyphony", profile.polyphony},
            {"mpe_members", profile.mpe_members},
            {"bend_range", profile.bend_range},
            {"pad_map", pad_map_names[static_cast<std::size_t>(profile.pad_map)]},
            {"controllers", std::move(controllers)}};
  if (profile.pad_map == PadMap::custom) json["pads"] = pads_to_json(profile);
  return json;
}

Result<DeviceProfile> profile_from_json(const Json& json) try {
  DeviceProfile profile;
  for (const auto& [key, value] : object(json, "").items()) read_member(key, value, profile);
  if (!json.contains("id")) return wrong("/id", "is missing");
  if (profile.lowest_note > profile.highest_note) return wrong("/lowest_note", "is above highest_note");
  return profile;
} catch (const ErrorException& failure) {
  return failure.error();
}

Result<std::map<std::string, DeviceProfile>> load_profiles(const std::filesystem::path& folder) {
  std::map<std::string, DeviceProfile> profiles;
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
    if (entry.path().extension() != ".json") continue;
    auto profile = load_profile(entry.path());
    if (!profile) return profile.error();
    const std::string id = profile->id;
    if (!profiles.emplace(id, std::move(*profile)).second)
      return wrong("/id", "\"" + id + "\" is used by two profiles");
  }
  if (failure)
    return Error{"invalid_profile", "the profiles' folder " + folder.string() + ": " + failure.message(), {}};
  profiles.try_emplace("generic", generic_profile());
  return profiles;
}

}  // namespace doodled
