// The policy of one interpretation by a model: from a job's wish to the first call, and from each reply to
// the next call or the end. Pure; no retries of the transport, which are a matter of whoever moves the bytes.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/interpret/accept.hpp"
#include "core/interpret/interpreter.hpp"
#include "core/interpret/llm/provider.hpp"

namespace doodled::llm {

// Who is asked: one [[interpreter]] of the settings.
struct ModelSettings {
  std::string interpreter;  // its id
  std::string kind;         // a provider's
  Endpoint endpoint;
  std::string model;
  ModelCapabilities capabilities;
  std::optional<double> temperature;
  int output_tokens = 0;  // 0: reckoned from the mode's schema
  bool stream = true;
};

// One call and what became of it, for the audit.
struct Attempt {
  std::string reason;  // 'first', 'cut_off', 'empty', 'violations'
  int max_output_tokens = 0;
  ModelReply reply;
  std::vector<std::string> repairs;  // what had to be put right to read it: 'fence', 'trailing_comma', ...
  std::vector<Problem> violations;   // what was wrong with it, empty when accepted
};

struct Answered {
  Accepted accepted;
};
struct AskAgain {
  std::string reason;  // as in Attempt
};
struct Failed {
  // refused, filtered, cut_off, no_answer; malformed_answer, invalid_answer, session_rejected (with the
  // violations)
  Error error;
};
using Step = std::variant<Answered, AskAgain, Failed>;

class Conversation {
 public:
  // Errors name the field: unknown mode, an option, a picture or prompt that the mode needs, a model without
  // eyes.
  static Result<Conversation> begin(const InterpretRequest& request, ModelSettings settings,
                                    std::shared_ptr<const PreparedPicture> picture);

  const Provider& provider() const { return *provider_; }
  // What is to be asked now.
  const ModelCall& call() const { return call_; }
  // The same as it is sent, with the bytes of the picture that call() names; null where it names none. Called
  // once for each call. Errors: those of Provider::request.
  Result<HttpRequest> next_request(std::shared_ptr<const PreparedPicture> picture);
  // At most two more calls follow the first: one with a larger budget after a cut-off (or an empty answer),
  // one that carries the violations.
  Step take(ModelReply reply);

  // After an answer with an error status: true when the model or its server does not know a field that we
  // sent, and call() is now without it; to be sent again.
  bool adapt(int status, std::string_view body);

  const std::vector<Attempt>& attempts() const { return attempts_; }
  Usage usage() const;                 // of all attempts
  std::string prompt_version() const;  // 'doodle-1 sha256:...', of the prompt and its master schema
  // What is stored of it. `request`: what was sent, without key and with the picture by its SHA-256, and
  // every attempt with its answer, finish, tokens, repairs and violations. `answer`: the last answer's text,
  // which session_from_answer() takes.
  RawReply record() const;
  // Same wish, model, prompt and settings: same key. 64 hexadecimal digits.
  std::string cache_key() const;

 private:
  Conversation() = default;
  Step cut_off(std::string reason);
  Step judge();
  Step complain(std::string answer, Error error);
  ModelCall without_picture() const;
  Result<HttpRequest> first_request() const;

  const Provider* provider_ = nullptr;
  InterpretRequest request_;  // without the picture's bytes
  ModelSettings settings_;
  ModelCall call_;
  HttpRequest first_;  // the first call without the picture's bytes
  std::string prompt_version_, reason_ = "first";
  std::vector<Attempt> attempts_;
  bool enlarged_ = false, complained_ = false;
};

// Who answered, for the session's provenance.
struct Origin {
  std::string interpreter;  // its id
  std::string model;        // as the answer reports it
  bool narrow = false;      // ModelCapabilities::narrow; a stored answer is known without
};

// The session that a stored answer stands for: read, checked against the mode's master schema, lowered. Not
// yet accepted. Errors: 'cut_off', 'malformed_answer', 'invalid_answer' with every problem. `repairs` gets
// what was put right, when not null.
Result<Session> session_from_answer(const InterpretRequest& request, std::string_view answer,
                                    const Origin& origin, std::vector<std::string>* repairs = nullptr);

// What an interpreter of this kind could never do, before a job is queued.
Result<void> check(const InterpretRequest& request, const ModelSettings& settings);

}  // namespace doodled::llm
