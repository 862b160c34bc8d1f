#include "core/interpret/net/remote_interpreter.hpp"

#include <algorithm>
#include <array>

#include "core/base/log.hpp"
#include "core/interpret/net/remote_ask.hpp"
#include "core/interpret/net/url.hpp"

namespace doodled {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds quota_rest{60'000};
TransferLimits probe_limits(const RemoteSettings& settings) {
  return {milliseconds{2'000}, milliseconds{4'000},   milliseconds{2'000},
          milliseconds{5'000}, std::int64_t{4} << 20, settings.limits.ca_file};
}

// Says nothing about the interpreter itself, but about what was asked.
bool is_about_the_question(std::string_view code) {
  constexpr std::array<std::string_view, 5> codes{"rejected_request", "too_large", "not_found",
                                                  "model_missing", "answer_too_large"};
  return std::ranges::find(codes, code) != codes.end();
}

std::string host_of(const RemoteSettings& settings, const llm::Provider& provider) {
  const auto& given = settings.model.endpoint.base_url;
  const auto place = url_place(given.empty() ? std::string(provider.default_base_url()) : given);
  return place ? place->host : std::string();
}

}  // namespace

Error picture_stays() {
  return {"picture_stays",
          "the picture must not leave this machine, and this interpreter is elsewhere",
          {{"interpreter", "is not on this machine"}}};
}

RemoteInterpreter::RemoteInterpreter(RemoteSettings settings, RemoteServices services)
    : settings_(std::move(settings)),
      services_(std::move(services)),
      provider_(*llm::find_provider(settings_.model.kind)),
      gate_(std::make_shared<Gate>(settings_.concurrency, services_.transport, services_.clock)),
      budget_(std::make_shared<Budget>(settings_.daily_budget,
                                       [spent = services_.spent, id = settings_.model.interpreter](
                                           std::int64_t since) { return spent(id, since); })),
      capabilities_(settings_.model.capabilities),
      circuit_(settings_.circuit),
      random_(
          part_seed(static_cast<std::uint64_t>(services_.clock.now().count()), settings_.model.interpreter)) {
  seen_.model = settings_.model.model;
  seen_.host = host_of(settings_, provider_);
  seen_.on_this_machine = settings_.on_this_machine;
  seen_.concurrency = settings_.concurrency;
  seen_.daily_budget = settings_.daily_budget;
  seen_.last_error = settings_.unusable;
}

Result<void> RemoteInterpreter::check(const InterpretRequest& request) const {
  if (request.image_stays && !settings_.on_this_machine) return picture_stays();
  return llm::check(request, settings_.model);
}

void RemoteInterpreter::ask(const InterpretRequest& request, Asking asking, Answered answered) {
  if (settings_.unusable) return answered({{}, *settings_.unusable});
  std::make_shared<RemoteAsk>(shared_from_this(), request, std::move(asking), std::move(answered))->start();
}

Result<std::optional<Ahead>> RemoteInterpreter::begin(const std::string& /*mode*/, Bytes image) {
  if (settings_.unusable || !services_.prepare_ahead) return std::optional<Ahead>();
  return services_.prepare_ahead(image, settings_.image_edge, settings_.image_format);
}

InterpreterState RemoteInterpreter::state() const {
  std::lock_guard lock(mutex_);
  auto state = seen_;
  const auto now = services_.clock.now();
  state.circuit = to_string(circuit_.state(now));
  state.retry_in_ms = std::max(circuit_.wait(now), gate_->paused()).count();
  state.asking = gate_->inside();
  state.waiting = gate_->waiting();
  return state;
}

void RemoteInterpreter::probe(std::function<void()> done) {
  if (settings_.unusable) return done();
  struct Heard {
    int status = 0;
    std::string body;
  };
  const auto heard = std::make_shared<Heard>();
  TransferHandlers handlers;
  handlers.head = [heard](int status, const llm::Headers&) { heard->status = status; };
  handlers.body = [heard](std::string_view bytes) { heard->body.append(bytes); };
  handlers.end = [self = shared_from_this(), heard, done = std::move(done)](const TransferEnd& end) {
    self->probed(heard->status, heard->body, end);
    done();
  };
  services_.transport.start(provider_.list_models(settings_.model.endpoint), probe_limits(settings_),
                            std::move(handlers));
}

void RemoteInterpreter::probed(int status, const std::string& body, const TransferEnd& end) {
  std::optional<Error> error = end.error;
  if (!error && status != 200) error = provider_.classify(status, {}, body).error;
  const auto models = error ? Result<std::vector<llm::OfferedModel>>(*error) : provider_.models(body);
  std::lock_guard lock(mutex_);
  seen_.reachable = !end.error;
  seen_.checked_at = services_.clock.wall_ms();
  if (!models) {
    seen_.last_error = models.error();
    seen_.last_error_at = seen_.checked_at;
    return;
  }
  seen_.models.clear();
  for (const auto& model : *models) seen_.models.push_back({model.name, model.vision});
}

Result<void> RemoteInterpreter::admit() {
  std::lock_guard lock(mutex_);
  const auto now = services_.clock.now();
  if (circuit_.admit(now)) return {};
  const auto seconds = (circuit_.wait(now).count() + 999) / 1000;
  return Error{"circuit_open", settings_.model.interpreter + " has failed and is not asked for " +
                                   std::to_string(seconds) +
                                   " s; last: " + (seen_.last_error ? seen_.last_error->message : "nothing")};
}

void RemoteInterpreter::succeeded(const llm::Headers& headers) {
  if (const auto rest = hold_back(headers, services_.clock.wall_ms()))
    gate_->pause(std::min(*rest, settings_.backoff.longest_wish));
  std::lock_guard lock(mutex_);
  circuit_.succeeded();
  seen_.reachable = true;
}

// A rate limit is everybody's: who waits in the line is held back too.
void RemoteInterpreter::failed(const llm::ProviderError& error) {
  const auto& code = error.error.code;
  log::warning("interpret", error.error.message,
               {{"interpreter", settings_.model.interpreter}, {"code", code}});
  if (code == "rate_limited" && error.retry_after)
    gate_->pause(std::min(*error.retry_after, settings_.backoff.longest_wish));
  std::lock_guard lock(mutex_);
  const auto now = services_.clock.now();
  seen_.last_error = error.error;
  seen_.last_error_at = services_.clock.wall_ms();
  if (code == "unreachable" || code == "connect_timeout") seen_.reachable = false;
  if (code == "quota")
    circuit_.trip(now, std::max(quota_rest, error.retry_after.value_or(quota_rest)));
  else if (is_about_the_question(code) || code == "rate_limited")
    circuit_.dropped();
  else
    circuit_.failed(now);
}

llm::ModelSettings RemoteInterpreter::model() const {
  auto model = settings_.model;
  std::lock_guard lock(mutex_);
  model.capabilities = capabilities_;
  return model;
}

void RemoteInterpreter::learnt(const llm::ModelCapabilities& capabilities) {
  std::lock_guard lock(mutex_);
  capabilities_ = capabilities;
}

void RemoteInterpreter::dropped() {
  std::lock_guard lock(mutex_);
  circuit_.dropped();
}

std::optional<milliseconds> RemoteInterpreter::delay_after(int failures, const llm::ProviderError& error) {
  if (!error.retryable) return std::nullopt;
  std::lock_guard lock(mutex_);
  return retry_delay(settings_.backoff, failures, error.retry_after, random_.unit());
}

double RemoteInterpreter::cost_of(const llm::Usage& usage) const {
  if (usage.cost) return *usage.cost;
  const auto& prices = settings_.prices;
  const auto cached = std::min(usage.cached_tokens, usage.input_tokens);
  const double cached_price = prices.cached < 0 ? prices.input : prices.cached;
  return (static_cast<double>(usage.input_tokens - cached) * prices.input +
          static_cast<double>(cached) * cached_price +
          static_cast<double>(usage.output_tokens) * prices.output) /
         1e6;
}

}  // namespace doodled
