// How another device reaches this box.
#pragma once
#include <string>
#include <string_view>

namespace doodled::api {

struct BoxAddress {
  std::string url;         // "http://192.168.1.20:8080", without a path
  bool reachable = false;  // false: the box listens to itself only, and only it could follow the URL
};

// `listening` is where the server listens ("0.0.0.0:8080", "[::1]:8080"), `host` the Host header of who asks:
// what worked for one device works for the next, unless it is this machine itself.
BoxAddress box_address(std::string_view listening, std::string_view host, bool tls);

}  // namespace doodled::api
