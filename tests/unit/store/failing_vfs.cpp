#include "tests/unit/store/failing_vfs.hpp"

#include <new>

#include <sqlite3.h>

namespace doodled::test {
namespace {

std::atomic<int> calls_left{0};  // until the failure; 0: it has happened or was not asked for
std::atomic<int> failure{SQLITE_OK};

int next_result() {
  int left = calls_left.load();
  while (left > 0 && !calls_left.compare_exchange_weak(left, left - 1)) {
  }
  return left == 1 ? failure.load() : SQLITE_OK;
}

// SQLite hands out room for this with the real file behind it.
struct File {
  sqlite3_file base;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  const sqlite3_io_methods& methods() { return *real()->pMethods; }
};

File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }

template <auto Method, class... Values>
int forward(sqlite3_file* file, Values... values) {
  return (of(file).methods().*Method)(of(file).real(), values...);
}

template <auto Method, class... Values>
int forward_or_fail(sqlite3_file* file, Values... values) {
  const int result = next_result();
  return result == SQLITE_OK ? forward<Method>(file, values...) : result;
}

// Reaches no disk: what it is to outlive is a failure, not this process.
int sync_or_fail(sqlite3_file*, int) { return next_result(); }

void shm_barrier(sqlite3_file* file) { of(file).methods().xShmBarrier(of(file).real()); }

using Io = sqlite3_io_methods;
constexpr Io methods{3,
                     forward<&Io::xClose>,
                     forward<&Io::xRead, void*, int, sqlite3_int64>,
                     forward_or_fail<&Io::xWrite, const void*, int, sqlite3_int64>,
                     forward_or_fail<&Io::xTruncate, sqlite3_int64>,
                     sync_or_fail,
                     forward<&Io::xFileSize, sqlite3_int64*>,
                     forward<&Io::xLock, int>,
                     forward<&Io::xUnlock, int>,
                     forward<&Io::xCheckReservedLock, int*>,
                     forward<&Io::xFileControl, int, void*>,
                     forward<&Io::xSectorSize>,
                     forward<&Io::xDeviceCharacteristics>,
                     forward<&Io::xShmMap, int, int, int, void volatile**>,
                     forward<&Io::xShmLock, int, int, int>,
                     shm_barrier,
                     forward<&Io::xShmUnmap, int>,
                     forward<&Io::xFetch, sqlite3_int64, int, void**>,
                     forward<&Io::xUnfetch, sqlite3_int64, void*>};

sqlite3_vfs& system_vfs() { return *sqlite3_vfs_find("unix"); }

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  File* const wrapped = new (file) File{};
  const int result = system_vfs().xOpen(&system_vfs(), name, wrapped->real(), flags, out_flags);
  if (wrapped->real()->pMethods != nullptr) wrapped->base.pMethods = &methods;
  return result;
}

sqlite3_vfs vfs;

}  // namespace

FailingVfs::FailingVfs() {
  vfs = system_vfs();
  vfs.szOsFile += static_cast<int>(sizeof(File));
  vfs.zName = "failing";
  vfs.pNext = nullptr;
  vfs.xOpen = open;
  sqlite3_vfs_register(&vfs, 0);
}

FailingVfs::~FailingVfs() { sqlite3_vfs_unregister(&vfs); }

void FailingVfs::fail(int nth, int result) {
  failure = result;
  calls_left = nth;
}

bool FailingVfs::has_failed() const { return calls_left == 0; }

}  // namespace doodled::test
