#include "core/access/tokens.hpp"

#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "tests/unit/access/fixture.hpp"

using namespace doodled;
using namespace std::chrono_literals;

namespace {

struct TokensFixture : test::AccessFixture {
  NewToken made(const std::string& name = "a script", Scope scope = Scope::play) {
    return *tokens.create({name, TokenKind::tool, scope});
  }
};

}  // namespace

TEST_SUITE("tokens") {
  TEST_CASE_FIXTURE(TokensFixture, "a token is found by its secret and by nothing else") {
    const auto one = made("first", Scope::create), other = made("second");
    CHECK(tokens.find(one.secret, "192.168.1.2")->id == one.token.id);
    CHECK(tokens.find(one.secret, "192.168.1.2")->scope == Scope::create);
    CHECK(tokens.find(other.secret, "192.168.1.2")->id == other.token.id);
    for (const auto& wrong :
         {std::string(), std::string("doodled_"), one.secret + "x", one.secret.substr(1), one.token.id}) {
      CAPTURE(wrong);
      CHECK_FALSE(tokens.find(wrong, "192.168.1.2"));
    }
  }

  TEST_CASE_FIXTURE(TokensFixture, "a revoked token opens nothing, now and after a restart") {
    const auto kept = made(), gone = made();
    REQUIRE(tokens.revoke(gone.token.id).has_value());
    CHECK_FALSE(tokens.find(gone.secret, "::1"));
    CHECK(tokens.revoke(gone.token.id).error().code == "unknown_token");
    Tokens later(records, clock);
    CHECK_FALSE(later.find(gone.secret, "::1"));
    CHECK(later.find(kept.secret, "::1"));
  }

  TEST_CASE_FIXTURE(TokensFixture, "uses are listed, and remembered over a restart") {
    const auto one = made("first");
    CHECK_FALSE(tokens.list()[0].last_used_at);
    clock.advance(5s);
    (void)tokens.find(one.secret, "192.168.1.2");
    const auto used_at = clock.wall_ms();
    CHECK(tokens.list()[0].last_used_at == used_at);
    Tokens later(records, clock);
    CHECK(later.list()[0].last_used_at == used_at);
    CHECK(later.list()[0].last_address == "192.168.1.2");
  }

  TEST_CASE_FIXTURE(TokensFixture, "the newest comes first, with its name, kind and scope") {
    (void)made("first");
    clock.advance(1s);
    REQUIRE(tokens.create({"Anna's phone", TokenKind::device, Scope::admin}).has_value());
    const auto all = tokens.list();
    REQUIRE(all.size() == 2);
    CHECK(all[0].name == "Anna's phone");
    CHECK(all[0].kind == TokenKind::device);
    CHECK(all[0].scope == Scope::admin);
    CHECK(all[1].name == "first");
  }

  TEST_CASE_FIXTURE(TokensFixture, "names are trimmed and kept to one line of 64 characters") {
    CHECK(made("  Ünï  ").token.name == "Ünï");
    std::string long_name;
    for (int i = 0; i < 64; ++i) long_name += "ü";
    CHECK(made(long_name).token.name == long_name);
    for (const auto& wrong : {std::string(), std::string("   "), std::string("a\nb"),
                              std::string("a\xc2\x9b[2Jb"), std::string("\xff"), long_name + "x"}) {
      CAPTURE(wrong);
      const auto refused = tokens.create({wrong});
      REQUIRE_FALSE(refused.has_value());
      CHECK(refused.error().code == "invalid_name");
      CHECK(refused.error().problems[0].pointer == "/name");
    }
    CHECK(tokens.create({"x", TokenKind::tool, Scope::none}).error().code == "invalid_scope");
  }

  TEST_CASE_FIXTURE(TokensFixture, "a token can be renamed, an unknown one cannot") {
    const auto one = made("frist");
    CHECK(tokens.rename(one.token.id, "first")->name == "first");
    CHECK(tokens.find(one.secret, "::1")->name == "first");
    CHECK(tokens.rename("nobody", "x").error().code == "unknown_token");
    CHECK(tokens.rename(one.token.id, "").error().code == "invalid_name");
  }

  TEST_CASE_FIXTURE(TokensFixture, "no secret is in the database's files") {
    const auto one = made();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory.path())) {
      if (!entry.is_regular_file()) continue;
      std::ifstream stream(entry.path(), std::ios::binary);
      const std::string bytes(std::istreambuf_iterator<char>(stream), {});
      CHECK(bytes.find(one.secret.substr(8)) == std::string::npos);
    }
  }
}
