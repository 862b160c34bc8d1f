#include "core/audition/font_player.hpp"

#include <fstream>

#include "core/base/program.hpp"
#include "core/files/smf.hpp"
#include "core/files/sound_file.hpp"

namespace doodled::audition {
namespace {

constexpr int drum_channel = 10;

// A channel of its own for each track, but for drums, which share theirs.
Timeline with_channels(Timeline timeline) {
  int next = 1;
  for (auto& track : timeline.tracks) {
    if (track.role == Role::drums) continue;
    track.channel = next;
    next = next % 16 + 1;
    if (next == drum_channel) ++next;
  }
  return timeline;
}

Result<void> check_font(const AuditionSettings& settings) {
  if (std::filesystem::exists(settings.sound_font)) return {};
  return Error{"sound_font_missing",
               "there is no sound font at " + settings.sound_font.string() +
                   ": apt install timgm6mb-soundfont, or set audition.sound_font",
               {{"audition.sound_font", "is not there"}}};
}

void write(const std::filesystem::path& file, const std::vector<std::uint8_t>& bytes) {
  std::ofstream stream(file, std::ios::binary);
  stream.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

Result<std::vector<float>> play_font(const Timeline& timeline, const AuditionSettings& settings,
                                     const std::filesystem::path& scratch, const std::stop_token& stop) {
  if (const auto checked = check_font(settings); !checked) return checked.error();
  SmfOptions options;
  options.programs = true;
  const auto midi = scratch / "in.mid", sound = scratch / "out.wav";
  write(midi, to_smf(with_channels(timeline), options));
  Program program;
  program.arguments = {settings.program,
                       "-q",
                       "-n",
                       "-i",
                       "-g",
                       "0.6",
                       "-r",
                       "44100",
                       "-T",
                       "wav",
                       "-O",
                       "float",
                       "-F",
                       sound.string(),
                       settings.sound_font.string(),
                       midi.string()};
  program.package = "fluidsynth";
  program.directory = scratch;
  program.timeout = settings.timeout;
  if (const auto ran = run_program(program, stop); !ran) return ran.error();
  auto played = read_stereo(sound);
  if (played.samples.empty()) return Error{"program_failed", settings.program + " wrote no sound", {}};
  return std::move(played.samples);
}

}  // namespace doodled::audition
