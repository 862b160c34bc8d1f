// From the one master schema of a mode to what each provider's structured output takes. Pure.
#pragma once
#include <string_view>

#include "core/interpret/llm/schema/ordered_json.hpp"

namespace doodled::llm {

// Whose subset of JSON Schema. All want every property required and no others allowed, no references, no
// unions.
//   openai     keeps ranges, counts and patterns; lengths of texts go
//   anthropic  refuses every bound: ranges, counts, lengths and patterns go. Also what every host of
//   OpenRouter takes gemini     keeps ranges and counts; a constant becomes an enum of one grammar llama.cpp,
//   Ollama, LM Studio, vLLM: keeps all; enforces ranges of integers only, which is why master
//              schemas have no other numbers but scaled ones (thousandths, hundredths)
// A bound that goes is told in the description instead, in fixed words.
enum class Dialect { openai, anthropic, gemini, grammar };

// `master` without references: every "$ref": "#/definitions/..." and "parts.json#/definitions/..." replaced
// by what it names, keys in order. Throws std::logic_error when it names nothing: the schemas are ours.
OrderedJson inlined(const OrderedJson& master, const OrderedJson& parts);

// Expects an inlined master; throws std::logic_error for what no provider takes (unions, numbers that are no
// integers).
OrderedJson lowered(const OrderedJson& master, Dialect dialect);

// The most tokens that an answer fitting the schema can take, by rule of thumb (a number two, a word one for
// each three letters): what an output budget is reckoned from.
int most_tokens(const OrderedJson& schema);

}  // namespace doodled::llm
