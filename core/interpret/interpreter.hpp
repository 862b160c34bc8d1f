// What turns a picture or a sentence into a session: the builtin reader or a vision LLM.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/span.hpp"
#include "core/image/image_info.hpp"
#include "core/interpret/accept.hpp"

namespace doodled {

// The picture as it was uploaded. May block. Errors: those of Images::bytes.
using LoadImage = std::function<Result<std::vector<std::uint8_t>>()>;

struct InterpretRequest {
  std::string mode;
  std::string options;  // a JSON object
  std::string prompt;
  std::string image_sha256;  // empty: no picture
  LoadImage image;           // set where image_sha256 is, except in check()
  bool image_stays = false;  // the picture must not leave this machine
  bool fresh = false;        // a stored answer to the same question will not do
  RuleOptions rules = {};    // for accept()
};

// The answer as it came, before anybody judged it.
struct RawReply {
  std::string request;  // JSON: what was asked, without keys, the picture by its SHA-256
  std::string answer;
  std::string model, prompt_version;
  std::string usage = {};      // JSON, or empty
  std::string cache_key = {};  // same question, model and settings: same key. Empty: not to be answered from
  std::int64_t input_tokens = 0, output_tokens = 0;
  double cost = 0;  // in the currency of the settings' prices
};

// How an ask ended.
struct Interpreted {
  RawReply reply;  // kept whatever came of it; empty when nothing was answered
  Result<Accepted> accepted;
  std::shared_ptr<void> until_stored = {};  // to be kept until `reply` is stored: money that is held back
  std::vector<Span> parts = {};             // what took how long
};

// stage: a few words for people ('reading the bass line'); progress 0..1. Thread-safe, must not block.
using Progress = std::function<void(std::string_view stage, double progress)>;

// What goes on beside an ask.
struct Asking {
  Progress progress;
  std::stop_token stop;
  // Has a thread that may block do the work, soon; never when the job is over.
  std::function<void(std::function<void()>)> later;
};

using Answered = std::function<void(Interpreted)>;

// What was begun of a picture that is still on its way to the disk.
struct Ahead {
  ImageInfo info;
  // To be called with the SHA-256 of the picture once that is stored, so that its job finds what was begun;
  // dropped uncalled, it stops it.
  std::function<void(const std::string& image_sha256)> keep;
};

struct OfferedModel {
  std::string name;
  std::optional<bool> vision;  // where the list says
};

// How an interpreter is. What does not apply (a circuit, for one on no network) keeps its default.
struct InterpreterState {
  std::string model, host;
  bool on_this_machine = true;
  std::optional<bool> reachable;  // nothing: not tried yet
  std::int64_t checked_at = 0;    // wall milliseconds; 0: never
  std::vector<OfferedModel> models;
  std::optional<Error> last_error;
  std::int64_t last_error_at = 0;
  std::string circuit = "closed";  // open: not asked for a while; half_open: one is let through to try
  std::int64_t retry_in_ms = 0;    // until an open circuit is tried, or a rate limit is over
  int asking = 0, waiting = 0;     // jobs
  int concurrency = 0;             // 0: no limit of its own
  double daily_budget = 0;         // 0: none
};

// Thread-safe: many jobs may ask at once.
class Interpreter {
 public:
  virtual ~Interpreter() = default;
  virtual std::string_view id() const = 0;
  virtual std::string_view kind() const = 0;
  // Says no, with the field at fault, to what it could never do, before the job is queued.
  virtual Result<void> check(const InterpretRequest& request) const = 0;
  // Called on a thread that may block, and only for work of its own: who waits for others returns, and holds
  // no thread meanwhile. `answered` is called exactly once, before ask() returns or later on any thread; soon
  // after a stop request, with the Error 'cancelled'.
  virtual void ask(const InterpretRequest& request, Asking asking, Answered answered) = 0;
  // Begins what a job of that mode will need first of a picture that is still on its way to the disk, and
  // blocks until the picture's header is known; or nothing. The interpreter outlives what it gives. Errors:
  // those of ReaderClient::info.
  virtual Result<std::optional<Ahead>> begin(const std::string& mode, Bytes image) {
    (void)mode, (void)image;
    return std::optional<Ahead>();
  }
  virtual InterpreterState state() const { return {}; }
  // Looks whether it can be reached; `done` is called once, on any thread, when state() tells.
  virtual void probe(std::function<void()> done) { done(); }
};

}  // namespace doodled
