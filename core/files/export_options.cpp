#include "core/files/export_options.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace doodled {
namespace {

template <class Number>
bool read_number(std::string_view text, Number least, Number most, Number& to) {
  Number value{};
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end || !(value >= least && value <= most)) return false;
  to = value;
  return true;
}

// "true", "1" or nothing; "false" or "0".
bool read_flag(std::string_view text, bool& to) {
  to = text.empty() || text == "true" || text == "1";
  return to || text == "false" || text == "0";
}

template <class Value, std::size_t Count>
bool read_word(std::string_view text, const std::array<std::pair<std::string_view, Value>, Count>& words,
               Value& to) {
  const auto found = std::ranges::find(words, text, &std::pair<std::string_view, Value>::first);
  if (found == words.end()) return false;
  to = found->second;
  return true;
}

bool read_id(std::string_view text, std::string& to) {
  to = text;
  return !text.empty() && text.size() <= 64;
}

using DialectName = std::pair<std::string_view, MpcDialect>;
constexpr std::array<DialectName, 2> dialects{{{"classic", MpcDialect::classic}, {"mpc3", MpcDialect::mpc3}}};
using PadMapName = std::pair<std::string_view, PadMap>;
constexpr std::array<PadMapName, 4> pad_maps{{{"chromatic_c1", PadMap::chromatic_c1},
                                              {"chromatic_c_minus_2", PadMap::chromatic_c_minus_2},
                                              {"classic", PadMap::classic},
                                              {"general_midi", PadMap::general_midi}}};

using MiddleCName = std::pair<std::string_view, MiddleC>;
constexpr std::array<MiddleCName, 2> middle_c_names{{{"C4", MiddleC::c4}, {"C3", MiddleC::c3}}};

using Text = std::string_view;
constexpr std::array rows = std::to_array<ExportOptionRow>({
    {"smf_format", "mid: everything in one track, or one track each", "0 or 1",
     [](ExportOptions& o, Text text) { return read_number(text, 0, 1, o.smf.format); }},
    {"division", "mid: ticks a quarter note; 480 for old machines", "24 to 960",
     [](ExportOptions& o, Text text) { return read_number(text, 24, 960, o.smf.division); }},
    {"programs", "mid: choose General MIDI instruments by the tracks' roles", "true or false",
     [](ExportOptions& o, Text text) { return read_flag(text, o.smf.programs); }},
    {"track", "mid, mpcpattern: this track alone", "a track's id",
     [](ExportOptions& o, Text text) { return read_id(text, o.track); }},
    {"split", "mid, mpcpattern, singlecycle, lfo, cv: a zip with a file for each track or curve",
     "true or false", [](ExportOptions& o, Text text) { return read_flag(text, o.split); }},
    {"dialect", "mpcpattern: for MPC 2, 3 and Force, or as an MPC 3 writes it", "classic or mpc3",
     [](ExportOptions& o, Text text) { return read_word(text, dialects, o.mpc.dialect); }},
    {"pad_map", "mpcpattern: which notes the pads of a drum track have",
     "chromatic_c1, chromatic_c_minus_2, classic or general_midi",
     [](ExportOptions& o, Text text) { return read_word(text, pad_maps, o.mpc.pad_map); }},
    {"middle_c", "txt, svg, png: what note 60 is called", "C4 or C3",
     [](ExportOptions& o, Text text) { return read_word(text, middle_c_names, o.middle_c); }},
    {"lfo", "wavetables, singlecycle, lfo, cv: this curve alone", "an LFO's id",
     [](ExportOptions& o, Text text) { return read_id(text, o.lfo); }},
    {"volts", "cv: what the curve's 1 becomes", "0.01 to 20",
     [](ExportOptions& o, Text text) { return read_number(text, 0.01, 20.0, o.voltage.volts); }},
    {"full_scale", "cv: the volts that the interface makes of full scale", "0.01 to 20",
     [](ExportOptions& o, Text text) { return read_number(text, 0.01, 20.0, o.voltage.full_scale); }},
    {"rate", "cv: samples a second", "8000 to 192000",
     [](ExportOptions& o, Text text) { return read_number(text, 8000, 192000, o.voltage.rate); }},
});

}  // namespace

std::span<const ExportOptionRow> export_option_rows() { return rows; }

void set_export_device(ExportOptions& options, const DeviceProfile& device) {
  options.smf.profile = device;
  options.middle_c = device.middle_c;
  if (device.pad_map != PadMap::custom) options.mpc.pad_map = device.pad_map;
}

Result<void> set_export_option(ExportOptions& options, std::string_view name, std::string_view text) {
  const auto row = std::ranges::find(rows, name, &ExportOptionRow::name);
  if (row == rows.end())
    return Error{
        "bad_query", "an export has no option '" + std::string(name) + "'", {{std::string(name), "unknown"}}};
  if (row->set(options, text)) return {};
  const std::string message = "must be " + std::string(row->values);
  return Error{
      "bad_query", "the option '" + std::string(name) + "' " + message, {{std::string(name), message}}};
}

}  // namespace doodled
