#include <algorithm>
#include <condition_variable>
#include <mutex>

#include <nlohmann/json.hpp>

#include "core/base/error_json.hpp"
#include "core/interpret/net/budget.hpp"
#include "server/api/routes.hpp"

namespace doodled::api {
namespace {

using namespace std::chrono_literals;
using http::Method;
using http::Request;
using http::Response;

constexpr std::int64_t stale_ms = 15'000;
constexpr auto longest_wait = 4s;

// Counts down to when all have been looked at.
struct Countdown {
  std::mutex mutex;
  std::condition_variable changed;
  int left = 0;
};

// Those that have not been looked at for a while, all at once. What does not answer in time is told as it
// was.
void look_at(const Interpreters& interpreters, std::int64_t now) {
  const auto countdown = std::make_shared<Countdown>();
  for (const auto& interpreter : interpreters.all()) {
    if (interpreter->state().checked_at > now - stale_ms) continue;
    {
      std::lock_guard lock(countdown->mutex);
      ++countdown->left;
    }
    interpreter->probe([countdown] {
      std::lock_guard lock(countdown->mutex);
      --countdown->left;
      countdown->changed.notify_all();
    });
  }
  std::unique_lock lock(countdown->mutex);
  countdown->changed.wait_for(lock, longest_wait, [&] { return countdown->left == 0; });
}

Json models_json(const std::vector<OfferedModel>& models) {
  Json list = Json::array();
  for (const auto& model : models)
    list.push_back({{"name", model.name}, {"vision", model.vision ? Json(*model.vision) : Json()}});
  return list;
}

Json spent_json(const Spent& spent) {
  return {{"interpretations", spent.interpretations},
          {"input_tokens", spent.input_tokens},
          {"output_tokens", spent.output_tokens},
          {"duration_ms", spent.duration_ms},
          {"cost", spent.cost}};
}

Json time_json(std::int64_t at) { return at ? Json(to_rfc3339(at)) : Json(); }

Json interpreter_json(const Interpreter& interpreter, std::string_view key_from, bool is_default,
                      const Spent& today) {
  const auto state = interpreter.state();
  return {{"id", interpreter.id()},
          {"kind", interpreter.kind()},
          {"default", is_default},
          {"model", state.model.empty() ? Json() : Json(state.model)},
          {"host", state.host.empty() ? Json() : Json(state.host)},
          {"on_this_machine", state.on_this_machine},
          {"key_from", key_from.empty() ? Json() : Json(key_from)},
          {"reachable", interpreter.kind() == "builtin" ? Json(true)
                        : state.reachable               ? Json(*state.reachable)
                                                        : Json()},
          {"checked_at", time_json(state.checked_at)},
          {"models", models_json(state.models)},
          {"last_error", state.last_error ? to_json(*state.last_error) : Json()},
          {"last_error_at", time_json(state.last_error_at)},
          {"circuit", state.circuit},
          {"retry_in_ms", state.retry_in_ms},
          {"asking", state.asking},
          {"waiting", state.waiting},
          {"concurrency", state.concurrency ? Json(state.concurrency) : Json()},
          {"daily_budget", state.daily_budget > 0 ? Json(state.daily_budget) : Json()},
          {"today", spent_json(today)}};
}

Spent of_interpreter(const std::vector<Spent>& all, std::string_view id) {
  const auto found = std::ranges::find(all, id, &Spent::interpreter);
  return found == all.end() ? Spent{std::string(id)} : *found;
}

Spent sum_of(const std::vector<Spent>& all) {
  Spent sum;
  for (const auto& one : all) {
    sum.interpretations += one.interpretations;
    sum.input_tokens += one.input_tokens;
    sum.output_tokens += one.output_tokens;
    sum.duration_ms += one.duration_ms;
    sum.cost += one.cost;
  }
  return sum;
}

Response list_interpreters(const Services& services, const Request& request) {
  const auto probe = http::query_flag(request, "probe", true);
  if (!probe) return http::problem_response(probe.error());
  const auto now = services.clock.wall_ms();
  if (*probe) look_at(services.interpreters, now);
  const auto spent = services.store.interpretations.spent(day_start(now));
  const auto& defaults = services.default_interpreters;
  Json items = Json::array();
  for (const auto& interpreter : services.interpreters.all())
    items.push_back(interpreter_json(*interpreter,
                                     services.provider_keys.from(std::string(interpreter->id())),
                                     std::ranges::find(defaults, interpreter->id()) != defaults.end(),
                                     of_interpreter(spent, interpreter->id())));
  return http::json_response({{"items", std::move(items)}, {"today", spent_json(sum_of(spent))}});
}

}  // namespace

std::vector<http::Route> interpreter_routes(Services& services) {
  Services* s = &services;
  return {{Method::get, "/api/v1/interpreters", Scope::play,
           [s](const Request& r) { return list_interpreters(*s, r); }}};
}

}  // namespace doodled::api
