// A vision LLM that is asked over HTTP. Holds no thread while it waits: for its turn, for the model, for the
// next try.
#pragma once
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/random.hpp"
#include "core/interpret/interpreter.hpp"
#include "core/interpret/net/gate.hpp"
#include "core/interpret/net/remote_settings.hpp"

namespace doodled {

// One ask that came to its end, for metrics.
struct AskReport {
  std::string_view interpreter;
  std::string_view outcome;        // 'ok', 'cached', or an error's code
  std::chrono::milliseconds time;  // since its turn came
  std::int64_t input_tokens, output_tokens;
  double cost;
};

// What the interpreter uses of the rest of the program. All outlive it and are thread-safe.
struct RemoteServices {
  Transport& transport;
  const Clock& clock;
  // The picture as it is sent; may block. Errors: those of LoadImage and ReaderClient.
  std::function<Result<std::shared_ptr<const llm::PreparedPicture>>(
      const InterpretRequest& request, int longest_side, SentFormat format, std::stop_token stop)>
      prepare;
  // Begins that for a picture which is still on its way to the disk, as Interpreter::begin; may be empty.
  std::function<Result<std::optional<Ahead>>(Bytes image, int longest_side, SentFormat format)>
      prepare_ahead = {};
  // A stored answer that was useful; may block.
  std::function<std::optional<RawReply>(const std::string& cache_key)> find_answer;
  // What this interpreter cost since a wall time; may block.
  std::function<double(const std::string& interpreter, std::int64_t since_wall_ms)> spent;
  std::shared_ptr<Budget> all_together;  // of all interpreters
  // After each ask, for metrics; must not block.
  std::function<void(const AskReport& report)> report;
};

// The Error 'picture_stays'.
Error picture_stays();

class RemoteInterpreter final : public Interpreter, public std::enable_shared_from_this<RemoteInterpreter> {
 public:
  RemoteInterpreter(RemoteSettings settings, RemoteServices services);

  std::string_view id() const override { return settings_.model.interpreter; }
  std::string_view kind() const override { return settings_.model.kind; }
  Result<void> check(const InterpretRequest& request) const override;
  void ask(const InterpretRequest& request, Asking asking, Answered answered) override;
  Result<std::optional<Ahead>> begin(const std::string& mode, Bytes image) override;
  InterpreterState state() const override;
  // Asks for the list of models.
  void probe(std::function<void()> done) override;

 private:
  friend class RemoteAsk;

  // Outcomes of single requests, for the circuit and the state.
  Result<void> admit();
  void succeeded(const llm::Headers& headers);
  void failed(const llm::ProviderError& error);
  void dropped();
  // With what was learnt of the model since the start.
  llm::ModelSettings model() const;
  void learnt(const llm::ModelCapabilities& capabilities);
  std::optional<std::chrono::milliseconds> delay_after(int failures, const llm::ProviderError& error);
  double cost_of(const llm::Usage& usage) const;
  void probed(int status, const std::string& body, const TransferEnd& end);

  const RemoteSettings settings_;
  const RemoteServices services_;
  const llm::Provider& provider_;
  const std::shared_ptr<Gate> gate_;
  const std::shared_ptr<Budget> budget_;
  mutable std::mutex mutex_;
  llm::ModelCapabilities capabilities_;
  Circuit circuit_;
  Random random_;
  InterpreterState seen_;  // but for what is read off when asked
};

}  // namespace doodled
