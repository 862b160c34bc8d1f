// Samples as files in memory, with libsndfile. Throws std::runtime_error where that fails.
#pragma once
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace doodled {

struct WavChunk {
  std::string id;  // four characters
  std::string content;
};

// 32-bit float, mono, nothing scaled or dithered; `chunk` stands before the samples.
std::string float_wav(std::span<const float> samples, int rate,
                      const std::optional<WavChunk>& chunk = std::nullopt);
// 16-bit whole numbers; -1..1 fills their range.
std::string pcm16_wav(std::span<const float> samples, int rate);

// Two channels, interleaved, written to a file of the disk: 16-bit WAV, or Ogg Vorbis.
enum class SoundKind { wav, ogg };
void write_stereo(const std::filesystem::path& file, SoundKind kind, std::span<const float> samples,
                  int rate);

// Any number of channels as two, interleaved. An empty result for a file that can't be read.
struct StereoSound {
  int rate = 0;
  std::vector<float> samples;
};
StereoSound read_stereo(const std::filesystem::path& file);

}  // namespace doodled
