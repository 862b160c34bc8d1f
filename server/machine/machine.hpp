// This machine, as others see it.
#pragma once
#include <string>
#include <vector>

namespace doodled {

// The host name and, as Avahi tells it around, the name below .local: {"studio", "studio.local"}.
std::vector<std::string> own_names();
// Addresses (IP literals) at which other machines may find it, IPv4 first; those of loopback, of links only,
// and of bridges of containers and virtual machines left out.
std::vector<std::string> own_addresses();

}  // namespace doodled
