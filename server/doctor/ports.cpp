#include <cerrno>
#include <system_error>

#include <netdb.h>
#include <sys/socket.h>

#include "core/base/descriptor.hpp"
#include "server/doctor/finding.hpp"

namespace doodled::doctor {
namespace {

using State = Finding::State;

// Null where `host` is no IP literal.
std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> address_of(const std::string& host, int port, int type) {
  addrinfo hints{}, *found = nullptr;
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  hints.ai_socktype = type;
  if (getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) found = nullptr;
  return {found, &freeaddrinfo};
}

// Why the port can't be had; 0: it can.
int bind_error(const addrinfo& address) {
  const Descriptor socket(
      ::socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC, address.ai_protocol));
  const int yes = 1;
  if (!socket) return errno;
  if (address.ai_socktype == SOCK_STREAM)
    setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  return bind(socket.get(), address.ai_addr, address.ai_addrlen) == 0 ? 0 : errno;
}

std::string advice_for(int error) {
  if (error == EADDRINUSE) return ": another program has it; end that one, or choose another port";
  if (error == EACCES) return ": ports below 1024 need rights that the service gets from its socket unit";
  return ": choose an address that this machine has";
}

// `lacking`: what it means when the port can't be had.
Finding port_finding(const std::string& what, const std::string& host, int port, int type, State lacking) {
  const auto place = host + ":" + std::to_string(port);
  const auto address = address_of(host, port, type);
  if (!address) return {State::bad, what, place + " is no address to listen on"};
  const int error = bind_error(*address);
  if (error == 0) return {State::good, what, place + " is free"};
  return {lacking, what, place + ": " + std::generic_category().message(error) + advice_for(error)};
}

// {"host", "port"} of an OSC input, with their defaults.
Finding input_finding(const InputSettings& input) {
  const auto json = parse_json(input.json).value();
  return port_finding("input " + input.id, json.value("host", std::string(osc_input_host)),
                      json.value("port", osc_input_port), SOCK_DGRAM, State::note);
}

}  // namespace

Findings look_at_ports(const Settings& settings) {
  const auto listen = parse_listen(settings.server.listen).value();
  Findings findings{port_finding("port", listen.address, listen.port, SOCK_STREAM, State::bad)};
  for (const auto& input : settings.inputs)
    if (input.kind == "osc") findings.push_back(input_finding(input));
  return findings;
}

}  // namespace doodled::doctor
