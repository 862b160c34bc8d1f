// What requests are written with: addresses, base64, and JSON whose keys keep their order.
#pragma once
#include <string>
#include <string_view>

#include "core/interpret/llm/provider.hpp"
#include "core/interpret/llm/schema/ordered_json.hpp"

namespace doodled::llm {

// 'https://host/v1/' + '/v1' + '/models' -> 'https://host/v1/models': the version is not said twice, and
// added where the address has none. An empty base is `fallback`.
std::string join_url(std::string_view base, std::string_view fallback, std::string_view version,
                     std::string_view path);
// The scheme and host of an address in lower case, without a port: 'openrouter.ai'.
std::string host_of(std::string_view url);
// One segment of a path, percent-encoded (RFC 3986).
std::string path_segment(std::string_view text);

std::string base64(const PreparedPicture& picture);
std::string data_uri(const PreparedPicture& picture);

// JSON request with the usual headers.
HttpRequest json_post(std::string url, std::string body, bool streaming);
HttpRequest get(std::string url);

// A bearer token where there is a key.
void add_bearer(HttpRequest& request, const Secret& key);

}  // namespace doodled::llm
