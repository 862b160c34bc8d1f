// Everything built in order, run, and stopped in reverse order. The one place where core, drivers and server
// meet.
#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "core/play/device_rack.hpp"
#include "core/reader/see/see.hpp"
#include "server/settings.hpp"

namespace doodled {

struct ServeOptions {
  std::filesystem::path example;        // read at start when the store is empty
  std::filesystem::path picture;        // read and played at start
  std::optional<int> listening_socket;  // in place of opening server.listen
  // Reads the settings again, from where they came; for reload().
  std::function<Result<Settings>()> load_settings = {};
};

class App {
 public:
  // Errors: 'data_dir_in_use', 'invalid_device', 'invalid_profile', 'cannot_listen'. Throws StoreUnavailable.
  static Result<std::unique_ptr<App>> start(const Settings& settings, const ServeOptions& options);
  // Note-offs, running jobs back into the queue, connections closed.
  ~App();

  // The devices and profiles of the settings as they are now; what plays on others is not disturbed. All or
  // nothing. Errors: those of load_settings(), 'invalid_device'.
  Result<ReloadedDevices> reload();

  // 127.0.0.1:8080
  std::string address() const;
  // http://127.0.0.1:8080, or https
  std::string url() const;
  // Whether requests still come to be answered in this time.
  bool answers(std::chrono::microseconds within) const;
  // What became of the pictures of ServeOptions, for the console. Waits for their jobs.
  std::string first_stories() const;

 private:
  struct Parts;
  explicit App(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// Shared with the commands that need no server: the builtin interpreter's eyes.
SeeOptions see_options(const std::string& kind_wanted);

}  // namespace doodled
