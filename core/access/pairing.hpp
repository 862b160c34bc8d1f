// Letting a device in: who is in already, or stands at the box, opens an invitation; its code, short,
// short-lived and good for once, is claimed by the new device and becomes a token. Invitations are gone after
// a restart.
#pragma once
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/access/pace.hpp"
#include "core/access/tokens.hpp"

namespace doodled {

enum class InvitationState : std::uint8_t { open, used, expired };
std::string_view to_string(InvitationState state);

struct Invitation {
  std::string id;    // no secret
  std::string code;  // as new_code() makes it; empty once it is not open any more
  Scope scope = Scope::create;
  InvitationState state = InvitationState::open;
  std::int64_t created_at = 0, expires_at = 0;  // milliseconds since 1970, for people
  Nanoseconds ends{};                           // what counts: a clock that is set does not move it
  std::optional<Token> token = std::nullopt;    // who came
};

struct InvitationWish {
  Scope scope = Scope::create;
  std::chrono::minutes lasts{5};
};

// Thread-safe.
class Pairing {
 public:
  Pairing(Tokens& tokens, const Clock& clock) : tokens_(tokens), clock_(clock) {}

  // Codes: invalid_scope, invalid_minutes (1 to 60), too_many_invitations (16 open at once).
  Result<Invitation> invite(const InvitationWish& wish);
  // `code` as it was typed, `from` the claimer's address. Every open code is compared in full. Codes:
  // wrong_code, too_many_requests (wrong codes: 5 at once of one client and 30 of all, then one in 12 and in
  // 2 seconds), and those of Tokens::create(), after which the code is still good.
  Result<NewToken> claim(std::string_view code, std::string_view name, const std::string& from);
  // How long a client must wait before it may claim again.
  std::optional<std::chrono::seconds> must_wait(const std::string& from);
  // Open ones, and those that ended within the last hour. Code: unknown_pairing.
  Result<Invitation> find(std::string_view id);
  // Its code opens nothing from now on. Code: unknown_pairing.
  Result<void> withdraw(std::string_view id);

 private:
  void settle();
  std::vector<Invitation>::iterator by_id(std::string_view id);
  Invitation* open_with(std::string_view code);
  std::optional<std::chrono::seconds> wait_of(const std::string& client) const;

  Tokens& tokens_;
  const Clock& clock_;
  std::mutex mutex_;
  std::vector<Invitation> invitations_;
  Pace wrong_codes_{{5, 1.0 / 12}};
  Pace all_wrong_codes_{{30, 0.5}};
};

}  // namespace doodled
