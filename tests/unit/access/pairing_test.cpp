#include "core/access/pairing.hpp"

#include <doctest/doctest.h>

#include "tests/unit/access/fixture.hpp"

using namespace doodled;
using namespace std::chrono_literals;

namespace {

struct PairingFixture : test::AccessFixture {
  Pairing pairing{tokens, clock};

  Result<NewToken> claim(const std::string& code, const std::string& name,
                         const std::string& from = "192.168.1.9") {
    return pairing.claim(code, name, from);
  }
};

}  // namespace

TEST_SUITE("pairing") {
  TEST_CASE_FIXTURE(PairingFixture, "a code becomes a device's token of the scope that was offered") {
    const auto invitation = *pairing.invite({Scope::play});
    const auto made = claim("  " + invitation.code.substr(0, 4) + "-" + invitation.code.substr(4), "Phone");
    REQUIRE(made.has_value());
    CHECK(made->token.name == "Phone");
    CHECK(made->token.kind == TokenKind::device);
    CHECK(made->token.scope == Scope::play);
    CHECK(tokens.find(made->secret, "::1")->id == made->token.id);
    const auto after = *pairing.find(invitation.id);
    CHECK(after.state == InvitationState::used);
    CHECK(after.code.empty());
    CHECK(after.token->id == made->token.id);
  }

  TEST_CASE_FIXTURE(PairingFixture, "a code is good for once") {
    const auto code = pairing.invite({})->code;
    REQUIRE(claim(code, "first").has_value());
    CHECK(claim(code, "second").error().code == "wrong_code");
    CHECK(tokens.list().size() == 1);
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
  }

  TEST_CASE_FIXTURE(PairingFixture, "wishes that cannot be met are named") {
    CHECK(pairing.invite({Scope::none}).error().problems[0].pointer == "/scope");
    CHECK(pairing.invite({Scope::play, 0min}).error().problems[0].pointer == "/minutes");
    CHECK(pairing.invite({Scope::play, 61min}).error().problems[0].pointer == "/minutes");
    for (int i = 0; i < 16; ++i) REQUIRE(pairing.invite({}).has_value());
    CHECK(pairing.invite({}).error().code == "too_many_invitations");
    clock.advance(6min);
    CHECK(pairing.invite({}).has_value());
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
