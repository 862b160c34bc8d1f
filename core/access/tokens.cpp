#include "core/access/tokens.hpp"

#include <algorithm>

#include "core/access/secrets.hpp"
#include "core/base/ids.hpp"
#include "core/base/log.hpp"
#include "core/base/text_result.hpp"
#include "core/base/utf8.hpp"

namespace doodled {
namespace {

constexpr std::size_t most_tokens = 1000, longest_name = 64;

Token token_from(const TokenRecord& record) {
  return {record.id,
          record.name,
          record.kind == "tool" ? TokenKind::tool : TokenKind::device,
          scope_from(record.scope).value_or(Scope::none),
          record.created_at,
          record.last_used_at,
          record.last_address};
}

TokenRecord record_from(const Token& token, const std::string& hash) {
  return {token.id, token.name,      std::string(to_string(token.kind)), std::string(to_string(token.scope)),
          hash,     token.created_at};
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// U+0080 to U+009F, which terminals obey as well; two bytes of UTF-8.
bool has_high_control(std::string_view text) {
  const auto in = [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 && static_cast<unsigned char>(c) < 0xa0;
  };
  for (std::size_t i = 1; i < text.size(); ++i)
    if (text[i - 1] == '\xc2' && in(text[i])) return true;
  return false;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

Error unknown_token() { return {"unknown_token", "there is no such token", {{"id", "names no token"}}}; }

}  // namespace

std::string_view to_string(TokenKind kind) { return kind == TokenKind::tool ? "tool" : "device"; }

Result<std::string> token_name(std::string_view name) {
  while (name.starts_with(' ')) name.remove_prefix(1);
  while (name.ends_with(' ')) name.remove_suffix(1);
  if (name.empty() || characters(name) > longest_name || !is_utf8(name) ||
      std::ranges::any_of(name, is_control) || has_high_control(name))
    return Error{
        "invalid_name", "the name can't be used", {{"/name", "must be 1 to 64 characters on one line"}}};
  return text_result(std::string(name));
}

Tokens::Tokens(TokenRecords& records, const Clock& clock) : records_(records), clock_(clock) {
  for (const auto& record : records_.all()) tokens_.emplace(record.hash, Entry{token_from(record)});
}

Tokens::~Tokens() {
  try {
    write_uses();
  } catch (const std::exception& failure) {
    log::warning("access", "when tokens were used last could not be written", {{"reason", failure.what()}});
  }
}

Tokens::ByHash::iterator Tokens::by_id(std::string_view id) {
  return std::ranges::find_if(tokens_, [&](const auto& entry) { return entry.second.token.id == id; });
}

Result<NewToken> Tokens::create(const TokenWish& wish) {
  auto name = token_name(wish.name);
  if (!name) return name.error();
  if (wish.scope == Scope::none)
    return Error{"invalid_scope", "a token has a scope", {{"/scope", "must be play, create or admin"}}};
  const std::lock_guard writing(writing_);
  if (const std::lock_guard lock(mutex_); tokens_.size() >= most_tokens)
    return Error{"too_many_tokens", "there are 1,000 tokens; revoke one that is not needed"};
  const auto now = clock_.wall_ms();
  NewToken made{{new_id(now), std::move(*name), wish.kind, wish.scope, now}, new_token_secret()};
  const auto hash = sha256_hex(made.secret);
  records_.insert(record_from(made.token, hash));
  const std::lock_guard lock(mutex_);
  tokens_.emplace(hash, Entry{made.token});
  return made;
}

// Finding a hash tells nothing of the secret, however long it takes.
std::optional<Token> Tokens::find(std::string_view secret, std::string_view address) {
  const auto hash = sha256_hex(secret);
  const auto now = clock_.wall_ms();
  const std::lock_guard lock(mutex_);
  const auto found = tokens_.find(hash);
  if (found == tokens_.end()) return std::nullopt;
  auto& [token, used] = found->second;
  token.last_used_at = now;
  token.last_address = address;
  used = true;
  return token;
}

std::vector<Token> Tokens::list() {
  {
    const std::lock_guard writing(writing_);
    write_uses();
  }
  std::vector<Token> all;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [hash, entry] : tokens_) all.push_back(entry.token);
  }
  std::ranges::sort(all, std::greater<>(), &Token::id);
  return all;
}

Result<Token> Tokens::rename(std::string_view id, std::string_view name) {
  auto fit = token_name(name);
  if (!fit) return fit.error();
  const std::lock_guard writing(writing_);
  if (const std::lock_guard lock(mutex_); by_id(id) == tokens_.end()) return unknown_token();
  records_.set_name(std::string(id), *fit);
  const std::lock_guard lock(mutex_);
  auto& token = by_id(id)->second.token;
  token.name = std::move(*fit);
  return token;
}

Result<void> Tokens::revoke(std::string_view id) {
  const std::lock_guard writing(writing_);
  if (const std::lock_guard lock(mutex_); by_id(id) == tokens_.end()) return unknown_token();
  records_.remove(std::string(id));
  const std::lock_guard lock(mutex_);
  tokens_.erase(by_id(id));
  return {};
}

std::vector<Token> Tokens::fresh_uses() {
  const std::lock_guard lock(mutex_);
  std::vector<Token> fresh;
  for (auto& [hash, entry] : tokens_)
    if (std::exchange(entry.used, false)) fresh.push_back(entry.token);
  return fresh;
}

void Tokens::write_uses() {
  for (const auto& token : fresh_uses()) records_.set_use(token.id, *token.last_used_at, token.last_address);
}

}  // namespace doodled
