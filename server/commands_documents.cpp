// Commands that turn session documents into something else.
#include <iostream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "core/interpret/accept.hpp"
#include "core/play/arrange.hpp"
#include "core/play/smf.hpp"
#include "core/store/store.hpp"
#include "server/commands.hpp"
#include "server/files.hpp"

namespace doodled::commands {
namespace {

Result<Json> document(const std::string& source) {
  if (source == "-") return parse_json(std::string(std::istreambuf_iterator<char>(std::cin), {}));
  const auto bytes = read_file(source, std::int64_t{64} << 20);
  if (!bytes) return bytes.error();
  return parse_json({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
}

Result<Accepted> accepted_document(const std::string& source) {
  const auto json = document(source);
  if (!json) return json.error();
  return accept_document(*json);
}

Result<doodled::Session> stored_session(const Settings& settings, const std::string& id) {
  Store store(settings.store.data_dir);
  const auto record = store.sessions.get(id);
  if (!record) return record.error();
  return session_from_json(Json::parse(record->document));
}

// A file wins over an id.
Result<doodled::Session> named_session(const Settings& settings, const std::string& source) {
  if (is_id(source) && !std::filesystem::exists(source)) return stored_session(settings, source);
  auto accepted = accepted_document(source);
  if (!accepted) return accepted.error();
  return std::move(accepted->session);
}

}  // namespace

int compile(const Settings& settings, const CompileOptions& options) {
  const auto session = named_session(settings, options.document);
  if (!session) return report(session.error());
  std::cout << to_text(arrange(*session));
  return done;
}

int render(const Settings& settings, const CompileOptions& options) {
  const auto session = named_session(settings, options.document);
  if (!session) return report(session.error());
  SmfOptions smf;
  smf.format = options.smf_format;
  if (const auto written = write_file(options.output, to_smf(arrange(*session), smf)); !written)
    return report(written.error());
  return done;
}

int check(const CompileOptions& options) {
  const auto accepted = accepted_document(options.document);
  if (!accepted) return report(accepted.error());
  std::cout << to_text(accepted->report, 2) << "\n";
  return done;
}

}  // namespace doodled::commands
