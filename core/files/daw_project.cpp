#include "core/files/daw_project.hpp"

#include <algorithm>
#include <map>

#include "core/files/archive.hpp"
#include "core/files/notes.hpp"
#include "core/files/xml.hpp"
#include "core/play/device_profile.hpp"

namespace doodled {
namespace {

using pugi::xml_node;

std::string beats(Tick ticks) {
  return number_text(static_cast<double>(ticks) / static_cast<double>(ticks_per_quarter));
}

void append_real(xml_node parent, const char* name, const std::string& id, const char* unit, double value) {
  auto node = parent.append_child(name);
  set(node, "id", id);
  set(node, "unit", unit);
  set(node, "value", number_text(value));
}

std::string track_id(std::size_t index) { return "track" + std::to_string(index); }
std::string channel_id(std::size_t index) { return "channel" + std::to_string(index); }

void append_transport(xml_node project, const Timeline& timeline) {
  auto transport = project.append_child("Transport");
  append_real(transport, "Tempo", "tempo", "bpm", timeline.tempo_bpm);
  auto meter = transport.append_child("TimeSignature");
  set(meter, "id", "meter");
  set(meter, "numerator", std::to_string(timeline.meter.numerator));
  set(meter, "denominator", std::to_string(timeline.meter.denominator));
}

void append_channel(xml_node track, const std::string& id, const char* role, const char* destination) {
  auto channel = track.append_child("Channel");
  set(channel, "id", id);
  set(channel, "role", role);
  set(channel, "audioChannels", "2");
  if (destination) set(channel, "destination", destination);
  append_real(channel, "Pan", id + "-pan", "normalized", 0.5);
  append_real(channel, "Volume", id + "-volume", "linear", 1);
}

void append_structure(xml_node project, const Timeline& timeline) {
  auto structure = project.append_child("Structure");
  for (std::size_t i = 0; i < timeline.tracks.size(); ++i) {
    auto track = structure.append_child("Track");
    set(track, "id", track_id(i));
    set(track, "name", timeline.tracks[i].name);
    set(track, "contentType", "notes");
    set(track, "loaded", "true");
    append_channel(track, channel_id(i), "regular", "master-channel");
  }
  auto master = structure.append_child("Track");
  set(master, "id", "master");
  set(master, "name", "Master");
  set(master, "contentType", "audio notes");
  set(master, "loaded", "true");
  append_channel(master, "master-channel", "master", nullptr);
}

struct Stretch {
  Tick from, until;
  std::string name;
};

std::vector<Stretch> sections_of(const Timeline& timeline) {
  std::vector<Stretch> sections;
  for (const auto& marker : timeline.markers) {
    if (!sections.empty()) sections.back().until = marker.tick;
    sections.push_back({marker.tick, timeline.length, marker.name});
  }
  return sections;
}

struct Change {
  Tick tick;
  Dimension dimension;
  double value;
};

// What sounds and moves in one track.
struct Content {
  std::map<int, std::vector<Change>> expression;  // by key, ascending ticks
  std::vector<PlacedNote> notes;
  std::map<int, std::vector<std::pair<Tick, double>>> controllers;
};

std::vector<Content> contents_of(const Timeline& timeline) {
  static const DeviceProfile profile = generic_profile();
  std::vector<Content> contents(timeline.tracks.size());
  for (const auto& note : notes_of(timeline)) contents[note.track].notes.push_back(note);
  for (const auto& event : timeline.events) {
    auto& controllers = contents[event.track].controllers;
    if (const auto* change = std::get_if<ParameterChange>(&event.body)) {
      const auto& route = profile.controllers[static_cast<std::size_t>(change->parameter)];
      if (route.carrier == Carrier::controller)
        controllers[route.number].emplace_back(event.tick, change->value);
    } else if (const auto* moved = std::get_if<NoteExpression>(&event.body)) {
      contents[event.track].expression[moved->pitch].push_back({event.tick, moved->dimension, moved->value});
    } else if (const auto* direct = std::get_if<ControllerChange>(&event.body)) {
      controllers[direct->controller].emplace_back(event.tick, direct->value);
    }
  }
  return contents;
}

const char* expression_name(Dimension dimension) {
  return dimension == Dimension::bend       ? "transpose"
         : dimension == Dimension::pressure ? "pressure"
                                            : "timbre";
}

// The curves of one note, in beats from its start.
void append_expression(xml_node note, const Content& content, const PlacedNote& placed) {
  const auto changes = content.expression.find(placed.pitch);
  if (changes == content.expression.end()) return;
  xml_node lanes;
  for (const auto dimension : {Dimension::bend, Dimension::pressure, Dimension::timbre}) {
    xml_node points;
    auto change = std::ranges::lower_bound(changes->second, placed.start, {}, &Change::tick);
    for (; change != changes->second.end() && change->tick < placed.start + placed.duration; ++change) {
      if (change->dimension != dimension) continue;
      if (!lanes) lanes = note.append_child("Lanes");
      if (!points) {
        points = lanes.append_child("Points");
        set(points, "unit", dimension == Dimension::bend ? "semitones" : "normalized");
        set(points.append_child("Target"), "expression", expression_name(dimension));
      }
      auto point = points.append_child("RealPoint");
      set(point, "time", beats(change->tick - placed.start));
      set(point, "value", number_text(change->value));
      set(point, "interpolation", "linear");
    }
  }
}

void append_notes(xml_node lanes, const Content& content, const Stretch& section, int channel) {
  auto notes = lanes.append_child("Notes");
  for (const auto& from : content.notes) {
    if (from.start < section.from || from.start >= section.until) continue;
    auto note = notes.append_child("Note");
    set(note, "time", beats(from.start - section.from));
    set(note, "duration", beats(from.duration));
    set(note, "channel", std::to_string(channel - 1));
    set(note, "key", std::to_string(from.pitch));
    set(note, "vel", number_text(from.velocity / 127.0));
    set(note, "rel", "0.5");
    append_expression(note, content, from);
  }
}

void append_points(xml_node lanes, const Content& content, const Stretch& section, int channel) {
  for (const auto& [controller, points] : content.controllers) {
    xml_node lane;
    for (const auto& [tick, value] : points) {
      if (tick < section.from || tick >= section.until) continue;
      if (!lane) {
        lane = lanes.append_child("Points");
        set(lane, "unit", "normalized");
        auto target = lane.append_child("Target");
        set(target, "expression", "channelController");
        set(target, "channel", std::to_string(channel - 1));
        set(target, "controller", std::to_string(controller));
      }
      auto point = lane.append_child("RealPoint");
      set(point, "time", beats(tick - section.from));
      set(point, "value", number_text(value));
      set(point, "interpolation", "hold");
    }
  }
}

void append_clip(xml_node clips, const Content& content, const Stretch& section, int channel) {
  auto clip = clips.append_child("Clip");
  set(clip, "time", beats(section.from));
  set(clip, "duration", beats(section.until - section.from));
  set(clip, "contentTimeUnit", "beats");
  set(clip, "playStart", "0");
  set(clip, "name", section.name);
  auto lanes = clip.append_child("Lanes");
  append_notes(lanes, content, section, channel);
  append_points(lanes, content, section, channel);
}

void append_arrangement(xml_node project, const Timeline& timeline) {
  auto arrangement = project.append_child("Arrangement");
  auto all = arrangement.append_child("Lanes");
  set(all, "timeUnit", "beats");
  const auto sections = sections_of(timeline);
  const auto contents = contents_of(timeline);
  for (std::size_t i = 0; i < contents.size(); ++i) {
    auto lanes = all.append_child("Lanes");
    set(lanes, "track", track_id(i));
    auto clips = lanes.append_child("Clips");
    for (const auto& section : sections) append_clip(clips, contents[i], section, timeline.tracks[i].channel);
  }
  if (sections.empty()) return;
  auto markers = arrangement.append_child("Markers");
  for (const auto& section : sections) {
    auto marker = markers.append_child("Marker");
    set(marker, "name", section.name);
    set(marker, "time", beats(section.from));
  }
}

}  // namespace

std::string daw_project_xml(const Timeline& timeline) {
  pugi::xml_document document;
  auto project = document.append_child("Project");
  set(project, "version", "1.0");
  auto application = project.append_child("Application");
  set(application, "name", "doodled");
  set(application, "version", "0.1");
  append_transport(project, timeline);
  append_structure(project, timeline);
  append_arrangement(project, timeline);
  return to_text(document);
}

std::string daw_project_metadata_xml(const Timeline& timeline) {
  pugi::xml_document document;
  auto metadata = document.append_child("MetaData");
  append_text(metadata, "Title", timeline.title);
  append_text(metadata, "Comment", "In " + key_name(timeline.key) + ", made by doodled.");
  return to_text(document);
}

std::string to_daw_project(const Timeline& timeline) {
  return zip_of(
      {{"project.xml", daw_project_xml(timeline)}, {"metadata.xml", daw_project_metadata_xml(timeline)}});
}

}  // namespace doodled
