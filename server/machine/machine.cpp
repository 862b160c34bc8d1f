#include "server/machine/machine.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <unistd.h>

namespace doodled {
namespace {

using Interfaces = std::unique_ptr<ifaddrs, decltype(&freeifaddrs)>;

bool is_inner(std::string_view name) {
  constexpr std::array<std::string_view, 4> inner = {"docker", "br-", "veth", "virbr"};
  return std::ranges::any_of(inner, [&](auto prefix) { return name.starts_with(prefix); });
}

bool leads_out(const ifaddrs& one) {
  return one.ifa_addr != nullptr && (one.ifa_flags & IFF_UP) != 0 && (one.ifa_flags & IFF_LOOPBACK) == 0 &&
         !is_inner(one.ifa_name);
}

// Empty for another family, and for an address that only one link knows.
std::string literal_of(const sockaddr& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.sa_family == AF_INET)
    ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, text.data(), text.size());
  if (address.sa_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
    if (!IN6_IS_ADDR_LINKLOCAL(&v6)) ::inet_ntop(AF_INET6, &v6, text.data(), text.size());
  }
  return text.data();
}

}  // namespace

std::vector<std::string> own_names() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return {};
  const std::string host = name.data();
  return {host, host.substr(0, host.find('.')) + ".local"};
}

std::vector<std::string> own_addresses() {
  ifaddrs* list = nullptr;
  if (::getifaddrs(&list) != 0) return {};
  const Interfaces owner(list, &freeifaddrs);
  std::vector<std::string> addresses;
  for (const auto* one = list; one != nullptr; one = one->ifa_next)
    if (leads_out(*one))
      if (auto literal = literal_of(*one->ifa_addr); !literal.empty())
        addresses.push_back(std::move(literal));
  std::stable_partition(addresses.begin(), addresses.end(),
                        [](const auto& one) { return one.find(':') == one.npos; });
  return addresses;
}

}  // namespace doodled
