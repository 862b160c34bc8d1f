#include "server/key_source.hpp"

#include <filesystem>
#include <fstream>

namespace doodled {
namespace {

std::string without_line_end(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

Error key_missing(const std::string& from) { return {"key_missing", "there is no key: " + from}; }

Result<llm::Secret> checked_key(std::string key, const std::string& from) {
  if (const auto fault = key_fault(key)) return key_missing(from + " " + *fault);
  return llm::Secret(std::move(key));
}

Result<llm::Secret> key_from_file(const std::filesystem::path& path, const std::string& from) {
  std::ifstream stream(path, std::ios::binary);
  std::string text(8192, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad() || !stream.gcount()) return key_missing(from + " cannot be read");
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return checked_key(without_line_end(std::move(text)), from);
}

std::optional<std::string> variable(const std::vector<std::string>& environment, const std::string& name) {
  for (const auto& one : environment)
    if (one.starts_with(name + "=")) return one.substr(name.size() + 1);
  return std::nullopt;
}

}  // namespace

KeySource read_key_source(TableReader& table, const std::string& name) {
  if (table.has(name)) {
    table.complain(name, "does not belong into this file; name it with " + name + "_env, " + name +
                             "_file or " + name + "_credential");
    table.text(name, false);
  }
  KeySource source{table.text(name + "_env", false), table.text(name + "_file", false),
                   table.text(name + "_credential", false)};
  const int given = !source.environment.empty() + !source.file.empty() + !source.credential.empty();
  if (given > 1)
    table.complain(name + "_env", "is given beside another source of the " + name + "; keep one");
  if (source.credential.find('/') != std::string::npos)
    table.complain(name + "_credential", "must be a name, not a path");
  return source;
}

// A key goes into a header as it is, where a line end would begin another one.
std::optional<std::string> key_fault(std::string_view key) {
  if (key.empty()) return "is empty";
  if (key.size() > 4096) return "holds more than 4096 characters";
  for (const char c : key)
    if (c < 0x21 || c > 0x7e) return "holds spaces or other characters that are in no key";
  return std::nullopt;
}

Result<llm::Secret> read_key(const KeySource& source, const std::vector<std::string>& environment) {
  if (!source.environment.empty()) {
    auto key = variable(environment, source.environment);
    const auto from = "the environment variable " + source.environment;
    if (!key) return key_missing(from + " is not set");
    return checked_key(without_line_end(std::move(*key)), from);
  }
  if (!source.file.empty()) return key_from_file(source.file, "the file " + source.file);
  if (source.credential.empty()) return llm::Secret();
  const auto folder = variable(environment, "CREDENTIALS_DIRECTORY");
  if (!folder) return key_missing("systemd has given no credentials, so none is named " + source.credential);
  return key_from_file(std::filesystem::path(*folder) / source.credential,
                       "the credential " + source.credential);
}

}  // namespace doodled
