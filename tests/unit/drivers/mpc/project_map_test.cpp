#include "drivers/mpc/project_map.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "drivers/mpc/gzip.hpp"
#include "drivers/mpc/json_place.hpp"

using namespace doodled;
using namespace doodled::mpc;

namespace {

constexpr auto* header = "ACVS\n3.7.0.56\nSerialisableProjectData\njson\nLinux\n";

// A project with the given bindings. Numbers and order of members as no JSON library would write them.
std::string project(const std::string& controls, const std::string& head = header) {
  return gzip(head +
              "{\n  \"version\": 30,\n  \"data\": {\"length\": 9223372036854775807, \"z\": 0.50393,\n   "
              "\"midiLearnSettings\": {\"controls\": [" +
              controls + "] },\n   \"a\": [1,  2]}\n}\n");
}

const std::string two =
    R"({"target": {"track": "Track 01", "parameter": "Filter Cutoff"}, "midi": {"channel": 1, "controllerNumber": 16}, "type": 4},)"
    "\n"
    R"({"midi": {"channel": 1, "controllerNumber":  17 }, "target": {"track": "Track 01", "parameter": "Wobble"}, "type": 4})";

std::string text_of(const std::string& project) { return *gunzip(project, 1 << 20); }

}  // namespace

TEST_CASE("the bindings of a project are read in its own form") {
  const auto learned = read_learned(project(two));

  REQUIRE(learned.has_value());
  CHECK(learned->build == "3.7.0.56");
  CHECK(learned->controller_key == "/midi/controllerNumber");
  REQUIRE(learned->controls.size() == 2);
  CHECK(learned->controls[1].controller == 17);
  CHECK(learned->controls[0].target == "Filter Cutoff, Track 01");
}

TEST_CASE("only the numbers of controllers are changed") {
  const auto before = project(two);
  const auto after = with_controllers(before, {{0, 74}, {1, 5}});

  REQUIRE(after.has_value());
  auto expected = text_of(before);
  expected.replace(expected.find("16"), 2, "74");
  expected.replace(expected.find("17"), 2, "5");
  CHECK(text_of(*after) == expected);
  CHECK(read_learned(*after)->controls[0].controller == 74);
  CHECK(text_of(*with_controllers(before, {})) == text_of(before));
}

TEST_CASE("targets that name a parameter are suggested the profile's controller") {
  const auto bindings = suggested(*read_learned(project(two)), generic_profile());

  REQUIRE(bindings.size() == 1);
  CHECK(bindings[0].index == 0);
  CHECK(bindings[0].controller == 74);
}

TEST_CASE("a form that leaves a doubt is refused, unless the member is named") {
  const auto doubtful = project(R"({"cc": 3, "data1": 4, "name": "x"})");
  const auto refused = read_learned(doubtful);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == "unknown_mapping");
  CHECK(refused.error().problems.size() == 2);
  CHECK(refused.error().problems[0] == Problem{"/cc", "is 3 in the first binding"});

  CHECK(read_learned(doubtful, "data1")->controls[0].controller == 4);
  CHECK(read_learned(project(R"({"number": 3})")).error().code == "unknown_mapping");
  CHECK(read_learned(project(R"({"cc": 3}, {"cc": "4"})")).error().code == "unknown_mapping");
  CHECK(read_learned(project(R"({"cc": 3}, 5)")).error().code == "unknown_mapping");
}

TEST_CASE("what is no project of MPC 3 is refused with the reason") {
  const auto code = [](const std::string& bytes) { return read_learned(bytes).error().code; };

  CHECK(code("") == "not_a_project");
  CHECK(code("<?xml version=\"1.0\"?><Project/>") == "old_project");
  CHECK(code("\x1f\x8b nonsense") == "not_gzip");
  CHECK(code(project(two).substr(0, 60)) == "not_gzip");
  CHECK(code(gzip("ACVS\n3\n")) == "not_a_project");
  CHECK(code(project(two, "ACVS\n3\nSerialisableTrackData\njson\nLinux\n")) == "not_a_project");
  CHECK(code(gzip(std::string(header) + "{")) == "not_a_project");
  CHECK(code(project("")) == "no_bindings");
  CHECK(code(gzip(std::string(header) + "{}")) == "no_bindings");
}

TEST_CASE("bindings that are not there are refused, and nothing is changed") {
  const auto pointer = [](std::vector<Rebinding> bindings) {
    return with_controllers(project(two), bindings).error().problems.at(0).pointer;
  };
  CHECK(pointer({{2, 1}}) == "/bindings/0");
  CHECK(pointer({{0, 1}, {0, 2}}) == "/bindings/1");
  CHECK(pointer({{0, 120}}) == "/bindings/0");
}

TEST_CASE("a value's place in a JSON text is found whatever stands around it") {
  const std::string json = R"( {"a\"b": [1, {"x": "}]"}, -2.5e3 ], "c" :{ "d": null}} )";
  const auto at = [&](const char* pointer) {
    const auto place = json_place(json, pointer);
    return place ? json.substr(place->begin, place->length) : "nowhere";
  };
  CHECK(at("/c/d") == "null");
  CHECK(at("/c") == "{ \"d\": null}");
  CHECK(at("/a\\\"b/1/x") == "\"}]\"");
  CHECK(at("/a\\\"b/2") == "-2.5e3");
  CHECK(at("/c/e") == "nowhere");
  CHECK(at("/a\\\"b/3") == "nowhere");
}

TEST_CASE("gzip data is read whole or not at all, and not beyond its limit") {
  const std::string text(100'000, 'a');
  CHECK(*gunzip(gzip(text), text.size()) == text);
  CHECK(gzip(text) == gzip(text));
  CHECK(gunzip(gzip(text), text.size() - 1).error().code == "too_large");
  CHECK(gunzip("", 10).error().code == "not_gzip");
  CHECK(*gunzip(gzip(""), 10) == "");
}
