#include "server/api/once.hpp"

#include "core/base/ids.hpp"

namespace doodled::api {
namespace {

std::string joined(const std::vector<SessionRecord>& sessions) {
  std::string ids;
  for (const auto& session : sessions) ids += (ids.empty() ? "" : ",") + session.id;
  return ids;
}

MadeSessions sessions_of(Services& services, std::string_view ids) {
  std::vector<SessionRecord> sessions;
  while (!ids.empty()) {
    const auto end = std::min(ids.find(','), ids.size());
    auto session = services.store.sessions.get(std::string(ids.substr(0, end)));
    if (!session) return session.error();
    sessions.push_back(std::move(*session));
    ids.remove_prefix(std::min(end + 1, ids.size()));
  }
  return sessions;
}

// What was asked beside the address: the body, and the query's names and values.
std::string hash_of(const http::Request& request) {
  std::string asked = request.body;
  for (const auto& [name, value] : request.query) asked += '\0' + name + '\0' + value;
  return sha256_hex(asked);
}

}  // namespace

MadeSessions made_once(Services& services, const http::Request& request, const std::string& scope,
                       const std::function<MadeSessions()>& make) {
  const auto key_text = request.headers.value("Idempotency-Key");
  if (key_text.empty()) return make();
  const IdempotencyKey key{scope, std::string(key_text), hash_of(request)};
  MadeSessions result = std::vector<SessionRecord>();
  services.store.database.transaction([&] {
    const auto known = services.store.idempotency_keys.find(key);
    if (!known) return void(result = known.error());
    if (*known) return void(result = sessions_of(services, **known));
    result = make();
    if (result) services.store.idempotency_keys.remember(key, joined(*result), services.clock.wall_ms());
  });
  return result;
}

}  // namespace doodled::api
