#include "drivers/mpc/project_map.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

#include "core/play/midi_guide.hpp"
#include "drivers/mpc/gzip.hpp"
#include "drivers/mpc/json_place.hpp"

namespace doodled::mpc {
namespace {

constexpr std::string_view bindings_place = "/data/midiLearnSettings/controls";
constexpr int deepest_member = 4;

Error refused(std::string code, std::string message) { return {std::move(code), std::move(message), {}}; }

struct Project {
  std::string header;  // five lines
  std::string json;
  std::string build;
  Json document;
};

Result<std::array<std::string, 5>> header_lines(std::string_view text) {
  std::array<std::string, 5> lines;
  for (auto& line : lines) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos || end > 200)
      return refused("not_a_project", "it does not begin with the five lines of an MPC 3 file");
    line = text.substr(0, end);
    text.remove_prefix(end + 1);
  }
  if (lines[0] != "ACVS" || lines[2] != "SerialisableProjectData" || lines[3] != "json")
    return refused("not_a_project", "it is no MPC 3 project (ACVS, SerialisableProjectData, json), but " +
                                        lines[0] + ", " + lines[2] + ", " + lines[3]);
  return lines;
}

Result<Project> unpacked(std::string_view file) {
  if (file.size() > largest_project) return refused("too_large", "the project is longer than 64 MiB");
  if (file.starts_with("<?xml"))
    return refused("old_project",
                   "a project of MPC 2 keeps its MIDI Learn map in a binary .mcn file; save it with MPC 3");
  if (!file.starts_with("\x1f\x8b"))
    return refused("not_a_project", "it is not gzip data, as an MPC 3 project is");
  auto text = gunzip(file, largest_document);
  if (!text) return text.error();
  const auto lines = header_lines(*text);
  if (!lines) return lines.error();
  std::size_t begin = 0;
  for (const auto& line : *lines) begin += line.size() + 1;
  Project project{text->substr(0, begin), text->substr(begin), (*lines)[1], {}};
  auto document = parse_json(project.json, 512);
  if (!document) return refused("not_a_project", "its JSON is broken: " + document.error().message);
  project.document = std::move(*document);
  return project;
}

using Members = std::map<std::string, const Json*>;  // by pointer within a binding

// Names that would have to be escaped in a pointer or in a text are none that we know.
bool is_plain(const std::string& name) { return name.find_first_of("/~\\\"") == std::string::npos; }

void collect(const Json& value, const std::string& pointer, int depth, Members& members) {
  if (!value.is_object() || depth == deepest_member) {
    members[pointer] = &value;
    return;
  }
  for (const auto& [key, member] : value.items())
    if (is_plain(key)) collect(member, pointer + "/" + key, depth + 1, members);
}

Members members_of(const Json& binding) {
  Members members;
  collect(binding, "", 0, members);
  return members;
}

bool is_number(const Json& value) { return value.is_number_integer() && value >= 0 && value <= 127; }

bool names_controller(const std::string& pointer) {
  std::string name;
  for (const char c : pointer.substr(pointer.rfind('/') + 1))
    name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  static const std::set<std::string> names{
      "controller", "controllernumber", "cc",    "ccnumber", "controlnumber",
      "midicc",     "controlchange",    "data1", "ccindex"};
  return names.count(name) > 0;
}

const Json& bindings_of(const Json& document) {
  static const Json none = Json::array();
  const Json::json_pointer place{std::string(bindings_place)};
  return document.contains(place) && document.at(place).is_array() ? document.at(place) : none;
}

// The members that all bindings have and that are numbers of 7 bits in each.
std::vector<std::string> numbers_in_all(const std::vector<Members>& bindings) {
  std::vector<std::string> numbers;
  for (const auto& [pointer, value] : bindings.front()) {
    const bool everywhere = std::ranges::all_of(bindings, [&, &name = pointer](const Members& members) {
      const auto found = members.find(name);
      return found != members.end() && is_number(*found->second);
    });
    if (everywhere) numbers.push_back(pointer);
  }
  return numbers;
}

Error unknown_mapping(const std::vector<std::string>& numbers, const Members& first) {
  Error error{
      "unknown_mapping",
      "it is not plain which member of a binding holds the controller's number; say which by its name",
      {}};
  for (const auto& pointer : numbers)
    error.problems.push_back(
        {pointer, "is " + doodled::to_text(*first.at(pointer)) + " in the first binding"});
  return error;
}

Result<std::string> controller_member(const std::vector<Members>& bindings, const std::string& wanted) {
  const auto numbers = numbers_in_all(bindings);
  std::vector<std::string> fitting;
  const auto name = wanted.empty() || wanted.front() == '/' ? wanted : "/" + wanted;
  for (const auto& pointer : numbers)
    if (wanted.empty() ? names_controller(pointer) : pointer == name || pointer.ends_with(name))
      fitting.push_back(pointer);
  if (fitting.size() != 1) return unknown_mapping(numbers, bindings.front());
  return Result<std::string>(boost::system::in_place_value, fitting.front());
}

std::string texts_of(const Members& members) {
  std::string all;
  for (const auto& [pointer, value] : members)
    if (value->is_string() && !value->get_ref<const std::string&>().empty())
      all += (all.empty() ? "" : ", ") + value->get<std::string>();
  return all;
}

Result<LearnedControls> learned_of(const Project& project, const std::string& controller_key) {
  const auto& list = bindings_of(project.document);
  if (list.empty())
    return refused("no_bindings",
                   "the project has no MIDI Learn binding to take the form from: learn one control on the "
                   "MPC, save, and "
                   "come again");
  std::vector<Members> bindings;
  for (const auto& binding : list) bindings.push_back(members_of(binding));
  const auto key = controller_member(bindings, controller_key);
  if (!key) return key.error();
  LearnedControls learned{project.build, *key, {}};
  for (std::size_t i = 0; i < bindings.size(); ++i)
    learned.controls.push_back({i, bindings[i].at(*key)->get<int>(), texts_of(bindings[i])});
  return learned;
}

std::optional<Error> check(const std::vector<Rebinding>& bindings, const LearnedControls& learned) {
  std::set<std::size_t> seen;
  for (std::size_t i = 0; i < bindings.size(); ++i) {
    const auto& [index, controller] = bindings[i];
    const bool fits =
        index < learned.controls.size() && controller >= 0 && controller < 120 && seen.insert(index).second;
    if (fits) continue;
    const std::string message =
        "names a binding that is not there, or twice, or a controller that is not 0 to 119";
    return Error{"invalid_binding",
                 "binding " + std::to_string(index) + " " + message,
                 {{"/bindings/" + std::to_string(i), message}}};
  }
  return std::nullopt;
}

std::string place_of(std::size_t index, const std::string& key) {
  return std::string(bindings_place) + "/" + std::to_string(index) + key;
}

Error written_otherwise() {
  return refused("unknown_mapping",
                 "the bindings are written in a way that is not known here; nothing was changed");
}

// From the back, so that places stay right.
Result<std::string> replaced(const Project& project, std::vector<Rebinding> bindings,
                             const std::string& key) {
  std::ranges::sort(bindings, std::greater<>(), &Rebinding::index);
  std::string json = project.json;
  for (const auto& [index, controller] : bindings) {
    const auto place = json_place(json, place_of(index, key));
    if (!place) return written_otherwise();
    json.replace(place->begin, place->length, std::to_string(controller));
  }
  return Result<std::string>(boost::system::in_place_value, std::move(json));
}

// That nothing but the numbers is other than before.
bool is_same_but_for(const std::vector<Rebinding>& bindings, const std::string& key, Json before,
                     const std::string& after) {
  for (const auto& [index, controller] : bindings)
    before[Json::json_pointer(place_of(index, key))] = controller;
  const auto parsed = parse_json(after, 512);
  return parsed && *parsed == before;
}

std::optional<Parameter> named_parameter(const std::string& target) {
  std::optional<Parameter> best;
  int best_rank = 1000;
  for (const auto& parameter : all_parameters())
    if (const auto rank = guide_rank(parameter.parameter, "", target); rank && *rank < best_rank) {
      best = parameter.parameter;
      best_rank = *rank;
    }
  return best;
}

}  // namespace

Result<LearnedControls> read_learned(std::string_view project, const std::string& controller_key) {
  const auto whole = unpacked(project);
  if (!whole) return whole.error();
  return learned_of(*whole, controller_key);
}

Result<std::string> with_controllers(std::string_view project, const std::vector<Rebinding>& bindings,
                                     const std::string& controller_key) {
  const auto whole = unpacked(project);
  if (!whole) return whole.error();
  const auto learned = learned_of(*whole, controller_key);
  if (!learned) return learned.error();
  if (auto error = check(bindings, *learned)) return *error;
  const auto json = replaced(*whole, bindings, learned->controller_key);
  if (!json) return json.error();
  if (!is_same_but_for(bindings, learned->controller_key, whole->document, *json)) return written_otherwise();
  return Result<std::string>(boost::system::in_place_value, gzip(whole->header + *json));
}

std::vector<Rebinding> suggested(const LearnedControls& learned, const DeviceProfile& profile) {
  std::vector<Rebinding> bindings;
  std::set<Parameter> taken;
  for (const auto& control : learned.controls) {
    // A target may be 'Track 1, TubeSynth, Filter Cutoff': each text is asked by itself.
    std::optional<Parameter> parameter;
    for (std::size_t begin = 0; begin < control.target.size() && !parameter;) {
      const auto end = std::min(control.target.find(", ", begin), control.target.size());
      parameter = named_parameter(control.target.substr(begin, end - begin));
      begin = end + 2;
    }
    if (!parameter || !taken.insert(*parameter).second) continue;
    const auto& route = profile.controllers[static_cast<std::size_t>(*parameter)];
    if (route.carrier == Carrier::controller) bindings.push_back({control.index, route.number});
  }
  return bindings;
}

}  // namespace doodled::mpc
