// The Max for Live device as files to install, carried inside the program.
#pragma once
#include <span>
#include <string_view>

namespace doodled {

struct EmbeddedFile {
  std::string_view name;   // 'doodled.amxd'
  std::string_view bytes;  // any
};

// doodled.amxd and doodled.js, which belong into one folder; doodled.maxpat; doodled-one-file.amxd.
std::span<const EmbeddedFile> companion_files();

// What a file is for, in a sentence.
std::string_view purpose_of(const EmbeddedFile& file);

}  // namespace doodled
