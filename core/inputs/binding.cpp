#include "core/inputs/binding.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "core/actions/action.hpp"
#include "core/base/clock.hpp"
#include "core/base/ids.hpp"
#include "core/base/log.hpp"
#include "core/store/durable_files.hpp"

namespace doodled {
namespace {

constexpr std::array<std::string_view, 2> takeovers{"pickup", "jump"};
constexpr std::array<std::string_view, 3> modes{"absolute", "relative", "relative_64"};

Error invalid(std::string pointer, std::string message) {
  return {"invalid_binding", "the binding cannot be used", {{std::move(pointer), std::move(message)}}};
}

template <std::size_t Count>
std::optional<std::size_t> index_in(const std::array<std::string_view, Count>& words, const Json& value) {
  if (!value.is_string()) return std::nullopt;
  const auto found = std::ranges::find(words, value.get<std::string>());
  if (found == words.end()) return std::nullopt;
  return static_cast<std::size_t>(found - words.begin());
}

bool whole_in(const Json& value, int smallest, int largest) {
  return value.is_number_integer() && value >= smallest && value <= largest;
}

bool number_in(const Json& value) { return value.is_number() && value >= -1000.0 && value <= 1000.0; }

// What is wrong with the value, or empty.
std::string set_field(Binding& binding, const std::string& key, const Json& value) {
  if (key == "id" || key == "input" || key == "action" || key == "text" || key == "address") {
    if (!value.is_string() || value.get<std::string>().size() > 256) return "is not a text";
    auto& slot = key == "id"       ? binding.id
                 : key == "input"  ? binding.input
                 : key == "action" ? binding.action
                 : key == "text"   ? binding.text
                                   : binding.control.address;
    slot = value.get<std::string>();
    return {};
  }
  if (key == "message") {
    const auto kind = value.is_string() ? control_kind_from(value.get<std::string>()) : std::nullopt;
    if (!kind) return "is none of cc, note, program, bend, pressure, osc";
    binding.control.kind = *kind;
    return {};
  }
  if (key == "channel" || key == "number" || key == "track") {
    const int largest = key == "channel" ? 16 : 127;
    if (!whole_in(value, 0, largest)) return "is not a whole number from 0 to " + std::to_string(largest);
    if (key == "track")
      binding.track = value.get<int>();
    else
      (key == "channel" ? binding.control.channel : binding.control.number) = value.get<int>();
    return {};
  }
  if (key == "takeover") {
    const auto index = index_in(takeovers, value);
    if (!index) return "is neither pickup nor jump";
    binding.takeover = static_cast<Takeover>(*index);
    return {};
  }
  if (key == "mode") {
    const auto index = index_in(modes, value);
    if (!index) return "is none of absolute, relative, relative_64";
    binding.mode = static_cast<ControlMode>(*index);
    return {};
  }
  if (key != "from" && key != "to") return "is no field of a binding";
  if (!number_in(value)) return "is not a number from -1000 to 1000";
  (key == "from" ? binding.from : binding.to) = value.get<double>();
  return {};
}

std::optional<Error> check_whole(const Binding& binding) {
  const ActionInfo* action = find_action(binding.action);
  if (action == nullptr) return invalid("/action", "is no action; GET /api/v1/actions lists them");
  if (binding.control.kind == ControlKind::osc && !binding.control.address.starts_with('/'))
    return invalid("/address", "is no OSC address");
  // The value comes from the control; what is left must suit the action.
  ActionCall call{.value = {}, .text = binding.text, .track = binding.track};
  if (action->value == ActionValue::unit || action->value == ActionValue::step) call.value = 0;
  if (action->value == ActionValue::tempo) call.value = 120;
  if (action->value == ActionValue::number) call.value = 0;
  if (const auto checked = check_call(binding.action, call); !checked)
    return invalid(checked.error().problems.front().pointer, checked.error().problems.front().message);
  return std::nullopt;
}

bool hears(const Binding& binding, const std::string& input, const ControlAddress& control) {
  const auto& own = binding.control;
  if (own.kind != control.kind || (binding.input != "*" && binding.input != input)) return false;
  if (own.kind == ControlKind::osc) return own.address == control.address;
  return (own.channel == 0 || own.channel == control.channel) && own.number == control.number;
}

constexpr std::string_view damaged_suffix = ".damaged-";

// 2026-01-31T12:00:00.000Z as 20260131-120000
std::string stamp_of(std::int64_t wall_ms) {
  const auto text = to_rfc3339(wall_ms);
  return text.substr(0, 4) + text.substr(5, 2) + text.substr(8, 2) + "-" + text.substr(11, 2) +
         text.substr(14, 2) + text.substr(17, 2);
}

// What was put aside before is never written over.
std::filesystem::path unused_name(const std::string& wanted) {
  std::filesystem::path name = wanted;
  for (int number = 2; std::filesystem::exists(name); ++number) name = wanted + "-" + std::to_string(number);
  return name;
}

}  // namespace

Json to_json(const Binding& binding) {
  Json json{{"id", binding.id},
            {"input", binding.input},
            {"message", to_string(binding.control.kind)},
            {"action", binding.action},
            {"takeover", takeovers[static_cast<std::size_t>(binding.takeover)]},
            {"mode", modes[static_cast<std::size_t>(binding.mode)]},
            {"from", binding.from},
            {"to", binding.to}};
  if (binding.control.kind == ControlKind::osc) {
    json["address"] = binding.control.address;
  } else {
    json["channel"] = binding.control.channel;
    json["number"] = binding.control.number;
  }
  if (!binding.text.empty()) json["text"] = binding.text;
  if (binding.track) json["track"] = *binding.track;
  return json;
}

Result<Binding> binding_from_json(const Json& json) {
  if (!json.is_object()) return invalid("", "is not an object");
  Binding binding;
  for (const auto& [key, value] : json.items())
    if (auto complaint = set_field(binding, key, value); !complaint.empty())
      return invalid("/" + key, std::move(complaint));
  if (auto error = check_whole(binding)) return *error;
  return binding;
}

Result<Bindings> Bindings::load(std::filesystem::path file) {
  Bindings bindings(std::move(file));
  std::ifstream stream(bindings.file_, std::ios::binary);
  if (!stream) return bindings;
  const auto json = parse_json(std::string(std::istreambuf_iterator<char>(stream), {}));
  if (!json) return json.error();
  if (!json->is_array()) return invalid("", bindings.file_.string() + " is not a list of bindings");
  for (const auto& one : *json) {
    auto binding = binding_from_json(one);
    if (!binding) return binding.error();
    bindings.bindings_.push_back(std::move(*binding));
  }
  return bindings;
}

Bindings Bindings::load_or_put_aside(const std::filesystem::path& file, std::int64_t wall_ms) {
  auto loaded = load(file);
  if (loaded) return std::move(*loaded);
  const auto aside = unused_name(file.string() + std::string(damaged_suffix) + stamp_of(wall_ms));
  std::error_code failed;
  std::filesystem::rename(file, aside, failed);
  const auto& error = loaded.error();
  log::warning("input", "bindings.json can't be used: there are no bindings until it is repaired",
               {{"reason", error.problems.empty() ? error.message : error.problems.front().message},
                {"file", failed ? file.string() : aside.string()}});
  return Bindings(file);
}

std::vector<std::string> damaged_bindings(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
    if (auto name = entry.path().filename().string();
        name.starts_with("bindings.json" + std::string(damaged_suffix)))
      names.push_back(std::move(name));
  std::ranges::sort(names);
  return names;
}

std::vector<const Binding*> Bindings::of(const std::string& input, const ControlAddress& control) const {
  std::vector<const Binding*> found;
  for (const auto& binding : bindings_)
    if (hears(binding, input, control)) found.push_back(&binding);
  return found;
}

const Binding& Bindings::add(Binding binding) {
  std::erase_if(bindings_, [&](const Binding& other) {
    return other.id == binding.id || (other.input == binding.input && other.control == binding.control &&
                                      other.action == binding.action && other.text == binding.text);
  });
  if (binding.id.empty()) binding.id = fresh_id();
  bindings_.push_back(std::move(binding));
  save();
  return bindings_.back();
}

bool Bindings::remove(const std::string& id) {
  if (std::erase_if(bindings_, [&](const Binding& binding) { return binding.id == id; }) == 0) return false;
  save();
  return true;
}

std::string Bindings::fresh_id() const {
  for (int number = 1;; ++number) {
    const std::string id = "b" + std::to_string(number);
    if (std::ranges::find(bindings_, id, &Binding::id) == bindings_.end()) return id;
  }
}

void Bindings::save() const {
  Json json = Json::array();
  for (const auto& binding : bindings_) json.push_back(to_json(binding));
  const std::string text = to_text(json, 2) + "\n";
  auto next = file_;
  next += ".next";
  store::write_synced(next, as_bytes(text));
  store::move_durably(next, file_);
}

}  // namespace doodled
