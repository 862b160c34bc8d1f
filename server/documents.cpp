#include "server/documents.hpp"

#include <iostream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "core/base/ids.hpp"
#include "core/import/import.hpp"
#include "core/store/store.hpp"
#include "server/files.hpp"

namespace doodled {
namespace {

Result<Json> stored_document(const Settings& settings, const std::string& id) {
  Store store(settings.store.data_dir);
  const auto record = store.sessions.get(id);
  if (!record) return record.error();
  return Json::parse(record->document);
}

Result<std::vector<std::uint8_t>> bytes_of(const std::string& source) {
  if (source != "-") return read_file(source, std::int64_t{64} << 20);
  return std::vector<std::uint8_t>(std::istreambuf_iterator<char>(std::cin), {});
}

}  // namespace

bool is_stored_id(const std::string& source) { return is_id(source) && !std::filesystem::exists(source); }

Result<Json> named_document(const Settings& settings, const std::string& source) {
  if (is_stored_id(source)) return stored_document(settings, source);
  const auto bytes = bytes_of(source);
  if (!bytes) return bytes.error();
  return document_of_file(*bytes, source == "-" ? "Imported" : std::filesystem::path(source).stem().string());
}

Result<Session> named_session(const Settings& settings, const std::string& source) {
  const auto document = named_document(settings, source);
  if (!document) return document.error();
  if (is_stored_id(source)) return session_from_json(*document);
  auto accepted = accept_document(*document, middle_c_of(settings), document_rules(rule_options(settings)));
  if (!accepted) return accepted.error();
  return std::move(accepted->session);
}

}  // namespace doodled
