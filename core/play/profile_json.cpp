// Profiles as JSON documents, both ways (declared in device_profile.hpp).
#include <nlohmann/json.hpp>

#include "core/play/device_profile.hpp"
#include "core/play/profile_route_json.hpp"

namespace doodled {
namespace {

using profile_json::integer;
using profile_json::object;
using profile_json::text;
using profile_json::unknown;
using profile_json::wrong;

constexpr std::array<std::string_view, 5> pad_map_names{"general_midi", "chromatic_c1", "chromatic_c_minus_2",
                                                        "classic", "custom"};

void read_controllers(const Json& value, DeviceProfile& profile) {
  for (const auto& [name, member] : object(value, "/controllers").items()) {
    const auto parameter = parameter_from_name(name);
    if (!parameter) throw ErrorException(wrong("/controllers/" + name, "is not a parameter"));
    profile.controllers[static_cast<std::size_t>(*parameter)] =
        profile_json::read_route(member, *parameter, "/controllers/" + name);
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

MpeZone read_zone(const Json& value) {
  if (value == "lower") return MpeZone::lower;
  if (value == "upper") return MpeZone::upper;
  throw ErrorException(wrong("/mpe_zone", "must be lower or upper"));
}

void read_channels(const Json& value, DeviceProfile& profile) {
  for (const auto& [name, member] : object(value, "/channels").items()) {
    const auto role = role_from(name);
    if (!role) throw ErrorException(wrong("/channels/" + name, "is not a role of a track"));
    if (*role == Role::drums) throw ErrorException(wrong("/channels/drums", "is what drum_channel says"));
    profile.channels[*role] = integer(member, "/channels/" + name, 1, 16);
  }
}

MiddleC read_middle_c(const Json& value) {
  if (value == "C3") return MiddleC::c3;
  if (value == "C4") return MiddleC::c4;
  throw ErrorException(wrong("/middle_c", "must be C3 or C4"));
}

void read_sources(const Json& value, DeviceProfile& profile) {
  for (const auto& [name, member] : object(value, "/sources").items())
    profile.sources[name] = text(member, "/sources/" + name);
}

ProgramChoice read_program(const Json& value, const std::string& pointer) {
  ProgramChoice program;
  for (const auto& [key, member] : object(value, pointer).items()) {
    if (key == "program")
      program.program = integer(member, pointer + "/program", 1, 128);
    else if (key == "bank" && member.is_array() && member.size() == 2)
      program.bank = 128 * integer(member[0], pointer + "/bank/0", 0, 127) +
                     integer(member[1], pointer + "/bank/1", 0, 127);
    else if (key == "source")
      program.source = text(member, pointer + "/source");
    else
      unknown(pointer + "/" + key);
  }
  if (program.program == 0) throw ErrorException(wrong(pointer + "/program", "is missing"));
  return program;
}

void read_programs(const Json& value, DeviceProfile& profile) {
  for (const auto& [name, member] : object(value, "/programs").items()) {
    const auto role = role_from(name);
    if (!role) throw ErrorException(wrong("/programs/" + name, "is not a role of a track"));
    profile.programs[*role] = read_program(member, "/programs/" + name);
  }
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
  else if (key == "channels")
    read_channels(value, profile);
  else if (key == "lowest_note")
    profile.lowest_note = integer(value, "/lowest_note", 0, 127);
  else if (key == "highest_note")
    profile.highest_note = integer(value, "/highest_note", 0, 127);
  else if (key == "polyphony")
    profile.polyphony = integer(value, "/polyphony", 1, 128);
  else if (key == "mpe_members")
    profile.mpe_members = integer(value, "/mpe_members", 0, 15);
  else if (key == "mpe_zone")
    profile.mpe_zone = read_zone(value);
  else if (key == "sysex_gap_ms")
    profile.sysex_gap_ms = integer(value, "/sysex_gap_ms", 0, 1000);
  else if (key == "bend_range")
    profile.bend_range = integer(value, "/bend_range", 1, 96);
  else if (key == "changes_per_second")
    profile.changes_per_second = integer(value, "/changes_per_second", 0, 1000);
  else if (key == "pad_map")
    profile.pad_map = read_pad_map(value);
  else if (key == "pads")
    read_pads(value, profile);
  else if (key == "controllers")
    read_controllers(value, profile);
  else if (key == "programs")
    read_programs(value, profile);
  else if (key == "sources")
    read_sources(value, profile);
  else if (key != "$schema" && key != "comment")
    unknown("/" + key);
}

Json pads_to_json(const DeviceProfile& profile) {
  Json pads = Json::object();
  for (std::size_t i = 0; i < profile.custom_pads.size(); ++i)
    pads[pad_name(static_cast<int>(i))] = profile.custom_pads[i];
  return pads;
}

Json controllers_to_json(const DeviceProfile& profile) {
  Json controllers = Json::object();
  for (const auto& parameter : all_parameters()) {
    const auto& from = profile.controllers[static_cast<std::size_t>(parameter.parameter)];
    if (from.carrier != Carrier::none)
      controllers[std::string(parameter.name)] = profile_json::route_to_json(from);
  }
  return controllers;
}

Json channels_to_json(const DeviceProfile& profile) {
  Json channels = Json::object();
  for (const auto& [role, channel] : profile.channels) channels[std::string(to_string(role))] = channel;
  return channels;
}

Json programs_to_json(const DeviceProfile& profile) {
  Json programs = Json::object();
  for (const auto& [role, choice] : profile.programs) {
    Json one{{"program", choice.program}};
    if (choice.bank >= 0) one["bank"] = {choice.bank / 128, choice.bank % 128};
    if (!choice.source.empty()) one["source"] = choice.source;
    programs[std::string(to_string(role))] = std::move(one);
  }
  return programs;
}

void check_sources(const DeviceProfile& profile) {
  const auto check = [&](const std::string& source, const std::string& pointer) {
    if (!source.empty() && profile.sources.count(source) == 0)
      throw ErrorException(wrong(pointer + "/source", "names none of /sources"));
  };
  for (const auto& parameter : all_parameters())
    check(profile.controllers[static_cast<std::size_t>(parameter.parameter)].source,
          "/controllers/" + std::string(parameter.name));
  for (const auto& [role, choice] : profile.programs)
    check(choice.source, "/programs/" + std::string(to_string(role)));
}

}  // namespace

std::string_view to_string(MpeZone zone) { return zone == MpeZone::lower ? "lower" : "upper"; }
std::string_view to_string(PadMap map) { return pad_map_names[static_cast<std::size_t>(map)]; }

Json to_json(const DeviceProfile& profile) {
  Json json{{"id", profile.id},
            {"name", profile.name},
            {"middle_c", profile.middle_c == MiddleC::c3 ? "C3" : "C4"},
            {"drum_channel", profile.drum_channel},
            {"lowest_note", profile.lowest_note},
            {"highest_note", profile.highest_note},
            {"polyphony", profile.polyphony},
            {"mpe_members", profile.mpe_members},
            {"mpe_zone", to_string(profile.mpe_zone)},
            {"bend_range", profile.bend_range},
            {"changes_per_second", profile.changes_per_second},
            {"sysex_gap_ms", profile.sysex_gap_ms},
            {"pad_map", to_string(profile.pad_map)},
            {"controllers", controllers_to_json(profile)}};
  if (profile.pad_map == PadMap::custom) json["pads"] = pads_to_json(profile);
  if (!profile.channels.empty()) json["channels"] = channels_to_json(profile);
  if (!profile.programs.empty()) json["programs"] = programs_to_json(profile);
  if (!profile.sources.empty()) json["sources"] = profile.sources;
  return json;
}

Result<DeviceProfile> profile_from_json(const Json& json) try {
  DeviceProfile profile;
  for (const auto& [key, value] : object(json, "").items()) read_member(key, value, profile);
  if (!json.contains("id")) return wrong("/id", "is missing");
  if (profile.lowest_note > profile.highest_note) return wrong("/lowest_note", "is above highest_note");
  check_sources(profile);
  return profile;
} catch (const ErrorException& failure) {
  return failure.error();
}

}  // namespace doodled
