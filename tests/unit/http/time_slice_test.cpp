#include "server/http/time_slice.hpp"

#include <thread>

#include <doctest/doctest.h>
#include <sched.h>
#include <sys/resource.h>

using namespace doodled::http;

TEST_SUITE("time slice") {
  TEST_CASE("is of the thread that asks, which stays as nice as it was") {
    bool niced = false, given = false;
    int niceness = 0, policy = -1;
    std::jthread([&] {
      niced = ::setpriority(PRIO_PROCESS, 0, 7) == 0;  // of this thread alone, on Linux
      given = ask_for_time_slice(std::chrono::microseconds(100));
      niceness = ::getpriority(PRIO_PROCESS, 0);
      policy = ::sched_getscheduler(0);
    }).join();
    CHECK(niced);
    CHECK(given);
    CHECK(niceness == 7);
    CHECK(policy == SCHED_OTHER);
  }
}
