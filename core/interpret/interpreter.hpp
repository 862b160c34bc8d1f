// What turns a picture or a sentence into a session: the builtin reader or a vision LLM.
#pragma once
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "core/base/ids.hpp"
#include "core/music/session.hpp"

namespace doodled {

struct InterpretRequest {
  std::string mode;
  std::string options;  // a JSON object
  std::string prompt;
  Bytes image;  // encoded, as uploaded; empty: none
  std::string image_sha256;
};

// The answer as it came, before anybody judged it.
struct RawReply {
  std::string request;  // JSON: what was asked, without keys, the picture by its SHA-256
  std::string answer;
  std::string model, prompt_version;
  std::string usage;  // JSON, or empty
};

// stage: one word for people ('reading'); progress 0..1.
using Progress = std::function<void(std::string_view stage, double progress)>;

// Thread-safe: several jobs may ask at once.
class Interpreter {
 public:
  virtual ~Interpreter() = default;
  virtual std::string_view id() const = 0;
  virtual std::string_view kind() const = 0;
  // Says no, with the field at fault, to what it could never do, before the job is queued.
  virtual Result<void> check(const InterpretRequest& request) const = 0;
  // May block. Returns soon after a stop request, with the Error 'cancelled'.
  virtual Result<RawReply> ask(const InterpretRequest& request, const Progress& progress,
                               std::stop_token stop) = 0;
  // Pure.
  virtual Result<Session> to_session(const InterpretRequest& request, const RawReply& reply) const = 0;
};

}  // namespace doodled
