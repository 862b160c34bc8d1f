#include "core/store/failures.hpp"

#include <cerrno>
#include <system_error>

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

namespace doodled::store {
namespace {

const char* errno_code(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return "disk_full";
    case EROFS:
    case EACCES:
    case EPERM:
      return "read_only";
    default:
      return "io_error";
  }
}

// Null for what is a mistake of this program and not of the disk.
const char* sqlite_code(int result) {
  switch (result & 0xff) {
    case SQLITE_FULL:
      return "disk_full";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return "read_only";
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL:
      return "io_error";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "busy";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "damaged";
    default:
      return nullptr;
  }
}

}  // namespace

void throw_errno(int error, const std::string& failed_at) {
  throw StoreUnavailable(errno_code(error), failed_at + ": " + std::generic_category().message(error));
}

void rethrow_as_unavailable() {
  try {
    throw;
  } catch (const SQLite::Exception& failure) {
    const char* code = sqlite_code(failure.getErrorCode());
    if (code == nullptr) throw;
    throw StoreUnavailable(code, std::string("the database: ") + failure.what());
  }
}

}  // namespace doodled::store
