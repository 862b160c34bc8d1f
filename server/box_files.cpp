#include "server/box_files.hpp"

#include "core/base/log.hpp"
#include "server/files.hpp"
#include "server/settings_portable.hpp"

namespace doodled {
namespace {

constexpr std::int64_t longest_file = std::int64_t{16} << 20;

Result<std::string> text_in(const std::filesystem::path& file) {
  const auto bytes = read_file(file, longest_file);
  if (!bytes) return bytes.error();
  return Result<std::string>(boost::system::in_place_value, bytes->begin(), bytes->end());
}

void leave_out(const std::filesystem::path& file, const Error& error) {
  log::warning("store", "left out of the backup: " + error.message, {{"file", file.string()}});
}

void add_settings(const std::filesystem::path& file, Companions& files) {
  if (file.empty()) return;
  const auto text = text_in(file);
  if (!text) return leave_out(file, text.error());
  const auto portable = portable_settings(*text);
  if (!portable) return leave_out(file, portable.error());
  files.emplace(settings_file, *portable);
}

void add_profiles(const std::filesystem::path& folder, Companions& files) {
  if (folder.empty()) return;
  std::error_code failed;
  for (std::filesystem::recursive_directory_iterator it(folder, failed), end; !failed && it != end;
       it.increment(failed)) {
    const auto name = profiles_folder + it->path().lexically_relative(folder).generic_string();
    std::error_code gone;
    if (!is_companion(name) || !it->is_regular_file(gone)) continue;
    auto text = text_in(it->path());
    if (text)
      files.emplace(name, std::move(*text));
    else
      leave_out(it->path(), text.error());
  }
  if (failed) leave_out(folder, {"io_error", failed.message(), {}});
}

}  // namespace

Companions box_files(const Settings& settings) {
  Companions files;
  add_settings(settings.file, files);
  add_profiles(settings.profiles.folder, files);
  return files;
}

}  // namespace doodled
