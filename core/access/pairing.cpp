#include "core/access/pairing.hpp"

#include <algorithm>
#include <array>

#include "core/access/networks.hpp"
#include "core/access/secrets.hpp"
#include "core/base/ids.hpp"

namespace doodled {
namespace {

constexpr std::ptrdiff_t most_open = 16;
constexpr std::chrono::minutes shortest{1}, longest{60}, remembered{60};

bool is_open(const Invitation& invitation) { return invitation.state == InvitationState::open; }

const std::string anybody = "anybody";

Error wrong_code() {
  return {"wrong_code",
          "this code opens nothing; it may be mistyped, used, or too old",
          {{"/code", "is not a code that is open"}}};
}

Error unknown_pairing() {
  return {"unknown_pairing", "there is no such invitation", {{"id", "names no invitation"}}};
}

}  // namespace

std::string_view to_string(InvitationState state) {
  constexpr std::array<std::string_view, 3> names = {"open", "used", "expired"};
  return names[static_cast<std::size_t>(state)];
}

void Pairing::settle() {
  const auto now = clock_.now();
  std::erase_if(invitations_, [&](const auto& one) { return one.ends + remembered < now; });
  for (auto& one : invitations_)
    if (is_open(one) && one.ends <= now) {
      one.state = InvitationState::expired;
      one.code.clear();
    }
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

Result<Invitation> Pairing::invite(const InvitationWish& wish) {
  if (wish.scope == Scope::none)
    return Error{"invalid_scope", "an invitation has a scope", {{"/scope", "must be play, create or admin"}}};
  if (wish.lasts < shortest || wish.lasts > longest)
    return Error{"invalid_minutes", "the code can't last so long", {{"/minutes", "must be from 1 to 60"}}};
  const std::lock_guard lock(mutex_);
  settle();
  if (std::ranges::count_if(invitations_, is_open) >= most_open)
    return Error{"too_many_invitations", "16 codes are open; use one, or wait until they end"};
  const auto now = clock_.wall_ms();
  const auto lasts_ms = std::chrono::duration_cast<std::chrono::milliseconds>(wish.lasts).count();
  invitations_.push_back({new_id(now), new_code(), wish.scope, InvitationState::open, now, now + lasts_ms,
                          clock_.now() + wish.lasts});
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

Result<NewToken> Pairing::claim(std::string_view code, std::string_view name, const std::string& from) {
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
  auto made = tokens_.create({std::string(name), TokenKind::device, invitation->scope});
  if (!made) return made;
  invitation->state = InvitationState::used;
  invitation->code.clear();
  invitation->token = made->token;
  return made;
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
