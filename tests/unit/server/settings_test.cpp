#include "server/settings.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "server/settings_table.hpp"

using namespace doodled;

namespace {

// A settings file that goes when the test ends.
class File {
 public:
  explicit File(std::string_view text)
      : path_(std::filesystem::temp_directory_path() /
              ("doodled-settings-" + std::to_string(::getpid()) + ".toml")) {
    std::ofstream(path_) << text;
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { std::filesystem::remove(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

Result<Settings> load(std::string_view text, std::vector<std::string> environment = {},
                      std::vector<std::string> sets = {}) {
  const File file(text);
  return load_settings({file.path(), std::move(environment), std::move(sets)});
}

// "pointer: message" of each problem, the file's name left out.
std::vector<std::string> problems_of(const Result<Settings>& loaded) {
  REQUIRE(loaded.has_error());
  CHECK(loaded.error().code == "invalid_settings");
  std::vector<std::string> lines;
  for (const auto& problem : loaded.error().problems) {
    const auto line = problem.message.find("line ");
    lines.push_back(problem.pointer + ": " + problem.message.substr(line == std::string::npos ? 0 : line));
  }
  return lines;
}

std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

}  // namespace

TEST_SUITE("settings") {
  TEST_CASE("without any source there are defaults and one device") {
    const auto settings = load_settings({});

    REQUIRE(settings.has_value());
    CHECK(settings->server.listen == "127.0.0.1:8080");
    REQUIRE(settings->devices.size() == 1);
    CHECK(settings->devices[0].id == "max");
    CHECK(settings->devices[0].driver == "max");
    CHECK(Json::parse(settings->devices[0].json) == Json{{"host", "127.0.0.1"}, {"port", 9000}});
  }

  TEST_CASE("the command line wins over the environment, and that over the file") {
    const auto* file = "[jobs]\nworkers = 3\n[log]\nlevel = \"debug\"\n[transport]\ntempo = 90\n";

    const auto settings =
        load(file, {"DOODLED_JOBS_WORKERS=4", "DOODLED_LOG_LEVEL=error", "DOODLED_CORPUS=/x", "HOME=/y"},
             {"jobs.workers=5", "server.allowed_hosts=a.local,b.local", "reader.sandbox=false",
              "reader.timeout=7"});

    REQUIRE(settings.has_value());
    CHECK(settings->jobs.workers == 5);
    CHECK(settings->log.level == "error");
    CHECK(settings->transport.tempo == 90);
    CHECK(settings->server.allowed_hosts == std::vector<std::string>{"a.local", "b.local"});
    CHECK_FALSE(settings->reader.sandbox);
    CHECK(settings->reader.timeout == std::chrono::seconds(7));
  }

  TEST_CASE("devices and interpreters come with their own keys") {
    const auto settings = load(R"(
[[device]]
id = "mpc"
driver = "midi"
profile = "akai-mpc"
latency_ms = -12.5
port = { match = "MPC" }

[[device]]
id = "live"
driver = "osc"
enabled = false

[[interpreter]]
id = "local"
kind = "ollama"
base_url = "http://127.0.0.1:11434"
model = "llava"

[jobs]
interpreters = ["local", "builtin"]
)");

    REQUIRE(settings.has_value());
    REQUIRE(settings->devices.size() == 2);
    CHECK(settings->devices[0].profile == "akai-mpc");
    CHECK(settings->devices[0].latency_ms == -12.5);
    CHECK(Json::parse(settings->devices[0].json) == Json::parse(R"({"port": {"match": "MPC"}})"));
    CHECK_FALSE(settings->devices[1].enabled);
    REQUIRE(settings->interpreters.size() == 1);
    CHECK(settings->interpreters[0].remote.model.model == "llava");
    CHECK(settings->interpreters[0].remote.on_this_machine);
    CHECK(settings->interpreters[0].remote.concurrency == 1);
  }

  TEST_CASE("an interpreter takes what its model can, how it is asked, and what it costs") {
    const auto settings = load(R"(
[[interpreter]]
id = "gpt"
kind = "openai"
model = "gpt-6-luna"
key_env = "OPENAI_API_KEY"
temperature = 0.2
structured_output = "json"
first_byte_timeout = 0.5
concurrency = 7
price_input = 0.25
price_output = 2
daily_budget = 1.5
)");

    REQUIRE(settings.has_value());
    const auto& remote = settings->interpreters[0].remote;
    CHECK(settings->interpreters[0].key.environment == "OPENAI_API_KEY");
    CHECK(remote.model.temperature == 0.2);
    CHECK(remote.model.capabilities.temperature);
    CHECK(remote.model.capabilities.structured == llm::StructuredOutput::json);
    CHECK(remote.limits.first_byte == std::chrono::milliseconds(500));
    CHECK(remote.concurrency == 7);
    CHECK(remote.prices.output == 2);
    CHECK(remote.daily_budget == 1.5);
    CHECK_FALSE(remote.on_this_machine);
  }

  TEST_CASE("every mistake in an interpreter is told with its key") {
    const auto problems = problems_of(load(R"(
[[interpreter]]
id = "Big One"
kind = "oracle"
model = 7
key = "sk-secret"

[[interpreter]]
id = "plain"
kind = "compatible"
base_url = "http://models.example.com/v1"
model = "m"
tries = 0
structured_output = "xml"
temprature = 1
key_env = "A"
key_file = "/b"

[[interpreter]]
id = "nowhere"
kind = "compatible"
model = "m"
)"));

    const auto told = [&](const std::string& text) {
      return std::ranges::any_of(problems, [&](const auto& one) { return one.find(text) != one.npos; });
    };
    for (const char* text :
         {"interpreter[0].id must be 1 to 32", "interpreter[0].kind is no known kind",
          "interpreter[0].model must be text", "interpreter[0].key does not belong",
          "interpreter[1].base_url must begin with https://",
          "interpreter[1].tries must be a whole number from 1 to 20",
          "interpreter[1].structured_output must be one of", "interpreter[1].temprature is no setting",
          "interpreter[1].key_env is given beside", "interpreter[2].base_url is missing"})
      CHECK_MESSAGE(told(text), text);
    CHECK_FALSE(told("sk-secret"));
  }

  TEST_CASE("keys come from the environment, a file or systemd, and what is missing is said without them") {
    const auto folder =
        std::filesystem::temp_directory_path() / ("doodled-keys-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "key") << "sk-file\n";
    std::ofstream(folder / "two lines") << "sk-first\nX-Evil: 1\n";
    const std::vector<std::string> environment{"KEY=sk-env",
                                               "EMPTY=", "CREDENTIALS_DIRECTORY=" + folder.string()};

    CHECK(read_key({"KEY", "", ""}, environment)->reveal() == "sk-env");
    CHECK(read_key({"", (folder / "key").string(), ""}, environment)->reveal() == "sk-file");
    CHECK(read_key({"", "", "key"}, environment)->reveal() == "sk-file");
    CHECK(read_key({}, environment)->empty());
    for (const KeySource& source :
         {KeySource{"NONE", "", ""}, KeySource{"EMPTY", "", ""}, KeySource{"", "/none", ""},
          KeySource{"", (folder / "two lines").string(), ""}}) {
      const auto key = read_key(source, environment);
      REQUIRE(key.has_error());
      CHECK(key.error().code == "key_missing");
      CHECK(key.error().message.find("sk-") == std::string::npos);
    }
    std::filesystem::remove_all(folder);
  }

  TEST_CASE("every mistake of all sources is told with its line and its key") {
    const auto loaded = load(
        "[server]\nlisten = 8080\nlisten_on = \"x\"\n[jobs]\nworkers = 99\n[transport]\ntempo = "
        "\"fast\"\n[log]\nlevel = \"loud\"\n"
        "requests = 1\n[store]\ndata_dir = []\n[server.deep]\nkey = 1\n",
        {"DOODLED_JOBS_WORKER=1", "DOODLED_PLAY_REALTIME=maybe"},
        {"reader.timeout=soon", "nothing", "device.id=x"});

    const auto lines = problems_of(loaded);
    for (const auto* line :
         {"server.listen: line 2: server.listen must be text",
          "server.listen_on: line 3: server.listen_on is no setting",
          "jobs.workers: line 5: jobs.workers must be a whole number from 1 to 16",
          "transport.tempo: line 7: transport.tempo must be a number from 20 to 400",
          "log.level: line 9: log.level must be one of debug, info, warning, error",
          "log.requests: line 10: log.requests must be true or false",
          "store.data_dir: line 12: store.data_dir must be text: a path",
          "server.deep.key: line 14: server.deep.key is no setting",
          "DOODLED_JOBS_WORKER: environment: DOODLED_JOBS_WORKER is no setting",
          "play.realtime: DOODLED_PLAY_REALTIME: play.realtime must be true or false",
          "reader.timeout: --set: reader.timeout must be a whole number from 1 to 600",
          ": --set nothing: must be table.key=value", "device.id: --set: device.id is no setting"}) {
      CAPTURE(line);
      CHECK(std::ranges::find(lines, line) != lines.end());
    }
    CHECK(lines.size() == 13);
  }

  TEST_CASE("mistakes in lists of tables name the entry") {
    const auto lines = problems_of(load(R"([[device]]
id = "Not An Id"
[[device]]
id = "a"
driver = "osc"
[[device]]
id = "a"
driver = 1
enabled = "yes"
latency_ms = 501
[[interpreter]]
id = "builtin"
kind = "oracle"
key = "sk-secret"
[[thing]]
a = 1
)"));

    CHECK(lines ==
          std::vector<std::string>{
              "device[0].id: line 2: device[0].id must be 1 to 32 of a-z, 0-9, _ and -",
              "device[0].driver: line 1: device[0].driver is missing",
              "device[2].driver: line 8: device[2].driver must be text",
              "device[2].enabled: line 9: device[2].enabled must be true or false",
              "device[2].latency_ms: line 10: device[2].latency_ms must be a number from -500 to 500",
              "device[2].id: line 7: device[2].id is there twice: a",
              "interpreter[0].id: line 12: interpreter[0].id is taken by the builtin reader",
              "interpreter[0].kind: line 13: interpreter[0].kind is no known kind of provider: oracle",
              "interpreter[0].key: line 14: interpreter[0].key does not belong into this file; name it with "
              "key_env, key_file or key_credential",
              "interpreter[0].model: line 11: interpreter[0].model is missing",
              "thing: line 15: thing is no list of settings"});
  }

  TEST_CASE("a file that is no TOML, or is not there, is told apart") {
    CHECK(problems_of(load("[server]\nlisten = \n")).at(0).find("line 2") != std::string::npos);
    const auto missing = load_settings({"/nowhere/doodled.toml", {}, {}});
    CHECK(problems_of(missing).at(0).find("/nowhere/doodled.toml: cannot be read") != std::string::npos);
  }

  TEST_CASE("an address to listen on is an IP literal and a port") {
    CHECK(parse_listen("127.0.0.1:8080")->port == 8080);
    CHECK(parse_listen("[::1]:0")->address == "::1");
    CHECK(parse_listen("localhost:80")->address == "127.0.0.1");
    for (const auto* text : {"8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "studio:80", "::1:80",
                             "[127.0.0.1]:80", ":80", ""}) {
      CAPTURE(text);
      CHECK(parse_listen(text).has_error());
    }
  }

  TEST_CASE("an interpreter that is nowhere cannot be the default") {
    CHECK(problems_of(load("[jobs]\ninterpreters = [\"nobody\"]\n")).at(0).find("nobody") !=
          std::string::npos);
  }

  TEST_CASE("every setting's default can be set, and no key is there twice") {
    Settings settings;
    std::vector<std::string_view> keys;
    for (const auto& row : setting_rows()) {
      CAPTURE(row.key);
      CHECK(std::ranges::find(keys, row.key) == keys.end());
      CHECK_FALSE(row.explanation.empty());
      keys.push_back(row.key);
    }
    CHECK(load(settings_reference()).has_value());
  }

  TEST_CASE("the settings file that is shipped is the reference") {
    const auto shipped = std::filesystem::path(DOODLED_SOURCE_DIR) / "config/doodled.toml";
    if (const char* rewrite = std::getenv("DOODLED_REWRITE_GOLDEN"); rewrite && *rewrite == '1')
      std::ofstream(shipped) << settings_reference();

    CHECK(text_of(shipped) == settings_reference());
  }
}
