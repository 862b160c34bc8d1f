// The builtin interpreter: the reader process sees, and core/compose makes music of it. No network.
#pragma once
#include <functional>

#include "core/image/reading.hpp"
#include "core/interpret/interpreter.hpp"

namespace doodled {

// What a mode asks the reader to see: 'auto', 'drawing' or 'photo'.
std::string kind_wanted(std::string_view mode);

// Decodes and sees, in the reader process.
using SeePicture =
    std::function<Result<Reading>(Bytes image, const std::string& kind_wanted, std::stop_token stop)>;

class ReadAhead;

class BuiltinInterpreter final : public Interpreter {
 public:
  // `ahead`: where readings may be under way already; outlives this.
  explicit BuiltinInterpreter(SeePicture see, ReadAhead* ahead = nullptr)
      : see_(std::move(see)), ahead_(ahead) {}

  std::string_view id() const override { return "builtin"; }
  std::string_view kind() const override { return "builtin"; }
  Result<void> check(const InterpretRequest& request) const override;
  void ask(const InterpretRequest& request, Asking asking, Answered answered) override;

 private:
  Result<RawReply> read(const InterpretRequest& request, const Asking& asking);

  Result<Reading> see(const InterpretRequest& request, const std::stop_token& stop);

  SeePicture see_;
  ReadAhead* ahead_;
};

}  // namespace doodled
