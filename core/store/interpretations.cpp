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
    " duration_ms, cache_key, input_tokens, output_tokens, cost FROM interpretations ";

Interpretation interpretation_from(Query& row) {
  return {row.text(0),  row.text(1),     row.text(2),     row.text(3), row.text(4),     row.text(5),
          row.text(6),  row.text(7),     row.text(8),     row.text(9), row.integer(10), row.integer(11),
          row.text(12), row.integer(13), row.integer(14), row.real(15)};
}

}  // namespace

std::string Interpretations::add(const Interpretation& interpretation) {
  const auto& i = interpretation;
  const std::string id = i.id.empty() ? new_id(i.created_at) : i.id;
  database_.write([&](Connection& connection) {
    Query(
        connection,
        "INSERT INTO interpretations (id, job_id, interpreter, kind, model, prompt_version, request, answer,"
        " usage, error, created_at, duration_ms, cache_key, input_tokens, output_tokens, cost)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id, NullIfEmpty{i.job_id}, i.interpreter, i.kind, i.model, i.prompt_version, i.request, i.answer,
        i.usage, i.error, i.created_at, i.duration_ms, i.cache_key, i.input_tokens, i.output_tokens, i.cost)
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

std::optional<Interpretation> Interpretations::answered(const std::string& cache_key) {
  return database_.read([&](Connection& connection) -> std::optional<Interpretation> {
    Query query(connection,
                interpretation_columns +
                    "WHERE cache_key = ? AND cache_key <> '' AND error = '' ORDER BY position DESC LIMIT 1",
                cache_key);
    if (!query.step()) return std::nullopt;
    return interpretation_from(query);
  });
}

std::vector<Spent> Interpretations::spent(std::int64_t since) {
  return database_.read([&](Connection& connection) {
    std::vector<Spent> all;
    Query query(connection,
                "SELECT interpreter, count(*), sum(input_tokens), sum(output_tokens), sum(duration_ms),"
                " sum(cost) FROM interpretations WHERE created_at >= ? GROUP BY interpreter",
                since);
    while (query.step())
      all.push_back({query.text(0), query.integer(1), query.integer(2), query.integer(3), query.integer(4),
                     query.real(5)});
    return all;
  });
}

}  // namespace doodled
