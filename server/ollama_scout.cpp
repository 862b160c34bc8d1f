#include "server/ollama_scout.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/log.hpp"
#include "core/interpret/net/url.hpp"
#include "server/settings_interpreter.hpp"

namespace doodled {
namespace {

using namespace std::chrono_literals;

const TransferLimits limits{1s, 3s, 3s, 5s, std::int64_t{4} << 20};
constexpr auto while_none = 30s, once_found = 300s;

// The whole answer, or nothing. Called on the transport's thread.
TransferHandlers whole(std::function<void(int status, const std::string& body)> heard) {
  const auto body = std::make_shared<std::string>();
  TransferHandlers handlers;
  handlers.body = [body](std::string_view bytes) { body->append(bytes); };
  handlers.end = [body, heard = std::move(heard)](const TransferEnd& end) {
    heard(end.error ? 0 : end.status, *body);
  };
  return handlers;
}

// "qwen3-vl:8b" -> "ollama-qwen3-vl-8b"
std::string id_of(const std::string& model) {
  std::string id = "ollama-";
  for (const char c : model) {
    const auto small = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    const bool fits = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9') || small == '_';
    id += fits ? small : '-';
  }
  return id.substr(0, 64);
}

bool sees(const std::string& body) {
  const auto json = parse_json(body);
  if (!json || !json->is_object()) return false;
  const auto capabilities = json->find("capabilities");
  return capabilities != json->end() && capabilities->is_array() &&
         std::ranges::find(*capabilities, Json("vision")) != capabilities->end();
}

}  // namespace

std::string ollama_address(const std::vector<std::string>& environment) {
  std::string host = "127.0.0.1:11434";
  for (const auto& one : environment)
    if (one.starts_with("OLLAMA_HOST=") && one.size() > 12) host = one.substr(12);
  const bool has_scheme = host.find("://") != std::string::npos;
  if (!has_scheme) host = "http://" + host;
  for (const std::string any : {"//0.0.0.0", "//[::]"})
    if (const auto at = host.find(any); at != std::string::npos) host.replace(at, any.size(), "//127.0.0.1");
  const auto after_scheme = host.find("://") + 3;
  const auto port = host.find(
      ':', host.find(']', after_scheme) == std::string::npos ? after_scheme : host.find(']', after_scheme));
  return has_scheme || port != std::string::npos ? host : host + ":11434";
}

OllamaScout::OllamaScout(RemoteInterpreters& interpreters, Transport& transport, std::string address,
                         std::set<std::string> taken)
    : interpreters_(interpreters),
      transport_(transport),
      address_(std::move(address)),
      taken_(std::move(taken)) {}

void OllamaScout::start() {
  if (!taken_.contains("ollama")) {
    auto none = settings_for("ollama", "");
    none.unusable = Error{"unreachable", "no Ollama with a vision model was found at " + address_};
    interpreters_.add(std::move(none));
  }
  look();
}

void OllamaScout::look_again(std::chrono::seconds delay) {
  transport_.after(delay, [self = shared_from_this()] { self->look(); });
}

void OllamaScout::look() {
  const auto* ollama = llm::find_provider("ollama");
  transport_.start(ollama->list_models({address_, {}}), limits,
                   whole([self = shared_from_this()](int status, const std::string& body) {
                     self->listed(status, body);
                   }));
}

void OllamaScout::listed(int status, const std::string& body) {
  const auto models = llm::find_provider("ollama")->models(body);
  if (status != 200 || !models) return look_again(while_none);
  for (const auto& model : *models) {
    if (offered_.contains(model.name)) continue;
    llm::HttpRequest show;
    show.url = address_ + "/api/show";
    show.headers = {{"Content-Type", "application/json"}};
    show.body = to_text(Json{{"model", model.name}});
    transport_.start(std::move(show), limits,
                     whole([self = shared_from_this(), name = model.name](int, const std::string& text) {
                       self->described(name, text);
                     }));
  }
  look_again(models->empty() ? while_none : once_found);
}

void OllamaScout::described(const std::string& model, const std::string& body) {
  if (!sees(body) || !offered_.insert(model).second) return;
  log::info("interpret", "found a vision model of Ollama", {{"model", model}});
  offer(id_of(model), model);
  if (!std::exchange(has_first_, true)) offer("ollama", model);
}

void OllamaScout::offer(const std::string& id, const std::string& model) {
  if (!taken_.contains(id)) interpreters_.add(settings_for(id, model));
}

RemoteSettings OllamaScout::settings_for(const std::string& id, const std::string& model) const {
  RemoteSettings settings;
  settings.model.interpreter = id;
  settings.model.kind = "ollama";
  settings.model.endpoint.base_url = address_;
  settings.model.model = model;
  settings.model.capabilities = llm::default_capabilities("ollama");
  settings.limits = nearby_limits();
  settings.concurrency = 1;
  const auto place = url_place(address_);
  settings.on_this_machine = place && is_this_machine(place->host);
  return settings;
}

}  // namespace doodled
