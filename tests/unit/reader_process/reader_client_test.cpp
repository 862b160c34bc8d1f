#include "core/reader/client/reader_client.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <thread>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/sealed_memory.hpp"
#include "tests/fakes/manual_clock.hpp"
#include "tests/unit/reader_process/pictures.hpp"

using namespace doodled;
using namespace doodled::testing;

namespace {

const SystemClock real_clock;

// Spins; the bound only keeps a broken test from hanging.
bool comes_true(const std::function<bool()>& condition) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > give_up) return false;
    std::this_thread::yield();
  }
  return true;
}

bool exists(pid_t pid) { return kill(pid, 0) == 0; }

// A reader that is warm and stopped in its tracks: what is asked of it next stays unanswered.
pid_t freeze(ReaderClient& client) {
  REQUIRE(client.warm_up().has_value());
  const pid_t pid = client.status().waiting.at(0);
  kill(pid, SIGSTOP);
  return pid;
}

std::string code_of(const Result<ReadPicture>& result) { return result ? "" : result.error().code; }

std::size_t open_descriptors() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) ++count;
  return count;
}

// A program that stands in for the reader: a shell script.
class Script {
 public:
  explicit Script(const std::string& body)
      : path_(std::filesystem::temp_directory_path() / ("reader-" + std::to_string(getpid()) + ".sh")) {
    std::ofstream(path_) << "#!/bin/sh\n" << body << "\n";
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
  }
  ~Script() { std::filesystem::remove(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace

TEST_CASE("a picture is read, with its header and a thumbnail") {
  ReaderClient client({}, real_clock);
  const auto read = client.read(picture(".jpg[Q=90]", {900, 600, 6}), {}, 200);
  REQUIRE(read.has_value());
  CHECK(read->info == ImageInfo{"image/jpeg", 600, 900, 6});
  CHECK(read->reading.width == 600);
  CHECK(read->reading.height == 900);
  REQUIRE(read->thumbnail.size() > 100);
  CHECK(client.info(read->thumbnail)->width <= 200);
  CHECK(client.status().running == 1);
}

TEST_CASE("the header is told first, and the rest can be waited for elsewhere") {
  ReaderClient client({}, real_clock);
  Encoded image = picture(".jpg[Q=90]", {900, 600, 6});
  auto begun = client.begin_read(image, {});
  REQUIRE(begun.has_value());
  CHECK(begun->info == ImageInfo{"image/jpeg", 600, 900, 6});
  image.clear();
  std::thread([&] { CHECK(begun->rest()->reading.width == 600); }).join();
  CHECK(client.begin_read(as_bytes("no picture"), {}).error().code == "not_a_picture");
  CHECK(client.status().running == 1);
}

TEST_CASE("what is begun and dropped gives its process up, and the next picture is read all the same") {
  ReaderClient client({}, real_clock);
  client.begin_read(picture(".png"), {}).value();
  CHECK(client.status().running == 0);
  CHECK(client.read(picture(".png"), {}).has_value());
}

TEST_CASE("a small copy's pixels can be had, upright") {
  ReaderClient client({}, real_clock);
  const auto pixels = client.pixels(picture(".png", {900, 600}), 300);
  REQUIRE(pixels.has_value());
  CHECK(pixels->width == 300);
  CHECK(pixels->height == 200);
  CHECK(is_near(quarter(*pixels, 0, 0), {255, 0, 0}));
  CHECK(is_near(quarter(*pixels, 0, 1), {0, 0, 255}));
  const auto turned = client.pixels(picture(".jpg", {900, 600, 6}), 300);
  CHECK(turned->height == doctest::Approx(turned->width * 1.5).epsilon(0.01));
  CHECK(turned->height >= 225);
  CHECK(turned->height <= 300);
}

TEST_CASE("the same picture gives the same reading from any process") {
  const Encoded image = picture(".png", {300, 200});
  ReaderClient one({}, real_clock);
  ReaderClient other({}, real_clock);
  CHECK(to_text(to_json(one.read(image, {})->reading)) == to_text(to_json(other.read(image, {})->reading)));
}

TEST_CASE("a thumbnail and the header can be had without a reading") {
  ReaderClient client({}, real_clock);
  const auto small = client.thumbnail(picture(".png", {500, 250}), 100);
  REQUIRE(small.has_value());
  CHECK(small->info == ImageInfo{"image/png", 500, 250, 1});
  CHECK(client.info(small->jpeg)->media_type == "image/jpeg");
}

TEST_CASE("the header of a large file is found at its beginning, or further on") {
  ReaderClient client({}, real_clock);
  for (const char* kind : {".jpg", ".png", ".webp"}) {
    CAPTURE(kind);
    const auto plain = picture(kind, {64, 48, 6});
    auto large = plain;
    large.resize(1 << 20, 0);
    CHECK(client.info(large).value() == client.info(plain).value());
  }

  // Comments of 64 KiB each (JPEG, ITU T.81, B.2.4.5) keep the header out of the first 256 KiB.
  auto late = picture(".jpg", {64, 48, 6});
  Encoded comments;
  for (int i = 0; i < 6; ++i) {
    comments.insert(comments.end(), {0xff, 0xfe, 0xff, 0xff});
    comments.resize(comments.size() + 0xffff - 2, ' ');
  }
  late.insert(late.begin() + 2, comments.begin(), comments.end());
  const auto found = client.info(late);
  REQUIRE(found.has_value());
  CHECK(*found == ImageInfo{"image/jpeg", 48, 64, 6});
  late.resize(300'000);
  CHECK(client.info(late).has_error());
}

TEST_CASE("memory that is handed to the reader holds the picture and can't be changed") {
  const auto memory = sealed_memory("picture", as_bytes("a picture"));
  char held[16] = {};
  CHECK(pread(memory.get(), held, sizeof held, 0) == 9);
  CHECK(std::string_view(held) == "a picture");
  CHECK(pwrite(memory.get(), "x", 1, 0) < 0);
  CHECK(ftruncate(memory.get(), 1) < 0);
  CHECK(mmap(nullptr, 9, PROT_READ | PROT_WRITE, MAP_SHARED, memory.get(), 0) == MAP_FAILED);
}

TEST_CASE("a refusal of the picture reaches the caller and leaves the process running") {
  ReaderClient client({.max_bytes = 5000}, real_clock);
  CHECK(code_of(client.read(as_bytes("no picture at all"), {})) == "not_a_picture");
  CHECK(code_of(client.read(png_header_only(20000, 20000), {})) == "too_many_pixels");
  CHECK(code_of(client.read(Encoded(5001, 0), {})) == "picture_too_large");
  const auto waiting = client.status().waiting;
  REQUIRE(waiting.size() == 1);
  CHECK(client.read(picture(".png"), {}).has_value());
  CHECK(client.status().waiting == waiting);
}

TEST_CASE("the limits of the settings reach the process") {
  ReaderSettings settings;
  settings.limits.max_pixels = 100;
  ReaderClient client(settings, real_clock);
  CHECK(code_of(client.read(picture(".png", {11, 10}), {})) == "too_many_pixels");
  CHECK(client.read(picture(".png", {10, 10}), {}).has_value());
}

TEST_CASE("a process that is killed while it reads costs that picture only") {
  ReaderClient client({.processes = 1}, real_clock);
  const pid_t pid = freeze(client);
  auto reading = std::async(std::launch::async, [&] { return client.read(picture(".png"), {}); });
  REQUIRE(comes_true([&] { return client.status().busy == 1; }));
  kill(pid, SIGKILL);
  const auto lost = reading.get();
  CHECK(code_of(lost) == "reader_crashed");
  CHECK(lost.error().message.find("signal 9") != std::string::npos);
  CHECK(!exists(pid));
  CHECK(client.read(picture(".png"), {}).has_value());
}

TEST_CASE("a process that takes too long is killed and costs that picture only") {
  ReaderSettings settings{.timeout = std::chrono::milliseconds(50), .processes = 1};
  ReaderClient client(settings, real_clock);
  const pid_t pid = freeze(client);
  CHECK(code_of(client.read(picture(".png"), {})) == "reader_timed_out");
  CHECK(!exists(pid));
  CHECK(client.status().running == 0);
}

TEST_CASE("reading ends at once when it is cancelled") {
  ReaderClient client({.processes = 1}, real_clock);
  const pid_t pid = freeze(client);
  std::stop_source stop;
  auto reading =
      std::async(std::launch::async, [&] { return client.read(picture(".png"), {}, 0, stop.get_token()); });
  REQUIRE(comes_true([&] { return client.status().busy == 1; }));
  stop.request_stop();
  CHECK(code_of(reading.get()) == "cancelled");
  CHECK(!exists(pid));
  CHECK(client.read(picture(".png"), {}).has_value());
}

TEST_CASE("one who waits for a free process can be cancelled") {
  ReaderClient client({.processes = 1}, real_clock);
  freeze(client);
  std::stop_source first, second;
  auto reading =
      std::async(std::launch::async, [&] { return client.read(picture(".png"), {}, 0, first.get_token()); });
  REQUIRE(comes_true([&] { return client.status().busy == 1; }));
  auto waiting =
      std::async(std::launch::async, [&] { return client.read(picture(".png"), {}, 0, second.get_token()); });
  second.request_stop();
  CHECK(code_of(waiting.get()) == "cancelled");
  first.request_stop();
  CHECK(code_of(reading.get()) == "cancelled");
}

TEST_CASE("a warm process that died unnoticed is replaced before a picture is given to it") {
  ReaderClient client({.processes = 1}, real_clock);
  REQUIRE(client.warm_up().has_value());
  const pid_t pid = client.status().waiting.at(0);
  kill(pid, SIGKILL);
  siginfo_t info;
  REQUIRE(waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT) == 0);
  CHECK(client.read(picture(".png"), {}).has_value());
  CHECK(!exists(pid));
}

TEST_CASE("a process without work is ended after the idle time") {
  fakes::ManualClock clock;
  const Nanoseconds start = clock.now();
  ReaderClient client({.idle = std::chrono::seconds(60)}, clock);
  REQUIRE(client.warm_up().has_value());
  CHECK(comes_true([&] { return client.status().running == 0; }));
  CHECK(clock.now() >= start + std::chrono::seconds(60));
}

TEST_CASE("a process is replaced after so many pictures, and when it holds much memory") {
  ReaderClient by_count({.keep_pictures = 2}, real_clock);
  CHECK(by_count.info(picture(".png")).has_value());
  CHECK(by_count.status().running == 1);
  CHECK(by_count.info(picture(".png")).has_value());
  CHECK(by_count.status().running == 0);
  ReaderClient by_memory({.keep_resident_bytes = 1}, real_clock);
  CHECK(by_memory.info(picture(".png")).has_value());
  CHECK(by_memory.status().running == 0);
}

TEST_CASE("pictures are read side by side, up to the number of processes") {
  ReaderClient client({.processes = 2}, real_clock);
  const Encoded image = picture(".jpg", {400, 300});
  std::vector<std::future<bool>> all;
  for (int i = 0; i < 8; ++i)
    all.push_back(std::async(std::launch::async, [&] { return client.read(image, {}).has_value(); }));
  for (auto& one : all) CHECK(one.get());
  CHECK(client.status().running <= 2);
  CHECK(client.status().busy == 0);
}

TEST_CASE("a page that grows reads as it does whole, also from a process that never saw it grow") {
  const auto stroke = [](std::vector<StrokePoint> points) {
    return std::make_shared<const HandStroke>(HandStroke{0, Pen::line, {27, 28, 33}, {}, std::move(points)});
  };
  StrokePage page;
  ReaderClient client({.processes = 1}, real_clock);
  const auto text_of = [](ReaderClient& from, const StrokePage& drawn) {
    const auto seen = from.draw(drawn, {}, false);
    return seen ? to_text(seen->reading) : seen.error().code;
  };
  const auto as_whole = [&](const StrokePage& drawn) {
    ReaderClient other({.processes = 1}, real_clock);
    return text_of(other, drawn);
  };
  page.strokes.push_back(stroke({{0.1, 0.1}, {0.4, 0.1}, {0.4, 0.4}, {0.1, 0.4}, {0.1, 0.1}}));
  const std::string first = text_of(client, page);
  CHECK(first.find("\"shapes\":[{") != std::string::npos);
  page.strokes.push_back(stroke({{0.5, 0.8}, {0.6, 0.5}, {0.7, 0.8}, {0.8, 0.5}, {0.9, 0.8}}));
  const std::string second = text_of(client, page);
  CHECK(second != first);
  CHECK(second == as_whole(page));
  kill(client.status().waiting.at(0), SIGKILL);
  CHECK(comes_true([&] { return text_of(client, page) == second; }));
  page.strokes.pop_back();
  CHECK(text_of(client, page) == first);
}

TEST_CASE("a missing program is said, not died of") {
  ReaderClient client({.program = "/nonexistent/doodled-reader"}, real_clock);
  const auto result = client.read(picture(".png"), {});
  CHECK(code_of(result) == "reader_unavailable");
  CHECK(result.error().message.find("/nonexistent/doodled-reader") != std::string::npos);
}

TEST_CASE("a program that ends without a greeting is said to have done so") {
  const Script script("exit 7");
  ReaderClient client({.program = script.path()}, real_clock);
  const auto result = client.read(picture(".png"), {});
  CHECK(code_of(result) == "reader_unavailable");
  CHECK(result.error().message.find("exit code 7") != std::string::npos);
}

TEST_CASE("a program that answers nonsense is not believed") {
  const Script script(
      R"(printf 'DDR1\000\000\000\034\000\000\000\000\000\000\000\000{"ready":true,"version":1}  ' >&3; exec sleep 100)");
  ReaderClient client({.program = script.path(), .start_timeout = std::chrono::seconds(2)}, real_clock);
  CHECK(code_of(client.read(picture(".png"), {})) == "reader_unavailable");
  const Script huge(
      R"(printf 'DDR1\000\000\000\032\000\000\000\000\000\000\000\000{"ready":true,"version":1}' >&3
printf 'DDR1\377\377\377\377\377\377\377\377\377\377\377\377' >&3; exec sleep 100)");
  ReaderClient other({.program = huge.path()}, real_clock);
  CHECK(code_of(other.read(picture(".png"), {})) == "bad_frame");
}

TEST_CASE("no descriptor and no process is left behind") {
  const std::size_t before = open_descriptors();
  pid_t pid = 0;
  {
    ReaderClient client({}, real_clock);
    CHECK(client.read(picture(".png"), {}).has_value());
    pid = client.status().waiting.at(0);
    CHECK(code_of(client.read(as_bytes("x"), {})) == "not_a_picture");
  }
  CHECK(open_descriptors() == before);
  CHECK(!exists(pid));
}

TEST_CASE("the process lets go of the memory that a picture took") {
  ReaderClient client({.keep_resident_bytes = 1'000'000'000, .processes = 1}, real_clock);
  const auto resident = [&] {
    std::ifstream statm("/proc/" + std::to_string(client.status().waiting.at(0)) + "/statm");
    long all = 0, pages = 0;
    statm >> all >> pages;
    return pages * sysconf(_SC_PAGESIZE);
  };
  const Encoded image = picture(".png[compression=1]", {3000, 2000});
  // The heap settles within a few pictures: now and then it has given back more after the first one.
  long settled = 0;
  for (int i = 0; i < 3; ++i) {
    CHECK(client.read(image, {}).has_value());
    settled = std::max(settled, resident());
  }
  for (int i = 0; i < 5; ++i) CHECK(client.read(image, {}).has_value());
  CHECK(resident() < settled + 20'000'000);
}

TEST_CASE("the sandbox refuses what no picture has any business to do") {
  const auto program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "doodled-reader";
  FILE* output = popen((program.string() + " --check-sandbox").c_str(), "r");
  REQUIRE(output);
  std::string text;
  for (int c = fgetc(output); c != EOF; c = fgetc(output)) text += static_cast<char>(c);
  CHECK(pclose(output) == 0);
  for (const char* tried : {"open a file to read", "open a network socket", "start a process",
                            "run a program", "map memory beyond its limit", "take memory without end"})
    CHECK_MESSAGE(text.find(std::string("refused  ") + tried + "\n") != std::string::npos, tried);
  CHECK(text.find("ALLOWED") == std::string::npos);
}

TEST_CASE("a serving process stands in the sandbox and sees no secret of the daemon") {
  setenv("DOODLED_TEST_SECRET", "hush", 1);
  ReaderClient client({}, real_clock);
  REQUIRE(client.warm_up().has_value());
  unsetenv("DOODLED_TEST_SECRET");
  const auto process = std::filesystem::path("/proc") / std::to_string(client.status().waiting.at(0));
  const auto text_of = [&](const char* file) {
    const Encoded bytes = contents(process / file);
    return std::string(bytes.begin(), bytes.end());
  };
  CHECK(text_of("status").find("Seccomp:\t2") != std::string::npos);
  CHECK(text_of("status").find("NoNewPrivs:\t1") != std::string::npos);
  CHECK(text_of("environ").find("LC_ALL=C") != std::string::npos);
  CHECK(text_of("environ").find("hush") == std::string::npos);
}
