#include "tests/bench/composition/pictures.hpp"

#include <algorithm>
#include <fstream>

#include <nlohmann/json.hpp>

namespace doodled::bench {
namespace {

constexpr std::array<const char*, 7> folders = {"doodles/quickdraw",
                                                "doodles/quickdraw-photo",
                                                "doodles/unistroke",
                                                "doodles/hds",
                                                "paper/diagrams",
                                                "paper/notes",
                                                "photos"};

}  // namespace

std::vector<Picture> corpus_pictures(const std::filesystem::path& corpus) {
  std::vector<Picture> pictures;
  for (const std::string folder : folders)
    for (const auto& entry : std::filesystem::directory_iterator(corpus / folder))
      if (entry.path().extension() == ".png" || entry.path().extension() == ".jpg")
        pictures.push_back({entry.path(), folder + "/" + entry.path().filename().string(), folder});
  std::ranges::sort(pictures, {}, &Picture::name);
  return pictures;
}

Readings::Readings(std::filesystem::path kept) : kept_(std::move(kept)) {
  std::ifstream lines(kept_);
  for (std::string text; std::getline(lines, text);) {
    const auto line = parse_json(text);
    if (!line) continue;
    if (const auto reading = reading_from_json(line->at("reading")); reading.has_value())
      known_.emplace(line->at("key").get<std::string>(), *reading);
  }
}

Readings::~Readings() {
  if (kept_.empty() || !changed_) return;
  std::ofstream out(kept_);
  for (const auto& [key, reading] : known_)
    out << to_text({{"key", key}, {"reading", to_json(reading)}}) << '\n';
}

const Reading& Readings::of(const std::string& key, const std::function<Reading()>& read) {
  const auto known = known_.find(key);
  if (known != known_.end()) return known->second;
  changed_ = true;
  return known_.emplace(key, read()).first->second;
}

}  // namespace doodled::bench
