// Who was let in: named tokens, each the right of one device or tool. Stored as SHA-256 of a 256-bit secret
// that is told once.
#pragma once
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/access/scope.hpp"
#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/store/token_records.hpp"

namespace doodled {

enum class TokenKind : std::uint8_t {
  device,  // paired; a browser holds it as a cookie
  tool,    // made by hand for a program
};
std::string_view to_string(TokenKind kind);

struct Token {
  std::string id;
  std::string name;  // 1..64 characters
  TokenKind kind = TokenKind::device;
  Scope scope = Scope::play;
  std::int64_t created_at = 0;  // milliseconds since 1970
  std::optional<std::int64_t> last_used_at = std::nullopt;
  std::string last_address = {};  // an IP literal; empty before the first use
};

struct NewToken {
  Token token;
  std::string secret;
};

struct TokenWish {
  std::string name;
  TokenKind kind = TokenKind::tool;
  Scope scope = Scope::play;
};

// A name as it is kept: trimmed, 1..64 characters of UTF-8, none of them a control character. Code:
// invalid_name, pointer /name.
Result<std::string> token_name(std::string_view name);

// Thread-safe. find() never waits for the disk; everything else may. Uses are written when tokens are listed
// or changed, and at the end.
class Tokens {
 public:
  // Reads what is stored. Throws StoreUnavailable, as what writes may.
  Tokens(TokenRecords& records, const Clock& clock);
  ~Tokens();
  Tokens(const Tokens&) = delete;
  Tokens& operator=(const Tokens&) = delete;

  // Codes: invalid_name, invalid_scope (none is no scope to give), too_many_tokens (1,000).
  Result<NewToken> create(const TokenWish& wish);
  // The token of this secret; its use is noted with the address.
  std::optional<Token> find(std::string_view secret, std::string_view address);
  // The newest first.
  std::vector<Token> list();
  // Codes: unknown_token, invalid_name.
  Result<Token> rename(std::string_view id, std::string_view name);
  // Code: unknown_token. From its return on the secret opens nothing.
  Result<void> revoke(std::string_view id);

 private:
  struct Entry {
    Token token;
    bool used = false;  // since its use was written
  };
  using ByHash = std::unordered_map<std::string, Entry>;

  ByHash::iterator by_id(std::string_view id);
  std::vector<Token> fresh_uses();
  void write_uses();

  TokenRecords& records_;
  const Clock& clock_;
  std::mutex writing_;  // held over a change of both the records and what is below
  std::mutex mutex_;    // held for moments only
  ByHash tokens_;
};

}  // namespace doodled
