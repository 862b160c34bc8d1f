#include "core/interpret/llm/wire/encoding.hpp"

#include <cctype>

#include <nlohmann/json.hpp>
#include <openssl/evp.h>

namespace doodled::llm {

std::string join_url(std::string_view base, std::string_view fallback, std::string_view version,
                     std::string_view path) {
  if (base.empty()) base = fallback;
  while (base.ends_with('/')) base.remove_suffix(1);
  if (!version.empty() && base.ends_with(version)) version = {};
  return std::string(base) + std::string(version) + std::string(path);
}

std::string host_of(std::string_view url) {
  if (const auto scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  std::string host;
  for (const char c : url.substr(0, url.find_first_of(":/?#")))
    host += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return host;
}

std::string path_segment(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF", plain = "-._~:";
  std::string out;
  for (const unsigned char c : text)
    if (std::isalnum(c) || plain.find(static_cast<char>(c)) != std::string_view::npos)
      out += static_cast<char>(c);
    else
      out += {'%', digits[c >> 4], digits[c & 15]};
  return out;
}

std::string base64(const PreparedPicture& picture) {
  const auto size = picture.bytes.size();
  std::string text((size + 2) / 3 * 4 + 1, '\0');  // EVP_EncodeBlock ends with a zero
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), picture.bytes.data(),
                  static_cast<int>(size));
  text.pop_back();
  return text;
}

std::string data_uri(const PreparedPicture& picture) {
  return "data:" + picture.media_type + ";base64," + base64(picture);
}

HttpRequest json_post(std::string url, std::string body, bool streaming) {
  return {"POST",
          std::move(url),
          {{"Content-Type", "application/json"},
           {"Accept",
            streaming ? "text/event-stream, application/x-ndjson, application/json" : "application/json"}},
          std::move(body),
          streaming};
}

HttpRequest get(std::string url) {
  return {"GET", std::move(url), {{"Accept", "application/json"}}, {}, false};
}

void add_bearer(HttpRequest& request, const Secret& key) {
  if (!key.empty()) request.headers.emplace_back("Authorization", "Bearer " + key.reveal());
}

}  // namespace doodled::llm
