#include "core/store/chain.hpp"

#include <bit>
#include <set>

#include <nlohmann/json.hpp>

#include "core/base/json.hpp"
#include "core/store/chain_rows.hpp"
#include "core/store/connection.hpp"
#include "core/store/session_rows.hpp"

namespace doodled {
namespace {

using store::ChainRow;
using store::Connection;
using store::Query;

constexpr int rows_a_snapshot = 500;

// A chain row with all that it seals.
struct AuditedRow {
  ChainRow row;
  std::optional<SessionRecord> session;  // for kind "session", where there is one
  bool hidden_in_chain = false;
  std::string request, answer;
  bool image_forgotten = false, image_forgotten_in_chain = false;
  std::string strokes;
};

AuditedRow audited_row_from(Query& query) {
  AuditedRow audited;
  audited.row = {query.integer(18), query.integer(19), query.text(20), query.text(21),
                 query.text(22),    query.text(16),    query.text(15)};
  if (query.text(0).empty()) return audited;
  audited.session = SessionRecord{store::session_head_from(query), query.text(23), query.text(24)};
  audited.request = query.text(25);
  audited.answer = query.text(26);
  audited.hidden_in_chain = query.flag(27);
  audited.image_forgotten = query.flag(28);
  audited.image_forgotten_in_chain = query.flag(29);
  audited.strokes = query.text(30);
  return audited;
}

std::vector<AuditedRow> rows_after(Connection& connection, std::int64_t position) {
  Query query(connection,
              "SELECT " + store::session_head_columns +
                  ", c.position, c.at, c.kind, c.subject, c.data, b.report, b.document, i.request, i.answer,"
                  " EXISTS (SELECT 1 FROM chain h WHERE h.subject = s.id AND h.kind = 'hide'),"
                  " EXISTS (SELECT 1 FROM images p WHERE p.id = s.image_id AND p.forgotten_at IS NOT NULL),"
                  " EXISTS (SELECT 1 FROM chain f WHERE f.subject = s.image_id AND f.kind = 'forget'), k.page"
                  " FROM chain c LEFT JOIN sessions s ON s.position = c.position"
                  " LEFT JOIN session_bodies b ON b.position = c.position"
                  " LEFT JOIN interpretations i ON i.id = s.interpretation_id"
                  " LEFT JOIN session_strokes k ON k.position = c.position"
                  " WHERE c.position > ? ORDER BY c.position LIMIT ?",
              position, rows_a_snapshot);
  std::vector<AuditedRow> rows;
  while (query.step()) rows.push_back(audited_row_from(query));
  return rows;
}

class Auditor {
 public:
  Auditor(Database& database, const Blobs& blobs) : database_(database), blobs_(blobs) {
    report_.head = std::string(64, '0');
  }

  AuditReport run(const std::stop_token& stop) {
    while (!report_.fault) {
      if (stop.stop_requested()) return report_;
      const auto rows =
          database_.read([&](Connection& connection) { return rows_after(connection, report_.rows); });
      if (rows.empty()) break;
      for (const auto& row : rows)
        if (!take(row)) break;
    }
    if (!report_.fault) find_unsealed();
    return report_;
  }

 private:
  // False when the row does not fit.
  bool take(const AuditedRow& audited) {
    const std::string reason = complaint(audited);
    if (!reason.empty()) {
      report_.fault = AuditFault{report_.rows + 1, audited.row.kind, audited.row.subject, reason};
      return false;
    }
    ++report_.rows;
    report_.sessions += audited.session ? 1 : 0;
    report_.head = audited.row.hash;
    return true;
  }

  std::string complaint(const AuditedRow& audited) {
    const auto& row = audited.row;
    if (row.position != report_.rows + 1)
      return "the row before position " + std::to_string(row.position) + " is missing";
    if (row.previous_hash != report_.head) return "its previous hash is not the hash of the row before";
    if ((row.kind == "session") != audited.session.has_value())
      return audited.session ? "a session stands where the chain has another row" : "its session is missing";
    if (row.hash != store::chain_hash(row, fields(audited))) return "its content does not have its hash";
    return audited.session ? session_complaint(audited) : std::string();
  }

  static std::vector<std::string> fields(const AuditedRow& audited) {
    if (!audited.session) return {audited.row.data};
    return store::session_fields(*audited.session, audited.session->report, audited.session->document,
                                 audited.request, audited.answer);
  }

  std::string session_complaint(const AuditedRow& audited) {
    const auto& session = *audited.session;
    if (session.id != audited.row.subject) return "its session has another id";
    if (session.created_at != audited.row.at) return "its session has another time";
    if (session.hidden != audited.hidden_in_chain)
      return session.hidden ? "it was hidden without a row that says so" : "it was hidden, and shows again";
    if (auto complaint = strokes_complaint(audited); !complaint.empty()) return complaint;
    return session.image_id.empty() ? std::string() : picture_complaint(audited);
  }

  // The request, which the row's hash covers, names the strokes by their own.
  static std::string strokes_complaint(const AuditedRow& audited) {
    const auto request = parse_json(audited.request);
    const bool named = request && request->is_object() && request->contains("strokes_sha256");
    if (audited.strokes.empty()) return named && !audited.image_forgotten ? "its strokes are missing" : "";
    return named && request->at("strokes_sha256") == sha256_hex(audited.strokes) ? ""
                                                                                 : "its strokes have changed";
  }

  std::string picture_complaint(const AuditedRow& audited) {
    const auto& image_id = audited.session->image_id;
    if (!checked_.insert(image_id).second) return {};
    if (audited.image_forgotten) {
      ++report_.pictures_forgotten;
      return audited.image_forgotten_in_chain ? "" : "its picture was removed without a row that says so";
    }
    ++report_.pictures_checked;
    if (!blobs_.contains(image_id)) return picture_was_forgotten(image_id) ? "" : "its picture is missing";
    return blobs_.verify(image_id) || picture_was_forgotten(image_id) ? ""
                                                                      : "its picture's bytes have changed";
  }

  // Somebody may have forgotten it after the rows were read.
  bool picture_was_forgotten(const std::string& image_id) {
    return database_.read([&](Connection& connection) {
      return Query(connection,
                   "SELECT 1 FROM images i JOIN chain c ON c.subject = i.id AND c.kind = 'forget'"
                   " WHERE i.id = ? AND i.forgotten_at IS NOT NULL",
                   image_id)
          .step();
    });
  }

  // A session that was put in behind the chain's back.
  void find_unsealed() {
    database_.read([&](Connection& connection) {
      Query query(connection,
                  "SELECT s.position, s.id FROM sessions s LEFT JOIN chain c ON c.position = s.position"
                  " WHERE c.position IS NULL ORDER BY s.position LIMIT 1");
      if (query.step())
        report_.fault =
            AuditFault{query.integer(0), "session", query.text(1), "the chain does not have this session"};
    });
  }

  Database& database_;
  const Blobs& blobs_;
  AuditReport report_;
  std::set<std::string> checked_;  // pictures
};

}  // namespace

AuditReport audit(Database& database, const Blobs& blobs, const std::stop_token& stop) {
  return Auditor(database, blobs).run(stop);
}

}  // namespace doodled
