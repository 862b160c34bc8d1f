// Steering: variations, comparing, keeping, going back, tuning, and the family of a session.
#include <nlohmann/json.hpp>

#include "core/jobs/stored_session.hpp"
#include "core/vary/diff.hpp"
#include "core/vary/tune.hpp"
#include "server/api/once.hpp"
#include "server/api/profile.hpp"
#include "server/api/routes.hpp"
#include "server/api/session_body.hpp"
#include "server/api/types.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

std::string session_id(const Request& request) { return std::string(request.parameter("id")); }

Result<Json> body_of(const Request& request) {
  return request.body.empty() ? Result<Json>(Json::object()) : http::json_body(request);
}

Result<doodled::Session> document_of(const SessionRecord& record) {
  return session_from_json(Json::parse(record.document));
}

// {"store": false} looks at the candidates without keeping them.
Result<bool> take_store(Json& json) {
  if (!json.is_object() || !json.contains("store")) return true;
  const Json store = json["store"];
  if (!store.is_boolean())
    return Error{"invalid_variation", "the variation can't be made", {{"/store", "is not true or false"}}};
  json.erase("store");
  return store.get<bool>();
}

Result<Json> looked_at(const Services& services, const SessionRecord& parent, VariationWish wish) {
  wish.parent_id = parent.id;
  const auto session = document_of(parent);
  if (!session) return session.error();
  Json items = Json::array();
  for (int i = 0; i < wish.count; ++i, ++wish.seed) {
    const auto made = vary(*session, wish, services.rules);
    if (!made) return made.error();
    items.push_back({{"seed", wish.seed},
                     {"report", made->report},
                     {"document", made->document},
                     {"changes", difference(*session, made->session, services.middle_c).summary}});
  }
  return items;
}

MadeSessions stored_variations(Services& services, const SessionRecord& parent, const VariationWish& wish) {
  auto stored = store_variations(services.store, parent, wish, services.rules, services.clock.wall_ms());
  if (!stored) return stored.error();
  std::vector<SessionRecord> records;
  for (auto& variation : *stored) records.push_back(std::move(variation.record));
  return records;
}

Result<Json> kept(Services& services, const Request& request, const SessionRecord& parent,
                  const VariationWish& wish) {
  const auto records = made_once(services, request, "variations " + parent.id,
                                 [&] { return stored_variations(services, parent, wish); });
  if (!records) return records.error();
  const auto before = document_of(parent);
  if (!before) return before.error();
  Json items = Json::array();
  for (const auto& record : *records) {
    const auto after = document_of(record);
    if (!after) return after.error();
    services.bus.publish("sessions", "session.created", session_head_json(record));
    items.push_back(session_json(record));
    items.back()["changes"] = difference(*before, *after, services.middle_c).summary;
  }
  return items;
}

Response post_variations(Services& services, const Request& request) {
  auto json = body_of(request);
  if (!json) return http::problem_response(json.error());
  const auto store = take_store(*json);
  if (!store) return http::problem_response(store.error());
  const auto wish = variation_wish(*json);
  if (!wish) return http::problem_response(wish.error());
  const auto parent = services.store.sessions.get(session_id(request));
  if (!parent) return http::problem_response(parent.error());
  auto items = *store ? kept(services, request, *parent, *wish) : looked_at(services, *parent, *wish);
  if (!items) return http::problem_response(items.error());
  return http::json_response(
      {{"parent_id", parent->id}, {"wish", to_json(*wish)}, {"items", std::move(*items)}},
      *store ? 201 : 200);
}

Response get_diff(Services& services, const Request& request) {
  const auto first = services.store.sessions.get(session_id(request));
  if (!first) return http::problem_response(first.error());
  const auto other = services.store.sessions.get(std::string(request.parameter("other")));
  if (!other) return http::problem_response(other.error());
  const auto a = document_of(*first), b = document_of(*other);
  if (!a) return http::problem_response(a.error());
  if (!b) return http::problem_response(b.error());
  const auto middle_c = middle_c_asked_for(services, request);
  if (!middle_c) return http::problem_response(middle_c.error());
  Json json = to_json(difference(*a, *b, *middle_c));
  json["first"] = first->id;
  json["other"] = other->id;
  return http::json_response(json);
}

Error invalid_keep(std::string pointer, std::string message) {
  return {"invalid_change", "the session can't be kept so", {{std::move(pointer), std::move(message)}}};
}

Result<bool> hide_others_of(const Json& json) {
  if (!json.is_object()) return invalid_keep("", "is not an object");
  for (const auto& [name, value] : json.items())
    if (name != "hide_others") return invalid_keep("/" + name, "is no field; there is hide_others");
  const Json hide = json.value("hide_others", Json(false));
  if (!hide.is_boolean()) return invalid_keep("/hide_others", "is not true or false");
  return hide.get<bool>();
}

// The other candidates beside the one that is kept, but for those with a star of their own.
std::vector<std::string> hide_siblings(Services& services, const SessionHead& kept) {
  std::vector<std::string> hidden;
  if (kept.parent_id.empty()) return hidden;
  for (const auto& head : services.store.sessions.family(kept.id)) {
    if (head.parent_id != kept.parent_id || head.id == kept.id || head.starred || head.hidden) continue;
    if (services.store.sessions.hide(head.id, services.clock.wall_ms())) hidden.push_back(head.id);
  }
  return hidden;
}

Response post_keep(Services& services, const Request& request) {
  const auto json = body_of(request);
  if (!json) return http::problem_response(json.error());
  const auto hide = hide_others_of(*json);
  if (!hide) return http::problem_response(hide.error());
  const auto changed = services.store.sessions.change(session_id(request), {.starred = true});
  if (!changed) return http::problem_response(changed.error());
  services.bus.publish("sessions", "session.changed", session_head_json(*changed));
  const auto hidden = *hide ? hide_siblings(services, *changed) : std::vector<std::string>{};
  for (const auto& id : hidden)
    services.bus.publish("sessions", "session.removed",
                         {{"id", id}, {"hidden", true}, {"picture_removed", false}});
  return http::json_response({{"session", session_head_json(*changed)}, {"hidden", hidden}});
}

// Stored, told of, and answered with.
Response answer_child(Services& services, const Request& request, const std::string& scope,
                      const NewSession& child) {
  const auto stored = made_once(services, request, scope, [&]() -> MadeSessions {
    auto record = services.store.sessions.append(child);
    if (!record) return record.error();
    return std::vector{std::move(*record)};
  });
  if (!stored) return http::problem_response(stored.error());
  const auto& record = stored->front();
  services.bus.publish("sessions", "session.created", session_head_json(record));
  return http::located_response(session_json(record), 201, "/api/v1/sessions/" + record.id);
}

struct RevertWish {
  std::string to;                  // empty: the parent
  std::vector<std::string> parts;  // empty: everything
};

Error invalid_revert(std::string pointer, std::string message) {
  return {
      "invalid_variation", "the session can't be reverted so", {{std::move(pointer), std::move(message)}}};
}

Result<RevertWish> revert_wish(const Json& json) {
  if (!json.is_object()) return invalid_revert("", "is not an object");
  RevertWish wish;
  for (const auto& [name, value] : json.items()) {
    if (name == "to" && value.is_string()) {
      wish.to = value.get<std::string>();
    } else if (name == "parts" && value.is_array() && value.size() <= most_locks) {
      for (const auto& part : value) {
        if (!part.is_string() || !part.get<std::string>().starts_with("/"))
          return invalid_revert("/parts", "is not a list of JSON Pointers such as /tracks/0");
        wish.parts.push_back(part.get<std::string>());
      }
    } else {
      return invalid_revert("/" + name,
                            "can't be used; there are to (a session's id) and parts (JSON Pointers)");
    }
  }
  return wish;
}

Result<Accepted> reverted(const SessionRecord& from, const SessionRecord& to, const RevertWish& wish,
                          const RuleOptions& rules) {
  const auto now = document_of(from), earlier = document_of(to);
  if (!now) return now.error();
  if (!earlier) return earlier.error();
  std::string transform = "revert to " + to.id;
  for (const auto& part : wish.parts) transform += " " + part;
  return brought_back(wish.parts.empty() ? *earlier : *now, *earlier, {wish.parts, from.id, transform},
                      rules);
}

// A new session with what an earlier one held, whose parent is the one that was left.
Response post_revert(Services& services, const Request& request) {
  const auto json = body_of(request);
  if (!json) return http::problem_response(json.error());
  const auto wish = revert_wish(*json);
  if (!wish) return http::problem_response(wish.error());
  const auto from = services.store.sessions.get(session_id(request));
  if (!from) return http::problem_response(from.error());
  if (wish->to.empty() && from->parent_id.empty())
    return http::problem_response(Error{"no_parent", "the session has no parent to go back to"});
  const auto to = services.store.sessions.get(wish->to.empty() ? from->parent_id : wish->to);
  if (!to) return http::problem_response(to.error());
  const auto made = reverted(*from, *to, *wish, services.rules);
  if (!made) return http::problem_response(made.error());
  return answer_child(
      services, request, "revert " + from->id,
      child_session(*from, *made, "back to " + to->id.substr(to->id.size() - 4), services.clock.wall_ms()));
}

// A new session that is tuned as a Scala file says.
Response post_tuning(Services& services, const Request& request) {
  auto tuning = tuning_of_body(request);
  if (!tuning) return http::problem_response(tuning.error());
  const auto parent = services.store.sessions.get(session_id(request));
  if (!parent) return http::problem_response(parent.error());
  auto session = document_of(*parent);
  if (!session) return http::problem_response(session.error());
  const std::string what = "tuned " + tuning->name;
  const auto made =
      tuned(std::move(*session), std::move(*tuning), parent->id, document_rules(services.rules));
  if (!made) return http::problem_response(made.error());
  return answer_child(services, request, "tuning " + parent->id,
                      child_session(*parent, *made, what, services.clock.wall_ms()));
}

// Everything that has the same first ancestor, oldest first: a tree by parent_id.
Response get_family(Services& services, const Request& request) {
  const auto family = services.store.sessions.family(session_id(request));
  if (family.empty()) return http::problem_response(services.store.sessions.get(session_id(request)).error());
  Json items = Json::array();
  for (const auto& head : family) items.push_back(session_head_json(head));
  return http::json_response({{"root", family.front().id}, {"items", std::move(items)}});
}

}  // namespace

std::vector<http::Route> steering_routes(Services& services) {
  Services* s = &services;
  return {
      {Method::post, "/api/v1/sessions/{id}/variations", Scope::create,
       [s](const Request& r) { return post_variations(*s, r); }},
      {Method::get, "/api/v1/sessions/{id}/diff/{other}", Scope::play,
       [s](const Request& r) { return get_diff(*s, r); }},
      {Method::post, "/api/v1/sessions/{id}/keep", Scope::create,
       [s](const Request& r) { return post_keep(*s, r); }},
      {Method::post, "/api/v1/sessions/{id}/revert", Scope::create,
       [s](const Request& r) { return post_revert(*s, r); }},
      {Method::get, "/api/v1/sessions/{id}/family", Scope::play,
       [s](const Request& r) { return get_family(*s, r); }},
      {Method::post, "/api/v1/sessions/{id}/tuning", Scope::create,
       [s](const Request& r) { return post_tuning(*s, r); }},
  };
}

}  // namespace doodled::api
