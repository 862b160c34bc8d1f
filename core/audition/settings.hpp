// What can be set about auditions.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

namespace doodled {

struct AuditionSettings {
  std::string program = "fluidsynth";
  std::filesystem::path sound_font = "/usr/share/sounds/sf2/TimGM6mb.sf2";
  std::chrono::seconds timeout{120};                   // of that program
  int max_seconds = 600;                               // of music; the tail comes on top
  std::int64_t cache_bytes = std::int64_t{512} << 20;  // the files used longest ago go first
};

}  // namespace doodled
