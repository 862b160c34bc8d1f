// Letting a device in: who is in already, or stands at the box, opens an invitation; its code, short,
// short-lived and good for once, is claimed by the new device, which waits; who invited sees its name and
// address and says yes or no; after a yes the device collects its token. Invitations are gone after a
// restart.
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

enum class InvitationState : std::uint8_t {
  open,       // its code can be claimed
  waiting,    // it was claimed; nobody has said yes or no yet
  confirmed,  // yes was said; the device has still to collect its token
  used,       // it has its token
  refused,
  expired,
};
std::string_view to_string(InvitationState state);

// Who claimed a code.
struct Claimant {
  std::string name;     // as it calls itself
  std::string address;  // an IP literal
};

struct Invitation {
  std::string id;       // no secret
  std::string code;     // as new_code() makes it; empty once it is not open any more
  std::string inviter;  // the id of the token that invited; empty: who stands at the box
  Scope scope = Scope::create;
  bool confirm = true;  // false: yes was said ahead
  InvitationState state = InvitationState::open;
  std::int64_t created_at = 0, expires_at = 0;  // milliseconds since 1970, for people
  Nanoseconds ends{};                           // what counts: a clock that is set does not move it
  std::optional<Claimant> claimant = std::nullopt;
  std::string ticket = {};                    // the claimant's secret while it waits, and after a no
  std::optional<Token> token = std::nullopt;  // who came
};

struct InvitationWish {
  Scope scope = Scope::create;
  std::chrono::minutes lasts{5};
  bool confirm = true;
  std::string inviter = {};
};

// What a claim brought: a token, or a ticket to ask with until somebody said yes.
struct Claim {
  Claimant claimant;
  std::int64_t expires_at = 0;  // milliseconds since 1970
  std::string ticket = {};
  std::optional<NewToken> made = std::nullopt;
};

// Thread-safe.
class Pairing {
 public:
  Pairing(Tokens& tokens, const Clock& clock) : tokens_(tokens), clock_(clock) {}

  // Codes: invalid_scope, invalid_minutes (1 to 60), too_many_invitations (16 that have not ended).
  Result<Invitation> invite(const InvitationWish& wish);
  // `code` as it was typed, `from` the claimer's address. Every open code is compared in full. Codes:
  // wrong_code, too_many_requests (wrong codes: 5 at once of one client and 30 of all, then one in 12 and in
  // 2 seconds), and those of Tokens::create(), after which the code is still good.
  Result<Claim> claim(std::string_view code, std::string_view name, const std::string& from);
  // How long a client must wait before it may claim again.
  std::optional<std::chrono::seconds> must_wait(const std::string& from);
  // What came of a claim: still its ticket, or, once, the token. Every ticket is compared in full. Codes:
  // unknown_ticket (ended, withdrawn or collected, too), pairing_refused, and those of Tokens::create(),
  // after which the ticket is still good.
  Result<Claim> collect(std::string_view ticket);
  // What was claimed gets its answer; it waits no longer than its code was good. Codes: unknown_pairing,
  // nobody_waits.
  Result<Invitation> confirm(std::string_view id);
  Result<Invitation> refuse(std::string_view id);
  // Those that have not ended, the oldest first.
  std::vector<Invitation> pending();
  // One of them, or of the last that ended, for an hour. Code: unknown_pairing.
  Result<Invitation> find(std::string_view id);
  // Neither code nor ticket is good from now on. Code: unknown_pairing.
  Result<void> withdraw(std::string_view id);

 private:
  void settle();
  std::vector<Invitation>::iterator by_id(std::string_view id);
  Invitation* open_with(std::string_view code);
  Invitation* claimed_with(std::string_view ticket);
  Result<Claim> let_in(Invitation& invitation, Claimant claimant);
  Result<Invitation> answer(std::string_view id, InvitationState state);
  std::optional<std::chrono::seconds> wait_of(const std::string& client) const;

  Tokens& tokens_;
  const Clock& clock_;
  std::mutex mutex_;
  std::vector<Invitation> invitations_;
  Pace wrong_codes_{{5, 1.0 / 12}};
  Pace all_wrong_codes_{{30, 0.5}};
};

}  // namespace doodled
