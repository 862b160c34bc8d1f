#include "core/interpret/net/url.hpp"

#include <array>
#include <cstdint>
#include <memory>

#include <arpa/inet.h>
#include <curl/curl.h>

namespace doodled {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
struct FreeText {
  void operator()(char* text) const { curl_free(text); }
};

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
  return std::unique_ptr<char, FreeText>(text).get();
}

std::optional<std::uint32_t> ipv4(const std::string& host) {
  in_addr address{};
  if (inet_pton(AF_INET, host.c_str(), &address) != 1) return std::nullopt;
  return ntohl(address.s_addr);
}

std::optional<std::array<unsigned char, 16>> ipv6(const std::string& host) {
  std::array<unsigned char, 16> address{};
  if (inet_pton(AF_INET6, host.c_str(), address.data()) != 1) return std::nullopt;
  return address;
}

bool within(std::uint32_t address, std::uint32_t network, int bits) {
  return address >> (32 - bits) == network >> (32 - bits);
}

}  // namespace

std::optional<UrlPlace> url_place(const std::string& text) {
  const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
  if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return std::nullopt;
  for (const auto part : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY, CURLUPART_FRAGMENT})
    if (!part_of(url.get(), part).empty()) return std::nullopt;
  UrlPlace place{part_of(url.get(), CURLUPART_SCHEME), part_of(url.get(), CURLUPART_HOST)};
  if ((place.scheme != "http" && place.scheme != "https") || place.host.empty()) return std::nullopt;
  if (place.host.front() == '[') place.host = place.host.substr(1, place.host.size() - 2);
  return place;
}

bool is_this_machine(const std::string& host) {
  if (host == "localhost" || host.ends_with(".localhost")) return true;
  if (const auto address = ipv4(host)) return within(*address, 0x7f000000, 8);
  const auto address = ipv6(host);
  return address && *address == std::array<unsigned char, 16>{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
}

bool is_private_address(const std::string& host) {
  if (is_this_machine(host)) return true;
  if (const auto address = ipv4(host))
    return within(*address, 0x0a000000, 8) || within(*address, 0xac100000, 12) ||
           within(*address, 0xc0a80000, 16) || within(*address, 0xa9fe0000, 16);
  const auto address = ipv6(host);
  return address &&
         (((*address)[0] & 0xfe) == 0xfc || ((*address)[0] == 0xfe && ((*address)[1] & 0xc0) == 0x80));
}

}  // namespace doodled
