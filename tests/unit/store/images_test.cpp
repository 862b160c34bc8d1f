#include "core/store/images.hpp"

#include <thread>

#include <doctest/doctest.h>

#include "tests/unit/store/fixture.hpp"

using namespace doodled;
using namespace doodled::test;

TEST_CASE("the same picture sent twice is one image, as it was first described") {
  StoreFixture fixture;
  const auto first = put_picture(fixture.store);

  const auto again = fixture.store.images.put(as_bytes("a picture"), {"image/jpeg", 1, 1, 6}, noon + 5);

  CHECK(again.id == first.id);
  CHECK(again.sha256() == sha256_hex("a picture"));
  CHECK(again.size == 9);
  CHECK(again.facts.media_type == "image/png");
  CHECK(again.facts.width == 640);
  CHECK(again.created_at == noon);
  CHECK(fixture.store.images.list({}).value().items.size() == 1);
  const auto bytes = fixture.store.images.bytes(first.id).value();
  CHECK(std::string(bytes.begin(), bytes.end()) == "a picture");
}

TEST_CASE("a picture that was kept is recorded in the transaction of another, or not at all") {
  StoreFixture fixture;
  auto& store = fixture.store;
  const auto kept = store.images.keep(as_bytes("a picture"), {"image/png", 640, 480, 1}, noon);
  CHECK(store.blobs.contains(kept.id));
  CHECK(store.images.get(kept.id).error().code == "unknown_image");

  CHECK_THROWS(store.database.transaction([&] {
    store.images.add(kept);
    throw std::runtime_error("the rest failed");
  }));
  CHECK_FALSE(store.images.get(kept.id).has_value());

  store.database.transaction([&] { store.images.add(kept); });
  CHECK(store.images.get(kept.id)->facts.width == 640);
}

TEST_CASE("a picture whose file was removed after it was kept has its file again once it is recorded") {
  StoreFixture fixture;
  auto& store = fixture.store;
  const auto kept = store.images.keep(as_bytes("a picture"), {"image/png", 640, 480, 1}, noon);
  store.blobs.remove(kept.id);

  store.images.add(kept);

  CHECK(store.blobs.verify(kept.id));
}

TEST_CASE("an image that is not there is an error, one whose file is lost a damage") {
  StoreFixture fixture;
  CHECK(fixture.store.images.get("nothing").error().code == "unknown_image");
  const auto image = put_picture(fixture.store);

  fixture.store.blobs.remove(image.id);

  CHECK_THROWS_AS(fixture.store.images.bytes(image.id), StoreUnavailable);
}

TEST_CASE("the file of a picture forgotten just before a crash goes at the next start") {
  StoreFixture fixture;
  auto& store = fixture.store;
  const auto image = put_picture(store);
  const auto session = store.sessions.append(score("s", image.id)).value();
  REQUIRE(store.sessions.forget(session.id, noon)->picture_removed);
  store.blobs.put(as_bytes("a picture"));  // as if the crash had come before the removal

  CHECK(store.images.sweep_forgotten() == 1);

  CHECK_FALSE(store.blobs.contains(image.id));
  CHECK(store.images.sweep_forgotten() == 0);
}

TEST_CASE("a picture that is sent while it is being forgotten is there whenever the store says so") {
  StoreFixture fixture;
  auto& store = fixture.store;
  const auto image = put_picture(store);
  constexpr int rounds = 60;
  int missing = 0;

  {
    std::jthread forgetter([&] {
      for (int i = 0; i < rounds; ++i)
        store.sessions.forget(store.sessions.append(score("s", image.id)).value().id, noon).value();
    });
    for (int i = 0; i < rounds; ++i) {
      put_picture(store);
      store.database.transaction([&] {
        if (!store.images.get(image.id)->forgotten_at && !store.blobs.contains(image.id)) ++missing;
      });
    }
  }

  CHECK(missing == 0);
}

TEST_CASE("a picture that no session has is removed for good, and the chain says so") {
  StoreFixture fixture;
  auto& store = fixture.store;
  const auto image = put_picture(store);

  CHECK(store.images.forget(image.id, noon + 1).has_value());

  CHECK_FALSE(store.blobs.contains(image.id));
  CHECK(store.images.get(image.id)->forgotten_at == noon + 1);
  CHECK(audit(store.database, store.blobs).rows == 1);
  CHECK(store.images.forget(image.id, noon + 2).has_value());
  CHECK(audit(store.database, store.blobs).rows == 1);
  CHECK(store.images.forget("nothing", noon).error().code == "unknown_image");
}

TEST_CASE("a picture that a visible session or an open job has stays") {
  StoreFixture fixture;
  auto& store = fixture.store;
  const auto image = put_picture(store);
  const auto job = store.jobs.submit(wish(image.id)).value().job;
  const auto session = store.sessions.append(score("s", image.id)).value();

  const auto refused = store.images.forget(image.id, noon).error();

  CHECK(refused.code == "image_in_use");
  CHECK(refused.problems == std::vector<Problem>{{"session_id", session.id}, {"job_id", job.id}});
  CHECK(store.blobs.contains(image.id));
}

TEST_CASE("the picture of a hidden session is removed with its strokes, and the chain still fits") {
  StoreFixture fixture;
  auto& store = fixture.store;
  const auto image = put_picture(store);
  auto drawn = score("s", image.id);
  drawn.strokes = "{}";
  auto seen = reading();
  seen.request = R"({"strokes_sha256":")" + sha256_hex("{}") + "\"}";
  drawn.interpretation_id = store.interpretations.add(seen);
  const auto session = store.sessions.append(drawn).value();
  store.sessions.hide(session.id, noon).value();

  CHECK(store.images.forget(image.id, noon).has_value());

  CHECK(store.sessions.strokes(session.id).error().code == "no_strokes");
  CHECK_FALSE(audit(store.database, store.blobs).fault);
}

TEST_CASE("a picture that nothing uses is as old as when it was last sent") {
  StoreFixture fixture;
  auto& store = fixture.store;
  constexpr std::int64_t later = noon + 48LL * 3600 * 1000;
  const auto send_again = [&] {
    return store.images.put(as_bytes("a picture"), {"image/png", 640, 480, 1}, later).created_at;
  };
  const auto image = put_picture(store);
  const auto session = store.sessions.append(score("s", image.id)).value();
  CHECK(send_again() == noon);

  store.sessions.forget(session.id, later).value();

  CHECK(send_again() == later);
}
