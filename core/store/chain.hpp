// The audit chain: one row for each session and for each hiding or forgetting, each holding the hash of the
// row before, so that a changed, removed, added or reordered row is found.
//
// A row's hash is SHA-256 over netstrings (decimal byte length, ':', the bytes, ','), one a field:
//   every row  "doodled-chain-1", previous hash (64 zeros before the first), position, time (wall
//              milliseconds), kind, subject (the session's or image's id); numbers in decimal
//   "session"  then mode, image SHA-256, job id, parent id, interpretation id, interpreter, seed, key name,
//              tempo (IEEE 754 bits as 16 hexadecimal digits), request, raw answer, document, report
//   "hide", "forget"  then the row's data (JSON)
// Title, tags and star are not part of it. Cutting rows off the end shows only against a head kept elsewhere.
#pragma once
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

#include "core/store/blobs.hpp"
#include "core/store/database.hpp"

namespace doodled {

struct AuditFault {
  std::int64_t position = 0;
  std::string kind, subject;
  std::string reason;
};

struct AuditReport {
  std::int64_t rows = 0;      // that fit, from the first on
  std::int64_t sessions = 0;  // among them
  std::int64_t pictures_checked = 0, pictures_forgotten = 0;
  std::string head;                 // hash of the last row that fits
  std::optional<AuditFault> fault;  // the first row that does not fit
};

// Recomputes every hash and reads every picture. Does not block writers. Once stopped, reports what was seen.
AuditReport audit(Database& database, const Blobs& blobs, const std::stop_token& stop = {});

}  // namespace doodled
