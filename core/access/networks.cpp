#include "core/access/networks.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <arpa/inet.h>

namespace doodled {
namespace {

constexpr AddressBytes mapped_v4 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool is_v4(const AddressBytes& address) { return std::equal(&mapped_v4[0], &mapped_v4[12], &address[0]); }

std::optional<AddressBytes> address_from(std::string_view text) {
  const std::string literal(text);
  AddressBytes bytes = mapped_v4;
  if (::inet_pton(AF_INET, literal.c_str(), &bytes[12]) == 1) return bytes;
  if (::inet_pton(AF_INET6, literal.c_str(), bytes.data()) == 1) return bytes;
  return std::nullopt;
}

// Of the 16 bytes; those before an IPv4 address always count.
std::optional<int> bits_from(std::string_view text, const AddressBytes& address) {
  int bits = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
  const int before = is_v4(address) ? 96 : 0;
  if (error != std::errc{} || end != text.data() + text.size() || bits < 0 || before + bits > 128)
    return std::nullopt;
  return before + bits;
}

bool same_bits(const AddressBytes& left, const AddressBytes& right, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (!std::equal(left.begin(), left.begin() + bits / 8, right.begin())) return false;
  return bits % 8 == 0 || ((left[whole] ^ right[whole]) >> (8 - bits % 8)) == 0;
}

Error no_network(const std::string& text, const std::string& field) {
  return {"invalid_settings",
          "the settings cannot be used",
          {{field, "\"" + text + "\" is no address or network, such as 192.168.1.0/24"}}};
}

}  // namespace

Result<Networks> Networks::parse(const std::vector<std::string>& texts, const std::string& field) {
  Networks networks;
  for (const auto& text : texts) {
    const auto slash = text.find('/');
    const auto address = address_from(std::string_view(text).substr(0, slash));
    if (!address) return no_network(text, field);
    const auto bits =
        slash == text.npos ? 128 : bits_from(std::string_view(text).substr(slash + 1), *address);
    if (!bits) return no_network(text, field);
    networks.networks_.push_back({*address, *bits});
  }
  return networks;
}

bool Networks::contains(std::string_view address) const {
  const auto bytes = address_from(address);
  return bytes && std::ranges::any_of(networks_, [&](const Network& network) {
           return same_bits(network.address, *bytes, network.bits);
         });
}

std::string client_network(std::string_view address) {
  auto bytes = address_from(address);
  if (!bytes || is_v4(*bytes)) return std::string(address);
  std::fill(bytes->begin() + 8, bytes->end(), 0);
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(AF_INET6, bytes->data(), text.data(), text.size());
  return std::string(text.data()) + "/64";
}

}  // namespace doodled
