#include <nlohmann/json.hpp>

#include "core/import/join.hpp"
#include "core/jobs/stored_session.hpp"
#include "core/play/device_limits.hpp"
#include "server/api/once.hpp"
#include "server/api/page_request.hpp"
#include "server/api/profile.hpp"
#include "server/api/routes.hpp"
#include "server/api/session_body.hpp"
#include "server/api/shelf.hpp"
#include "server/api/types.hpp"

namespace doodled::api {
namespace {

constexpr std::size_t most_sessions = std::size_t{4} << 20, most_pages = std::size_t{1} << 20;  // bytes

using http::Method;
using http::Request;
using http::Response;

std::string id_of(const Request& request) { return std::string(request.parameter("id")); }

// ?taste=true for rules of taste too, ?profile=mpc for what that device can play.
Result<RuleOptions> rules_asked_for(const Services& services, const Request& request) {
  const auto taste = http::query_flag(request, "taste", false);
  if (!taste) return taste.error();
  const auto profile = profile_asked_for(services, request);
  if (!profile) return profile.error();
  RuleOptions rules = services.rules;
  rules.taste = *taste;
  return *profile ? meant_for(**profile, rules) : rules;
}

Response check_session(const Services& services, const Request& request) {
  const auto rules = rules_asked_for(services, request);
  if (!rules) return http::problem_response(rules.error());
  const auto middle_c = middle_c_asked_for(services, request);
  if (!middle_c) return http::problem_response(middle_c.error());
  const auto accepted = session_of_body(request, *rules, *middle_c);
  if (!accepted) return http::problem_response(accepted.error());
  return http::json_response({{"report", accepted->report}, {"document", accepted->document}});
}

NewSession new_session(const Accepted& accepted, std::int64_t at) {
  NewSession session = stored_session(accepted, at);
  session.interpreter = "document";
  return session;
}

// What came as a new part beside the music of a session.
Result<NewSession> beside(Services& services, const std::string& context, const Accepted& accepted) {
  const auto record = services.store.sessions.get(context);
  if (!record) return record.error();
  const auto music = session_from_json(Json::parse(record->document));
  if (!music) return music.error();
  const auto both = accept(joined(*music, accepted.session), document_rules(services.rules));
  if (!both) return both.error();
  NewSession session = new_session(*both, services.clock.wall_ms());
  session.parent_id = record->id;
  return session;
}

// The picture stays on top of what was made of its session.
std::string image_of(const Services& services, const std::string& session_id) {
  if (session_id.empty()) return "";
  const auto session = services.store.sessions.get(session_id);
  return session ? session->image_id : "";
}

Result<NewSession> wanted_session(Services& services, const Request& request) {
  const auto middle_c = middle_c_asked_for(services, request);
  if (!middle_c) return middle_c.error();
  const auto accepted = session_of_body(request, document_rules(services.rules), *middle_c);
  if (!accepted) return accepted.error();
  const auto context = request.query_value("context");
  return context ? beside(services, std::string(*context), *accepted)
                 : new_session(*accepted, services.clock.wall_ms());
}

Response post_session(Services& services, const Request& request) {
  auto session = wanted_session(services, request);
  if (!session) return http::problem_response(session.error());
  if (session->parent_id.empty()) session->parent_id = request.query_value("parent_id").value_or("");
  session->image_id = image_of(services, session->parent_id);
  const auto stored = made_once(services, request, "sessions", [&]() -> MadeSessions {
    auto record = services.store.sessions.append(*session);
    if (!record) return record.error();
    return std::vector{std::move(*record)};
  });
  if (!stored) return http::problem_response(stored.error());
  const auto& record = stored->front();
  // First, so that it does not contend with those who are told.
  auto response = http::located_response(session_json(record), 201, "/api/v1/sessions/" + record.id);
  services.bus.publish("sessions", "session.created", session_head_json(record));
  return response;
}

Response get_session(Services& services, Shelf& shelf, const std::string& id) {
  return shelf.get(id, [&] {
    const auto session = services.store.sessions.get(id);
    return session ? http::json_response(session_json(*session)) : http::problem_response(session.error());
  });
}

std::string text_of(const Request& request, std::string_view name) {
  return std::string(request.query_value(name).value_or(""));
}

Result<std::optional<double>> number_of(const Request& request, std::string_view name) {
  const std::string text = text_of(request, name);
  if (text.empty()) return std::optional<double>();
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (*end != '\0' || !std::isfinite(number))
    return Error{"bad_query", "the query can't be used", {{std::string(name), "is not a number"}}};
  return std::optional(number);
}

// RFC 3339 in UTC, as created_at is given; the milliseconds may be left out.
Result<std::optional<std::int64_t>> time_of(const Request& request, std::string_view name) {
  std::string text = text_of(request, name);
  if (text.empty()) return std::optional<std::int64_t>();
  if (text.size() == 20) text.insert(19, ".000");
  if (const auto time = from_rfc3339(text)) return time;
  return Error{"bad_query",
               "the query can't be used",
               {{std::string(name), "is no time such as 2026-11-23T00:00:00Z"}}};
}

Result<SessionFilter> filter_of(const Request& request) {
  SessionFilter filter;
  filter.text = text_of(request, "q");
  filter.tag = text_of(request, "tag");
  filter.mode = text_of(request, "mode");
  filter.interpreter = text_of(request, "interpreter");
  filter.key_name = text_of(request, "key");
  filter.job_id = text_of(request, "job_id");
  filter.image_id = text_of(request, "image_id");
  filter.parent_id = text_of(request, "parent_id");
  filter.device = text_of(request, "device");
  if (request.query_value("starred")) {
    const auto starred = http::query_flag(request, "starred", false);
    if (!starred) return starred.error();
    filter.starred = *starred;
  }
  const auto from = number_of(request, "tempo_from"), to = number_of(request, "tempo_to");
  if (!from) return from.error();
  if (!to) return to.error();
  filter.tempo_from = *from;
  filter.tempo_to = *to;
  const auto since = time_of(request, "created_from"), before = time_of(request, "created_before");
  if (!since) return since.error();
  if (!before) return before.error();
  filter.created_from = *since;
  filter.created_before = *before;
  return filter;
}

Response list_sessions(Services& services, const Request& request) {
  const auto page_request = page_request_of(request);
  const auto filter = filter_of(request);
  if (!page_request) return http::problem_response(page_request.error());
  if (!filter) return http::problem_response(filter.error());
  const auto page = services.store.sessions.list(*filter, *page_request);
  return page ? http::json_response(page_json(*page, session_head_json))
              : http::problem_response(page.error());
}

Error invalid_change(std::string pointer, std::string message) {
  return {"invalid_change", "the session can't be changed so", {{std::move(pointer), std::move(message)}}};
}

Result<SessionChange> change_of(const Json& json) {
  if (!json.is_object()) return invalid_change("", "is not a JSON object");
  SessionChange change;
  for (const auto& [name, value] : json.items()) {
    if (name == "title") {
      if (!value.is_string() || value.get<std::string>().size() > 200)
        return invalid_change("/title", "is not a text of at most 200 bytes");
      change.title = value.get<std::string>();
    } else if (name == "starred") {
      if (!value.is_boolean()) return invalid_change("/starred", "is not true or false");
      change.starred = value.get<bool>();
    } else if (name == "tags") {
      const bool fits =
          value.is_array() && value.size() <= 64 && std::ranges::all_of(value, [](const Json& tag) {
            return tag.is_string() && !tag.get<std::string>().empty() && tag.get<std::string>().size() <= 64;
          });
      if (!fits) return invalid_change("/tags", "is not a list of at most 64 texts of 1 to 64 bytes");
      change.tags = value.get<std::vector<std::string>>();
    } else {
      return invalid_change("/" + name, "can't be changed; title, tags and starred can");
    }
  }
  return change;
}

Response patch_session(Services& services, Shelf& shelf, const Request& request) {
  const auto json = http::json_body(request);
  if (!json) return http::problem_response(json.error());
  const auto change = change_of(*json);
  if (!change) return http::problem_response(change.error());
  const auto changed = services.store.sessions.change(id_of(request), *change);
  if (!changed) return http::problem_response(changed.error());
  services.bus.publish("sessions", "session.changed", session_head_json(*changed));
  return get_session(services, shelf, changed->id);
}

Response delete_session(Services& services, const Request& request) {
  const auto forget = http::query_flag(request, "forget", false);
  if (!forget) return http::problem_response(forget.error());
  const std::string id = id_of(request);
  if (const auto known = services.store.sessions.get(id); !known)
    return http::problem_response(known.error());
  const auto now = services.clock.wall_ms();
  Json answer{{"id", id}, {"hidden", true}, {"picture_removed", false}};
  if (*forget) {
    const auto forgotten = services.store.sessions.forget(id, now);
    if (!forgotten) return http::problem_response(forgotten.error());
    answer["picture_removed"] = forgotten->picture_removed;
  } else if (const auto hidden = services.store.sessions.hide(id, now); !hidden) {
    return http::problem_response(hidden.error());
  }
  services.bus.publish("sessions", "session.removed", answer);
  return http::json_response(answer);
}

Response get_strokes(Services& services, const Request& request) {
  const auto strokes = services.store.sessions.strokes(id_of(request));
  return strokes ? http::text_response(*strokes, "application/json")
                 : http::problem_response(strokes.error());
}

Response get_interpretation(Services& services, const Request& request) {
  const auto session = services.store.sessions.get(id_of(request));
  if (!session) return http::problem_response(session.error());
  if (session->interpretation_id.empty())
    return http::problem_response(
        Error{"no_interpretation", "the session was sent as a document; no interpreter made it"});
  const auto interpretation = services.store.interpretations.get(session->interpretation_id);
  return interpretation ? http::json_response(to_json(*interpretation))
                        : http::problem_response(interpretation.error());
}

}  // namespace

std::vector<http::Route> session_routes(Services& services) {
  Services* s = &services;
  const auto stored = std::make_shared<Shelf>([s] { return s->store.sessions.changes(); }, most_sessions);
  const auto pages = std::make_shared<Shelf>([s] { return s->store.database.commits(); }, most_pages);
  const auto list = [s, pages](const Request& r) {
    return pages->get(key_of_query(r), [&] { return list_sessions(*s, r); });
  };
  constexpr std::size_t document_limit = std::size_t{16} << 20;
  return {
      {Method::post, "/api/v1/sessions", Scope::create, [s](const Request& r) { return post_session(*s, r); },
       document_limit},
      {Method::post, "/api/v1/sessions/check", Scope::play,
       [s](const Request& r) { return check_session(*s, r); }, document_limit},
      http::with_ready({Method::get, "/api/v1/sessions", Scope::play, list},
                       [pages](const Request& r) { return pages->ready(key_of_query(r)); }),
      http::with_ready({Method::get, "/api/v1/sessions/{id}", Scope::play,
                        [s, stored](const Request& r) { return get_session(*s, *stored, id_of(r)); }},
                       [stored](const Request& r) { return stored->ready(r.parameter("id")); }),
      {Method::patch, "/api/v1/sessions/{id}", Scope::create,
       [s, stored](const Request& r) { return patch_session(*s, *stored, r); }},
      {Method::del, "/api/v1/sessions/{id}", Scope::create,
       [s](const Request& r) { return delete_session(*s, r); }},
      {Method::get, "/api/v1/sessions/{id}/strokes", Scope::play,
       [s](const Request& r) { return get_strokes(*s, r); }},
      {Method::get, "/api/v1/sessions/{id}/interpretation", Scope::play,
       [s](const Request& r) { return get_interpretation(*s, r); }},
  };
}

}  // namespace doodled::api
