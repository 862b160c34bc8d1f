#include "server/places.hpp"

#include <fstream>
#include <map>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/program.hpp"

using namespace doodled;

namespace {

// A machine with a home, and the package's places, in a folder.
struct Machine {
  ScratchDirectory root{std::filesystem::temp_directory_path()};
  std::map<std::string, std::string> variables{{"HOME", (root.path() / "home").string()}};
  PlacesGiven given;
  std::filesystem::path own = root.path() / "home/.local/share/doodled";

  Machine() {
    given.variable = [this](const char* name) -> std::optional<std::string> {
      const auto found = variables.find(name);
      return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
    given.packaged = {root.path() / "etc/doodled.toml", root.path() / "var"};
  }
  void install() { write(given.packaged.config); }
  static void write(const std::filesystem::path& file) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << "\n";
  }
};

}  // namespace

TEST_CASE("without a package everything is the user's own") {
  Machine machine;
  auto found = find_places(machine.given);
  CHECK_FALSE(found.config);
  CHECK(found.data_dir == machine.own);
  machine.variables["XDG_DATA_HOME"] = "/elsewhere";
  CHECK(find_places(machine.given).data_dir == "/elsewhere/doodled");
}

TEST_CASE("on a packaged box the package's settings and data are found") {
  Machine machine;
  machine.install();
  const auto found = find_places(machine.given);
  CHECK(found.config == machine.given.packaged.config);
  CHECK(found.data_dir == machine.given.packaged.data_dir);
}

TEST_CASE("a store of the user's own, and whoever begins one, comes before the package") {
  Machine machine;
  machine.install();
  machine.given.own = true;
  CHECK_FALSE(find_places(machine.given).config);
  machine.given.own = false;
  Machine::write(machine.own / "doodled.sqlite3");
  CHECK_FALSE(find_places(machine.given).config);
  CHECK(find_places(machine.given).data_dir == machine.own);
}

TEST_CASE("what is said comes before what is found") {
  Machine machine;
  machine.install();
  machine.given.data_dir = true;
  CHECK_FALSE(find_places(machine.given).config);
  machine.variables["DOODLED_CONFIG"] = "/of/the/environment.toml";
  CHECK(find_places(machine.given).config == "/of/the/environment.toml");
  machine.given.config = "/said.toml";
  const auto found = find_places(machine.given);
  CHECK(found.config == "/said.toml");
  CHECK(found.data_dir == machine.own);
}

TEST_CASE("to name the package's settings is to mean its data") {
  Machine machine;
  machine.install();
  machine.given.config = machine.root.path() / "etc/../etc/doodled.toml";
  CHECK(find_places(machine.given).data_dir == machine.given.packaged.data_dir);
}

TEST_CASE("systemd says where its service keeps its data") {
  Machine machine;
  machine.install();
  machine.given.config = machine.given.packaged.config;
  machine.given.own = true;
  machine.variables["STATE_DIRECTORY"] = "/var/lib/private/doodled";
  const auto found = find_places(machine.given);
  CHECK(found.config == machine.given.packaged.config);
  CHECK(found.data_dir == "/var/lib/private/doodled");
}

TEST_CASE("a directory that is the user's, or not there, is not refused") {
  Machine machine;
  CHECK_FALSE(refused_place(machine.own));
  std::filesystem::create_directories(machine.own);
  CHECK_FALSE(refused_place(machine.own));
}

TEST_CASE("a directory of another user is refused with what to do" * doctest::skip(::geteuid() == 0)) {
  Machine machine;
  std::filesystem::create_directories(machine.own / "within");
  ::chmod(machine.own.c_str(), 0);
  for (const auto& place : {machine.own, machine.own / "within"}) {
    const auto refused = refused_place(place);
    REQUIRE(refused);
    CHECK(refused->code == "not_allowed");
    CHECK(refused->message.find("sudo") != std::string::npos);
  }
  ::chmod(machine.own.c_str(), 0700);
}

TEST_CASE("what root makes for the daemon belongs to the daemon's user" * doctest::skip(::geteuid() != 0)) {
  Machine machine;
  Machine::write(machine.own / "backups/one.zip");
  REQUIRE(::chown(machine.own.c_str(), 4711, 4712) == 0);
  give_to_owner(machine.own / "backups", machine.own);
  struct stat now {};
  for (const auto* place : {"backups", "backups/one.zip"}) {
    REQUIRE(::stat((machine.own / place).c_str(), &now) == 0);
    CHECK(now.st_uid == 4711);
    CHECK(now.st_gid == 4712);
  }
}
