// Sets of IP addresses, as settings name them: "192.168.1.0/24", "::1".
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace doodled {

// An address of either family in 16 bytes; IPv4 as ::ffff:a.b.c.d (RFC 4291, 2.5.5.2).
using AddressBytes = std::array<std::uint8_t, 16>;

class Networks {
 public:
  // Each an IP literal, or one with "/" and the number of leading bits that count. Code: invalid_settings,
  // with `field` as pointer.
  static Result<Networks> parse(const std::vector<std::string>& texts, const std::string& field);

  // `address` is an IP literal; anything else is in no network.
  bool contains(std::string_view address) const;

 private:
  struct Network {
    AddressBytes address;
    int bits;
  };
  std::vector<Network> networks_;
};

// Who is counted as one client where nothing else is known: the address itself, of IPv6 the /64 that one
// household gets. "192.168.1.23", "2001:db8:0:1::/64"
std::string client_network(std::string_view address);

}  // namespace doodled
