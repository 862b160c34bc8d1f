// Pictures on their way in: raw or in a form, looked at by the reader before anything is stored.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "server/api/services.hpp"
#include "server/http/message.hpp"
#include "server/http/multipart.hpp"

namespace doodled::api {

// Errors: those of ReaderClient::info, each with the pointer 'image'; 'image_required' for no bytes.
Result<Image> store_image(Services& services, Bytes bytes);

}  // namespace doodled::api
