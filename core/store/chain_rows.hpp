// Rows of the audit chain: how they are hashed and appended. chain.hpp says what is hashed.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/store/connection.hpp"
#include "core/store/sessions.hpp"

namespace doodled::store {

struct ChainRow {
  std::int64_t position = 0;
  std::int64_t at = 0;
  std::string kind, subject, data;
  std::string previous_hash, hash;
};

// What a session adds to the fields that every row has. `tempo` as its bits.
std::vector<std::string> session_fields(const SessionHead& head, const std::string& report,
                                        const std::string& document, const std::string& request,
                                        const std::string& answer);

// The hash that belongs to the row; row.hash is not read.
std::string chain_hash(const ChainRow& row, const std::vector<std::string>& fields);

// The row that comes next: position and previous hash are set, the rest is empty.
ChainRow next_chain_row(Connection& connection);
void insert_chain_row(Connection& connection, const ChainRow& row);
// For rows without fields of their own.
void append_chain_event(Connection& connection, const std::string& kind, const std::string& subject,
                        const std::string& data, std::int64_t at);

}  // namespace doodled::store
