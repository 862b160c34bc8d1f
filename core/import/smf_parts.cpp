#include "core/import/smf_parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <optional>
#include <utility>

#include "core/base/utf8.hpp"
#include "core/music/modulo.hpp"
#include "core/play/device_profile.hpp"

namespace doodled {
namespace {

constexpr std::size_t most_name = 100;
constexpr std::string_view key_text =
    "key: ";  // as core/files/smf.cpp writes keys that a signature can't say

Tick whole_bars(Tick length, const Meter& meter) {
  return std::max<Tick>(1, (length + meter.bar() - 1) / meter.bar()) * meter.bar();
}

std::uint32_t number(const std::string& content, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = value << 8 | static_cast<std::uint8_t>(content[i]);
  return value;
}

// Microseconds a quarter note; a value that is no tempo of a session goes to the nearest that is.
std::optional<double> tempo_of(const MetaEvent& event) {
  if (event.type != 0x51 || event.content.size() != 3) return std::nullopt;
  const auto microseconds = std::max<std::uint32_t>(1, number(event.content, 3));
  const double bpm = std::round(60e6 / microseconds * 1000) / 1000;
  return std::clamp(bpm, min_tempo_bpm, max_tempo_bpm);
}

std::optional<Meter> meter_of(const MetaEvent& event) {
  if (event.type != 0x58 || event.content.size() != 4) return std::nullopt;
  const auto numerator = static_cast<std::uint8_t>(event.content[0]);
  const auto power = static_cast<std::uint8_t>(event.content[1]);
  if (numerator < 1 || numerator > 32 || power > 5) return std::nullopt;
  return Meter{numerator, 1 << power};
}

std::optional<Key> signature_of(const MetaEvent& event) {
  if (event.type != 0x59 || event.content.size() != 2) return std::nullopt;
  const int byte = static_cast<unsigned char>(event.content[0]), fifths = byte < 128 ? byte : byte - 256;
  const bool minor = event.content[1] == 1;
  if (fifths < -7 || fifths > 7) return std::nullopt;
  const int tonic = pitch_class(fifths * 7 + (minor ? 9 : 0));
  return Key{tonic, minor ? "minor" : "major"};
}

std::optional<Key> written_key_of(const MetaEvent& event) {
  if (event.type != 0x01 || !event.content.starts_with(key_text)) return std::nullopt;
  return key_from_name(event.content.substr(key_text.size()));
}

// Which parameter a controller of the generic profile moves.
std::optional<Parameter> parameter_of(int controller) {
  static const DeviceProfile profile = generic_profile();
  for (const auto& parameter : all_parameters()) {
    const auto& route = profile.controllers[static_cast<std::size_t>(parameter.parameter)];
    if (route.carrier == Carrier::controller && route.number == controller) return parameter.parameter;
  }
  return std::nullopt;
}

// The first tempo, meter and key of all tracks; what comes later is counted only.
class Facts {
 public:
  explicit Facts(const SmfFile& file) {
    for (const auto& track : file.tracks)
      for (const auto& event : track.events)
        if (const auto* meta = std::get_if<MetaEvent>(&event.body)) look_at(*meta, event.tick);
  }

  double tempo() const { return tempo_.value.value_or(120); }
  Meter meter() const { return meter_.value.value_or(Meter{}); }
  std::optional<Key> key() const { return written_key_.value ? written_key_.value : signature_.value; }
  std::size_t tempo_changes() const { return tempo_.changes; }
  std::size_t meter_changes() const { return meter_.changes; }

 private:
  template <class T>
  struct First {
    std::optional<T> value;
    std::int64_t tick = 0;
    std::size_t changes = 0;

    void offer(const std::optional<T>& found, std::int64_t at) {
      if (!found) return;
      if (value && *value != *found) ++changes;
      if (value && at >= tick) return;
      value = found;
      tick = at;
    }
  };

  void look_at(const MetaEvent& event, std::int64_t tick) {
    tempo_.offer(tempo_of(event), tick);
    meter_.offer(meter_of(event), tick);
    signature_.offer(signature_of(event), tick);
    written_key_.offer(written_key_of(event), tick);
  }

  First<double> tempo_;
  First<Meter> meter_;
  First<Key> signature_, written_key_;
};

// Pairs note-ons with note-offs; of several equal pitches that sound the first is ended first.
class Pairing {
 public:
  void on(const ChannelEvent& event, Tick tick, std::vector<Note>& notes) {
    waiting_[event.first & 127].push_back(notes.size());
    notes.push_back({tick, 1, event.first, event.second});
  }
  void off(int pitch, Tick tick, std::vector<Note>& notes) {
    auto& waiting = waiting_[static_cast<std::size_t>(pitch & 127)];
    if (waiting.empty()) return;
    auto& note = notes[waiting.front()];
    note.duration = std::max<Tick>(1, tick - note.start);
    waiting.pop_front();
  }
  void end(Tick tick, std::vector<Note>& notes) {
    for (int pitch = 0; pitch < 128; ++pitch)
      while (!waiting_[static_cast<std::size_t>(pitch)].empty()) off(pitch, tick, notes);
  }

 private:
  std::array<std::deque<std::size_t>, 128> waiting_;
};

class Splitter {
 public:
  explicit Splitter(const SmfFile& file) : file_(file), facts_(file) {
    song_.tempo_bpm = facts_.tempo();
    song_.meter = facts_.meter();
    song_.key = facts_.key();
    song_.tempo_changes = facts_.tempo_changes();
    song_.meter_changes = facts_.meter_changes();
  }

  SmfSong run() {
    for (std::size_t i = 0; i < file_.tracks.size(); ++i) read_track(i);
    song_.length = whole_bars(song_.length, song_.meter);
    std::ranges::stable_sort(song_.markers, {}, &SmfMarker::tick);
    std::erase_if(song_.parts, [](const SmfPart& part) { return part.notes.empty() && part.lanes.empty(); });
    return std::move(song_);
  }

 private:
  Tick scaled(std::int64_t tick) const {
    if (file_.ticks_per_quarter > 0)
      return (tick * ticks_per_quarter + file_.ticks_per_quarter / 2) / file_.ticks_per_quarter;
    const double seconds = static_cast<double>(tick) / file_.ticks_per_second;
    return std::llround(seconds * song_.tempo_bpm / 60 * ticks_per_quarter);
  }

  void read_track(std::size_t index) {
    const auto& track = file_.tracks[index];
    const Tick offset = file_.format == 2 ? (index ? whole_bars(song_.length, song_.meter) : 0) : 0;
    std::string name;
    std::map<int, SmfPart> parts;  // by channel
    std::map<int, Pairing> pairings;
    for (const auto& event : track.events) {
      const Tick tick = offset + scaled(event.tick);
      if (const auto* meta = std::get_if<MetaEvent>(&event.body)) {
        read_meta(*meta, tick, name);
      } else {
        const auto& message = std::get<ChannelEvent>(event.body);
        const int channel = (message.status & 15) + 1;
        read_message(message, tick, parts[channel], pairings[channel]);
      }
    }
    const Tick end = offset + scaled(track.length);
    if (file_.format == 2 && !parts.empty()) song_.markers.push_back({offset, name});
    if (index == 0) song_.title = name;
    for (auto& [channel, part] : parts) close(part, channel, index, name, pairings[channel], end);
    song_.length = std::max(song_.length, end);
  }

  void read_meta(const MetaEvent& event, Tick tick, std::string& name) {
    if (event.type == 0x03 && name.empty()) name = clean_text(event.content, most_name);
    if (event.type == 0x06) song_.markers.push_back({tick, clean_text(event.content, most_name)});
  }

  void read_message(const ChannelEvent& event, Tick tick, SmfPart& part, Pairing& pairing) {
    const int kind = event.status & 0xf0;
    if (kind == 0x90 && event.second > 0) return pairing.on(event, tick, part.notes);
    if (kind == 0x80 || kind == 0x90) return pairing.off(event.first, tick, part.notes);
    if (kind == 0xc0 && part.program < 0) part.program = event.first;
    if (kind == 0xe0) move(part, Parameter::pitch, tick, (event.first | event.second << 7) / 16384.0);
    if (kind != 0xb0) return;
    if (const auto parameter = parameter_of(event.first))
      move(part, *parameter, tick, event.second / 128.0);
    else
      ++song_.other_controllers;
  }

  static void move(SmfPart& part, Parameter parameter, Tick tick, double value) {
    auto& points = part.lanes[parameter];
    if (!points.empty() && points.back().tick == tick)
      points.back().value = value;
    else if (points.empty() || points.back().value != value)
      points.push_back({tick, value});
  }

  void close(SmfPart& part, int channel, std::size_t index, const std::string& name, Pairing& pairing,
             Tick end) {
    pairing.end(end, part.notes);
    std::ranges::stable_sort(part.notes, {}, [](const Note& n) { return std::pair(n.start, n.pitch); });
    for (const auto& note : part.notes) song_.length = std::max(song_.length, note.start + note.duration);
    part.file_track = index;
    part.channel = channel;
    part.name = name;
    song_.parts.push_back(std::move(part));
  }

  const SmfFile& file_;
  const Facts facts_;
  SmfSong song_;
};

}  // namespace

SmfSong song_of(const SmfFile& file) { return Splitter(file).run(); }

}  // namespace doodled
