#include <charconv>

#include <nlohmann/json.hpp>

#include "server/api/page_request.hpp"
#include "server/api/routes.hpp"
#include "server/api/types.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

Json with_live_state(const Services& services, const PlayRecord& play) {
  const auto live = services.rack.play_state(play.id);
  Json json = play_json(play, live ? &*live : nullptr);
  const auto evolving = services.performer.evolving(play.id);
  if (evolving && !play.evolve.empty()) {  // not one that only draws its chances anew
    json["evolve"]["form"] = evolving->form;
    json["evolve"]["ready"] = evolving->ready;
    json["evolve"]["late"] = evolving->late;
    json["evolve"]["problem"] = evolving->problem.empty() ? Json() : Json(evolving->problem);
  }
  return json;
}

Response post_play(Services& services, const Request& request) {
  const auto json = request.body.empty() ? Result<Json>(Json::object()) : http::json_body(request);
  if (!json) return http::problem_response(json.error());
  auto wanted = perform_request(*json, services.default_quantise);
  if (!wanted) return http::problem_response(wanted.error());
  wanted->session_id = request.parameter("id");
  const auto play = services.performer.play(*wanted);
  if (!play) return http::problem_response(play.error());
  return http::located_response(with_live_state(services, *play), 201, "/api/v1/plays/" + play->id);
}

Response list_plays(Services& services, const Request& request) {
  const auto page_request = page_request_of(request);
  if (!page_request) return http::problem_response(page_request.error());
  const auto page =
      services.store.plays.list(std::string(request.query_value("session_id").value_or("")), *page_request);
  if (!page) return http::problem_response(page.error());
  return http::json_response(
      page_json(*page, [&](const PlayRecord& play) { return with_live_state(services, play); }));
}

// A page of what was sent, and what the play went on with.
Result<Json> story_of(Services& services, const std::string& id, const PageRequest& page_request) {
  const auto events = services.store.plays.events(id, page_request);
  if (!events) return events.error();
  const auto versions = services.store.plays.versions(id, false);
  if (!versions) return versions.error();
  Json listed = Json::array();
  for (const auto& version : *versions)
    listed.push_back({{"version", version.version}, {"tick", version.tick}});
  return Json{{"versions", std::move(listed)}, {"log", page_json(*events, play_event_json)}};
}

Response get_play(Services& services, const Request& request) {
  const std::string id(request.parameter("id"));
  const auto page_request = page_request_of(request);
  if (!page_request) return http::problem_response(page_request.error());
  const auto play = services.performer.record(id);
  if (!play) return http::problem_response(play.error());
  auto story = story_of(services, id, *page_request);
  if (!story && story.error().code == "unknown_play")  // the disk was too full to write it down
    story = Json{{"versions", Json::array()}, {"log", page_json(Page<PlayEvent>{}, play_event_json)}};
  if (!story) return http::problem_response(story.error());
  Json json = with_live_state(services, *play);
  json.update(*story);
  return http::json_response(json);
}

Response replay_play(Services& services, const Request& request) {
  const auto json = request.body.empty() ? Result<Json>(Json::object()) : http::json_body(request);
  if (!json) return http::problem_response(json.error());
  if (json->is_object() && (json->contains("loops") || json->contains("loop")))
    return http::problem_response(Error{"invalid_play",
                                        "the play can't be started",
                                        {{"/loops", "is that of the play, which is repeated as it was"}}});
  const auto wanted = perform_request(*json, services.default_quantise);
  if (!wanted) return http::problem_response(wanted.error());
  const auto play = services.performer.replay(std::string(request.parameter("id")), *wanted);
  if (!play) return http::problem_response(play.error());
  return http::located_response(with_live_state(services, *play), 201, "/api/v1/plays/" + play->id);
}

// What sounded from that version's tick on: a session document.
Response get_version(Services& services, const Request& request) {
  const std::string text(request.parameter("version"));
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) number = 0;
  const auto version = services.store.plays.version(std::string(request.parameter("id")), number);
  return version ? http::json_response(Json::parse(version->document))
                 : http::problem_response(version.error());
}

Response stop_play(Services& services, const Request& request) {
  const auto play = services.performer.stop(std::string(request.parameter("id")));
  return play ? http::json_response(with_live_state(services, *play)) : http::problem_response(play.error());
}

}  // namespace

std::vector<http::Route> play_routes(Services& services) {
  Services* s = &services;
  return {
      {Method::post, "/api/v1/sessions/{id}/play", Scope::play,
       [s](const Request& r) { return post_play(*s, r); }},
      {Method::get, "/api/v1/plays", Scope::play, [s](const Request& r) { return list_plays(*s, r); }},
      {Method::get, "/api/v1/plays/{id}", Scope::play, [s](const Request& r) { return get_play(*s, r); }},
      {Method::post, "/api/v1/plays/{id}/replay", Scope::play,
       [s](const Request& r) { return replay_play(*s, r); }},
      {Method::get, "/api/v1/plays/{id}/versions/{version}", Scope::play,
       [s](const Request& r) { return get_version(*s, r); }},
      {Method::del, "/api/v1/plays/{id}", Scope::play, [s](const Request& r) { return stop_play(*s, r); }},
  };
}

}  // namespace doodled::api
