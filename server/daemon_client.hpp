// Asks the daemon that runs with these settings on this machine.
#pragma once
#include <string>

#include "core/base/json.hpp"
#include "core/interpret/net/curl_transport.hpp"
#include "server/settings.hpp"

namespace doodled {

class DaemonClient {
 public:
  // Both outlive it.
  DaemonClient(CurlTransport& transport, const Settings& settings);

  // The answer's JSON, null where there is none. `path` begins with "/api/"; an empty `body` sends none.
  // Errors: no_daemon where none answers, or the code of the problem that it answered; not_allowed where this
  // user can't show that it may read the daemon's data, and the daemon asks for that.
  Result<Json> ask(const std::string& method, const std::string& path, const std::string& body = {});

 private:
  CurlTransport& transport_;
  std::string listen_, base_url_, key_;
  std::filesystem::path data_dir_;
};

}  // namespace doodled
