#include "core/files/export_parts.hpp"

#include <cctype>

namespace doodled::exports {

ExportFile zipped(std::vector<NamedFile> files) {
  auto bytes = zip_of(files);
  return {"zip", std::string(zip_type), std::move(bytes), std::move(files)};
}

std::string file_name(std::size_t index, std::string_view name, std::string_view ending) {
  std::string result = index < 9 ? "0" + std::to_string(index + 1) : std::to_string(index + 1);
  result += ' ';
  for (const char c : name.substr(0, 40)) result += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return result + "." + std::string(ending);
}

Error bad(const char* code, const std::string& message, const char* field) {
  return {code, message, {{field, message}}};
}

}  // namespace doodled::exports
