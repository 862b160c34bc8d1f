#include "core/store/session_rows.hpp"

#include <bit>
#include <sstream>

#include "core/store/text_list.hpp"

namespace doodled::store {

const std::string session_head_columns =
    "s.id, s.created_at, s.title, s.tags, s.starred, s.hidden, s.mode, s.image_id, s.job_id, s.parent_id,"
    " s.interpretation_id, s.interpreter, s.seed, s.key_name, s.tempo, c.hash, c.previous_hash, s.position";

SessionHead session_head_from(Query& row) {
  return {row.text(0),
          row.integer(1),
          row.text(2),
          texts_from(row.text(3)),
          row.flag(4),
          row.flag(5),
          row.text(6),
          row.text(7),
          row.text(8),
          row.text(9),
          row.text(10),
          row.text(11),
          std::bit_cast<std::uint64_t>(row.integer(12)),
          row.text(13),
          row.real(14),
          row.text(15),
          row.text(16),
          row.integer(17)};
}

namespace {

class QueryBuilder {
 public:
  void where(const std::string& condition) { conditions_ += " AND " + condition; }
  template <class Value>
  void where(const std::string& condition, const Value& value) {
    where(condition);
    query_.values.emplace_back(value);
  }
  void where_text(const std::string& condition, const std::string& value) {
    if (!value.empty()) where(condition, value);
  }
  template <class Value>
  void where_given(const std::string& condition, const std::optional<Value>& value) {
    if (value) where(condition, *value);
  }
  SessionQuery finish(const std::string& tables, const std::string& position, int limit) && {
    query_.sql = "SELECT " + session_head_columns + " FROM " + tables +
                 " CROSS JOIN chain c ON c.position = s.position WHERE s.hidden = 0" + conditions_ +
                 " ORDER BY " + position + " DESC LIMIT ?";
    query_.values.emplace_back(static_cast<std::int64_t>(limit));
    return std::move(query_);
  }

 private:
  SessionQuery query_;
  std::string conditions_;
};

// The unary + keeps SQLite from choosing an index that would have to be sorted afterwards.
void add_ranges(QueryBuilder& builder, const SessionFilter& filter) {
  builder.where_given("+s.created_at >= ?", filter.created_from);
  builder.where_given("+s.created_at < ?", filter.created_before);
  builder.where_given("s.tempo >= ?", filter.tempo_from);
  builder.where_given("s.tempo <= ?", filter.tempo_to);
}

void add_words_of_machines(QueryBuilder& builder, const SessionFilter& filter) {
  builder.where_text("s.mode = ?", filter.mode);
  builder.where_text("s.interpreter = ?", filter.interpreter);
  builder.where_text("s.key_name = ?", filter.key_name);
  builder.where_text("s.job_id = ?", filter.job_id);
  builder.where_text("s.image_id = ?", filter.image_id);
  builder.where_text("s.parent_id = ?", filter.parent_id);
  builder.where_text(
      "EXISTS (SELECT 1 FROM plays p, json_each(p.devices) d WHERE p.session_id = s.id AND d.value = ?)",
      filter.device);
}

}  // namespace

void SessionQuery::bind_to(Query& query) const {
  for (const auto& value : values) std::visit([&](const auto& inner) { query.bind(inner); }, value);
}

// The rarest way in leads: words, then a tag, then the index that SQLite chooses.
SessionQuery session_query(const SessionFilter& filter, const PageWindow& window) {
  const std::string words = words_expression(filter.text);
  const bool by_tag = words.empty() && !filter.tag.empty();
  const std::string position = !words.empty() ? "w.rowid" : by_tag ? "t.position" : "s.position";
  const std::string tables = !words.empty() ? "session_words w CROSS JOIN sessions s ON s.position = w.rowid"
                             : by_tag ? "session_tags t CROSS JOIN sessions s ON s.position = t.position"
                                      : "sessions s";
  QueryBuilder builder;
  builder.where_text("session_words MATCH ?", words);
  if (by_tag)
    builder.where("t.tag = ?", filter.tag);
  else
    builder.where_text("EXISTS (SELECT 1 FROM session_tags t WHERE t.tag = ? AND t.position = s.position)",
                       filter.tag);
  builder.where(position + " < ?", window.after);
  add_words_of_machines(builder, filter);
  if (filter.starred) builder.where(*filter.starred ? "s.starred" : "NOT s.starred");
  add_ranges(builder, filter);
  return std::move(builder).finish(tables, position, window.limit + 1);
}

std::string words_expression(const std::string& text) {
  std::istringstream words(text);
  std::string expression;
  for (std::string word; words >> word;) {
    std::string quoted;
    for (const char c : word) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    expression += (expression.empty() ? "\"" : " \"") + quoted + "\"*";
  }
  return expression;
}

}  // namespace doodled::store
