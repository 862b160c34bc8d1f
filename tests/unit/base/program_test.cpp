#include "core/base/program.hpp"

#include <thread>

#include <doctest/doctest.h>

using namespace doodled;

namespace {

Program shell(const ScratchDirectory& place, const std::string& script) {
  Program program;
  program.arguments = {"sh", "-c", script};
  program.package = "dash";
  program.directory = place.path();
  return program;
}

}  // namespace

TEST_CASE("a program runs to its end, and says why it failed") {
  const ScratchDirectory place(std::filesystem::temp_directory_path());
  CHECK(run_program(shell(place, "exit 0")).has_value());
  const auto failed = run_program(shell(place, "echo no such note >&2; exit 3"));
  CHECK(failed.error().code == "program_failed");
  CHECK(failed.error().message == "sh ended with exit code 3: no such note");
}

TEST_CASE("a program that is not installed is named with its package") {
  const ScratchDirectory place(std::filesystem::temp_directory_path());
  auto program = shell(place, "");
  program.arguments.front() = "no-such-program";
  program.package = "some-package";
  const auto missing = run_program(program);
  CHECK(missing.error().code == "program_missing");
  CHECK(missing.error().message == "this needs the program no-such-program: apt install some-package");
}

TEST_CASE("a program sees nothing of our environment, and its files have a limit") {
  const ScratchDirectory place(std::filesystem::temp_directory_path());
  setenv("DOODLED_TEST_SECRET", "hidden", 1);
  CHECK(run_program(shell(place, "test -z \"$DOODLED_TEST_SECRET\"")).has_value());
  auto program = shell(place, "while :; do echo 0123456789; done > \"$HOME/much\"");
  program.file_bytes = 4096;
  CHECK(run_program(program).error().code == "program_failed");
}

TEST_CASE(
    "a program that takes too long is ended with all it started, as is one that nobody wants any more") {
  const ScratchDirectory place(std::filesystem::temp_directory_path());
  auto program = shell(place, "sleep 1000 & sleep 1000");
  program.timeout = std::chrono::milliseconds(50);
  CHECK(run_program(program).error().code == "program_timeout");
  std::stop_source stop;
  stop.request_stop();
  program.timeout = std::chrono::hours(1);
  CHECK(run_program(program, stop.get_token()).error().code == "cancelled");
}

TEST_CASE("a scratch folder goes with all in it") {
  std::filesystem::path path;
  {
    const ScratchDirectory place(std::filesystem::temp_directory_path());
    path = place.path();
    std::filesystem::create_directory(path / "inside");
  }
  CHECK_FALSE(std::filesystem::exists(path));
}
