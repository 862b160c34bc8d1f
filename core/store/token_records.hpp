// Tokens as rows. Who may do what with them is core/access's.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/store/database.hpp"

namespace doodled {

struct TokenRecord {
  std::string id, name;
  std::string kind;   // device or tool
  std::string scope;  // play, create or admin
  std::string hash;   // SHA-256 of the secret, 64 hexadecimal digits
  std::int64_t created_at = 0;
  std::optional<std::int64_t> last_used_at = std::nullopt;
  std::string last_address = {};
};

class TokenRecords {
 public:
  explicit TokenRecords(Database& database) : database_(database) {}

  std::vector<TokenRecord> all();
  void insert(const TokenRecord& token);
  void set_name(const std::string& id, const std::string& name);
  void set_use(const std::string& id, std::int64_t at, const std::string& address);
  void remove(const std::string& id);

 private:
  Database& database_;
};

}  // namespace doodled
