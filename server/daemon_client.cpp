#include "server/daemon_client.hpp"

#include <future>

#include <nlohmann/json.hpp>

#include "server/console_key.hpp"
#include "server/places.hpp"

namespace doodled {
namespace {

using namespace std::chrono_literals;

const TransferLimits ask_limits{1s, 6s, 6s, 8s, std::int64_t{4} << 20};

// Who listens on every address is asked on the nearest.
std::string base_url(const std::string& listen) {
  const auto parsed = parse_listen(listen);
  if (!parsed) return "http://" + listen;
  auto address = parsed->address;
  if (address == "0.0.0.0") address = "127.0.0.1";
  if (address == "::") address = "::1";
  if (address.find(':') != address.npos) address = "[" + address + "]";
  return "http://" + address + ":" + std::to_string(parsed->port);
}

Error refusal(const Json& problem) {
  Error error{
      problem.value("code", "failed"), problem.value("detail", problem.value("title", "refused")), {}};
  for (const auto& one : problem.value("errors", Json::array()))
    error.problems.push_back({one.value("pointer", ""), one.value("message", "")});
  return error;
}

}  // namespace

DaemonClient::DaemonClient(CurlTransport& transport, const Settings& settings)
    : transport_(transport),
      listen_(settings.server.listen),
      base_url_(base_url(settings.server.listen)),
      key_(ConsoleKey::read(settings.store.data_dir)),
      data_dir_(settings.store.data_dir) {}

Result<Json> DaemonClient::ask(const std::string& method, const std::string& path, const std::string& body) {
  llm::HttpRequest request;
  request.method = method;
  request.url = base_url_ + path;
  request.body = body;
  if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  if (!key_.empty()) request.headers.emplace_back("Authorization", "Bearer " + key_);
  const auto answer = std::make_shared<std::string>();
  const auto ended = std::make_shared<std::promise<int>>();
  TransferHandlers handlers;
  handlers.body = [answer](std::string_view bytes) { answer->append(bytes); };
  handlers.end = [ended](const TransferEnd& end) { ended->set_value(end.error ? 0 : end.status); };
  transport_.start(std::move(request), ask_limits, std::move(handlers));
  const int status = ended->get_future().get();
  if (status == 0)
    return Error{"no_daemon", "no daemon answers at " + listen_ + "; start one with doodled serve", {}};
  if (answer->empty()) return Json();
  auto json = parse_json(*answer);
  if (!json || status < 300) return json;
  const bool unknown = status == 401 || status == 403;
  const auto refused = unknown && key_.empty() ? refused_place(data_dir_) : std::nullopt;
  return refused ? *refused : refusal(*json);
}

}  // namespace doodled
