// The builtin interpreter: the reader process sees, and core/compose makes music of it. No network.
#pragma once
#include <functional>

#include "core/base/span.hpp"
#include "core/image/begun.hpp"
#include "core/image/reading.hpp"
#include "core/interpret/interpreter.hpp"
#include "core/interpret/work_ahead.hpp"

namespace doodled {

// What a mode asks the reader to see: 'auto', 'drawing' or 'photo'.
std::string kind_wanted(std::string_view mode);

struct Seen {
  Reading reading;
  std::vector<Span> parts = {};  // what took how long
};

// Decodes and sees, in the reader process.
using SeePicture =
    std::function<Result<Begun<Seen>>(Bytes image, const std::string& kind_wanted, std::stop_token stop)>;

class BuiltinInterpreter final : public Interpreter {
 public:
  // `most_ahead`: so many readings at once are begun before their jobs.
  // `report`: what came of each ask, "ok" or the error's code, and how long it took; may be empty.
  using Report = std::function<void(std::string_view outcome, Nanoseconds time)>;
  BuiltinInterpreter(const SeePicture& see, const Clock& clock, std::size_t most_ahead = 0,
                     Report report = {})
      : see_(see), clock_(clock), ahead_(see, most_ahead, clock), report_(std::move(report)) {}

  std::string_view id() const override { return "builtin"; }
  std::string_view kind() const override { return "builtin"; }
  Result<void> check(const InterpretRequest& request) const override;
  void ask(const InterpretRequest& request, Asking asking, Answered answered) override;
  Result<std::optional<Ahead>> begin(const std::string& mode, Bytes image) override;

 private:
  Result<RawReply> read(const InterpretRequest& request, const Asking& asking, SpanWatch& watch);
  Interpreted interpreted(const InterpretRequest& request, const Asking& asking);
  Result<Seen> see(const InterpretRequest& request, const std::stop_token& stop, bool& underway);

  SeePicture see_;
  const Clock& clock_;
  WorkAhead<std::string, Seen> ahead_;  // by the kind that is wanted
  Report report_;
};

}  // namespace doodled
