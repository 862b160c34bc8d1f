#include "server/gate/gate.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/fakes/manual_clock.hpp"
#include "tests/unit/store/fixture.hpp"

using namespace doodled;
using namespace std::chrono_literals;
using http::Method;
using http::Principal;
using http::Request;

namespace {

constexpr auto* key = "doodled_console";

struct Fixture : test::StoreFixture {
  fakes::ManualClock clock;
  TokenRecords records{store.database};
  Tokens tokens{records, clock};
  AccessGate gate{rules(), tokens, clock};

  static GateRules rules() {
    return {
        {{"studio.local"}, {}}, *Networks::parse({"127.0.0.0/8", "::1"}, "access.trusted"), key, 10, false};
  }

  std::string secret(Scope scope, TokenKind kind = TokenKind::tool) {
    return tokens.create({"someone", kind, scope})->secret;
  }

  // 0 where it is let through.
  int status(Request& request, Scope needs = Scope::play, bool web_socket = false) {
    const auto refusal = gate.refuse(request, {needs, web_socket});
    return refusal ? refusal->status : 0;
  }
  int status(Request&& request, Scope needs = Scope::play) { return status(request, needs); }
};

Request request(Method method = Method::get, std::string from = "192.168.1.23") {
  Request request;
  request.method = method;
  request.path = "/api/v1/sessions";
  request.remote_address = std::move(from);
  request.local_address = "192.168.1.5";
  request.headers.add("Host", "192.168.1.5:8080");
  return request;
}

Request with(Request request, std::string name, std::string value) {
  request.headers.add(std::move(name), std::move(value));
  return request;
}

Request bearing(const std::string& secret, Method method = Method::get) {
  return with(request(method), "Authorization", "Bearer " + secret);
}

Request holding(const std::string& secret, Method method = Method::get) {
  return with(request(method), "Cookie", "other=1; doodled=" + secret);
}

}  // namespace

TEST_SUITE("gate") {
  TEST_CASE_FIXTURE(Fixture, "this machine may do everything, a stranger what needs nothing") {
    auto local = request(Method::post, "127.0.0.1");
    CHECK(status(local, Scope::admin) == 0);
    CHECK(local.client.kind == Principal::Kind::trusted);
    CHECK(status(request(Method::post, "::1"), Scope::admin) == 0);
    auto stranger = request();
    CHECK(status(stranger, Scope::none) == 0);
    CHECK(stranger.client.kind == Principal::Kind::stranger);
    CHECK(status(request(), Scope::play) == 401);
  }

  TEST_CASE_FIXTURE(Fixture, "a stranger is told how to be let in") {
    auto stranger = request();
    const auto refusal = gate.refuse(stranger, {Scope::play, false});
    REQUIRE(refusal);
    CHECK(refusal->headers.value("WWW-Authenticate") == "Bearer realm=\"doodled\"");
    const auto problem = Json::parse(std::get<std::string>(refusal->body));
    CHECK(problem["type"] == "urn:doodled:pairing-required");
    CHECK(problem["code"] == "pairing_required");
    CHECK(problem["pairing"]["command"] == "doodled pair");
    CHECK_FALSE(refusal->headers.contains("Set-Cookie"));
  }

  TEST_CASE_FIXTURE(Fixture, "a token opens what its scope covers, and no more") {
    const auto play = secret(Scope::play), create = secret(Scope::create), admin = secret(Scope::admin);
    CHECK(status(bearing(play), Scope::play) == 0);
    CHECK(status(bearing(play), Scope::create) == 403);
    CHECK(status(bearing(create), Scope::create) == 0);
    CHECK(status(bearing(create), Scope::admin) == 403);
    CHECK(status(bearing(admin), Scope::admin) == 0);
    auto asked = bearing(create);
    CHECK(status(asked) == 0);
    CHECK(asked.client.kind == Principal::Kind::tool);
    CHECK(asked.client.name == "someone");
  }

  TEST_CASE_FIXTURE(Fixture, "a secret that is not known opens nothing, not even for this machine") {
    CHECK(status(bearing("doodled_guess")) == 401);
    CHECK(status(bearing("")) == 401);
    CHECK(status(with(request(), "Authorization", "Basic YTpi")) == 401);
    CHECK(status(with(request(Method::get, "127.0.0.1"), "Authorization", "Bearer doodled_guess")) == 401);
    CHECK(status(with(request(Method::get, "127.0.0.1"), "Cookie", "doodled=stale")) == 0);
  }

  TEST_CASE_FIXTURE(Fixture, "a token that is revoked opens nothing, and its cookie is taken away") {
    const auto made = *tokens.create({"phone", TokenKind::device, Scope::play});
    CHECK(status(holding(made.secret)) == 0);
    REQUIRE(tokens.revoke(made.token.id).has_value());
    auto asked = holding(made.secret);
    const auto refusal = gate.refuse(asked, {Scope::play, false});
    REQUIRE(refusal);
    CHECK(refusal->status == 401);
    CHECK(refusal->headers.value("Set-Cookie").find("Max-Age=0") != std::string_view::npos);
  }

  TEST_CASE_FIXTURE(Fixture, "the console's key opens everything, whoever is trusted") {
    auto console = bearing(key, Method::post);
    CHECK(status(console, Scope::admin) == 0);
    CHECK(console.client.kind == Principal::Kind::console);
    AccessGate keyless({{}, {}, "", 10, false}, tokens, clock);
    auto empty = bearing("");
    CHECK(keyless.refuse(empty, {Scope::play, false})->status == 401);
  }

  TEST_CASE_FIXTURE(Fixture, "with a cookie, changes and sockets come from our own page") {
    const auto cookie = secret(Scope::admin, TokenKind::device);
    CHECK(status(holding(cookie)) == 0);
    CHECK(status(holding(cookie, Method::post)) == 403);
    CHECK(status(with(holding(cookie, Method::post), "Origin", "http://192.168.1.5:8080")) == 0);
    CHECK(status(with(holding(cookie, Method::post), "Origin", "http://evil.example")) == 403);
    CHECK(status(with(holding(cookie, Method::post), "Origin", "null")) == 403);
    CHECK(status(with(holding(cookie, Method::post), "Sec-Fetch-Site", "same-origin")) == 0);
    CHECK(status(with(holding(cookie, Method::post), "Sec-Fetch-Site", "same-site")) == 403);
    auto socket = holding(cookie);
    CHECK(status(socket, Scope::play, true) == 403);
    auto ours = with(holding(cookie), "Origin", "http://192.168.1.5:8080");
    CHECK(status(ours, Scope::play, true) == 0);
    CHECK(status(bearing(cookie, Method::post)) == 0);
  }

  TEST_CASE_FIXTURE(Fixture, "whoever a proxy on this machine speaks for is not this machine") {
    for (const auto* name : {"Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"}) {
      CAPTURE(name);
      CHECK(status(with(request(Method::get, "127.0.0.1"), name, "192.168.1.77")) == 401);
    }
  }

  TEST_CASE_FIXTURE(Fixture, "names and origins are looked at first, whoever asks") {
    auto rebound = request(Method::get, "127.0.0.1");
    rebound.headers.set("Host", "evil.example");
    CHECK(status(rebound, Scope::none) == 403);
    CHECK(status(with(bearing(key, Method::post), "Origin", "http://evil.example")) == 403);
  }

  TEST_CASE_FIXTURE(Fixture,
                    "who asks too often is told when to come back; others are not, nor is this machine") {
    for (int i = 0; i < 40; ++i) CHECK(status(request(), Scope::none) == 0);
    auto hasty = request();
    const auto refusal = gate.refuse(hasty, {Scope::none, false});
    REQUIRE(refusal);
    CHECK(refusal->status == 429);
    CHECK(refusal->headers.value("Retry-After") == "1");
    CHECK(status(request(Method::get, "192.168.1.24"), Scope::none) == 0);
    CHECK(status(bearing(secret(Scope::play))) == 0);
    for (int i = 0; i < 100; ++i) CHECK(status(request(Method::get, "127.0.0.1"), Scope::none) == 0);
    clock.advance(1s);
    CHECK(status(request(), Scope::none) == 0);
  }

  TEST_CASE_FIXTURE(Fixture, "with TLS nobody else comes in clear text") {
    auto tls = rules();
    tls.tls = true;
    AccessGate strict(tls, tokens, clock);
    auto page = request();
    const auto led = strict.refuse(page, {Scope::none, false});
    REQUIRE(led);
    CHECK(led->status == 308);
    CHECK(led->headers.value("Location") == "https://192.168.1.5:8080/api/v1/sessions");
    auto change = bearing(secret(Scope::play), Method::post);
    CHECK(strict.refuse(change, {Scope::play, false})->status == 426);
    auto encrypted = request();
    encrypted.encrypted = true;
    CHECK_FALSE(strict.refuse(encrypted, {Scope::none, false}));
    auto local = request(Method::get, "127.0.0.1");
    CHECK_FALSE(strict.refuse(local, {Scope::play, false}));
  }
}
