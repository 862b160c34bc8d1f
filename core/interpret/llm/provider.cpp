#include "core/interpret/llm/provider.hpp"

#include "core/base/enum_names.hpp"

namespace doodled::llm {
namespace {

constexpr EnumNames<Finish, 6> finish_names{{"stop", "length", "refusal", "filter", "tool", "other"}};

}  // namespace

std::string_view to_string(Finish finish) { return finish_names.name(finish); }

bool Provider::adapt(ModelCapabilities&, int, std::string_view) const { return false; }

std::string without_secret(std::string text, const Secret& key) {
  if (key.empty()) return text;
  const auto& hidden = key.reveal();
  for (auto found = text.find(hidden); found != std::string::npos; found = text.find(hidden, found + 3))
    text.replace(found, hidden.size(), "***");
  return text;
}

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
