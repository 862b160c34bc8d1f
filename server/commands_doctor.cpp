#include <algorithm>
#include <cstdio>

#include "core/base/clock.hpp"
#include "server/commands.hpp"
#include "server/doctor/finding.hpp"

namespace doodled::commands {
namespace {

using namespace doctor;
using State = Finding::State;

// As each is found: some take seconds.
class Report {
 public:
  void add(const Findings& findings) {
    for (const auto& finding : findings) add(finding);
  }
  void add(const Finding& finding) {
    constexpr const char* words[] = {"ok", "note", "FAIL"};
    std::printf("%-5s %-16s %s\n", words[static_cast<int>(finding.state)], finding.what.c_str(),
                finding.text.c_str());
    std::fflush(stdout);
    good_ = good_ && finding.state != State::bad;
  }
  bool good() const { return good_; }

 private:
  bool good_ = true;
};

}  // namespace

int doctor(const Settings& settings) {
  const SystemClock clock;
  CurlTransport transport(clock);
  Report report;
  const auto& file = settings.file;
  report.add(
      {State::good, "settings", file.empty() ? "are at their defaults" : file.string() + " can be used"});
  report.add(look_at_store(settings));
  report.add(look_at_time(settings));
  report.add(look_at_sound(settings));
  report.add(look_at_interpreters(settings, transport, clock));
  report.add(look_at_webhooks(settings));
  const auto told = ask_daemon(settings, transport);
  report.add(told);
  if (told.empty()) {  // else it has the ports and the devices
    report.add({State::good, "daemon", "none runs at " + settings.server.listen});
    report.add(look_at_ports(settings));
    report.add(look_at_devices(settings));
  }
  return report.good() ? done : failed;
}

}  // namespace doodled::commands
