#include "core/interpret/llm/provider.hpp"

#include "core/base/enum_names.hpp"

namespace doodled::llm {
namespace {

constexpr EnumNames<Finish, 6> finish_names{{"stop", "length", "refusal", "filter", "tool", "other"}};

}  // namespace

std::string_view to_string(Finish finish) { return finish_names.name(finish); }

Usage& Usage::operator+=(const Usage& other) {
  input_tokens += other.input_tokens;
  output_tokens += other.output_tokens;
  thinking_tokens += other.thinking_tokens;
  cached_tokens += other.cached_tokens;
  if (other.cost) cost = cost.value_or(0) + *other.cost;
  known = known || other.known;
  return *this;
}

}  // namespace doodled::llm
