// One ask of a RemoteInterpreter, from the line before the gate to the answer. Its steps run in turn: those
// that may block on a thread of Asking::later, those that follow bytes on the transport's.
#pragma once
#include "core/interpret/llm/part_watch.hpp"
#include "core/interpret/net/remote_interpreter.hpp"

namespace doodled {

class RemoteAsk : public std::enable_shared_from_this<RemoteAsk> {
 public:
  RemoteAsk(std::shared_ptr<RemoteInterpreter> asked, InterpretRequest request, Asking asking,
            Answered answered);

  // Called once. May block.
  void start();

 private:
  // One request that was sent and how it went, for the audit.
  struct Try {
    std::int64_t at = 0;
    int status = 0;
    std::string error = {};
    std::chrono::milliseconds first_byte{0}, total{0};
    Nanoseconds begun{0};                // on the clock of `begun_`
    Nanoseconds judged{0}, accepted{0};  // when the answer was looked at, from .. to; 0: it was not
  };

  void later(void (RemoteAsk::*step)());
  void run(void (RemoteAsk::*step)());
  // From the store, or into the line.
  void begin();
  // In this order, from the gate on; a failed try goes back to send().
  void entered(Gate::Place place);
  void entered_at_once(Gate::Place place);
  void prepare();
  void send();
  void on_head(int status, const llm::Headers& headers);
  void on_body(std::string_view bytes);
  void all_is_said();
  void on_end(const TransferEnd& end);
  void transfer_is_over();
  void refused(int status);
  void try_failed(llm::ProviderError error);
  void judge();

  void watch_for_stop();
  void stopped();
  void fail(Error error);
  void finish(Result<Accepted> accepted);
  void end(std::string_view outcome, RawReply reply, Result<Accepted> accepted);

  bool answer_from_store();
  Result<std::shared_ptr<const llm::PreparedPicture>> picture();
  Result<llm::HttpRequest> build_request();
  TransferHandlers handlers();
  std::chrono::milliseconds time_left() const;
  void show(std::string stage, double progress);
  Result<void> reserve();
  double estimated_cost() const;
  RawReply reply() const;
  std::string usage_json() const;
  std::vector<Span> parts() const;
  static Error stopped_error() { return {"cancelled", "the interpreter was stopped"}; }

  const std::shared_ptr<RemoteInterpreter> asked_;
  const RemoteSettings& settings_;
  const RemoteServices& services_;
  const InterpretRequest request_;
  const Asking asking_;

  std::optional<llm::Conversation> conversation_;
  std::string cache_key_;
  std::shared_ptr<void> budget_;
  Nanoseconds came_{0};   // into the line
  Nanoseconds begun_{0};  // when its turn came
  std::vector<Try> tries_;
  int failures_ = 0;       // in a row
  bool admitted_ = false;  // by the circuit, which waits for the outcome
  // Of the request under way.
  std::unique_ptr<llm::ReplyReader> reader_;
  std::optional<llm::HttpRequest>
      shape_;  // of the request, without body and headers: what the reader asks for
  llm::PartWatch parts_;
  int status_ = 0;
  llm::Headers headers_;
  std::string error_body_;
  bool complete_ = false;
  std::string stage_;
  double progress_ = 0;
  std::optional<llm::ModelReply> model_reply_;

  std::mutex mutex_;   // of what follows
  Answered answered_;  // empty: over
  int steps_ = 0;      // queued or running on a thread of Asking::later
  bool stop_wanted_ = false;
  Gate::Place place_;
  std::uint64_t ticket_ = 0;
  Transport::Id transfer_ = 0, timer_ = 0;
  std::optional<std::stop_callback<std::function<void()>>> stop_callback_;
};

}  // namespace doodled
