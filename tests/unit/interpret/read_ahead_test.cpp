#include "core/interpret/read_ahead.hpp"

#include <doctest/doctest.h>

#include "tests/fakes/manual_clock.hpp"

using namespace doodled;
using doodled::fakes::ManualClock;
using namespace std::chrono_literals;

namespace {

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

TEST_CASE("a job takes the reading that was begun for its picture and kind, once") {
  ManualClock clock;
  ReadAhead ahead(see_at_once, 2, clock);
  ahead.keep("a picture", ahead.begin(picture, "drawing"));

  CHECK_FALSE(ahead.take("a picture", "photo"));
  CHECK_FALSE(ahead.take("another", "drawing"));
  const auto taken = ahead.take("a picture", "drawing");

  REQUIRE(taken);
  CHECK(taken->wait({})->reading.shapes.size() == picture.size());
  CHECK_FALSE(ahead.take("a picture", "drawing"));
}

TEST_CASE("the builtin interpreter goes on with the reading that is under way and asks for no picture") {
  ManualClock clock;
  int seen = 0;
  const SeePicture see = [&](Bytes, const std::string&, const std::stop_token&) -> Result<Seen> {
    ++seen;
    return Error{"nothing_found", "a blank page"};
  };
  ReadAhead ahead(see, 1, clock);
  BuiltinInterpreter builtin(see, clock, &ahead);
  InterpretRequest request;
  request.mode = "doodle";
  request.image_sha256 = "a picture";
  ahead.keep("a picture", ahead.begin(picture, "drawing"));

  std::string code;
  builtin.ask(request, {[](std::string_view, double) {}, {}, {}},
              [&](Interpreted answer) { code = answer.accepted.error().code; });

  CHECK(code == "nothing_found");
  CHECK(seen == 1);
}

TEST_CASE("no more readings are begun than are taken") {
  ManualClock clock;
  ReadAhead ahead(see_at_once, 1, clock);
  ahead.keep("first", ahead.begin(picture, "auto"));

  CHECK_FALSE(ahead.begin(picture, "auto"));
  ahead.take("first", "auto");

  CHECK(ahead.begin(picture, "auto"));
}

TEST_CASE("a reading that no job came for makes room after a minute") {
  ManualClock clock;
  ReadAhead ahead(see_for_ever, 1, clock);
  ahead.keep("first", ahead.begin(picture, "auto"));

  clock.set(clock.now() + 61s);

  CHECK(ahead.begin(picture, "auto"));
  CHECK_FALSE(ahead.take("first", "auto"));
}

TEST_CASE("whoever waits for a reading can stop it") {
  ManualClock clock;
  ReadAhead ahead(see_for_ever, 1, clock);
  const auto underway = ahead.begin(picture, "auto");
  std::stop_source stop;
  stop.request_stop();

  const auto reading = underway->wait(stop.get_token());

  REQUIRE(reading.has_error());
  CHECK(reading.error().code == "cancelled");
}
