#include "core/interpret/work_ahead.hpp"

#include <atomic>
#include <future>

#include <doctest/doctest.h>

#include "core/interpret/builtin.hpp"
#include "tests/fakes/manual_clock.hpp"

using namespace doodled;
using doodled::fakes::ManualClock;
using namespace std::chrono_literals;

namespace {

using ReadAhead = WorkAhead<std::string, Seen>;

const std::vector<std::uint8_t> picture{1, 2, 3};

// Sees as many shapes as the picture has bytes.
Result<Seen> see_at_once(Bytes image, const std::string&, const std::stop_token&) {
  Reading reading;
  reading.shapes.resize(image.size());
  return Seen{std::move(reading)};
}

// Sees nothing until it is stopped.
Result<Seen> see_for_ever(Bytes, const std::string&, std::stop_token stop) {
  std::promise<void> stopped;
  const std::stop_callback on_stop(stop, [&] { stopped.set_value(); });
  stopped.get_future().wait();
  return Error{"cancelled", "stopped"};
}

}  // namespace

TEST_CASE("a job takes what was begun for its picture and its wish, once") {
  ManualClock clock;
  ReadAhead ahead(see_at_once, 2, clock);
  ahead.begin(picture, "drawing")("a picture");

  CHECK_FALSE(ahead.take("a picture", "photo"));
  CHECK_FALSE(ahead.take("another", "drawing"));
  const auto taken = ahead.take("a picture", "drawing");

  REQUIRE(taken);
  CHECK(taken->wait({})->reading.shapes.size() == picture.size());
  CHECK_FALSE(ahead.take("a picture", "drawing"));
}

TEST_CASE("the builtin interpreter goes on with the reading that is under way and asks for no picture") {
  ManualClock clock;
  std::atomic<int> seen = 0;
  const SeePicture see = [&](Bytes, const std::string&, const std::stop_token&) -> Result<Seen> {
    ++seen;
    return Error{"nothing_found", "a blank page"};
  };
  BuiltinInterpreter builtin(see, clock, 1);
  InterpretRequest request;
  request.mode = "doodle";
  request.image_sha256 = "a picture";
  builtin.begin("doodle", picture)("a picture");

  std::string code;
  builtin.ask(request, {[](std::string_view, double) {}, {}, {}},
              [&](Interpreted answer) { code = answer.accepted.error().code; });

  CHECK(code == "nothing_found");
  CHECK(seen == 1);
}

TEST_CASE("nothing is begun for a mode that needs no picture") {
  ManualClock clock;
  BuiltinInterpreter builtin(see_at_once, clock, 1);
  CHECK_FALSE(builtin.begin("prompt", picture));
  CHECK(builtin.begin("auto", picture));
}

TEST_CASE("no more is begun than is taken") {
  ManualClock clock;
  ReadAhead ahead(see_at_once, 1, clock);
  ahead.begin(picture, "auto")("first");

  CHECK_FALSE(ahead.begin(picture, "auto"));
  ahead.take("first", "auto");

  CHECK(ahead.begin(picture, "auto"));
}

TEST_CASE("what has begun takes its place before it is kept, until nobody has it") {
  ManualClock clock;
  ReadAhead ahead(see_at_once, 1, clock);
  auto keep = ahead.begin(picture, "auto");

  CHECK_FALSE(ahead.begin(picture, "auto"));
  keep("first");
  keep = {};
  auto taken = ahead.take("first", "auto");
  CHECK_FALSE(ahead.begin(picture, "auto"));

  taken = nullptr;
  CHECK(ahead.begin(picture, "auto"));
}

TEST_CASE("what no job came for makes room after a minute") {
  ManualClock clock;
  ReadAhead ahead(see_for_ever, 1, clock);
  ahead.begin(picture, "auto")("first");

  clock.set(clock.now() + 61s);

  CHECK(ahead.begin(picture, "auto"));
  CHECK_FALSE(ahead.take("first", "auto"));
}

TEST_CASE("what is under way ends when nobody keeps it") {
  ManualClock clock;
  std::promise<void> stopped;
  ReadAhead ahead(
      [&](Bytes image, const std::string& kind, std::stop_token stop) {
        auto seen = see_for_ever(image, kind, std::move(stop));
        stopped.set_value();
        return seen;
      },
      1, clock);
  ahead.begin(picture, "auto");
  CHECK(stopped.get_future().wait_for(30s) == std::future_status::ready);
}

TEST_CASE("whoever waits for it can stop it") {
  ManualClock clock;
  ReadAhead ahead(see_for_ever, 1, clock);
  ahead.begin(picture, "auto")("first");
  std::stop_source stop;
  stop.request_stop();

  const auto reading = ahead.take("first", "auto")->wait(stop.get_token());

  REQUIRE(reading.has_error());
  CHECK(reading.error().code == "cancelled");
}
