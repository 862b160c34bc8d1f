#include "core/play/profile_shelf.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "core/play/midi_guide.hpp"

namespace doodled {
namespace {

constexpr std::uintmax_t largest_file = 4 << 20;

Result<std::string> contents(const std::filesystem::path& path) {
  std::error_code failure;
  const auto size = std::filesystem::file_size(path, failure);
  std::ifstream file(path, std::ios::binary);
  if (failure || !file) return Error{"invalid_profile", "cannot be read", {}};
  if (size > largest_file) return Error{"invalid_profile", "is longer than 4 MiB", {}};
  return Result<std::string>(boost::system::in_place_value, std::istreambuf_iterator<char>(file),
                             std::istreambuf_iterator<char>());
}

Result<DeviceProfile> parse(const std::filesystem::path& path, const std::string& text) {
  if (path.extension() == ".csv") return profile_from_midi_guide(text);
  const auto json = parse_json(text);
  if (!json) return json.error();
  return profile_from_json(*json);
}

bool is_profile(const std::filesystem::directory_entry& entry) {
  const auto ending = entry.path().extension();
  return entry.is_regular_file() && (ending == ".json" || ending == ".csv");
}

}  // namespace

void ProfileShelf::add(DeviceProfile profile, std::string origin) {
  auto id = profile.id;
  entries.insert_or_assign(std::move(id), Entry{std::move(profile), std::move(origin)});
}

void ProfileShelf::add_folder(const std::filesystem::path& folder) {
  std::error_code failure;
  std::vector<std::filesystem::path> files;
  auto entry = std::filesystem::recursive_directory_iterator(folder, failure);
  for (; !failure && entry != std::filesystem::recursive_directory_iterator(); entry.increment(failure))
    if (is_profile(*entry)) files.push_back(entry->path());
  if (failure) problems.push_back({folder.string(), failure.message()});
  std::ranges::sort(files);
  for (const auto& file : files) {
    auto profile = profile_from_file(file);
    if (profile)
      add(std::move(*profile), file.string());
    else
      problems.push_back({file.string(), profile.error().message});
  }
}

std::map<std::string, DeviceProfile> ProfileShelf::profiles() const {
  std::map<std::string, DeviceProfile> all;
  for (const auto& [id, entry] : entries) all.emplace(id, entry.profile);
  return all;
}

Result<DeviceProfile> profile_from_file(const std::filesystem::path& path) {
  const auto text = contents(path);
  auto profile = text ? parse(path, *text) : Result<DeviceProfile>(text.error());
  if (profile) return profile;
  Error error = profile.error();
  error.message = path.filename().string() + ": " + error.message;
  return error;
}

}  // namespace doodled
