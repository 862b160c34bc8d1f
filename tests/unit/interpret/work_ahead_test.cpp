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

const ImageInfo header{"image/png", 640, 480, 1};

// Sees as many shapes as the picture has bytes.
Result<Begun<Seen>> see_at_once(Bytes image, const std::string&, const std::stop_token&) {
  return Begun<Seen>{header, [size = image.size()]() -> Result<Seen> {
                       Reading reading;
                       reading.shapes.resize(size);
                       return Seen{std::move(reading)};
                     }};
}

void wait_for(const std::stop_token& stop) {
  std::promise<void> stopped;
  const std::stop_callback on_stop(stop, [&] { stopped.set_value(); });
  stopped.get_future().wait();
}

// Sees nothing until it is stopped.
Result<Begun<Seen>> see_for_ever(Bytes, const std::string&, std::stop_token stop) {
  return Begun<Seen>{header, [stop = std::move(stop)]() -> Result<Seen> {
                       wait_for(stop);
                       return Error{"cancelled", "stopped"};
                     }};
}

// What was begun is kept for the job of this picture.
void begin_and_keep(ReadAhead& ahead, const std::string& kind, const std::string& image_sha256) {
  ahead.begin(picture, kind).value()->keep(image_sha256);
}

bool begins(ReadAhead& ahead) { return ahead.begin(picture, "auto").value().has_value(); }

}  // namespace

TEST_CASE("a job takes what was begun for its picture and its wish, once") {
  ManualClock clock;
  ReadAhead ahead(see_at_once, 2, clock);
  begin_and_keep(ahead, "drawing", "a picture");

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
  const SeePicture see = [&](Bytes, const std::string&, const std::stop_token&) -> Result<Begun<Seen>> {
    ++seen;
    return Begun<Seen>{header, [] { return Result<Seen>(Error{"nothing_found", "a blank page"}); }};
  };
  BuiltinInterpreter builtin(see, clock, 1);
  InterpretRequest request;
  request.mode = "doodle";
  request.image_sha256 = "a picture";
  builtin.begin("doodle", picture).value()->keep("a picture");

  std::string code;
  builtin.ask(request, {[](std::string_view, double) {}, {}, {}},
              [&](Interpreted answer) { code = answer.accepted.error().code; });

  CHECK(code == "nothing_found");
  CHECK(seen == 1);
}

TEST_CASE("nothing is begun for a mode that needs no picture") {
  ManualClock clock;
  BuiltinInterpreter builtin(see_at_once, clock, 1);
  CHECK_FALSE(builtin.begin("prompt", picture).value());
  CHECK(builtin.begin("auto", picture).value());
}

TEST_CASE("no more is begun than is taken") {
  ManualClock clock;
  ReadAhead ahead(see_at_once, 1, clock);
  begin_and_keep(ahead, "auto", "first");

  CHECK_FALSE(begins(ahead));
  ahead.take("first", "auto");

  CHECK(begins(ahead));
}

TEST_CASE("what has begun takes its place before it is kept, until nobody has it") {
  ManualClock clock;
  ReadAhead ahead(see_at_once, 1, clock);
  auto begun = ahead.begin(picture, "auto").value();

  CHECK_FALSE(begins(ahead));
  begun->keep("first");
  begun.reset();
  auto taken = ahead.take("first", "auto");
  CHECK_FALSE(begins(ahead));

  taken = nullptr;
  CHECK(begins(ahead));
}

TEST_CASE("what no job came for makes room after a minute") {
  ManualClock clock;
  ReadAhead ahead(see_for_ever, 1, clock);
  begin_and_keep(ahead, "auto", "first");

  clock.set(clock.now() + 61s);

  CHECK(begins(ahead));
  CHECK_FALSE(ahead.take("first", "auto"));
}

TEST_CASE("what is under way ends when nobody keeps it") {
  ManualClock clock;
  std::promise<void> stopped;
  ReadAhead ahead(
      [&](Bytes, const std::string&, const std::stop_token& stop) {
        return Result<Begun<Seen>>(Begun<Seen>{header, [&stopped, stop]() -> Result<Seen> {
                                                 wait_for(stop);
                                                 stopped.set_value();
                                                 return Error{"cancelled", "stopped"};
                                               }});
      },
      1, clock);
  ahead.begin(picture, "auto").value().reset();
  CHECK(stopped.get_future().wait_for(30s) == std::future_status::ready);
}

TEST_CASE("what the header says is told at once, and what is wrong with it makes room again") {
  ManualClock clock;
  bool is_picture = false;
  ReadAhead ahead(
      [&](Bytes image, const std::string& kind, std::stop_token stop) {
        if (!is_picture) return Result<Begun<Seen>>(Error{"not_a_picture", "no header"});
        return see_for_ever(image, kind, std::move(stop));
      },
      1, clock);

  CHECK(ahead.begin(picture, "auto").error().code == "not_a_picture");
  is_picture = true;
  CHECK(ahead.begin(picture, "auto").value()->info == header);
}

TEST_CASE("whoever waits for it can stop it") {
  ManualClock clock;
  ReadAhead ahead(see_for_ever, 1, clock);
  begin_and_keep(ahead, "auto", "first");
  std::stop_source stop;
  stop.request_stop();

  const auto reading = ahead.take("first", "auto")->wait(stop.get_token());

  REQUIRE(reading.has_error());
  CHECK(reading.error().code == "cancelled");
}
