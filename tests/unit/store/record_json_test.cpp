#include "core/store/record_json.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/base/clock.hpp"
#include "core/base/ids.hpp"

using namespace doodled;

namespace {

const Image image{sha256_hex("a picture"), 1234, {"image/jpeg", 640, 480, 6}, 1764000000123, 1764000001000};

Job job() {
  Job job;
  job.id = "01j0000000000000000000000a";
  job.state = JobState::failed;
  job.stage = "reading";
  job.progress = 0.25;
  job.mode = "doodle";
  job.image_id = image.id;
  job.interpreters = R"(["ollama","builtin"])";
  job.options = R"({"bars":2})";
  job.interpreter = "builtin";
  job.attempts = 2;
  job.error = R"({"code":"nothing_found"})";
  job.session_ids = {"01j0000000000000000000000b"};
  job.created_at = 1764000000123;
  job.started_at = 1764000000124;
  return job;
}

const Interpretation interpretation{"01j0000000000000000000000c",
                                    "01j0000000000000000000000a",
                                    "builtin",
                                    "builtin",
                                    "builtin-1",
                                    "",
                                    R"({"mode":"doodle"})",
                                    "{}",
                                    R"({"input_tokens":3})",
                                    "",
                                    1764000000123,
                                    12};

const PlayRecord play{"01j0000000000000000000000d",
                      "01j0000000000000000000000b",
                      "",
                      R"(["max","mpc"])",
                      PlayPhase::stopped,
                      0,
                      "bar",
                      1764000000123,
                      1764000009000,
                      "",
                      345};

std::vector<std::string> pointers(const Error& error) {
  std::vector<std::string> pointers;
  for (const auto& problem : error.problems) pointers.push_back(problem.pointer);
  return pointers;
}

}  // namespace

TEST_CASE("records read back from their JSON give the same JSON") {
  CHECK(to_json(*image_from_json(to_json(image))) == to_json(image));
  CHECK(to_json(*job_from_json(to_json(job()))) == to_json(job()));
  CHECK(to_json(*interpretation_from_json(to_json(interpretation))) == to_json(interpretation));
  CHECK(to_json(*play_from_json(to_json(play))) == to_json(play));
}

TEST_CASE("a job read from JSON holds what the JSON says") {
  const auto read = job_from_json(to_json(job()));

  REQUIRE(read.has_value());
  CHECK(read->state == JobState::failed);
  CHECK(read->interpreters == R"(["ollama","builtin"])");
  CHECK(read->started_at == 1764000000124);
  CHECK_FALSE(read->finished_at);
  CHECK(read->prompt.empty());
}

TEST_CASE("every field of a record that does not fit is named") {
  Json json = to_json(job());
  json["state"] = "asleep";
  json["progress"] = 1.5;
  json["interpreters"] = Json::array();
  json["created_at"] = "yesterday";
  json.erase("attempts");

  const auto read = job_from_json(json);

  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().code == "invalid_record");
  CHECK(pointers(read.error()) ==
        std::vector<std::string>{"/state", "/progress", "/interpreters", "/attempts", "/created_at"});
}

TEST_CASE("what is no object is no record") {
  CHECK_FALSE(image_from_json(Json::array()).has_value());
  CHECK_FALSE(play_from_json("text").has_value());
}

TEST_CASE("an image's id must be a SHA-256") {
  Json json = to_json(image);
  json["id"] = "../../etc/passwd";

  const auto read = image_from_json(json);

  REQUIRE_FALSE(read.has_value());
  CHECK(pointers(read.error()) == std::vector<std::string>{"/id"});
}

TEST_CASE("times are read as they are written, and only so") {
  CHECK(from_rfc3339(to_rfc3339(1764000000123)) == 1764000000123);
  for (const char* text : {"", "2026-02-30T00:00:00.000Z", "2026-01-01T00:00:00Z",
                           "2026-01-01T00:00:00.000+01:00", "2026-01-01T00:00:00.000Z and more"}) {
    CAPTURE(text);
    CHECK_FALSE(from_rfc3339(text));
  }
}
