// What several providers' requests share.
#pragma once
#include <string>

#include <nlohmann/json.hpp>

#include "core/interpret/llm/provider.hpp"
#include "core/interpret/llm/schema/lower.hpp"
#include "core/interpret/llm/wire/encoding.hpp"
#include "core/interpret/llm/wire/failures.hpp"
#include "core/interpret/llm/wire/json_view.hpp"
#include "core/interpret/llm/wire/reply_state.hpp"

namespace doodled::llm {

// String values that stand in a body for what is ready as JSON: the picture, the call's schema as lowered
// (null where the model enforces none or the call has none), and system_with_schema().
inline constexpr std::string_view picture_place = "\x01picture", system_place = "\x01system";
OrderedJson schema_for(const ModelCall& call, Dialect dialect);
// The body as it is sent, with each of them in its place.
std::string request_text(const OrderedJson& body, const ModelCall& call, const std::string& picture);

// The system text with the schema written out, for servers that never show it to the model.
std::string system_with_schema(const ModelCall& call);

bool asks_for_stream(const ModelCall& call);
// Null when not sent.
OrderedJson sent_temperature(const ModelCall& call);
OrderedJson sent_seed(const ModelCall& call);

// The picture's value in the body: a data URI or bare base64; nothing where there is no picture.
std::string picture_uri(const ModelCall& call);
std::string picture_base64(const ModelCall& call);

// 'unsupported' for a picture that the model can't take.
Result<void> check_picture(const ModelCall& call);

// The names in a list of models: {"data": [{"id": ...}]}.
Result<std::vector<OfferedModel>> model_ids(std::string_view body, const char* list, const char* name);

std::string_view role_name(Turn::Role role);

}  // namespace doodled::llm
