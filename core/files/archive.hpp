// Several files as one zip, with libzip. The same files give the same bytes.
#pragma once
#include <string>
#include <vector>

namespace doodled {

struct NamedFile {
  std::string name;  // inside the zip, '/' between folders
  std::string bytes;
};

// Throws std::runtime_error where memory is short or a name is there twice.
std::string zip_of(const std::vector<NamedFile>& files);

}  // namespace doodled
