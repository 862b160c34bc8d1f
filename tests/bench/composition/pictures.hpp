// The pictures that are reported on, and what the reader sees in them.
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/image/raster.hpp"
#include "core/image/reading.hpp"

namespace doodled::bench {

struct Picture {
  std::filesystem::path file;
  std::string name;        // path inside the corpus
  std::string collection;  // its folder
};

// Every doodle, page and photograph of the corpus; `orientation` is left out (nine times one picture).
std::vector<Picture> corpus_pictures(const std::filesystem::path& corpus);

// Readings take seconds, rules milliseconds: with a file to keep them in, readings are made once and taken
// from there the next time, so that a rule can be changed and measured at once.
class Readings {
 public:
  explicit Readings(std::filesystem::path kept);
  ~Readings();
  // `key` names picture and shot.
  const Reading& of(const std::string& key, const std::function<Reading()>& read);

 private:
  std::filesystem::path kept_;
  std::map<std::string, Reading> known_;
  bool changed_ = false;
};

}  // namespace doodled::bench
