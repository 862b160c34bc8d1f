#include "core/store/chain_rows.hpp"

#include <bit>
#include <cstdio>

#include "core/base/ids.hpp"

namespace doodled::store {
namespace {

void add_netstring(std::string& text, std::string_view field) {
  text.append(std::to_string(field.size())).append(":").append(field).append(",");
}

std::string hex_bits(double value) {
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx",
                static_cast<unsigned long long>(std::bit_cast<std::uint64_t>(value)));
  return digits;
}

}  // namespace

std::vector<std::string> session_fields(const SessionHead& head, const std::string& report,
                                        const std::string& document, const std::string& request,
                                        const std::string& answer) {
  return {head.mode,
          head.image_id,
          head.job_id,
          head.parent_id,
          head.interpretation_id,
          head.interpreter,
          std::to_string(head.seed),
          head.key_name,
          hex_bits(head.tempo),
          request,
          answer,
          document,
          report};
}

std::string chain_hash(const ChainRow& row, const std::vector<std::string>& fields) {
  std::string text;
  for (const auto& field : {std::string("doodled-chain-1"), row.previous_hash, std::to_string(row.position),
                            std::to_string(row.at), row.kind, row.subject})
    add_netstring(text, field);
  for (const auto& field : fields) add_netstring(text, field);
  return sha256_hex(text);
}

ChainRow next_chain_row(Connection& connection) {
  ChainRow next;
  Query last(connection, "SELECT position, hash FROM chain ORDER BY position DESC LIMIT 1");
  const bool first = !last.step();
  next.position = first ? 1 : last.integer(0) + 1;
  next.previous_hash = first ? std::string(64, '0') : last.text(1);
  return next;
}

void insert_chain_row(Connection& connection, const ChainRow& row) {
  Query(connection,
        "INSERT INTO chain (position, at, kind, subject, data, previous_hash, hash) VALUES (?, ?, ?, ?, ?, "
        "?, ?)",
        row.position, row.at, row.kind, row.subject, row.data, row.previous_hash, row.hash)
      .run();
}

void append_chain_event(Connection& connection, const std::string& kind, const std::string& subject,
                        const std::string& data, std::int64_t at) {
  ChainRow row = next_chain_row(connection);
  row.at = at;
  row.kind = kind;
  row.subject = subject;
  row.data = data;
  row.hash = chain_hash(row, {data});
  insert_chain_row(connection, row);
}

}  // namespace doodled::store
