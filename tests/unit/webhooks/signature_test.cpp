#include "core/webhooks/signature.hpp"

#include <doctest/doctest.h>

using namespace doodled;

// Of the specification's own libraries: standard-webhooks, javascript/src/index.test.ts.
TEST_CASE("a message is signed as the convention's own example is") {
  const auto key = signing_key(llm::Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
  REQUIRE(key.has_value());

  CHECK(webhook_signature(*key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})") ==
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST_CASE("a secret that is any text signs with its own bytes, and broken base64 is none") {
  CHECK(signing_key(llm::Secret("open sesame"))->size() == 11);
  CHECK_FALSE(signing_key(llm::Secret("whsec_%%%")).has_value());
  CHECK_FALSE(signing_key(llm::Secret("whsec_")).has_value());
}
