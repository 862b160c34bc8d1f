#include "core/play/parameter_route.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/play/midi_bytes.hpp"
#include "core/play/profile_route_json.hpp"

using namespace doodled;

namespace {

ParameterRoute route(const char* text, Parameter parameter = Parameter::cutoff) {
  return profile_json::read_route(*parse_json(text), parameter, "");
}

// What a route sends for values of one parameter on channel 2, one message after the other.
std::string sent(const ParameterRoute& route, const std::vector<double>& values) {
  midi::Controllers controllers;
  std::string all;
  for (const double value : values)
    controllers.set(route, Parameter::cutoff, 1, value,
                    [&](Bytes message) { all += (all.empty() ? "" : " ") + to_hex(message); });
  return all;
}

}  // namespace

TEST_CASE("a cutoff of 1200 Hz is 76 on controller 74") {
  const double unit = to_unit(Parameter::cutoff, 1200);

  CHECK(wire_number(route("74"), unit) == 76);
  CHECK(sent(route("74"), {unit}) == "b14a4c");
  CHECK(wire_number(route("74"), to_unit(Parameter::cutoff, 20)) == 0);
  CHECK(wire_number(route("74"), to_unit(Parameter::cutoff, 20000)) == 127);
}

TEST_CASE("a device's own range and curve are kept") {
  CHECK(wire_number(route(R"({"controller":1,"range":[10,20]})"), 0) == 10);
  CHECK(wire_number(route(R"({"controller":1,"range":[10,20]})"), 1) == 20);
  CHECK(wire_number(route(R"({"controller":1,"range":[127,0]})"), 0.25) == 95);
  CHECK(wire_number(route(R"({"controller":1,"curve":[[0,0],[0.5,0.25],[1,1]]})"), 0.5) == 32);
  CHECK(wire_number(route(R"({"controller":1,"curve":[[0,0],[0.5,0.25],[1,1]]})"), 0.75) == 80);

  INFO("a filter from 40 Hz to 10 kHz: 20 Hz is its lowest, 632 Hz its middle");
  const auto narrow = route(R"({"controller":1,"from":[40,10000]})");
  CHECK(wire_number(narrow, to_unit(Parameter::cutoff, 20)) == 0);
  CHECK(wire_number(narrow, to_unit(Parameter::cutoff, 632.46)) == 64);
  CHECK(wire_number(narrow, to_unit(Parameter::cutoff, 10000)) == 127);
  INFO("one from 5 Hz: 20 Hz is not its lowest");
  CHECK(wire_number(route(R"({"controller":1,"from":[5,20000]})"), 0) == 21);
  CHECK(osc_value(route(R"({"osc":"/f","range":[-1,1]})"), 0.25) == doctest::Approx(-0.5));
}

TEST_CASE("each carrier sends its documented bytes") {
  CHECK(sent(route(R"({"controller":19,"fine":true})"), {0.5}) == "b11340 b13300");
  CHECK(sent(route(R"("pitch_bend")"), {0.5, 1}) == "e10040 e17f7f");
  CHECK(sent(route(R"({"nrpn":[1,32]})"), {0.5}) == "b16301 b16220 b10640 b1657f b1647f");
  CHECK(sent(route(R"({"nrpn":[3,112],"fine":true})"), {1}) == "b16303 b16270 b1067f b1267f b1657f b1647f");
  CHECK(sent(route(R"({"nrpn":[0,15],"fine":true,"range":[0,164]})"), {1}) ==
        "b16300 b1620f b10601 b12624 b1657f b1647f");
  CHECK(sent(route(R"({"rpn":[0,1],"fine":true})"), {0.5}) == "b16500 b16401 b10640 b12600 b1657f b1647f");
}

TEST_CASE("SysEx templates are filled and summed up as their makers say") {
  INFO("Roland: GS reset and a reverb level of 64 as in the SC-88's manual");
  CHECK(sent(route(R"({"sysex":"F0 41 10 42 12 ( 40 01 33 {value} ) {checksum} F7","checksum":"roland"})"),
             {0.5}) == "f041104212400133404cf7");
  CHECK(sent(route(R"({"sysex":"F0 00 ( 01 {value} ) {checksum} F7","checksum":"sum"})"), {1}) ==
        "f000017f00f7");
  CHECK(sent(route(R"({"sysex":"F0 00 ( 01 {value} ) {checksum} F7","checksum":"xor"})"), {1}) ==
        "f000017f7ef7");
  INFO("Yamaha: a parameter change of the DX7 on channel 2, LFO speed 99");
  CHECK(sent(route(R"({"sysex":"F0 43 1{channel} 01 09 {value} F7","range":[0,99]})"), {1}) ==
        "f04311010963f7");
}

TEST_CASE("SysEx places take a value whole, in 7 bits twice or in halves of a byte") {
  CHECK(sent(route(R"({"sysex":"F0 43 {channel} {msb} {lsb} F7"})"), {0.5}) == "f043014000f7");
  CHECK(sent(route(R"({"sysex":"F0 43 {high} {low} F7"})"), {1}) == "f0430f0ff7");
  CHECK(sent(route(R"({"sysex":"F0 43 {value} F7","range":[0,99]})"), {1}) == "f04363f7");
}

TEST_CASE("values that are the same for the device are not sent again") {
  CHECK(sent(route("74"), {0.5, 0.5, 0.5001, 0.6}) == "b14a40 b14a4d");
  CHECK(sent(route(R"({"nrpn":[1,32]})"), {0.5, 0.501}) == "b16301 b16220 b10640 b1657f b1647f");
  CHECK(sent(route(R"({"sysex":"F0 7D {value} F7"})"), {0, 0}) == "f07d00f7");
  CHECK(sent(route("74"), {0.5}) != "");
}

TEST_CASE("templates that cannot be are refused with the reason") {
  const auto reason = [](const char* text, Checksum checksum = Checksum::none) {
    return SysexTemplate::parse(text, checksum).error().message;
  };

  CHECK(reason("F0 80 {value} F7").find("above 7F") != std::string::npos);
  CHECK(reason("F0 {value} {value} F7").find("once") != std::string::npos);
  CHECK(reason("F0 7 {value} F7").find("\"7\"") != std::string::npos);
  CHECK(reason("{value} F7").find("fewer") != std::string::npos);
  CHECK(reason("F0 {value} {checksum} F7").find("{checksum}") != std::string::npos);
  CHECK(reason("F0 {value} {checksum} F7", Checksum::roland).find("( and )") != std::string::npos);
  CHECK(reason("F0 {msb} 00 F7").find("{msb}") != std::string::npos);
}
