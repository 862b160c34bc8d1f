// Finds an Ollama that runs on this machine, and offers its vision models as interpreters: "ollama" is the
// one that was changed last, "ollama-NAME" each by its name.
#pragma once
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/interpret/net/transport.hpp"
#include "server/remote_interpreters.hpp"

namespace doodled {

// Where Ollama listens: $OLLAMA_HOST as Ollama itself reads it ("host", "host:port" or a URL; 0.0.0.0 is
// reached by loopback), else http://127.0.0.1:11434.
std::string ollama_address(const std::vector<std::string>& environment);

class OllamaScout : public std::enable_shared_from_this<OllamaScout> {
 public:
  // `taken`: ids that the settings give to others.
  OllamaScout(RemoteInterpreters& interpreters, Transport& transport, std::string address,
              std::set<std::string> taken);

  // Looks now, and again from time to time. "ollama" can be named from now on; it fails as unreachable until
  // one is found.
  void start();

 private:
  void look();
  void look_again(std::chrono::seconds delay);
  void listed(int status, const std::string& body);
  void described(const std::string& model, const std::string& body);
  void offer(const std::string& id, const std::string& model);
  RemoteSettings settings_for(const std::string& id, const std::string& model) const;

  RemoteInterpreters& interpreters_;
  Transport& transport_;
  const std::string address_;
  std::set<std::string> taken_;
  // Only on the transport's thread from start() on.
  std::set<std::string> offered_;
  bool has_first_ = false;
};

}  // namespace doodled
