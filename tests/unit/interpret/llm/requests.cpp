#include "requests.hpp"

#include <fstream>
#include <iterator>

#include "core/interpret/llm/modes.hpp"
#include "core/interpret/schema.hpp"

namespace doodled::llm {
namespace {

std::string file_text(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

void add_open_objects(const nlohmann::ordered_json& node, const std::string& pointer, std::string& faults) {
  if (node.is_object() && node.value("type", nlohmann::ordered_json()) == "object" &&
      node.contains("properties")) {
    nlohmann::ordered_json names = nlohmann::ordered_json::array();
    for (const auto& [name, child] : node["properties"].items()) names.push_back(name);
    if (node.value("required", nlohmann::ordered_json()) != names)
      faults += pointer + ": not all properties are required\n";
  }
  if (!node.is_structured()) return;
  for (const auto& [key, child] : node.items()) add_open_objects(child, pointer + "/" + key, faults);
}

}  // namespace

std::shared_ptr<const PreparedPicture> small_picture() {
  PreparedPicture picture{{0xFF, 0x00, 0x10}, "image/png", 640, 480, std::string(64, 'a')};
  return std::make_shared<const PreparedPicture>(std::move(picture));
}

ModelCall doodle_call(std::string_view kind) {
  const Mode& mode = *find_mode("doodle");
  ModelCall call;
  call.endpoint = {"http://127.0.0.1:9", Secret("the-key")};
  call.model = "a-model";
  call.capabilities = default_capabilities(kind);
  call.system = "System words.";
  call.user = "User words.";
  call.schema_name = mode.name;
  call.schema = mode.schema;
  call.picture = small_picture();
  call.max_output_tokens = 3000;
  call.temperature = 0.5;
  call.seed = 7;
  return call;
}

std::string faults(std::string_view kind, const HttpRequest& request) {
  const Schema schema(
      file_text(DOODLED_SOURCE_DIR "/tests/fakes/llm/schemas/" + std::string(kind) + ".json"));
  std::string text;
  for (const auto& problem : schema.violations(Json::parse(request.body)))
    text += problem.pointer + ": " + problem.message + "\n";
  add_open_objects(nlohmann::ordered_json::parse(request.body), "", text);
  return text;
}

std::string header(const HttpRequest& request, std::string_view name) {
  for (const auto& [key, value] : request.headers)
    if (key == name) return value;
  return {};
}

}  // namespace doodled::llm
