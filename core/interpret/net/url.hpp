// Where a URL leads.
#pragma once
#include <optional>
#include <string>

namespace doodled {

struct UrlPlace {
  std::string scheme;  // lower case
  std::string host;    // without brackets
};

// Nothing for what is no absolute http or https URL, or carries a user name, password, query or fragment.
std::optional<UrlPlace> url_place(const std::string& url);

// This machine itself: localhost, 127.0.0.0/8, ::1.
bool is_this_machine(const std::string& host);
// Addresses of private networks too (RFC 1918, RFC 4193, link-local). Names are not looked up.
bool is_private_address(const std::string& host);

}  // namespace doodled
