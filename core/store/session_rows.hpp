// Rows of the table sessions as records, and the query behind Sessions::list.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "core/store/connection.hpp"
#include "core/store/page.hpp"
#include "core/store/sessions.hpp"

namespace doodled::store {

// Columns 0.. of `FROM sessions s JOIN chain c`, as session_head_from reads them.
extern const std::string session_head_columns;
SessionHead session_head_from(Query& row);

struct SessionQuery {
  std::string sql;
  std::vector<std::variant<std::int64_t, double, std::string>> values;
  void bind_to(Query& query) const;
};

// Walks from the newest to the oldest by position, and starts below window.after.
SessionQuery session_query(const SessionFilter& filter, const PageWindow& window);

// The text people typed as an FTS5 expression: every word, each as the beginning of a word.
std::string words_expression(const std::string& text);

}  // namespace doodled::store
