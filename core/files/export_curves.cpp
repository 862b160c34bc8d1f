// Formats that hold drawn curves.
#include "core/base/text_result.hpp"
#include "core/files/export_parts.hpp"
#include "core/music/lfo.hpp"

namespace doodled::exports {
namespace {

constexpr double most_seconds = 600;  // of a curve at sound's rate

Result<Curves> curves_of(const Session& session, const std::string& id) {
  if (session.lfos.empty()) return bad("no_lfo", "the session has no drawn curve", "lfos");
  Curves curves;
  for (const auto& lfo : session.lfos)
    if (id.empty() || lfo.id == id) curves.push_back(&lfo);
  if (curves.empty()) return bad("unknown_lfo", "there is no LFO \"" + id + "\"", "lfo");
  return curves;
}

Result<ExportFile> wavetable(const ExportSource& source, const ExportOptions& options,
                             std::string (*write)(const Curves&)) {
  const auto curves = curves_of(source.session, options.lfo);
  if (!curves) return curves.error();
  return ExportFile{"wav", "audio/wav", write(*curves)};
}

// One file a curve: the one that was named, the only one, or all in a zip.
template <class Write>
Result<ExportFile> write_curves(const ExportSource& source, const ExportOptions& options, Write write) {
  const auto curves = curves_of(source.session, options.lfo);
  if (!curves) return curves.error();
  if (!options.split && curves->size() > 1)
    return bad("lfo_required",
               "the session has several curves: name one, or take all as a zip with split=true", "lfo");
  std::vector<NamedFile> files;
  for (const auto* curve : *curves) {
    auto bytes = write(*curve);
    if (!bytes) return bytes.error();
    if (!options.split) return ExportFile{"wav", "audio/wav", std::move(*bytes)};
    files.push_back({file_name(files.size(), curve->id, "wav"), std::move(*bytes)});
  }
  return zipped(std::move(files));
}

Result<void> check_seconds(double seconds) {
  if (seconds <= most_seconds) return {};
  return bad("export_too_large", "a curve as sound lasts 10 minutes at most", "lfo");
}

Tick length_of(const Session& session) {
  Tick bars = 0;
  for (const auto& section : session.arrangement) bars += section.bars;
  return bars * session.meter.bar();
}

}  // namespace

Result<ExportFile> write_serum(const ExportSource& source, const ExportOptions& options) {
  return wavetable(source, options, serum_wavetable);
}

Result<ExportFile> write_vital(const ExportSource& source, const ExportOptions& options) {
  return wavetable(source, options, vital_wavetable);
}

Result<ExportFile> write_ableton(const ExportSource& source, const ExportOptions& options) {
  return wavetable(source, options, ableton_wavetable);
}

Result<ExportFile> write_surge(const ExportSource& source, const ExportOptions& options) {
  auto file = wavetable(source, options, surge_wavetable);
  if (file) file->ending = "wt", file->media_type = "application/octet-stream";
  return file;
}

Result<ExportFile> write_single_cycle(const ExportSource& source, const ExportOptions& options) {
  return write_curves(source, options, [](const LfoShape& curve) -> Result<std::string> {
    return text_result(single_cycle(curve));
  });
}

Result<ExportFile> write_lfo(const ExportSource& source, const ExportOptions& options) {
  const double tempo = source.session.tempo_bpm;
  return write_curves(source, options, [&](const LfoShape& curve) -> Result<std::string> {
    if (const auto checked = check_seconds(lfo_seconds(curve, tempo)); !checked) return checked.error();
    return text_result(lfo_wav(curve, tempo));
  });
}

Result<ExportFile> write_control_voltage(const ExportSource& source, const ExportOptions& options) {
  const auto& session = source.session;
  const double seconds = static_cast<double>(length_of(session)) * tick_ns(session.tempo_bpm) / 1e9;
  if (const auto checked = check_seconds(seconds); !checked) return checked.error();
  return write_curves(source, options, [&](const LfoShape& curve) -> Result<std::string> {
    return text_result(control_voltage_wav(curve, session.tempo_bpm, length_of(session), options.voltage));
  });
}

}  // namespace doodled::exports
