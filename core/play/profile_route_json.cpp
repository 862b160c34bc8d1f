#include "core/play/profile_route_json.hpp"

#include <cmath>

#include <nlohmann/json.hpp>

namespace doodled::profile_json {
namespace {

// Where a value in the parameter's unit lies on its 0..1, also beyond the ends. As to_unit(), without
// clamping.
double position(Parameter parameter, double value) {
  const auto& about = info(parameter);
  if (about.law == Law::linear) return (value - about.minimum) / (about.maximum - about.minimum);
  return std::log(value / about.minimum) / std::log(about.maximum / about.minimum);
}

const Json& pair(const Json& value, const std::string& pointer) {
  if (!value.is_array() || value.size() != 2) throw ErrorException(wrong(pointer, "must be a list of two"));
  return value;
}

double number(const Json& value, const std::string& pointer) {
  if (!value.is_number()) throw ErrorException(wrong(pointer, "must be a number"));
  return value.get<double>();
}

Checksum read_checksum(const Json& value, const std::string& pointer) {
  for (const auto one : {Checksum::none, Checksum::roland, Checksum::sum, Checksum::exclusive_or})
    if (value == to_string(one)) return one;
  throw ErrorException(wrong(pointer, "must be none, roland, sum or xor"));
}

void read_curve(const Json& value, ParameterRoute& route, const std::string& pointer) {
  if (!value.is_array() || value.size() < 2) throw ErrorException(wrong(pointer, "must be a list of points"));
  for (std::size_t i = 0; i < value.size(); ++i) {
    const auto here = pointer + "/" + std::to_string(i);
    const double x = number(pair(value[i], here)[0], here + "/0"), y = number(value[i][1], here + "/1");
    const bool ascends = route.curve.empty() || x > route.curve.back().first;
    if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1 && ascends))
      throw ErrorException(wrong(here, "must be 0 to 1 both, the first number ascending"));
    route.curve.emplace_back(x, y);
  }
}

void read_from(const Json& value, ParameterRoute& route, Parameter parameter, const std::string& pointer) {
  const double lowest = number(pair(value, pointer)[0], pointer + "/0");
  const double highest = number(value[1], pointer + "/1");
  route.ends = {lowest, highest};
  route.from = position(parameter, lowest);
  route.to = position(parameter, highest);
  if (!std::isfinite(route.from) || !std::isfinite(route.to) || route.from == route.to)
    throw ErrorException(wrong(pointer, "must be two values of the parameter's unit, not the same"));
}

// high * 128 + low
int parameter_number(const Json& value, const std::string& pointer) {
  return 128 * integer(pair(value, pointer)[0], pointer + "/0", 0, 127) +
         integer(value[1], pointer + "/1", 0, 127);
}

void carry(ParameterRoute& route, Carrier carrier, const std::string& pointer) {
  if (route.carrier != Carrier::none)
    throw ErrorException(
        wrong(pointer, "names more than one of controller, pitch_bend, rpn, nrpn, sysex and osc"));
  route.carrier = carrier;
}

// What carries it. False: `key` is none of these.
bool read_carrier(const std::string& key, const Json& value, ParameterRoute& route,
                  const std::string& pointer) {
  const auto here = pointer + "/" + key;
  if (key == "controller") {
    carry(route, Carrier::controller, pointer);
    route.number = integer(value, here, 0, 119);
  } else if (key == "rpn" || key == "nrpn") {
    carry(route, key == "rpn" ? Carrier::rpn : Carrier::nrpn, pointer);
    route.number = parameter_number(value, here);
  } else if (key == "pitch_bend" && value == true) {
    carry(route, Carrier::pitch_bend, pointer);
  } else if (key == "osc") {
    carry(route, Carrier::osc, pointer);
    route.osc = text(value, here);
    if (route.osc.front() != '/' || route.osc.size() > 200)
      throw ErrorException(wrong(here, "must be an address that begins with /, 200 characters at most"));
  } else if (key == "sysex") {
    carry(route, Carrier::sysex, pointer);
  } else {
    return false;
  }
  return true;
}

void read_sysex(const Json& value, ParameterRoute& route, const std::string& pointer) {
  const auto checksum =
      value.contains("checksum") ? read_checksum(value["checksum"], pointer + "/checksum") : Checksum::none;
  auto parsed = SysexTemplate::parse(text(value["sysex"], pointer + "/sysex"), checksum);
  if (!parsed) throw ErrorException(wrong(pointer + "/sysex", parsed.error().message));
  route.sysex = std::move(*parsed);
}

int most_of(const ParameterRoute& route) {
  if (route.carrier == Carrier::sysex) return route.sysex->most();
  return route.fine || route.carrier == Carrier::pitch_bend ? 16383 : 127;
}

void read_range(const Json& value, ParameterRoute& route, const std::string& pointer) {
  pair(value, pointer);
  if (route.carrier == Carrier::osc) {
    route.osc_lowest = number(value[0], pointer + "/0");
    route.osc_highest = number(value[1], pointer + "/1");
    return;
  }
  route.lowest = integer(value[0], pointer + "/0", 0, most_of(route));
  route.highest = integer(value[1], pointer + "/1", 0, most_of(route));
}

void check(const ParameterRoute& route, const std::string& pointer) {
  if (route.carrier == Carrier::none)
    throw ErrorException(wrong(pointer, "needs a controller, pitch_bend, rpn, nrpn, sysex or osc"));
  if (route.carrier == Carrier::controller && route.fine && route.number > 31)
    throw ErrorException(wrong(pointer, "needs a controller, 0 to 31 where it is fine"));
}

ParameterRoute read_object(const Json& value, Parameter parameter, const std::string& pointer) {
  ParameterRoute route;
  for (const auto& [key, member] : value.items()) {
    const auto here = pointer + "/" + key;
    if (read_carrier(key, member, route, pointer)) continue;
    if (key == "fine" && member.is_boolean())
      route.fine = member.get<bool>();
    else if (key == "from")
      read_from(member, route, parameter, here);
    else if (key == "curve")
      read_curve(member, route, here);
    else if (key == "source")
      route.source = text(member, here);
    else if (key != "range" && key != "checksum")
      unknown(here);
  }
  check(route, pointer);
  if (route.carrier == Carrier::sysex) read_sysex(value, route, pointer);
  route.highest = most_of(route);
  if (value.contains("range")) read_range(value["range"], route, pointer + "/range");
  return route;
}

void carrier_to_json(const ParameterRoute& route, Json& json) {
  switch (route.carrier) {
    case Carrier::none:
      return;
    case Carrier::controller:
      json["controller"] = route.number;
      return;
    case Carrier::pitch_bend:
      json["pitch_bend"] = true;
      return;
    case Carrier::rpn:
    case Carrier::nrpn:
      json[route.carrier == Carrier::rpn ? "rpn" : "nrpn"] = {route.number / 128, route.number % 128};
      return;
    case Carrier::sysex:
      json["sysex"] = route.sysex->text();
      json["checksum"] = to_string(route.sysex->checksum());
      return;
    case Carrier::osc:
      json["osc"] = route.osc;
      return;
  }
}

void range_to_json(const ParameterRoute& route, Json& json) {
  if (route.carrier == Carrier::osc)
    json["range"] = {route.osc_lowest, route.osc_highest};
  else if (route.lowest != 0 || route.highest != most_of(route))
    json["range"] = {route.lowest, route.highest};
}

}  // namespace

Error wrong(const std::string& pointer, const std::string& message) {
  return {"invalid_profile", "profile: " + pointer + " " + message, {{pointer, message}}};
}

void unknown(const std::string& pointer) {
  throw ErrorException(wrong(pointer, "is not a member of a profile"));
}

int integer(const Json& value, const std::string& pointer, int lowest, int highest) {
  const bool fits = value.is_number_integer() && value >= lowest && value <= highest;
  if (!fits)
    throw ErrorException(wrong(
        pointer, "must be a whole number from " + std::to_string(lowest) + " to " + std::to_string(highest)));
  return value.get<int>();
}

std::string text(const Json& value, const std::string& pointer) {
  if (!value.is_string() || value.get_ref<const std::string&>().empty())
    throw ErrorException(wrong(pointer, "must be a text"));
  return value.get<std::string>();
}

const Json& object(const Json& value, const std::string& pointer) {
  if (!value.is_object()) throw ErrorException(wrong(pointer, "must be an object"));
  return value;
}

ParameterRoute read_route(const Json& value, Parameter parameter, const std::string& pointer) {
  if (value == "pitch_bend") return {.carrier = Carrier::pitch_bend, .highest = 16383};
  if (value.is_object()) return read_object(value, parameter, pointer);
  return {.carrier = Carrier::controller, .number = integer(value, pointer, 0, 119)};
}

Json route_to_json(const ParameterRoute& route) {
  Json json = Json::object();
  carrier_to_json(route, json);
  if (route.fine) json["fine"] = true;
  if (route.ends) json["from"] = {route.ends->first, route.ends->second};
  if (!route.curve.empty()) json["curve"] = route.curve;
  range_to_json(route, json);
  if (!route.source.empty()) json["source"] = route.source;
  if (json.size() == 1 && route.carrier == Carrier::controller) return route.number;
  if (json.size() == 1 && route.carrier == Carrier::pitch_bend) return "pitch_bend";
  return json;
}

}  // namespace doodled::profile_json
