#include "core/access/pairing.hpp"

#include <algorithm>
#include <array>

#include "core/access/networks.hpp"
#include "core/access/secrets.hpp"
#include "core/base/ids.hpp"

namespace doodled {
namespace {

constexpr std::ptrdiff_t most_pending = 16;
constexpr std::size_t most_known = 64;
constexpr std::chrono::minutes shortest{1}, longest{60}, remembered{60};

bool is_open(const Invitation& invitation) { return invitation.state == InvitationState::open; }

bool is_pending(const Invitation& invitation) {
  return is_open(invitation) || invitation.state == InvitationState::waiting ||
         invitation.state == InvitationState::confirmed;
}

void end(Invitation& invitation, InvitationState state) {
  invitation.state = state;
  invitation.code.clear();
  invitation.ticket.clear();
}

const std::string anybody = "anybody";

Error wrong_code() {
  return {"wrong_code",
          "this code opens nothing; it may be mistyped, used, or too old",
          {{"/code", "is not a code that is open"}}};
}

Error unknown_ticket() {
  return {"unknown_ticket",
          "this device waits no longer; it needs a new code",
          {{"/ticket", "is of no claim that waits"}}};
}

Error unknown_pairing() {
  return {"unknown_pairing", "there is no such invitation", {{"id", "names no invitation"}}};
}

}  // namespace

std::string_view to_string(InvitationState state) {
  constexpr std::array<std::string_view, 6> names = {"open", "waiting", "confirmed",
                                                     "used", "refused", "expired"};
  return names[static_cast<std::size_t>(state)];
}

void Pairing::settle() {
  const auto now = clock_.now();
  std::erase_if(invitations_, [&](const auto& one) { return one.ends + remembered < now; });
  for (auto& one : invitations_)
    if (is_pending(one) && one.ends <= now) end(one, InvitationState::expired);
}

std::vector<Invitation>::iterator Pairing::by_id(std::string_view id) {
  return std::ranges::find(invitations_, id, &Invitation::id);
}

Invitation* Pairing::open_with(std::string_view code) {
  Invitation* found = nullptr;
  for (auto& one : invitations_)
    if (is_open(one) && same_secret(one.code, code)) found = &one;
  return found;
}

// An empty ticket is nobody's.
Invitation* Pairing::claimed_with(std::string_view ticket) {
  Invitation* found = nullptr;
  for (auto& one : invitations_)
    if (!one.ticket.empty() && same_secret(one.ticket, ticket)) found = &one;
  return found;
}

Result<Invitation> Pairing::invite(const InvitationWish& wish) {
  if (wish.scope == Scope::none)
    return Error{"invalid_scope", "an invitation has a scope", {{"/scope", "must be play, create or admin"}}};
  if (wish.lasts < shortest || wish.lasts > longest)
    return Error{"invalid_minutes", "the code can't last so long", {{"/minutes", "must be from 1 to 60"}}};
  const std::lock_guard lock(mutex_);
  settle();
  if (std::ranges::count_if(invitations_, is_pending) >= most_pending)
    return Error{"too_many_invitations", "16 codes are open; use one, or wait until they end"};
  if (invitations_.size() >= most_known)
    invitations_.erase(std::ranges::find_if_not(invitations_, is_pending));  // the oldest that ended
  const auto now = clock_.wall_ms();
  const auto lasts_ms = std::chrono::duration_cast<std::chrono::milliseconds>(wish.lasts).count();
  invitations_.push_back({new_id(now), new_code(), wish.inviter, wish.scope, wish.confirm,
                          InvitationState::open, now, now + lasts_ms, clock_.now() + wish.lasts});
  return invitations_.back();
}

std::optional<std::chrono::seconds> Pairing::wait_of(const std::string& client) const {
  const auto now = clock_.now();
  return std::max(wrong_codes_.wait(client, now), all_wrong_codes_.wait(anybody, now));
}

std::optional<std::chrono::seconds> Pairing::must_wait(const std::string& from) {
  const std::lock_guard lock(mutex_);
  return wait_of(client_network(from));
}

Result<Claim> Pairing::claim(std::string_view code, std::string_view name, const std::string& from) {
  const std::lock_guard lock(mutex_);
  settle();
  const auto client = client_network(from);
  if (wait_of(client)) return Error{"too_many_requests", "too many wrong codes; wait before the next one"};
  auto* invitation = open_with(typed_code(code));
  if (!invitation) {
    (void)wrong_codes_.take(client, clock_.now());
    (void)all_wrong_codes_.take(anybody, clock_.now());
    return wrong_code();
  }
  auto fit = token_name(name);
  if (!fit) return fit.error();
  Claimant claimant{std::move(*fit), from};
  if (!invitation->confirm) return let_in(*invitation, std::move(claimant));
  invitation->state = InvitationState::waiting;
  invitation->code.clear();
  invitation->claimant = claimant;
  invitation->ticket = new_token_secret();
  return Claim{std::move(claimant), invitation->expires_at, invitation->ticket};
}

// The token is made only when it is told: what is never collected opens nothing.
Result<Claim> Pairing::let_in(Invitation& invitation, Claimant claimant) {
  auto made = tokens_.create({claimant.name, TokenKind::device, invitation.scope});
  if (!made) return made.error();
  end(invitation, InvitationState::used);
  invitation.claimant = claimant;
  invitation.token = made->token;
  return Claim{std::move(claimant), invitation.expires_at, {}, std::move(*made)};
}

// A wrong ticket needs no pace of its own, unlike a code: it has as many bits as a token.
Result<Claim> Pairing::collect(std::string_view ticket) {
  const std::lock_guard lock(mutex_);
  settle();
  auto* invitation = claimed_with(ticket);
  if (!invitation) return unknown_ticket();
  if (invitation->state == InvitationState::refused)
    return Error{"pairing_refused", "who invited this device said no to it", {{"/ticket", "was refused"}}};
  if (invitation->state == InvitationState::confirmed) return let_in(*invitation, *invitation->claimant);
  return Claim{*invitation->claimant, invitation->expires_at, invitation->ticket};
}

Result<Invitation> Pairing::confirm(std::string_view id) { return answer(id, InvitationState::confirmed); }

Result<Invitation> Pairing::refuse(std::string_view id) { return answer(id, InvitationState::refused); }

Result<Invitation> Pairing::answer(std::string_view id, InvitationState state) {
  const std::lock_guard lock(mutex_);
  settle();
  const auto found = by_id(id);
  if (found == invitations_.end()) return unknown_pairing();
  if (found->state != InvitationState::waiting)
    return Error{"nobody_waits", "no device waits for an answer to this invitation", {{"id", "has none"}}};
  found->state = state;
  return *found;
}

std::vector<Invitation> Pairing::pending() {
  const std::lock_guard lock(mutex_);
  settle();
  std::vector<Invitation> all;
  std::ranges::copy_if(invitations_, std::back_inserter(all), is_pending);
  return all;
}

Result<Invitation> Pairing::find(std::string_view id) {
  const std::lock_guard lock(mutex_);
  settle();
  const auto found = by_id(id);
  if (found == invitations_.end()) return unknown_pairing();
  return *found;
}

Result<void> Pairing::withdraw(std::string_view id) {
  const std::lock_guard lock(mutex_);
  settle();
  const auto found = by_id(id);
  if (found == invitations_.end()) return unknown_pairing();
  invitations_.erase(found);
  return {};
}

}  // namespace doodled
