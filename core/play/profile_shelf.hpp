// All profiles that there are: those of the program, then those of the user's folder, which win.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/play/device_profile.hpp"

namespace doodled {

struct ProfileShelf {
  struct Entry {
    DeviceProfile profile;
    std::string origin;  // "built in", or the file
  };
  std::map<std::string, Entry> entries;  // by id
  std::vector<Problem> problems;         // files that can't be used: pointer is the file

  void add(DeviceProfile profile, std::string origin);
  // Every *.json (a profile) and *.csv (a table of midi.guide) in the folder and below. A file that can't be
  // used becomes a problem; so does a folder that can't be read.
  void add_folder(const std::filesystem::path& folder);
  std::map<std::string, DeviceProfile> profiles() const;
};

// By the file's ending. Code: invalid_profile; the message begins with the file's name.
Result<DeviceProfile> profile_from_file(const std::filesystem::path& path);

// What is allowed in a profile but most likely wrong or unwise: a value without a source, two parameters on
// one controller.
std::vector<Problem> profile_remarks(const DeviceProfile& profile);

// How a parameter reaches the device, in words: 'controller 74', 'NRPN 1:32', 'SysEx F0 ... F7', 'not sent'.
std::string describe(const ParameterRoute& route);

}  // namespace doodled
