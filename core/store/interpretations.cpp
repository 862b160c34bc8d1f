#include "core/store/interpretations.hpp"

#include "core/base/ids.hpp"
#include "core/store/connection.hpp"

namespace doodled {
namespace {

using store::Connection;
using store::NullIfEmpty;
using store::Query;

const std::string interpretation_columns =
    "SELECT id, job_id, interpreter, kind, model, prompt_version, request, answer, usage, error, created_at,"
    " duration_ms FROM interpretations ";

Interpretation interpretation_from(Query& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3), row.text(4),     row.text(5),
          row.text(6), row.text(7), row.text(8), row.text(9), row.integer(10), row.integer(11)};
}

}  // namespace

std::string Interpretations::add(const Interpretation& interpretation) {
  const auto& i = interpretation;
  const std::string id = i.id.empty() ? new_id(i.created_at) : i.id;
  database_.write([&](Connection& connection) {
    Query(
        connection,
        "INSERT INTO interpretations (id, job_id, interpreter, kind, model, prompt_version, request, answer,"
        " usage, error, created_at, duration_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id, NullIfEmpty{i.job_id}, i.interpreter, i.kind, i.model, i.prompt_version, i.request, i.answer,
        i.usage, i.error, i.created_at, i.duration_ms)
        .run();
  });
  return id;
}

Result<Interpretation> Interpretations::get(const std::string& id) {
  return database_.read([&](Connection& connection) -> Result<Interpretation> {
    Query query(connection, interpretation_columns + "WHERE id = ?", id);
    if (!query.step())
      return Error{"unknown_interpretation", "there is no such interpretation", {{"id", id}}};
    return interpretation_from(query);
  });
}

std::vector<Interpretation> Interpretations::of_job(const std::string& job_id) {
  return database_.read([&](Connection& connection) {
    std::vector<Interpretation> all;
    Query query(connection, interpretation_columns + "WHERE job_id = ? ORDER BY position", job_id);
    while (query.step()) all.push_back(interpretation_from(query));
    return all;
  });
}

}  // namespace doodled
