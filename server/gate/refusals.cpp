#include "server/gate/refusals.hpp"

#include <nlohmann/json.hpp>

#include "server/gate/credentials.hpp"
#include "server/http/access.hpp"

namespace doodled {

using http::Request;
using http::Response;

http::Response pairing_required(const Request& request) {
  const Error error{
      "pairing_required",
      "this device is not paired with the box; open the page of the box and enter the code that "
      "`doodled pair` shows there, or a device that is paired already"};
  auto response = http::problem_response(error);
  auto problem = Json::parse(std::get<std::string>(response.body));
  problem["type"] = "urn:doodled:pairing-required";
  problem["pairing"] = {{"claim", "/api/v1/pairing/claim"}, {"page", "/#pair"}, {"command", "doodled pair"}};
  response.body = to_text(problem);
  response.headers.add("WWW-Authenticate", "Bearer realm=\"doodled\"");
  if (cookie_secret(request)) response.headers.add("Set-Cookie", cookie_cleared(request.encrypted));
  return response;
}

Response scope_too_small(Scope held, Scope needed) {
  return http::problem_response({"scope_too_small",
                                 "this needs the scope " + std::string(to_string(needed)) +
                                     ", and yours is " + std::string(to_string(held)),
                                 {{"scope", "is " + std::string(to_string(held))}}});
}

Response too_many_requests(std::chrono::seconds wait) {
  auto response =
      http::problem_response({"too_many_requests", "that is too often; wait as long as Retry-After says"});
  response.headers.add("Retry-After", std::to_string(wait.count()));
  return response;
}

Response use_tls(const Request& request) {
  auto response = http::problem_response(
      {"upgrade_required", "this box speaks in clear text with itself only; use https"});
  if (http::changes_something(request.method) || !request.headers.contains("Host")) return response;
  response.status = 308;
  response.headers.add("Location", "https://" + std::string(request.headers.value("Host")) + request.path);
  return response;
}

bool is_this_machine(std::string_view address) { return address.starts_with("127.") || address == "::1"; }

}  // namespace doodled
