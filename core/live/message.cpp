#include "core/live/message.hpp"

#include <algorithm>
#include <initializer_list>

#include <nlohmann/json.hpp>

#include "core/compose/compose.hpp"

namespace doodled::live {
namespace {

constexpr std::size_t most_devices = 32, longest_title = 200, longest_id = 64;

[[noreturn]] void refuse(std::string pointer, std::string message) {
  throw ErrorException(
      {"invalid_message", "the message can't be used", {{std::move(pointer), std::move(message)}}});
}

// The members of one message. Every read names its field; what nobody asked for is refused at the end.
class Members {
 public:
  Members(const Json& json, std::initializer_list<std::string_view> known) : json_(json) {
    for (const auto& [name, value] : json.items())
      if (name != "type" && name != "seq" && std::ranges::find(known, name) == known.end())
        refuse("/" + name, "is no field of this message");
  }

  const Json* find(const char* name) const {
    const auto found = json_.find(name);
    return found == json_.end() ? nullptr : &*found;
  }
  const Json& at(const char* name) const {
    const Json* value = find(name);
    if (!value) refuse(std::string("/") + name, "is missing");
    return *value;
  }
  std::optional<std::string> text(const char* name, std::size_t longest) const {
    const Json* value = find(name);
    if (!value) return std::nullopt;
    if (!value->is_string() || value->get_ref<const std::string&>().size() > longest)
      refuse(std::string("/") + name, "is not a text of at most " + std::to_string(longest) + " bytes");
    return value->get<std::string>();
  }
  std::optional<Quantise> quantise() const {
    const auto name = text("quantise", 8);
    if (!name) return std::nullopt;
    const auto quantise = quantise_from(*name);
    if (!quantise) refuse("/quantise", "is none of none, step, beat, bar");
    return quantise;
  }
  std::optional<std::vector<std::string>> devices() const {
    const Json* value = find("devices");
    if (!value) return std::nullopt;
    const bool texts = value->is_array() && value->size() <= most_devices &&
                       std::ranges::all_of(*value, [](const Json& id) { return id.is_string(); });
    if (!texts) refuse("/devices", "is not a list of at most 32 device ids");
    return value->get<std::vector<std::string>>();
  }
  std::optional<std::string> options() const {
    const Json* value = find("options");
    if (!value) return std::nullopt;
    if (!value->is_object()) refuse("/options", "is not a JSON object");
    return to_text(*value);
  }

 private:
  const Json& json_;
};

// Each option may be judged without the mode, so `auto` stands for one that is not named.
void check_options(const std::optional<std::string>& mode, const std::optional<std::string>& options) {
  compose_options(mode.value_or("auto"), Json::parse(options.value_or("{}"))).value();
  if (mode && !needs_picture(*mode)) refuse("/mode", "makes music of words; a drawing has none");
}

int pixels(const Json& canvas, const char* name) {
  const auto found = canvas.find(name);
  const std::string place = std::string("/canvas/") + name;
  if (found == canvas.end() || !found->is_number_integer()) refuse(place, "is not a whole number of pixels");
  const auto value = found->get<std::int64_t>();
  if (value < 64 || value > 8192) refuse(place, "is not from 64 to 8192 pixels");
  return static_cast<int>(value);
}

void read_canvas(const Members& members, Open& open) {
  const Json* canvas = members.find("canvas");
  if (!canvas) return;
  if (!canvas->is_object()) refuse("/canvas", "is not an object with width and height");
  open.width = pixels(*canvas, "width");
  open.height = pixels(*canvas, "height");
  if (auto size = check_page_size(open.width, open.height); !size)
    refuse("/canvas" + size.error().problems.front().pointer, size.error().problems.front().message);
}

Open open_from(const Json& json) {
  const Members members(json, {"mode", "options", "canvas", "quantise", "devices", "resume"});
  Open open;
  check_options(members.text("mode", 16), members.options());
  open.mode = members.text("mode", 16).value_or(open.mode);
  open.options = members.options().value_or(open.options);
  open.quantise = members.quantise().value_or(open.quantise);
  open.devices = members.devices().value_or(open.devices);
  open.resume = members.text("resume", longest_id).value_or("");
  read_canvas(members, open);
  return open;
}

AddStroke stroke_of(const Json& json) {
  return {stroke_from_json(Members(json, {"stroke"}).at("stroke"), "/stroke").value()};
}

Erase erase_from(const Json& json) {
  const Json& list = Members(json, {"strokes"}).at("strokes");
  const bool ids = list.is_array() && !list.empty() && list.size() <= max_page_strokes &&
                   std::ranges::all_of(list, [](const Json& id) { return id.is_number_integer(); });
  if (!ids) refuse("/strokes", "is not a list of stroke ids");
  return {list.get<std::vector<std::int64_t>>()};
}

Change change_from(const Json& json) {
  const Members members(json, {"mode", "options", "quantise"});
  Change change{members.text("mode", 16), members.options(), members.quantise()};
  check_options(change.mode, change.options);
  return change;
}

Play play_from(const Json& json) { return {Members(json, {"devices"}).devices()}; }
Keep keep_from(const Json& json) { return {Members(json, {"title"}).text("title", longest_title)}; }

template <class Kind>
Kind bare(const Json& json) {
  Members(json, {});
  return {};
}

struct Kind {
  std::string_view name;
  Body (*read)(const Json& json);
};

constexpr Kind kinds[] = {
    {"open", [](const Json& json) -> Body { return open_from(json); }},
    {"stroke", [](const Json& json) -> Body { return stroke_of(json); }},
    {"erase", [](const Json& json) -> Body { return erase_from(json); }},
    {"undo", [](const Json& json) -> Body { return bare<Undo>(json); }},
    {"redo", [](const Json& json) -> Body { return bare<Redo>(json); }},
    {"clear", [](const Json& json) -> Body { return bare<Clear>(json); }},
    {"change", [](const Json& json) -> Body { return change_from(json); }},
    {"play", [](const Json& json) -> Body { return play_from(json); }},
    {"stop", [](const Json& json) -> Body { return bare<Stop>(json); }},
    {"keep", [](const Json& json) -> Body { return keep_from(json); }},
    {"close", [](const Json& json) -> Body { return bare<Close>(json); }},
};

// What is no number of ours is refused with the rest of the message.
Seq seq_of(const Json& json) {
  const auto seq = json.is_object() ? json.find("seq") : json.end();
  const bool fits = seq != json.end() && seq->is_number_integer() && seq->get<std::int64_t>() >= 0 &&
                    seq->get<std::int64_t>() < 1LL << 53;
  return fits ? Seq(seq->get<std::int64_t>()) : std::nullopt;
}

Body body_of(const Json& json) {
  if (!json.is_object()) refuse("", "is not a JSON object");
  if (json.contains("seq") && !seq_of(json)) refuse("/seq", "is not a whole number from 0 to 2^53 - 1");
  const auto type = json.find("type");
  const auto kind = std::ranges::find(
      kinds, type != json.end() && type->is_string() ? type->get<std::string>() : std::string(), &Kind::name);
  if (kind == std::end(kinds))
    refuse("/type", "is none of open, stroke, erase, undo, redo, clear, change, play, stop, keep, close");
  return kind->read(json);
}

}  // namespace

Message message_from(std::string_view text) {
  const auto json = parse_json(text, 8);
  if (!json) return {std::nullopt, json.error()};
  try {
    return {seq_of(*json), body_of(*json)};
  } catch (const ErrorException& failure) {
    return {seq_of(*json), failure.error()};
  }
}

}  // namespace doodled::live
