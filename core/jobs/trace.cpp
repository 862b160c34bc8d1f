#include "core/jobs/trace.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/clock.hpp"

namespace doodled {
namespace {

Json span(std::string name, std::int64_t at_us, Json us, Json facts = Json::object(),
          Json parts = Json::array()) {
  return {{"name", std::move(name)},
          {"at_us", at_us},
          {"us", std::move(us)},
          {"facts", std::move(facts)},
          {"parts", std::move(parts)}};
}

std::int64_t begin_of(const Json& one) { return one["at_us"].get<std::int64_t>(); }
std::int64_t end_of(const Json& one) {
  return begin_of(one) + (one["us"].is_null() ? 0 : one["us"].get<std::int64_t>());
}

Json* named(Json& spans, std::string_view name) {
  const auto found = std::ranges::find_if(
      spans, [&](const Json& one) { return one["name"].get_ref<const std::string&>() == name; });
  return found == spans.end() ? nullptr : &*found;
}

// What the rows know of a run that no span tells of.
Json run_by_rows(const Job& job, const std::vector<Interpretation>& interpretations) {
  Json parts = Json::array();
  for (const auto& one : interpretations)
    parts.push_back(
        span("interpret", one.created_at * 1000, one.duration_ms * 1000,
             {{"interpreter", one.interpreter}, {"interpretation_id", one.id}, {"model", one.model}}));
  const auto begun = *job.started_at * 1000;
  return span("run", begun, job.finished_at ? Json(*job.finished_at * 1000 - begun) : Json(),
              {{"attempt", job.attempts}, {"state", to_string(job.state)}}, std::move(parts));
}

// A free worker may begin before whoever has stored the job gets to say so.
Json waiting(const Job& job, Json& spans) {
  const Json* upload = named(spans, "upload");
  const Json* run = named(spans, "run");
  const auto begun = upload != nullptr ? end_of(*upload) : job.created_at * 1000;
  if (run == nullptr) return span("queue wait", begun, Json());
  const auto end = begin_of(*run);
  return span("queue wait", std::min(begun, end), std::max<std::int64_t>(0, end - begun));
}

// What a play's devices sent first is part of that play.
void move_firsts(Json& spans) {
  Json firsts = Json::array();
  for (auto one = spans.begin(); one != spans.end();) {
    const bool first = (*one)["name"].get_ref<const std::string&>().starts_with("first ");
    if (first) firsts.push_back(std::move(*one));
    one = first ? spans.erase(one) : one + 1;
  }
  for (auto& first : firsts)
    for (auto& play : spans)
      if (play["name"] == "play" && play["facts"]["play_id"] == first["facts"]["play_id"])
        play["parts"].push_back(first);
}

std::int64_t last_end(const Json& spans) {
  std::int64_t last = 0;
  for (const auto& one : spans) last = std::max({last, end_of(one), last_end(one["parts"])});
  return last;
}

void sort_by_begin(Json& spans) {
  auto& sorted = spans.get_ref<Json::array_t&>();
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Json& a, const Json& b) { return begin_of(a) < begin_of(b); });
}

// Depth first, numbered as they come. What began before that which it is part of was done ahead.
void list(Json& into, Json& one, const Json& parent, std::int64_t epoch_us, std::int64_t parent_us) {
  const auto milliseconds = [](std::int64_t us) { return static_cast<double>(us) / 1000; };
  const Json id = into.size() + 1;
  into.push_back(
      {{"id", id},
       {"parent", parent},
       {"name", one["name"]},
       {"start_ms", milliseconds(begin_of(one) - epoch_us)},
       {"duration_ms", one["us"].is_null() ? Json() : Json(milliseconds(one["us"].get<std::int64_t>()))},
       {"facts", std::move(one["facts"])}});
  if (begin_of(one) < parent_us) into.back()["ahead"] = true;
  sort_by_begin(one["parts"]);
  for (auto& part : one["parts"]) list(into, part, id, epoch_us, begin_of(one));
}

}  // namespace

Json trace_json(const Job& job, const Json& kept, const std::vector<Interpretation>& interpretations) {
  Json spans = kept;
  if (named(spans, "run") == nullptr && job.started_at) spans.push_back(run_by_rows(job, interpretations));
  spans.push_back(waiting(job, spans));
  move_firsts(spans);
  sort_by_begin(spans);
  const auto begun = begin_of(spans.front());
  const Json us = is_final(job.state) ? Json(last_end(spans) - begun) : Json();
  Json whole = span("job", begun, us, {{"mode", job.mode}, {"image_id", job.image_id}}, std::move(spans));
  Json listed = Json::array();
  list(listed, whole, Json(), begun, begun);
  return {{"job_id", job.id},
          {"state", to_string(job.state)},
          {"began_at", to_rfc3339(begun / 1000)},
          {"duration_ms", listed[0]["duration_ms"]},
          {"spans", std::move(listed)}};
}

}  // namespace doodled
