#include "core/live/reply.hpp"

#include <nlohmann/json.hpp>

#include "core/base/error_json.hpp"
#include "core/live/page_history.hpp"

namespace doodled::live {
namespace {

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json reply(const char* type, Seq seq) { return {{"type", type}, {"seq", seq ? Json(*seq) : Json()}}; }

}  // namespace

std::string opened_reply(const OpenedFacts& facts) {
  Json ids = Json::array();
  for (const auto& stroke : facts.strokes) ids.push_back(stroke->id);
  return to_text(Json{{"type", "opened"},
                      {"drawing", facts.drawing},
                      {"resumed", facts.resumed},
                      {"strokes", std::move(ids)},
                      {"quantise", to_string(facts.quantise)},
                      {"play_id", text_or_null(facts.play_id)},
                      {"limits",
                       {{"strokes", max_page_strokes},
                        {"points", max_page_points},
                        {"points_a_stroke", max_stroke_points},
                        {"steps_back", PageHistory::max_states}}}});
}

std::string reading_reply(Seq seq, std::size_t strokes, const Reading& reading, double milliseconds) {
  const auto fact = [](const char* name, const Json& value) {
    return ",\"" + std::string(name) + "\":" + to_text(value);
  };
  return "{\"read_ms\":" + to_text(Json(milliseconds)) + ",\"reading\":" + to_text(reading) +
         fact("seq", seq ? Json(*seq) : Json()) + fact("strokes", strokes) + fact("type", "reading") + "}";
}

std::string session_reply(Seq seq, const Accepted& session, bool swapped) {
  Json json = reply("session", seq);
  json["document"] = session.document;
  json["report"] = session.report;
  json["swapped"] = swapped;
  return to_text(json);
}

std::string playing_reply(Seq seq, const std::string& play_id, const std::string& session_id) {
  Json json = reply("playing", seq);
  json["play_id"] = play_id;
  json["session_id"] = session_id;
  return to_text(json);
}

std::string stopped_reply(Seq seq, const std::string& play_id) {
  Json json = reply("stopped", seq);
  json["play_id"] = play_id;
  return to_text(json);
}

std::string kept_reply(Seq seq, const SessionHead& session) {
  Json json = reply("kept", seq);
  json["session"] = {{"id", session.id},
                     {"title", session.title},
                     {"image_id", session.image_id},
                     {"parent_id", text_or_null(session.parent_id)},
                     {"hash", session.hash}};
  return to_text(json);
}

std::string closed_reply(Seq seq, const std::string& session_id) {
  Json json = reply("closed", seq);
  json["session_id"] = text_or_null(session_id);
  return to_text(json);
}

std::string error_reply(Seq seq, const Error& error) {
  Json json = reply("error", seq);
  json.update(to_json(error));
  return to_text(json);
}

}  // namespace doodled::live
