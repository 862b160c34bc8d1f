// Teaching a device that learns controllers, one at a time.
#include "core/play/teach.hpp"

#include <map>
#include <mutex>

#include <nlohmann/json.hpp>

#include "core/base/fields.hpp"
#include "server/api/routes.hpp"
#include "server/api/types.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

// What is being taught, by device. Thread-safe.
class Teachings {
 public:
  struct Teaching {
    std::string play_id;
    TeachPlan plan;
  };
  void put(const std::string& device, Teaching teaching) {
    const std::lock_guard lock(mutex_);
    teachings_[device] = std::move(teaching);
  }
  std::optional<Teaching> get(const std::string& device) const {
    const std::lock_guard lock(mutex_);
    const auto found = teachings_.find(device);
    return found == teachings_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Teaching> teachings_;
};

double seconds(Tick ticks, const TeachPlan& plan) {
  return static_cast<double>(ticks) * tick_ns(plan.timeline->tempo_bpm) / 1e9;
}

Json step_json(const TeachStep& step, const TeachPlan& plan) {
  return {{"parameter", info(step.parameter).name},
          {"message", step.message},
          {"begins_at", seconds(step.begin, plan)},
          {"ends_at", seconds(step.end, plan)}};
}

Json teaching_json(const std::string& device, const Teachings::Teaching& teaching, const PlayState& play) {
  Json steps = Json::array();
  for (const auto& step : teaching.plan.steps) steps.push_back(step_json(step, teaching.plan));
  const auto* now = is_over(play.status) ? nullptr : step_at(teaching.plan, play.tick);
  return {{"device", device},
          {"playing", !is_over(play.status)},
          {"at", seconds(play.tick, teaching.plan)},
          {"now", now ? step_json(*now, teaching.plan) : Json()},
          {"moving", now != nullptr && play.tick >= now->begin},
          {"steps", std::move(steps)}};
}

Error invalid(std::vector<Problem> problems) {
  return {"invalid_teach", "the device can't be taught so", std::move(problems)};
}

Result<TeachWish> wish_of(const Request& request) {
  TeachWish wish;
  if (request.body.empty()) return wish;
  const auto json = http::json_body(request);
  if (!json) return json.error();
  if (!json->is_object()) return invalid({{"", "is not a JSON object"}});
  std::vector<Problem> problems;
  Fields fields(*json, "", problems);
  wish.seconds = fields.number("seconds", 1, 60, wish.seconds);
  wish.rest_seconds = fields.number("rest_seconds", 0, 60, wish.rest_seconds);
  wish.channel = fields.whole("channel", 1, 16, wish.channel);
  for (const auto& name : fields.list("parameters")) {
    const auto parameter = name.is_string() ? parameter_from_name(name.get<std::string>()) : std::nullopt;
    if (parameter)
      wish.parameters.push_back(*parameter);
    else
      problems.push_back(
          {"/parameters/" + std::to_string(wish.parameters.size()), "is not the name of a parameter"});
  }
  for (const auto& [key, value] : json->items())
    if (key != "seconds" && key != "rest_seconds" && key != "channel" && key != "parameters")
      problems.push_back({"/" + key, "is not known here"});
  if (!problems.empty()) return invalid(std::move(problems));
  return wish;
}

Result<TeachPlan> plan_for(const Services& services, const DeviceState& device, const TeachWish& wish) {
  const auto shelf = services.profiles();
  const auto found = shelf->entries.find(device.profile);
  if (found == shelf->entries.end())
    return Error{"unknown_profile",
                 "the device's profile is gone",
                 {{"profile", "there is no such profile any more"}}};
  return teach_plan(wish, found->second.profile);
}

Response start(Services& services, Teachings& teachings, const Request& request) {
  const std::string id(request.parameter("id"));
  const auto device = services.rack.device(id);
  if (!device) return http::problem_response(device.error());
  const auto wish = wish_of(request);
  if (!wish) return http::problem_response(wish.error());
  auto plan = plan_for(services, *device, *wish);
  if (!plan) return http::problem_response(plan.error());
  const auto play = services.rack.rehearse(id, plan->timeline);
  if (!play) return http::problem_response(play.error());
  Teachings::Teaching teaching{play->id, std::move(*plan)};
  const auto answer = teaching_json(id, teaching, *play);
  teachings.put(id, std::move(teaching));
  return http::json_response(answer);
}

// A rehearsal that is over is forgotten by the rack.
Response with_teaching(Services& services, const Teachings& teachings, const Request& request, bool stop) {
  const std::string id(request.parameter("id"));
  const auto device = services.rack.device(id);
  if (!device) return http::problem_response(device.error());
  const auto teaching = teachings.get(id);
  if (!teaching)
    return http::problem_response(
        Error{"no_teaching", "the device is not being taught", {{"id", "POST begins"}}});
  const auto play =
      stop ? services.rack.stop(teaching->play_id) : services.rack.play_state(teaching->play_id);
  PlayState over;
  over.status = PlayStatus::finished;
  over.tick = teaching->plan.timeline->length;
  return http::json_response(teaching_json(id, *teaching, play ? *play : over));
}

}  // namespace

std::vector<http::Route> teach_routes(Services& services) {
  Services* s = &services;
  const auto teachings = std::make_shared<Teachings>();
  return {
      {Method::post, "/api/v1/devices/{id}/teach", Scope::create,
       [s, teachings](const Request& r) { return start(*s, *teachings, r); }},
      {Method::get, "/api/v1/devices/{id}/teach", Scope::play,
       [s, teachings](const Request& r) { return with_teaching(*s, *teachings, r, false); }},
      {Method::del, "/api/v1/devices/{id}/teach", Scope::create,
       [s, teachings](const Request& r) { return with_teaching(*s, *teachings, r, true); }},
  };
}

}  // namespace doodled::api
