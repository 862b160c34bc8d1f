// A provider of vision LLMs, without the network: what is asked becomes one HTTP request, the bytes of its
// answer become one reply. Pure; whoever moves the bytes (server/llm) holds the sockets, clocks and limits.
// Wire formats are those of the providers' own specifications, named in each provider's file.
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/result.hpp"

namespace doodled::llm {

// A key. It has no way into a stream, a format or a JSON value but reveal(), which only the code that writes
// the authentication header calls.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  bool empty() const { return value_.empty(); }
  const std::string& reveal() const { return value_; }

 private:
  std::string value_;
};

// Names as they are sent; compare them without regard to case.
using Headers = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method = "POST";
  std::string url;  // never holds a key
  Headers headers;  // hold the key: never log or store them
  std::string body;
  bool streaming = false;  // the answer comes in parts as the model writes it
};

// The picture as it is sent: upright, metadata gone, shrunk. `sha256` names exactly these bytes.
struct PreparedPicture {
  std::vector<std::uint8_t> bytes;
  std::string media_type;  // image/png or image/jpeg
  int width = 0, height = 0;
  std::string sha256;
};

// How much of the answer's shape a model's server enforces.
enum class StructuredOutput {
  schema,  // a JSON Schema
  json,    // any JSON object
  none     // nothing: the prompt alone asks for JSON
};

// What one model takes. A field it does not take is left out of the request, never sent blindly: most answer
// 400.
struct ModelCapabilities {
  bool vision = true;
  bool streaming = true;
  bool narrow = false;  // only plain facts are asked for; core/compose makes the music
  bool temperature = false;
  bool seed = false;
  StructuredOutput structured = StructuredOutput::schema;
  // The provider's own word for how long to think: OpenAI and Anthropic 'low', Gemini 'LOW', Ollama 'true' or
  // 'false'. Empty: not sent, but Ollama is told not to think.
  std::string thinking;
  std::string image_detail = "high";  // OpenAI, compatible
  std::string token_field;            // Chat Completions: max_completion_tokens or max_tokens; empty: by kind
  std::string schema_field;           // Gemini: responseJsonSchema (empty), responseFormat or responseSchema
  int most_output_tokens = 32000;     // the model's own limit, for the second asking
  int context_tokens = 16384;         // Ollama's num_ctx
};

// Where a model is: enough to list the models there.
struct Endpoint {
  std::string base_url;  // with or without a trailing '/' and '/v1'; empty: the provider's public address
  Secret key;            // empty: none is sent
};

// What was said after the first question: the model's answer, our complaint, ...
struct Turn {
  enum class Role { assistant, user } role = Role::user;
  std::string text;
};

struct ModelCall {
  Endpoint endpoint;
  std::string model;
  ModelCapabilities capabilities;
  std::string_view system;    // the question's frame, of a Mode: lasts as long as the program
  std::string user;           // the question
  std::vector<Turn> further;  // oldest first; empty at the first asking
  std::string schema_name;    // [a-zA-Z0-9_-]{1,64}
  std::string_view schema;    // the master schema's text, of a Mode; the provider lowers it. Empty: free text
  std::shared_ptr<const PreparedPicture> picture;  // null: none
  int max_output_tokens = 4096;
  std::optional<double> temperature;  // 0..2; sent where the model takes one
  std::optional<std::uint64_t> seed;  // sent where the model takes one
  bool stream = true;                 // and the model can
};

struct Usage {
  std::int64_t input_tokens = 0, output_tokens = 0;     // output includes thinking
  std::int64_t thinking_tokens = 0, cached_tokens = 0;  // parts of the two above
  std::optional<double> cost;  // US dollars, where the provider itself says (OpenRouter)
  bool known = false;          // false: the answer said nothing
  Usage& operator+=(const Usage& other);
};

enum class Finish {
  stop,     // the model was done
  length,   // cut off by the token budget or the context
  refusal,  // the model declined; `detail` has its words
  filter,   // the provider's filter took the question or the answer
  tool,     // it wanted to call a tool
  other     // none of them; `detail` has the provider's word
};
std::string_view to_string(Finish finish);

struct ModelReply {
  std::string text;      // the answer without thinking, all parts joined
  std::string thinking;  // what the model thought aloud, where it is shown
  Finish finish = Finish::stop;
  std::string detail;
  Usage usage;
  std::string model;        // as the answer reports it
  std::string response_id;  // of the answer's body, or empty
  std::string fingerprint;  // of the server's build, or empty
  std::string raw;          // the body as it came
};

// A request that gave no reply. `error.code` is one of: rejected_request, auth, quota, rate_limited,
// overloaded, not_found, too_large, timeout, model_missing, provider_failed, bad_reply, cut_stream. Messages
// hold the provider's own words, shortened, and never a key.
struct ProviderError {
  Error error;
  bool retryable = false;                                // the same request may succeed later
  std::optional<std::chrono::milliseconds> retry_after;  // the provider's own wish
};

using Reply = std::variant<ModelReply, ProviderError>;

// What one feed() brought.
struct Arrived {
  std::string text;       // of the answer, in order
  bool thinking = false;  // the model is thinking aloud
  bool done = false;      // the provider said that nothing follows; the connection may be kept
};

// The body of one answer with status 200, in any cutting. Not thread-safe.
class ReplyReader {
 public:
  virtual ~ReplyReader() = default;
  virtual Arrived feed(std::string_view bytes) = 0;
  // Once, after the last byte. A stream that stops before its end is a 'cut_stream'.
  virtual Reply finish() = 0;
};

struct OfferedModel {
  std::string name;
  std::string digest;          // Ollama's, or empty
  std::optional<bool> vision;  // where the list says
};

class Provider {
 public:
  virtual ~Provider() = default;
  virtual std::string_view kind() const = 0;  // 'openai', ...: the word of the settings
  virtual std::string_view default_base_url() const = 0;
  // Error 'unsupported' for what this provider can never do, with the field.
  virtual Result<HttpRequest> request(const ModelCall& call) const = 0;
  // For the answer to `request`. `content_type`: of the answer's header.
  virtual std::unique_ptr<ReplyReader> reader(const HttpRequest& request,
                                              std::string_view content_type) const = 0;
  // Any other status than 200, or a body that a reader could not take.
  virtual ProviderError classify(int status, const Headers& headers, std::string_view body) const = 0;
  // Whether the refusal says that the model or its server does not know a field that the capabilities made us
  // send; if so they are changed, and the same question may be put once more.
  virtual bool adapt(ModelCapabilities& capabilities, int status, std::string_view body) const;
  // A request that costs nothing and says whether the endpoint and its key work.
  virtual HttpRequest list_models(const Endpoint& endpoint) const = 0;
  virtual Result<std::vector<OfferedModel>> models(std::string_view body) const = 0;
};

// `text` with every occurrence of the key replaced by '***': for whatever came from outside and is told
// further.
std::string without_secret(std::string text, const Secret& key);

// One of 'openai', 'openai-responses', 'anthropic', 'gemini', 'ollama', 'compatible', 'moondream'; null if
// none. They live as long as the program and are thread-safe.
const Provider* find_provider(std::string_view kind);

// What a provider's models take when the settings say nothing.
ModelCapabilities default_capabilities(std::string_view kind);

}  // namespace doodled::llm
