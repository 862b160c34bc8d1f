// Labelled pictures of the test corpus, and how they are split.
#pragma once
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "core/image/raster.hpp"
#include "core/image/reading.hpp"

namespace doodled::bench {

struct Labelled {
  std::filesystem::path file;
  std::string name;   // path inside the corpus
  std::string label;  // what the drawer was asked for
  std::string collection;
  bool held_out = false;
};

// The split: FNV-1a of the name, odd is held out. Rules and thresholds of the reader were set by looking at
// the other half and at generated pages only.
bool is_held_out(const std::string& name);

// Doodles whose label says which shape they are, of all collections below `corpus`/doodles.
std::vector<Labelled> labelled_doodles(const std::filesystem::path& corpus);

// The other doodles of the collections that say which family of figures they belong to (a cloud: waves);
// their label is that family.
std::vector<Labelled> family_doodles(const std::filesystem::path& corpus);

// The classes that count as right for a label; empty when the label is not a shape (a cat).
std::set<ShapeClass> accepted_classes(const std::string& label);

// As an upload is decoded. Throws std::runtime_error for a file that cannot be.
Raster load(const std::filesystem::path& file);

// With all of its pixels. Throws as load() does.
Raster load_whole(const std::filesystem::path& file);

}  // namespace doodled::bench
