#include "core/files/export.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "core/files/daw_project.hpp"
#include "core/files/export_parts.hpp"
#include "core/files/music_xml.hpp"
#include "core/play/arrange.hpp"
#include "core/play/timeline_json.hpp"

namespace doodled {
namespace {

using namespace exports;

Result<ExportFile> write_daw_project(const ExportSource& source, const ExportOptions&) {
  return ExportFile{"dawproject", std::string(zip_type), to_daw_project(arrange(source.session))};
}

Result<ExportFile> write_music_xml(const ExportSource& source, const ExportOptions&) {
  Session straight = source.session;
  straight.swing = 50;
  auto xml = to_music_xml(arrange(straight));
  if (!xml) return xml.error();
  return ExportFile{"musicxml", "application/vnd.recordare.musicxml+xml", std::move(*xml)};
}

Result<ExportFile> write_json(const ExportSource& source, const ExportOptions&) {
  return ExportFile{"json", "application/json", source.document};
}

Result<ExportFile> write_timeline(const ExportSource& source, const ExportOptions&) {
  return ExportFile{"json", "application/json", to_text(to_json(arrange(source.session)))};
}

Result<ExportFile> write_text(const ExportSource& source, const ExportOptions& options) {
  return ExportFile{"txt", "text/plain; charset=utf-8", to_text(arrange(source.session), options.middle_c)};
}

std::string sheet_of(const ExportSource& source, const ExportOptions& options) {
  return sheet_svg(source.session, arrange(source.session), source.picture, options.middle_c);
}

Result<ExportFile> write_svg(const ExportSource& source, const ExportOptions& options) {
  return ExportFile{"svg", "image/svg+xml", sheet_of(source, options)};
}

Result<ExportFile> write_png(const ExportSource& source, const ExportOptions& options) {
  auto png = source.render_png(sheet_of(source, options));
  if (!png) return png.error();
  return ExportFile{"png", "image/png", std::move(*png)};
}

Result<ExportFile> write_all(const ExportSource& source, const ExportOptions& options);

constexpr std::array formats = std::to_array<ExportFormat>({
    {"mid", "Standard MIDI File", "mid", "audio/midi", write_mid},
    {"mpcpattern", "one track as a pattern for an MPC or Force", "mpcpattern", "application/json",
     write_mpc_pattern},
    {"dawproject", "project for Bitwig Studio, Studio One, Cubase and others", "dawproject", zip_type,
     write_daw_project},
    {"musicxml", "score, on a grid of 64th notes", "musicxml", "application/vnd.recordare.musicxml+xml",
     write_music_xml},
    {"json", "the session document", "json", "application/json", write_json},
    {"timeline", "what is played, as JSON", "", "application/json", write_timeline},
    {"txt", "what is played, one event a line", "txt", "text/plain", write_text},
    {"serum", "the curves as a wavetable for Serum", "", "audio/wav", write_serum},
    {"vital", "the curves as a wavetable for Vital", "", "audio/wav", write_vital},
    {"ableton", "the curves as a wavetable for Live", "", "audio/wav", write_ableton},
    {"surge", "the curves as a wavetable for Surge and Bitwig", "wt", "application/octet-stream",
     write_surge},
    {"singlecycle", "one curve as a single cycle for an MPC", "", "audio/wav", write_single_cycle},
    {"lfo", "one curve as it is, for the time of its cycle", "", "audio/wav", write_lfo},
    {"cv", "one curve over the whole session as a control voltage", "", "audio/wav", write_control_voltage},
    {"svg", "picture, evidence, piano roll and curves on a sheet", "svg", "image/svg+xml", write_svg},
    {"png", "the same as pixels", "png", "image/png", write_png},
    {"zip", "all of these", "zip", zip_type, write_all},
});

// What a format can't say of this session is left out of the whole.
bool is_for_other_sessions(const Error& error) {
  constexpr std::array codes = {"no_lfo", "export_too_large", "program_missing"};
  return std::ranges::find(codes, error.code) != codes.end();
}

void append_file(std::vector<NamedFile>& files, const std::string& format, ExportFile file) {
  if (file.parts.empty()) return files.push_back({format + "." + file.ending, std::move(file.bytes)});
  for (auto& part : file.parts) files.push_back({format + "/" + part.name, std::move(part.bytes)});
}

Result<ExportFile> write_all(const ExportSource& source, const ExportOptions& given) {
  ExportOptions options = given;
  options.track = options.lfo = {};
  std::vector<NamedFile> files;
  std::string left_out;
  for (const auto& format : formats) {
    if (format.write == write_all) continue;
    options.split = format.name != "mid";
    auto file = format.write(source, options);
    if (!file && !is_for_other_sessions(file.error())) return file.error();
    if (!file)
      left_out += std::string(format.name) + ": " + file.error().message + "\n";
    else
      append_file(files, std::string(format.name), std::move(*file));
  }
  if (!left_out.empty()) files.push_back({"left out.txt", left_out});
  return zipped(std::move(files));
}

}  // namespace

std::span<const ExportFormat> export_formats() { return formats; }

const ExportFormat* find_export_format(std::string_view name) {
  const auto found = std::ranges::find(formats, name, &ExportFormat::name);
  return found == formats.end() ? nullptr : &*found;
}

const ExportFormat* export_format_of_file(std::string_view file_name) {
  const auto point = file_name.rfind('.');
  if (point == file_name.npos) return nullptr;
  const auto found = std::ranges::find(formats, file_name.substr(point + 1), &ExportFormat::ending);
  return found == formats.end() ? nullptr : &*found;
}

Result<ExportFile> export_session(std::string_view name, const ExportSource& source,
                                  const ExportOptions& options) {
  const auto* format = find_export_format(name);
  if (format) return format->write(source, options);
  std::string names;
  for (const auto& known : formats) names += (names.empty() ? "" : ", ") + std::string(known.name);
  return Error{"unknown_format", "there is no such export; there are " + names, {{"format", "unknown"}}};
}

}  // namespace doodled
