#include <atomic>

#include <doctest/doctest.h>

#include "core/play/driver_host.hpp"
#include "drivers/max/device/companion.hpp"
#include "drivers/registry.hpp"
#include "tests/conformance/exercise_driver.hpp"

using namespace doodled;

namespace {

Result<std::unique_ptr<Driver>> make(const std::string& keys) {
  DeviceSettings settings;
  settings.id = "max";
  settings.json = keys;
  for (const auto* plugin : all_drivers())
    if (plugin->name == "max") return plugin->create(settings, generic_profile());
  return Error{"none", "none", {}};
}

}  // namespace

TEST_CASE("the max driver keeps the contract, also where its port for answers is taken") {
  exercise_driver([] { return std::move(*make(R"({"port": 9, "reply_port": 39002})")); });
  auto first = std::move(*make(R"({"port": 9, "reply_port": 39003})"));
  first->open();
  CHECK(first->describe() == "udp 127.0.0.1:9, no companion yet at port 39003");
  auto second = std::move(*make(R"({"port": 9, "reply_port": 39003})"));
  second->open();
  CHECK(second->describe().find("39003: Address already in use") != std::string::npos);
  second->send(as_bytes("x"));
}

TEST_CASE("its keys are checked by name") {
  CHECK(make(R"({"reply_port": 0})").error().problems.at(0).pointer.ends_with("reply_port"));
  CHECK(make(R"({"host": ""})").error().problems.at(0).pointer.ends_with("host"));
  CHECK(make(R"({"nonsense": 1})").error().problems.at(0).pointer.ends_with("nonsense"));
}

TEST_CASE(
    "the device that people install is in the program: an .amxd of a MIDI effect, its script, its patch") {
  REQUIRE(companion_files().size() == 4);
  CHECK(companion_files()[0].name == "doodled.amxd");
  CHECK(companion_files()[0].bytes.substr(0, 16) == std::string_view("ampf\4\0\0\0mmmmmeta", 16));
  for (const auto& file : companion_files()) {
    CHECK(file.bytes.size() > 10'000);
    CHECK_FALSE(purpose_of(file).empty());
  }
}
