#include "server/settings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <map>

#include <arpa/inet.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "server/settings_interpreter.hpp"
#include "server/settings_table.hpp"
#include "server/settings_toml.hpp"

namespace doodled {
namespace {

void apply(Settings& settings, const std::string& key, const Json& value, const std::string& place,
           Complaints& complaints) {
  const auto* row = find_setting(key);
  if (!row) return complaints.add(key, place, "is no setting");
  if (const auto complaint = set_value(*row, settings, value)) complaints.add(key, place, *complaint);
}

template <class Listed>
void refuse_twice(TableReader& table, const std::vector<Listed>& listed, const std::string& id) {
  if (std::ranges::find(listed, id, &Listed::id) != listed.end())
    table.complain("id", "is there twice: " + id);
}

void read_device(TableReader table, Settings& settings) {
  DeviceSettings device;
  device.id = table.id();
  device.driver = table.text("driver", true);
  device.profile = table.text("profile", false);
  device.enabled = table.flag("enabled", true);
  device.latency_ms = table.number("latency_ms", -500, 500);
  device.clock = table.flag("clock", false);
  if (table.has("stream_hz")) device.stream_hz = table.number("stream_hz", 0, 1000);
  device.json = table.rest();
  refuse_twice(table, settings.devices, device.id);
  settings.devices.push_back(std::move(device));
}

void read_input(TableReader table, Settings& settings) {
  constexpr std::array<std::string_view, 2> kinds{"midi", "osc"};
  InputSettings input;
  input.id = table.id();
  input.kind = table.choice("kind", kinds, "midi");
  input.json = table.rest();
  refuse_twice(table, settings.inputs, input.id);
  settings.inputs.push_back(std::move(input));
}

void read_interpreter(TableReader table, Settings& settings) {
  auto interpreter = interpreter_settings(table);
  refuse_twice(table, settings.interpreters, interpreter.id);
  settings.interpreters.push_back(std::move(interpreter));
}

void read_webhook(TableReader table, Settings& settings) {
  auto webhook = webhook_settings(table);
  refuse_twice(table, settings.webhooks, webhook.id);
  settings.webhooks.push_back(std::move(webhook));
}

void apply_file(Settings& settings, const std::filesystem::path& path, Complaints& complaints) {
  const auto name = path.filename().string();
  std::ifstream stream(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(stream), {});
  if (!stream) return complaints.add("", path.string(), "cannot be read");
  const auto file = parse_toml(text, name);
  if (!file) return complaints.add(file.error());
  for (const auto& entry : file->entries)
    apply(settings, entry.key, Json::parse(entry.json), name + " line " + std::to_string(entry.line),
          complaints);
  std::map<std::string, std::size_t> counts;
  for (const auto& table : file->tables) {
    TableReader reader(table, counts[table.name]++, name, complaints);
    if (table.name == "device")
      read_device(std::move(reader), settings);
    else if (table.name == "input")
      read_input(std::move(reader), settings);
    else if (table.name == "interpreter")
      read_interpreter(std::move(reader), settings);
    else if (table.name == "webhook")
      read_webhook(std::move(reader), settings);
    else
      complaints.add(table.name, name + " line " + std::to_string(table.line), "is no list of settings");
  }
}

void apply_text(Settings& settings, const std::string& key, std::string_view text, const std::string& place,
                Complaints& complaints) {
  const auto* row = find_setting(key);
  apply(settings, key, row ? value_from_text(*row, text) : Json(), place, complaints);
}

std::string variable_name(std::string_view key) {
  std::string name = "DOODLED_";
  for (const char c : key) name += c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return name;
}

// DOODLED_SERVER_LISTN is a slip; DOODLED_SOMETHING_ELSE may belong to another program.
bool names_a_table(std::string_view variable) {
  return std::ranges::any_of(setting_rows(), [&](const SettingRow& row) {
    const auto table = row.key.substr(0, row.key.find('.') + 1);
    return variable.starts_with(variable_name(table));
  });
}

void apply_variable(Settings& settings, std::string_view variable, Complaints& complaints) {
  const auto equals = variable.find('=');
  if (!variable.starts_with("DOODLED_") || equals == std::string_view::npos) return;
  const std::string name(variable.substr(0, equals));
  const auto row = std::ranges::find_if(
      setting_rows(), [&](const SettingRow& one) { return variable_name(one.key) == name; });
  if (row != setting_rows().end())
    apply_text(settings, std::string(row->key), variable.substr(equals + 1), name, complaints);
  else if (names_a_table(name))
    complaints.add(name, "environment", "is no setting");
}

void apply_set(Settings& settings, const std::string& set, Complaints& complaints) {
  const auto equals = set.find('=');
  if (equals == std::string::npos) return complaints.add("", "--set " + set, "must be table.key=value");
  apply_text(settings, set.substr(0, equals), std::string_view(set).substr(equals + 1), "--set", complaints);
}

void check_whole(Settings& settings, Complaints& complaints) {
  if (const auto listen = parse_listen(settings.server.listen); !listen) complaints.add(listen.error());
  for (const auto& id : settings.jobs.interpreters)
    if (id != "builtin" && !id.starts_with("ollama") &&
        std::ranges::find(settings.interpreters, id, &InterpreterSettings::id) == settings.interpreters.end())
      complaints.add("jobs.interpreters", "settings", "names no interpreter: " + id);
  if (settings.jobs.interpreters.empty()) complaints.add("jobs.interpreters", "settings", "names nobody");
  if (settings.inputs.empty()) settings.inputs.push_back({.id = "osc", .kind = "osc"});
  if (settings.devices.empty())
    settings.devices.push_back({.id = "max",
                                .driver = "max",
                                .profile = "",
                                .enabled = true,
                                .latency_ms = 0,
                                .json = R"({"host":"127.0.0.1","port":9000})"});
}

Error bad_listen(std::string_view text) {
  const auto message =
      "server.listen must be an address and a port, such as 127.0.0.1:8080 or [::1]:8080, not '" +
      std::string(text) + "'";
  return {"invalid_settings", message, {{"server.listen", message}}};
}

bool is_ip_literal(const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> address{};
  return ::inet_pton(AF_INET, text.c_str(), address.data()) == 1 ||
         ::inet_pton(AF_INET6, text.c_str(), address.data()) == 1;
}

}  // namespace

Result<Settings> load_settings(const SettingsSources& sources) {
  Settings settings;
  Complaints complaints;
  if (sources.file) apply_file(settings, settings.file = *sources.file, complaints);
  for (const auto& variable : sources.environment) apply_variable(settings, variable, complaints);
  for (const auto& set : sources.sets) apply_set(settings, set, complaints);
  check_whole(settings, complaints);
  if (complaints.any()) return std::move(complaints).error();
  return settings;
}

std::vector<std::string> process_environment() {
  std::vector<std::string> variables;
  for (char** variable = environ; variable && *variable; ++variable) variables.emplace_back(*variable);
  return variables;
}

Result<ListenAddress> parse_listen(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return bad_listen(text);
  auto host = text.substr(0, colon);
  const auto port_text = text.substr(colon + 1);
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  ListenAddress listen{host == "localhost" ? "127.0.0.1" : std::string(host), 0};
  const auto* const end = port_text.data() + port_text.size();
  const auto read = std::from_chars(port_text.data(), end, listen.port);
  if (read.ec != std::errc{} || read.ptr != end || !is_ip_literal(listen.address) ||
      bracketed != (host.find(':') != host.npos))
    return bad_listen(text);
  return listen;
}

std::string settings_reference() {
  std::string text =
      "# The settings of doodled, each at its default. Every one can also be given as an environment "
      "variable,\n"
      "# DOODLED_SERVER_LISTEN for listen in [server], or on the command line: --set "
      "server.listen=0.0.0.0:8080\n";
  Settings defaults;
  std::string_view table;
  for (const auto& row : setting_rows()) {
    const auto dot = row.key.find('.');
    if (row.key.substr(0, dot) != table)
      text.append("\n[").append(table = row.key.substr(0, dot)).append("]\n");
    text.append("# ").append(row.explanation).append("\n");
    text.append(row.key.substr(dot + 1)).append(" = ").append(value_as_toml(row, defaults)).append("\n");
  }
  return text +
         "\n# What plays. With no [[device]] there is one, the Max for Live device on this machine, as if it "
         "said:\n"
         "#   [[device]]\n"
         "#   id = \"max\"             # 1 to 32 of a-z, 0-9, _ and -; the name in requests\n"
         "#   driver = \"max\"         # the kind of connection\n"
         "#   profile = \"\"           # how its parameters are reached; empty: the driver's own\n"
         "#   enabled = true\n"
         "#   latency_ms = 0         # sent this much earlier, -500 to 500\n"
         "#   clock = false          # keeps time by our MIDI clock: start, continue, stop, position, 24 a "
         "quarter\n"
         "#   stream_hz = 250        # values a second of each parameter that moves, 0 to 1000 (MIDI: 100; "
         "0: few)\n"
         "#   host = \"127.0.0.1\"     # this and all other keys are the driver's own\n"
         "#   port = 9000\n"
         "#   reply_port = 9002      # where the companion answers\n"
         "# A Push takes the sound elsewhere than to itself; its pads, encoders and display follow what "
         "plays:\n"
         "#   [[device]]\n"
         "#   id = \"push\"\n"
         "#   driver = \"push\"\n"
         "#   virtual = \"to Live\"    # or port = \"...\", or sound = \"external\"\n"
         "\n# What hands use: MIDI controllers and OSC surfaces. With no [[input]] there is one, OSC on this "
         "machine, as "
         "if it\n# said:\n"
         "#   [[input]]\n"
         "#   id = \"osc\"             # 1 to 32 of a-z, 0-9, _ and -; the name in bindings and in "
         "transport.sync\n"
         "#   kind = \"osc\"           # osc, or midi\n"
         "#   host = \"127.0.0.1\"     # osc: the address to listen on; 0.0.0.0 for every network\n"
         "#   port = 9001            # osc: UDP. midi: a part of the port's name, or a pattern with * and ?\n"
         "#   virtual = \"in\"         # midi: the name of a port of our own instead\n"
         "#   api = \"auto\"          # midi: auto, alsa or jack\n" +
         interpreter_reference() + webhook_reference();
}

RuleOptions rule_options(const Settings& settings) {
  RuleOptions options;
  options.values = settings.rules.values;
  options.off = settings.rules.off;
  options.middle_c = middle_c_of(settings);
  return options;
}

MiddleC middle_c_of(const Settings& settings) {
  return middle_c_from(settings.music.middle_c).value_or(MiddleC::c4);
}

}  // namespace doodled
