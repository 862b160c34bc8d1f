#include "server/settings_interpreter.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "core/interpret/net/url.hpp"

namespace doodled {
namespace {

using std::chrono::milliseconds;

constexpr std::array<std::string_view, 3> structured_words{"schema", "json", "none"};
constexpr std::array<std::string_view, 3> format_words{"auto", "png", "jpeg"};
constexpr double most_seconds = 86'400;

template <std::size_t n>
int index_of(TableReader& table, const std::string& key, const std::array<std::string_view, n>& words,
             int fallback) {
  const auto word = table.choice(key, words, words[static_cast<std::size_t>(fallback)]);
  for (std::size_t i = 0; i < n; ++i)
    if (words[i] == word) return static_cast<int>(i);
  return fallback;
}

milliseconds seconds(TableReader& table, const std::string& key, milliseconds fallback) {
  const double given = table.number(key, 0.05, most_seconds, static_cast<double>(fallback.count()) / 1000);
  return milliseconds(static_cast<std::int64_t>(given * 1000));
}

TransferLimits read_limits(TableReader& table, bool nearby) {
  auto limits = nearby ? nearby_limits() : TransferLimits{};
  limits.connect = seconds(table, "connect_timeout", limits.connect);
  limits.first_byte = seconds(table, "first_byte_timeout", limits.first_byte);
  limits.idle = seconds(table, "idle_timeout", limits.idle);
  limits.total = seconds(table, "total_timeout", limits.total);
  limits.ca_file = table.text("ca_file", false);
  std::error_code unreadable;
  if (!limits.ca_file.empty() && !std::filesystem::is_regular_file(limits.ca_file, unreadable))
    table.complain("ca_file", "is no file: " + limits.ca_file);
  limits.max_bytes = table.whole("max_answer_bytes", 1024, std::int64_t{1} << 30, limits.max_bytes);
  return limits;
}

void read_capabilities(TableReader& table, llm::ModelCapabilities& can) {
  can.vision = table.flag("vision", can.vision);
  can.streaming = table.flag("streaming", can.streaming);
  can.temperature = table.flag("takes_temperature", can.temperature || table.has("temperature"));
  can.seed = table.flag("takes_seed", can.seed);
  can.structured = static_cast<llm::StructuredOutput>(
      index_of(table, "structured_output", structured_words, static_cast<int>(can.structured)));
  if (table.has("thinking")) can.thinking = table.text("thinking", false);
  if (table.has("image_detail")) can.image_detail = table.text("image_detail", false);
  can.most_output_tokens =
      static_cast<int>(table.whole("most_output_tokens", 256, 1'000'000, can.most_output_tokens));
  can.context_tokens = static_cast<int>(table.whole("context_tokens", 1024, 10'000'000, can.context_tokens));
}

void read_model(TableReader& table, llm::ModelSettings& model) {
  model.model = table.text("model", true);
  model.capabilities = llm::default_capabilities(model.kind);
  read_capabilities(table, model.capabilities);
  if (table.has("temperature")) model.temperature = table.number("temperature", 0, 2);
  model.output_tokens = static_cast<int>(table.whole("output_tokens", 0, 1'000'000, 0));
  model.stream = model.capabilities.streaming;
}

// Where the pictures go. A key is not sent in the clear through other people's networks.
std::optional<UrlPlace> read_address(TableReader& table, llm::ModelSettings& model) {
  model.endpoint.base_url = table.text("base_url", model.kind == "compatible");
  const bool allow_http = table.flag("allow_http", false);
  const auto* provider = llm::find_provider(model.kind);
  if (!provider) return std::nullopt;
  const auto url =
      model.endpoint.base_url.empty() ? std::string(provider->default_base_url()) : model.endpoint.base_url;
  const auto place = url_place(url);
  if (!place)
    table.complain("base_url", "must be an http or https address without user name, query or fragment");
  else if (place->scheme == "http" && !is_private_address(place->host) && !allow_http)
    table.complain("base_url",
                   "must begin with https:// unless allow_http = true, or it is a private address");
  return place;
}

Prices read_prices(TableReader& table) {
  constexpr double most = 1e6;
  return {table.number("price_input", 0, most), table.number("price_output", 0, most),
          table.number("price_cached", 0, most, -1)};
}

void read_circuit(TableReader& table, CircuitOptions& circuit) {
  circuit.failures = static_cast<int>(table.whole("breaker_failures", 1, 1000, circuit.failures));
  circuit.first_wait = seconds(table, "breaker_wait", circuit.first_wait);
  circuit.longest_wait = std::max(circuit.longest_wait, circuit.first_wait);
}

}  // namespace

TransferLimits nearby_limits() {
  TransferLimits limits;
  limits.first_byte = milliseconds{600'000};
  limits.idle = milliseconds{180'000};
  limits.total = milliseconds{1'800'000};
  return limits;
}

InterpreterSettings interpreter_settings(TableReader& table) {
  InterpreterSettings settings;
  settings.id = table.id();
  if (settings.id == "builtin") table.complain("id", "is taken by the builtin reader");
  auto& remote = settings.remote;
  auto& model = remote.model;
  model.interpreter = settings.id;
  model.kind = table.text("kind", true);
  if (!model.kind.empty() && !llm::find_provider(model.kind))
    table.complain("kind", "is no known kind of provider: " + model.kind);
  const auto place = read_address(table, model);
  remote.on_this_machine = place && is_this_machine(place->host);
  const bool nearby = place && is_private_address(place->host);
  settings.key = read_key_source(table, "key");
  read_model(table, model);
  remote.concurrency = static_cast<int>(table.whole("concurrency", 1, 1000, nearby ? 1 : 4));
  remote.limits = read_limits(table, nearby);
  remote.backoff.tries = static_cast<int>(table.whole("tries", 1, 20, remote.backoff.tries));
  remote.backoff.first = seconds(table, "retry_wait", remote.backoff.first);
  remote.prices = read_prices(table);
  remote.daily_budget = table.number("daily_budget", 0, 1e6);
  remote.image_edge = static_cast<int>(table.whole("image_edge", 64, 4096, remote.image_edge));
  remote.image_format = static_cast<SentFormat>(index_of(table, "image_format", format_words, 0));
  read_circuit(table, remote.circuit);
  table.refuse_rest();
  return settings;
}

std::string interpreter_reference() {
  return R"(
# Vision-language models that can read pictures beside the builtin reader, one table each. A key never stands in this
# file: it comes from the environment, a file that only doodled may read (mode 0600), or a systemd credential.
#   [[interpreter]]
#   id = "claude"                # 1 to 32 of a-z, 0-9, _ and -; the name in requests
#   kind = "anthropic"           # openai, openai-responses, anthropic, gemini, ollama, compatible or moondream
#   base_url = ""                # empty: the provider's public address. Needed for compatible: llama.cpp, LM Studio, vLLM, ...
#   model = "claude-sonnet-5-5"
#   key_env = "ANTHROPIC_API_KEY"  # the environment variable that holds the key, or
#   key_file = "/path"             # the file that does, or
#   key_credential = "name"        # LoadCredential=name:/path of the systemd unit
#   allow_http = false           # http:// to hosts outside of private networks
#   ca_file = "/path"            # PEM of the authority that signs the server's certificate; without it: those of the system.
#                                # A proxy is taken from the environment: https_proxy, http_proxy, no_proxy
#
#   What the model takes; what it doesn't is never sent. Defaults are the kind's own.
#   vision = true
#   streaming = true
#   structured_output = "schema" # schema, json or none: how much of the answer's shape its server enforces
#   takes_temperature = false
#   temperature = 0.2            # 0 to 2; given, it is sent
#   takes_seed = false
#   thinking = "low"             # the provider's own word for how long to think
#   image_detail = "high"        # OpenAI and compatible
#   output_tokens = 0            # for the first answer; 0: reckoned from what is asked for
#   most_output_tokens = 32000   # for a second one, when the first was cut off
#   context_tokens = 16384       # Ollama's num_ctx
#   image_edge = 1024            # the longer side of the picture that is sent, in pixels
#   image_format = "auto"        # auto (PNG for drawings where it is small, else JPEG), png or jpeg
#
#   How it is asked. Times in seconds; in brackets the default in private networks, where a model may have to be loaded.
#   concurrency = 4              # jobs at once (1); others wait
#   connect_timeout = 10
#   first_byte_timeout = 120     # (600)
#   idle_timeout = 60            # (180)
#   total_timeout = 600          # (1800) for one answer with all that is tried again
#   max_answer_bytes = 8388608
#   tries = 5                    # what may succeed a second time is tried so often
#   retry_wait = 0.5             # before the second; doubled each time, unless the provider says how long
#   breaker_failures = 5         # after so many in a row it is left alone
#   breaker_wait = 30            # for so long, doubled each time up to 600
#
#   What it costs, a million tokens, in any currency; and what a day (UTC) may cost. 0: no limit.
#   price_input = 0.0
#   price_output = 0.0
#   price_cached = 0.0           # without it cached tokens cost what others do
#   daily_budget = 0.0
)";
}

}  // namespace doodled
