#include "server/settings_portable.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "server/settings.hpp"
#include "server/settings_toml.hpp"

using namespace doodled;

namespace {

constexpr auto* box = R"(
# my key is sk-comment
[server]
listen = "0.0.0.0:8080"   # everywhere
allowed_hosts = ["a.local", "b.local"]
[transport]
tempo = 92.5
[[device]]
id = "mpc"
driver = "mpc"
notes = {kick = 36, "odd name" = "\u00fc \"quoted\""}
[[interpreter]]
id = "claude"
kind = "anthropic"
model = "m"
key_env = "ANTHROPIC_API_KEY"
key = "sk-literal"
[[webhook]]
id = "house"
url = "http://192.168.1.5:8123/api/webhook/sk-path?token=sk-query"
secret_file = "/etc/doodled/house"
)";

Json value_of(const std::vector<TomlEntry>& entries, const std::string& key) {
  for (const auto& entry : entries)
    if (entry.key == key) return Json::parse(entry.json);
  return nullptr;
}

}  // namespace

TEST_CASE("settings that leave the box say the same") {
  const auto before = parse_toml(box, "before").value();
  const auto text = portable_settings(box);
  REQUIRE(text.has_value());
  const auto after = parse_toml(*text, "after");
  REQUIRE(after.has_value());
  REQUIRE(after->entries.size() == before.entries.size());
  for (const auto& entry : before.entries)
    CHECK(value_of(after->entries, entry.key) == Json::parse(entry.json));
  REQUIRE(after->tables.size() == 3);
  for (const auto& entry : before.tables[0].entries)
    CHECK(value_of(after->tables[0].entries, entry.key) == Json::parse(entry.json));
  CHECK(value_of(after->tables[1].entries, "key_env") == "ANTHROPIC_API_KEY");
}

TEST_CASE("no secret leaves the box with its settings") {
  const auto text = portable_settings(box).value();
  CHECK(text.find("sk-") == std::string::npos);
  const auto after = parse_toml(text, "after").value();
  CHECK(value_of(after.tables[2].entries, "url").get<std::string>().starts_with("http://192.168.1.5"));
  CHECK(value_of(after.tables[2].entries, "secret_file") == "/etc/doodled/house");
}

TEST_CASE("every setting survives") { CHECK(portable_settings(settings_reference()).has_value()); }

TEST_CASE("what is no settings file is refused") {
  CHECK(portable_settings("[server").error().code == "invalid_settings");
}
