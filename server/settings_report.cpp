#include "server/settings_report.hpp"

#include <nlohmann/json.hpp>

#include "server/settings_table.hpp"

namespace doodled {
namespace {

Json row_json(const SettingRow& row, Settings& now, Settings& standard) {
  Json json{{"key", row.key},
            {"value", Json::parse(value_as_toml(row, now))},
            {"default", Json::parse(value_as_toml(row, standard))},
            {"summary", row.explanation}};
  if (row.largest > row.smallest) {
    json["minimum"] = row.smallest;
    json["maximum"] = row.largest;
  }
  if (!row.choices.empty()) json["choices"] = row.choices;
  return json;
}

Json device_json(const DeviceSettings& device) {
  return {{"id", device.id},
          {"driver", device.driver},
          {"profile", device.profile},
          {"enabled", device.enabled},
          {"latency_ms", device.latency_ms},
          {"keys", device.json.empty() ? Json::object() : Json::parse(device.json)}};
}

std::string key_from(const KeySource& key) {
  if (!key.environment.empty()) return "environment variable " + key.environment;
  if (!key.file.empty()) return "file " + key.file;
  if (!key.credential.empty()) return "systemd credential " + key.credential;
  return "";
}

Json interpreter_json(const InterpreterSettings& interpreter) {
  return {{"id", interpreter.id}, {"key_from", key_from(interpreter.key)}};
}

Json webhook_json(const WebhookEntry& webhook) {
  return {{"id", webhook.id},
          {"place", webhook.hook.place},
          {"events", webhook.hook.events},
          {"secret_from", key_from(webhook.secret)}};
}

template <class List, class Element>
Json list_json(const List& list, Element element) {
  Json json = Json::array();
  for (const auto& one : list) json.push_back(element(one));
  return json;
}

}  // namespace

Json settings_report(const Settings& settings) {
  Settings now = settings, standard;
  return {{"items",
           list_json(setting_rows(), [&](const SettingRow& row) { return row_json(row, now, standard); })},
          {"devices", list_json(settings.devices, device_json)},
          {"interpreters", list_json(settings.interpreters, interpreter_json)},
          {"webhooks", list_json(settings.webhooks, webhook_json)}};
}

}  // namespace doodled
