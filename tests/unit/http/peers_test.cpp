// The connections of one I/O thread: what becomes of one that comes when the server has stopped already.
#include "server/http/peers.hpp"

#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

using namespace doodled::http;

namespace {

struct Guest : Peer {
  void deadline_passed() override { ++passed; }
  void server_stops() override {}
  void cut() override {}
  int passed = 0;
};

}  // namespace

TEST_CASE("a connection that is handed over after the last one ended keeps its deadline") {
  doodled::http::asio::io_context io;
  Peers peers(io.get_executor());
  bool ended = false;
  peers.stop(std::chrono::milliseconds(1), [&] { ended = true; });
  CHECK(ended);
  Guest late;
  peers.add(late);
  peers.set_deadline(late, std::chrono::milliseconds(20));
  io.run_for(std::chrono::seconds(10));  // ends by itself once no timer is left
  CHECK(late.passed == 1);
  peers.remove(late);
}
