#include <cstdlib>
#include <ctime>
#include <fstream>

#include <sys/resource.h>
#include <unistd.h>

#include "server/metrics.hpp"

namespace doodled {
namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

// proc(5): the second number of /proc/self/statm is the resident set in pages.
std::int64_t resident_bytes() {
  std::ifstream stream("/proc/self/statm");
  std::int64_t size = 0, resident = 0;
  stream >> size >> resident;
  return resident * ::sysconf(_SC_PAGESIZE);
}

// proc(5), /proc/self/stat.
double started() {
  static const double since = [] {
    timespec now{}, uptime{};
    std::ifstream stream("/proc/self/stat");
    std::string text;
    std::getline(stream, text);
    // After the name in parentheses, starttime is the twentieth field, in clock ticks since the machine
    // began.
    auto at = text.rfind(')');
    for (int field = 0; field < 20 && at != std::string::npos; ++field) at = text.find(' ', at + 1);
    const double ticks = at == std::string::npos ? 0 : std::strtod(text.c_str() + at, nullptr);
    ::clock_gettime(CLOCK_REALTIME, &now);
    ::clock_gettime(CLOCK_BOOTTIME, &uptime);
    const double booted = static_cast<double>(now.tv_sec - uptime.tv_sec);
    return booted + ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
  }();
  return since;
}

}  // namespace

ProcessUse process_use() {
  rusage use{};
  ::getrusage(RUSAGE_SELF, &use);
  return {resident_bytes(), seconds(use.ru_utime) + seconds(use.ru_stime), started()};
}

}  // namespace doodled
