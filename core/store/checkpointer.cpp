#include "core/store/checkpointer.hpp"

namespace doodled::store {
namespace {

// Pages. SQLite has 1000; a commit that falls into the emptying waits for the disk longer, and this is rarer.
constexpr int long_log = 3000;

}  // namespace

Checkpointer::Checkpointer(ConnectionPool& readers, GroupCommit& writers)
    : readers_(readers), writers_(writers), errand_([this] { empty_log(); }) {}

void Checkpointer::look() {
  if (writers_.log_pages() >= long_log) errand_.ask();
}

// Nearly all of it while writers go on, the little that they add meanwhile in a turn of its own: only a log
// that is empty as a whole begins anew. What fails is tried again after another commit.
void Checkpointer::empty_log() {
  try {
    (*readers_.lease()).checkpoint();
  } catch (...) {  // no connection could be opened
  }
  writers_.between([](Connection& writer) { writer.checkpoint(); });
}

}  // namespace doodled::store
