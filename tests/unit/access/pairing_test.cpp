#include "core/access/pairing.hpp"

#include <doctest/doctest.h>

#include "tests/unit/access/fixture.hpp"

using namespace doodled;
using namespace std::chrono_literals;

namespace {

struct PairingFixture : test::AccessFixture {
  Pairing pairing{tokens, clock};

  Result<Claim> claim(const std::string& code, const std::string& name,
                      const std::string& from = "192.168.1.9") {
    return pairing.claim(code, name, from);
  }
  // An invitation that was claimed, and the ticket for it.
  std::pair<Invitation, std::string> claimed(const InvitationWish& wish = {}) {
    const auto invitation = *pairing.invite(wish);
    return {invitation, claim(invitation.code, "Phone")->ticket};
  }
  InvitationState state_of(const Invitation& invitation) { return pairing.find(invitation.id)->state; }
};

}  // namespace

TEST_SUITE("pairing") {
  TEST_CASE_FIXTURE(PairingFixture, "who claimed a code waits, and has its token after a yes") {
    const auto invitation = *pairing.invite({Scope::play});
    const auto waiting =
        claim("  " + invitation.code.substr(0, 4) + "-" + invitation.code.substr(4), " Phone ");
    REQUIRE(waiting.has_value());
    CHECK_FALSE(waiting->made);
    CHECK(waiting->expires_at == invitation.expires_at);
    CHECK_FALSE(tokens.find(waiting->ticket, "::1"));
    const auto shown = *pairing.find(invitation.id);
    CHECK(shown.state == InvitationState::waiting);
    CHECK(shown.code.empty());
    CHECK(shown.claimant->name == "Phone");
    CHECK(shown.claimant->address == "192.168.1.9");
    CHECK_FALSE(pairing.collect(waiting->ticket)->made);

    REQUIRE(pairing.confirm(invitation.id).has_value());
    CHECK(tokens.list().empty());
    const auto made = pairing.collect(waiting->ticket)->made;
    REQUIRE(made);
    CHECK(made->token.name == "Phone");
    CHECK(made->token.kind == TokenKind::device);
    CHECK(made->token.scope == Scope::play);
    CHECK(tokens.find(made->secret, "::1")->id == made->token.id);
    const auto after = *pairing.find(invitation.id);
    CHECK(after.state == InvitationState::used);
    CHECK(after.token->id == made->token.id);
  }

  TEST_CASE_FIXTURE(PairingFixture, "a token is collected once") {
    const auto [invitation, ticket] = claimed();
    REQUIRE(pairing.confirm(invitation.id).has_value());
    REQUIRE(pairing.collect(ticket)->made);
    CHECK(pairing.collect(ticket).error().code == "unknown_ticket");
    CHECK(tokens.list().size() == 1);
  }

  TEST_CASE_FIXTURE(PairingFixture, "a no is told to the device, and stays one") {
    const auto [invitation, ticket] = claimed();
    REQUIRE(pairing.refuse(invitation.id).has_value());
    for (int i = 0; i < 2; ++i) CHECK(pairing.collect(ticket).error().code == "pairing_refused");
    CHECK(pairing.confirm(invitation.id).error().code == "nobody_waits");
    clock.advance(6min);
    CHECK(state_of(invitation) == InvitationState::refused);
    CHECK(tokens.list().empty());
  }

  TEST_CASE_FIXTURE(PairingFixture, "only who waits is answered, and once") {
    const auto open = *pairing.invite({});
    CHECK(pairing.confirm(open.id).error().code == "nobody_waits");
    CHECK(pairing.refuse(open.id).error().code == "nobody_waits");
    CHECK(state_of(open) == InvitationState::open);
    CHECK(pairing.confirm("nobody").error().code == "unknown_pairing");
    const auto [invitation, ticket] = claimed();
    REQUIRE(pairing.confirm(invitation.id).has_value());
    CHECK(pairing.refuse(invitation.id).error().code == "nobody_waits");
    CHECK(pairing.collect(ticket)->made);
  }

  TEST_CASE_FIXTURE(PairingFixture, "a wrong ticket collects nothing, the empty one neither") {
    const auto [invitation, ticket] = claimed();
    REQUIRE(pairing.confirm(invitation.id).has_value());
    for (const auto& wrong : {std::string(), invitation.code, ticket.substr(1), ticket + "x"}) {
      CAPTURE(wrong);
      CHECK(pairing.collect(wrong).error().code == "unknown_ticket");
    }
    CHECK(pairing.collect(ticket)->made);
  }

  TEST_CASE_FIXTURE(PairingFixture, "who waits does so no longer than the code was good") {
    const auto [asked, asking] = claimed();
    const auto [confirmed, late] = claimed();
    REQUIRE(pairing.confirm(confirmed.id).has_value());
    clock.advance(5min - 1ns);
    CHECK(state_of(asked) == InvitationState::waiting);
    clock.advance(1ns);
    CHECK(pairing.collect(asking).error().code == "unknown_ticket");
    CHECK(pairing.collect(late).error().code == "unknown_ticket");
    CHECK(pairing.confirm(asked.id).error().code == "nobody_waits");
    CHECK(state_of(confirmed) == InvitationState::expired);
    CHECK(tokens.list().empty());
  }

  TEST_CASE_FIXTURE(PairingFixture, "a yes that was said ahead lets in at once") {
    const auto invitation = *pairing.invite({Scope::play, 5min, false});
    const auto made = claim(invitation.code, "script")->made;
    REQUIRE(made);
    CHECK(tokens.find(made->secret, "::1")->scope == Scope::play);
    CHECK(state_of(invitation) == InvitationState::used);
    CHECK(claim(invitation.code, "another").error().code == "wrong_code");
  }

  TEST_CASE_FIXTURE(PairingFixture, "what has not ended is listed, the oldest first") {
    const auto open = *pairing.invite({});
    const auto [waiting, one] = claimed();
    const auto [refused, two] = claimed();
    REQUIRE(pairing.refuse(refused.id).has_value());
    const auto listed = pairing.pending();
    REQUIRE(listed.size() == 2);
    CHECK(listed[0].id == open.id);
    CHECK(listed[1].id == waiting.id);
  }

  TEST_CASE_FIXTURE(PairingFixture, "a code is good for once") {
    const auto code = pairing.invite({})->code;
    REQUIRE(claim(code, "first").has_value());
    CHECK(claim(code, "second").error().code == "wrong_code");
  }

  TEST_CASE_FIXTURE(PairingFixture,
                    "a code is good until its minutes are over, whatever the wall clock says") {
    const auto first = *pairing.invite({Scope::create, 5min});
    clock.advance(5min - 1ns);
    REQUIRE(claim(first.code, "in time").has_value());
    const auto second = *pairing.invite({Scope::create, 5min});
    CHECK(second.expires_at - second.created_at == 300'000);
    clock.advance(5min);
    CHECK(claim(second.code, "too late").error().code == "wrong_code");
    CHECK(pairing.find(second.id)->state == InvitationState::expired);
    clock.advance(2h);
    CHECK(pairing.find(second.id).error().code == "unknown_pairing");
  }

  TEST_CASE_FIXTURE(PairingFixture, "a wrong code opens nothing and takes nothing from the right one") {
    const auto invitation = *pairing.invite({});
    for (const auto& wrong :
         {std::string(), std::string("ZZZZ-ZZZZ"), invitation.code.substr(1), invitation.code + "0"}) {
      CAPTURE(wrong);
      const auto refused = claim(wrong, "guest");
      REQUIRE_FALSE(refused.has_value());
      CHECK(refused.error().code == "wrong_code");
      CHECK(refused.error().problems[0].pointer == "/code");
    }
    CHECK(claim(invitation.code, "").error().code == "invalid_name");
    CHECK(claim(invitation.code, "the right one").has_value());
  }

  TEST_CASE_FIXTURE(PairingFixture, "what is withdrawn opens nothing") {
    const auto invitation = *pairing.invite({});
    REQUIRE(pairing.withdraw(invitation.id).has_value());
    CHECK(claim(invitation.code, "guest").error().code == "wrong_code");
    CHECK(pairing.withdraw(invitation.id).error().code == "unknown_pairing");
    const auto [asked, ticket] = claimed();
    REQUIRE(pairing.withdraw(asked.id).has_value());
    CHECK(pairing.collect(ticket).error().code == "unknown_ticket");
  }

  TEST_CASE_FIXTURE(PairingFixture, "wishes that cannot be met are named") {
    CHECK(pairing.invite({Scope::none}).error().problems[0].pointer == "/scope");
    CHECK(pairing.invite({Scope::play, 0min}).error().problems[0].pointer == "/minutes");
    CHECK(pairing.invite({Scope::play, 61min}).error().problems[0].pointer == "/minutes");
    for (int i = 0; i < 15; ++i) REQUIRE(pairing.invite({}).has_value());
    (void)claimed();  // who waits counts as well
    CHECK(pairing.invite({}).error().code == "too_many_invitations");
    clock.advance(6min);
    CHECK(pairing.invite({}).has_value());
  }

  TEST_CASE_FIXTURE(PairingFixture, "of many that ended the last ones are known") {
    const auto open = *pairing.invite({});
    const auto [first, one] = claimed();
    REQUIRE(pairing.refuse(first.id).has_value());
    for (int i = 0; i < 63; ++i) REQUIRE(pairing.refuse(claimed().first.id).has_value());
    CHECK(pairing.find(first.id).error().code == "unknown_pairing");
    CHECK(state_of(open) == InvitationState::open);
  }

  TEST_CASE_FIXTURE(PairingFixture, "who guesses must wait, and nobody else") {
    const auto code = pairing.invite({Scope::play, 60min})->code;
    for (int i = 0; i < 5; ++i) CHECK(claim("ZZZZ-ZZZZ", "guest").error().code == "wrong_code");
    CHECK(claim(code, "guest").error().code == "too_many_requests");
    CHECK(pairing.must_wait("192.168.1.9") == 12s);
    CHECK_FALSE(pairing.must_wait("192.168.1.10"));
    clock.advance(12s);
    CHECK(claim("ZZZZ-ZZZZ", "guest").error().code == "wrong_code");
    CHECK(claim(code, "another", "192.168.1.10").has_value());
  }

  TEST_CASE_FIXTURE(PairingFixture, "many who guess together must wait together") {
    for (int i = 0; i < 30; ++i)
      CHECK(claim("ZZZZ-ZZZZ", "guest", "10.0.0." + std::to_string(i)).error().code == "wrong_code");
    CHECK(claim("ZZZZ-ZZZZ", "guest", "10.0.0.99").error().code == "too_many_requests");
    CHECK(pairing.must_wait("10.0.0.99") == 2s);
  }
}
