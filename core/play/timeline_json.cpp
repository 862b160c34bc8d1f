#include "core/play/timeline_json.hpp"

#include <nlohmann/json.hpp>

#include "core/base/overloaded.hpp"

namespace doodled {
namespace {

Json body_json(const EventBody& body) {
  return std::visit(
      Overloaded{
          [](const NoteOn& e) {
            return Json{
                {"type", "note_on"}, {"pitch", e.pitch}, {"velocity", e.velocity}, {"duration", e.duration}};
          },
          [](const NoteOff& e) {
            return Json{{"type", "note_off"}, {"pitch", e.pitch}};
          },
          [](const ParameterChange& e) {
            return Json{{"type", "parameter"}, {"parameter", info(e.parameter).name}, {"value", e.value}};
          },
          [](const ControllerChange& e) {
            return Json{{"type", "controller"}, {"controller", e.controller}, {"value", e.value}};
          },
          [](const NoteExpression& e) {
            return Json{{"type", "expression"},
                        {"pitch", e.pitch},
                        {"dimension", to_string(e.dimension)},
                        {"value", e.value}};
          },
          [](const TransportChange& e) {
            return Json{{"type", "transport"}, {"playing", e.playing}, {"tempo_bpm", e.tempo_bpm}};
          },
          [](const SessionStart& e) {
            return Json{{"type", "session"}, {"number", e.number}};
          }},
      body);
}

std::uint8_t seven_bits(const Json& value) {
  const auto number = value.get<std::int64_t>();
  if (!value.is_number_integer() || number < 0 || number > 127)
    throw ErrorException({"invalid_timeline", to_text(value) + " is not from 0 to 127"});
  return static_cast<std::uint8_t>(number);
}

NoteExpression expression_from(const Json& json) {
  const auto dimension = dimension_from(json.at("dimension").get<std::string>());
  if (!dimension) throw ErrorException({"invalid_timeline", to_text(json) + " is no expression"});
  return {seven_bits(json.at("pitch")), *dimension, json.at("value").get<float>()};
}

EventBody body_from(const Json& json) {
  const auto type = json.at("type").get<std::string>();
  if (type == "note_on")
    return note_on(seven_bits(json.at("pitch")), seven_bits(json.at("velocity")),
                   json.at("duration").get<Tick>());
  if (type == "note_off") return NoteOff{seven_bits(json.at("pitch"))};
  if (type == "controller")
    return ControllerChange{seven_bits(json.at("controller")), json.at("value").get<float>()};
  if (type == "expression") return expression_from(json);
  if (type == "transport")
    return TransportChange{json.at("playing").get<bool>(), json.at("tempo_bpm").get<float>()};
  if (type == "session") return SessionStart{json.at("number").get<std::int32_t>()};
  const auto parameter =
      type == "parameter" ? parameter_from_name(json.at("parameter").get<std::string>()) : std::nullopt;
  if (!parameter) throw ErrorException({"invalid_timeline", to_text(json) + " is no event"});
  return ParameterChange{*parameter, json.at("value").get<float>()};
}

Json event_json(const TimelineEvent& event) {
  Json json = body_json(event.body);
  json["tick"] = event.tick;
  json["track"] = event.track;
  return json;
}

Json track_json(const TimelineTrack& track) {
  Json pads = Json::array();
  for (const auto& pad : track.pads)
    pads.push_back({{"pad", pad.pad}, {"role", pad.role}, {"pitch", pad.pitch}});
  return {{"id", track.id},
          {"name", track.name},
          {"role", to_string(track.role)},
          {"channel", track.channel},
          {"pads", std::move(pads)}};
}

TimelineTrack track_from(const Json& json) {
  const auto role = role_from(json.at("role").get<std::string>());
  if (!role) throw ErrorException({"invalid_timeline", to_text(json.at("role")) + " is no role"});
  TimelineTrack track{json.at("id").get<std::string>(),
                      json.at("name").get<std::string>(),
                      *role,
                      json.at("channel").get<int>(),
                      {}};
  for (const auto& pad : json.at("pads"))
    track.pads.push_back(
        {pad.at("pad").get<std::string>(), pad.at("role").get<std::string>(), seven_bits(pad.at("pitch"))});
  return track;
}

Timeline read_timeline(const Json& json) {
  Timeline timeline;
  timeline.title = json.at("title").get<std::string>();
  timeline.tempo_bpm = json.at("tempo_bpm").get<double>();
  timeline.meter = {json.at("meter").at("numerator").get<int>(),
                    json.at("meter").at("denominator").get<int>()};
  timeline.key = key_from_name(json.at("key").get<std::string>()).value_or(Key{});
  timeline.length = json.at("length").get<Tick>();
  for (const auto& track : json.at("tracks")) timeline.tracks.push_back(track_from(track));
  for (const auto& marker : json.at("markers"))
    timeline.markers.push_back({marker.at("tick").get<Tick>(), marker.at("name").get<std::string>()});
  for (const auto& event : json.at("events")) {
    const auto track = event.at("track").get<std::size_t>();
    if (track >= timeline.tracks.size())
      throw ErrorException({"invalid_timeline", "there is no track " + std::to_string(track)});
    timeline.events.push_back(
        {event.at("tick").get<Tick>(), static_cast<std::uint16_t>(track), body_from(event)});
  }
  return timeline;
}

}  // namespace

Json to_json(const Timeline& timeline) {
  Json tracks = Json::array(), markers = Json::array(), events = Json::array();
  for (const auto& track : timeline.tracks) tracks.push_back(track_json(track));
  for (const auto& marker : timeline.markers)
    markers.push_back({{"tick", marker.tick}, {"name", marker.name}});
  for (const auto& event : timeline.events) events.push_back(event_json(event));
  return {{"title", timeline.title},
          {"tempo_bpm", timeline.tempo_bpm},
          {"meter", {{"numerator", timeline.meter.numerator}, {"denominator", timeline.meter.denominator}}},
          {"key", key_name(timeline.key)},
          {"length", timeline.length},
          {"tracks", std::move(tracks)},
          {"markers", std::move(markers)},
          {"events", std::move(events)}};
}

Result<Timeline> timeline_from_json(const Json& json) {
  try {
    return read_timeline(json);
  } catch (const Json::exception& failure) {
    return Error{"invalid_timeline", failure.what()};
  } catch (const ErrorException& failure) {
    return failure.error();
  }
}

}  // namespace doodled
