// Pictures on their way in: raw or in a form, looked at by the reader before anything is stored.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "core/base/span.hpp"
#include "server/api/services.hpp"
#include "server/http/message.hpp"
#include "server/http/multipart.hpp"

namespace doodled::api {

// Begins what the job that follows will do first, as Interpreter::begin.
using BeginAhead = std::function<Result<std::optional<Ahead>>(Bytes image)>;

// The bytes are kept; the record of them is the caller's to add. What `begin` begins goes on while the
// picture is being stored. Errors: those of ReaderClient::info, each with the pointer 'image';
// 'image_required' for no bytes. `watch`, where given, notes how long each part took.
Result<KeptPicture> keep_picture(Services& services, Bytes bytes, const BeginAhead& begin = {},
                                 SpanWatch* watch = nullptr);

// Kept and recorded.
Result<Image> store_image(Services& services, Bytes bytes);

}  // namespace doodled::api
