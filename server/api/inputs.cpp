// Inputs, what their controls are bound to, and MIDI Learn.
#include <nlohmann/json.hpp>

#include "server/api/routes.hpp"
#include "server/api/types.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

constexpr double shortest_learning = 1, longest_learning = 600;

Json learn_json(const LearnState& state) {
  return {{"active", state.active},
          {"action", state.action.empty() ? Json() : Json(state.action)},
          {"seconds_left", state.seconds_left},
          {"learned", state.learned ? to_json(*state.learned) : Json()}};
}

Response list_bindings(const Services& services) {
  Json items = Json::array();
  for (const auto& binding : services.hands.bindings()) items.push_back(to_json(binding));
  return http::json_response({{"items", std::move(items)}});
}

// Without them a binding would hear another control than was meant.
std::optional<Error> missing_control(const Json& json) {
  const auto missing = [](const char* pointer) {
    return Error{"invalid_binding",
                 "it is not said which control is bound; POST /learn takes the next that moves",
                 {{pointer, "is missing"}}};
  };
  if (!json.is_object()) return std::nullopt;
  if (!json.contains("message")) return missing("/message");
  const auto& message = json.at("message");
  const bool numbered = message == "cc" || message == "note";
  return numbered && !json.contains("number") ? std::optional(missing("/number")) : std::nullopt;
}

Response post_binding(Services& services, const Request& request) {
  const auto json = http::json_body(request);
  if (!json) return http::problem_response(json.error());
  if (const auto error = missing_control(*json)) return http::problem_response(*error);
  const auto binding = binding_from_json(*json);
  if (!binding) return http::problem_response(binding.error());
  const auto bound = services.hands.bind(*binding);
  return http::located_response(to_json(bound), 201, "/api/v1/bindings/" + bound.id);
}

Response delete_binding(Services& services, const Request& request) {
  const std::string id(request.parameter("id"));
  if (services.hands.unbind(id)) return http::no_content();
  return http::problem_response(
      Error{"unknown_binding", "there is no binding \"" + id + "\"", {{"id", "GET /bindings lists them"}}});
}

Error invalid_learn(std::string pointer, std::string message) {
  return {"invalid_binding", "this can't be learned", {{std::move(pointer), std::move(message)}}};
}

// A binding without its control, and for how long to wait for that.
Result<LearnWish> learn_wish(Json json) {
  if (!json.is_object()) return invalid_learn("", "is not an object");
  LearnWish wish;
  if (const auto seconds = json.find("seconds"); seconds != json.end()) {
    if (!seconds->is_number() || *seconds < shortest_learning || *seconds > longest_learning)
      return invalid_learn("/seconds", "is not a number from 1 to 600");
    wish.seconds = seconds->get<double>();
    json.erase("seconds");
  }
  for (const auto* given : {"message", "channel", "number", "address", "input", "id"})
    if (json.contains(given))
      return invalid_learn(std::string("/") + given, "is what is learned; POST /bindings takes it");
  auto binding = binding_from_json(json);
  if (!binding) return binding.error();
  wish.binding = std::move(*binding);
  return wish;
}

Response post_learn(Services& services, const Request& request) {
  auto json = http::json_body(request);
  if (!json) return http::problem_response(json.error());
  auto wish = learn_wish(std::move(*json));
  if (!wish) return http::problem_response(wish.error());
  return http::json_response(learn_json(services.hands.learn(std::move(*wish))), 202);
}

Response stop_learning(Services& services) {
  services.hands.stop_learning();
  return http::json_response(learn_json(services.hands.learning()));
}

Response list_inputs(const Services& services) {
  return http::json_response({{"items", services.inputs ? services.inputs() : Json::array()},
                              {"refused", services.hands.refused()}});
}

}  // namespace

std::vector<http::Route> input_routes(Services& services) {
  Services* s = &services;
  return {
      {Method::get, "/api/v1/inputs", Scope::play, [s](const Request&) { return list_inputs(*s); }},
      {Method::get, "/api/v1/bindings", Scope::play, [s](const Request&) { return list_bindings(*s); }},
      {Method::post, "/api/v1/bindings", Scope::create,
       [s](const Request& r) { return post_binding(*s, r); }},
      {Method::del, "/api/v1/bindings/{id}", Scope::create,
       [s](const Request& r) { return delete_binding(*s, r); }},
      {Method::get, "/api/v1/learn", Scope::play,
       [s](const Request&) { return http::json_response(learn_json(s->hands.learning())); }},
      {Method::post, "/api/v1/learn", Scope::create, [s](const Request& r) { return post_learn(*s, r); }},
      {Method::del, "/api/v1/learn", Scope::create, [s](const Request&) { return stop_learning(*s); }},
  };
}

}  // namespace doodled::api
