#include "core/files/sound_file.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <stdexcept>

#include <sndfile.h>

namespace doodled {
namespace {

// A file that grows in memory.
struct Memory {
  std::string bytes;
  std::size_t at = 0;
};

Memory& memory(void* user) { return *static_cast<Memory*>(user); }

sf_count_t length(void* user) { return static_cast<sf_count_t>(memory(user).bytes.size()); }

sf_count_t seek(sf_count_t offset, int whence, void* user) {
  auto& file = memory(user);
  const sf_count_t base = whence == SEEK_SET   ? 0
                          : whence == SEEK_CUR ? static_cast<sf_count_t>(file.at)
                                               : length(user);
  file.at = static_cast<std::size_t>(std::max<sf_count_t>(0, base + offset));
  return static_cast<sf_count_t>(file.at);
}

sf_count_t read(void* to, sf_count_t count, void* user) {
  auto& file = memory(user);
  const auto left = file.bytes.size() - std::min(file.at, file.bytes.size());
  const auto taken = std::min(static_cast<std::size_t>(count), left);
  std::memcpy(to, file.bytes.data() + file.at, taken);
  file.at += taken;
  return static_cast<sf_count_t>(taken);
}

sf_count_t write(const void* from, sf_count_t count, void* user) {
  auto& file = memory(user);
  const auto end = file.at + static_cast<std::size_t>(count);
  if (end > file.bytes.size()) file.bytes.resize(end);
  std::memcpy(file.bytes.data() + file.at, from, static_cast<std::size_t>(count));
  file.at = end;
  return count;
}

sf_count_t tell(void* user) { return static_cast<sf_count_t>(memory(user).at); }

struct Close {
  void operator()(SNDFILE* file) const { sf_close(file); }
};
using Sound = std::unique_ptr<SNDFILE, Close>;

Sound checked(SNDFILE* file) {
  if (!file) throw std::runtime_error(std::string("sound file: ") + sf_strerror(nullptr));
  return Sound(file);
}

void write_all(SNDFILE* file, std::span<const float> samples) {
  // Vorbis needs more stack than a thread has when it is given all at once (libsndfile issue 130).
  constexpr std::size_t piece = 1 << 14;
  for (std::size_t at = 0; at < samples.size(); at += piece) {
    const auto part = samples.subspan(at, std::min(piece, samples.size() - at));
    if (sf_write_float(file, part.data(), static_cast<sf_count_t>(part.size())) !=
        static_cast<sf_count_t>(part.size()))
      throw std::runtime_error(std::string("sound file: ") + sf_strerror(file));
  }
}

void set_chunk(SNDFILE* file, const WavChunk& chunk) {
  SF_CHUNK_INFO info{};
  std::memcpy(info.id, chunk.id.data(), 4);
  info.id_size = 4;
  info.datalen = static_cast<unsigned>(chunk.content.size());
  std::string content = chunk.content;
  info.data = content.data();
  if (sf_set_chunk(file, &info) != SF_ERR_NO_ERROR)
    throw std::runtime_error(std::string("sound file: ") + sf_strerror(file));
}

std::string wav_in_memory(std::span<const float> samples, int rate, int subtype,
                          const std::optional<WavChunk>& chunk) {
  SF_VIRTUAL_IO io{length, seek, read, write, tell};
  SF_INFO info{};
  info.samplerate = rate;
  info.channels = 1;
  info.format = SF_FORMAT_WAV | subtype;
  Memory target;
  auto file = checked(sf_open_virtual(&io, SFM_WRITE, &info, &target));
  sf_command(file.get(), SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE);  // it holds the time of day
  sf_command(file.get(), SFC_SET_CLIPPING, nullptr, SF_TRUE);
  if (chunk) set_chunk(file.get(), *chunk);
  write_all(file.get(), samples);
  file.reset();
  return std::move(target.bytes);
}

}  // namespace

std::string float_wav(std::span<const float> samples, int rate, const std::optional<WavChunk>& chunk) {
  return wav_in_memory(samples, rate, SF_FORMAT_FLOAT, chunk);
}

std::string pcm16_wav(std::span<const float> samples, int rate) {
  return wav_in_memory(samples, rate, SF_FORMAT_PCM_16, std::nullopt);
}

void write_stereo(const std::filesystem::path& path, SoundKind kind, std::span<const float> samples,
                  int rate) {
  SF_INFO info{};
  info.samplerate = rate;
  info.channels = 2;
  info.format = kind == SoundKind::wav ? SF_FORMAT_WAV | SF_FORMAT_PCM_16 : SF_FORMAT_OGG | SF_FORMAT_VORBIS;
  auto file = checked(sf_open(path.c_str(), SFM_WRITE, &info));
  sf_command(file.get(), SFC_SET_CLIPPING, nullptr, SF_TRUE);
  write_all(file.get(), samples);
}

StereoSound read_stereo(const std::filesystem::path& path) {
  SF_INFO info{};
  Sound file(sf_open(path.c_str(), SFM_READ, &info));
  if (!file || info.channels < 1) return {};
  const auto channels = static_cast<std::size_t>(info.channels);
  std::vector<float> frames(static_cast<std::size_t>(info.frames) * channels);
  const auto count = sf_readf_float(file.get(), frames.data(), info.frames);
  StereoSound sound{info.samplerate, {}};
  sound.samples.reserve(static_cast<std::size_t>(count) * 2);
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    sound.samples.push_back(frames[i * channels]);
    sound.samples.push_back(frames[i * channels + (channels > 1 ? 1 : 0)]);
  }
  return sound;
}

}  // namespace doodled
