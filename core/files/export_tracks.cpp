// Formats that can hold one track alone.
#include <algorithm>

#include "core/files/export_parts.hpp"
#include "core/play/arrange.hpp"

namespace doodled::exports {
namespace {

std::string text_of(const std::vector<std::uint8_t>& bytes) { return {bytes.begin(), bytes.end()}; }

Result<std::size_t> track_index(const Timeline& timeline, const std::string& id) {
  const auto found = std::ranges::find(timeline.tracks, id, &TimelineTrack::id);
  if (found == timeline.tracks.end())
    return bad("unknown_track", "there is no track \"" + id + "\"", "track");
  return static_cast<std::size_t>(found - timeline.tracks.begin());
}

std::vector<std::size_t> sounding_tracks(const Timeline& timeline) {
  std::vector<bool> sounds(timeline.tracks.size());
  for (const auto& event : timeline.events)
    if (std::holds_alternative<NoteOn>(event.body)) sounds[event.track] = true;
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < sounds.size(); ++i)
    if (sounds[i]) indices.push_back(i);
  return indices;
}

Error track_required(const Timeline& timeline, const std::vector<std::size_t>& indices) {
  std::string ids;
  for (const auto index : indices) ids += (ids.empty() ? "" : ", ") + timeline.tracks[index].id;
  return bad("track_required",
             "a pattern holds one track: name one of " + ids + ", or take all as a zip with split=true",
             "track");
}

}  // namespace

Result<ExportFile> write_mid(const ExportSource& source, const ExportOptions& options) {
  const auto timeline = arrange(source.session);
  if (!options.track.empty()) {
    const auto index = track_index(timeline, options.track);
    if (!index) return index.error();
    return ExportFile{"mid", "audio/midi", text_of(to_smf_a_track(timeline, options.smf)[*index])};
  }
  if (!options.split) return ExportFile{"mid", "audio/midi", text_of(to_smf(timeline, options.smf))};
  const auto files = to_smf_a_track(timeline, options.smf);
  std::vector<NamedFile> named;
  for (std::size_t i = 0; i < files.size(); ++i)
    named.push_back({file_name(i, timeline.tracks[i].name, "mid"), text_of(files[i])});
  return zipped(std::move(named));
}

Result<ExportFile> write_mpc_pattern(const ExportSource& source, const ExportOptions& options) {
  const auto timeline = arrange(source.session);
  auto indices = sounding_tracks(timeline);
  if (!options.track.empty()) {
    const auto index = track_index(timeline, options.track);
    if (!index) return index.error();
    indices = {*index};
  }
  if (indices.empty()) indices = {0};
  if (options.split) {
    std::vector<NamedFile> named;
    for (const auto i : indices)
      named.push_back(
          {file_name(i, timeline.tracks[i].name, "mpcpattern"), to_mpc_pattern(timeline, i, options.mpc)});
    return zipped(std::move(named));
  }
  if (indices.size() > 1) return track_required(timeline, indices);
  return ExportFile{"mpcpattern", "application/json", to_mpc_pattern(timeline, indices.front(), options.mpc)};
}

}  // namespace doodled::exports
