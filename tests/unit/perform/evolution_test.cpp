#include "core/perform/evolution.hpp"

#include <condition_variable>
#include <set>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/perform/evolver.hpp"
#include "core/play/arrange.hpp"
#include "tests/unit/vary/songs.hpp"

using namespace doodled;
using namespace doodled::fakes;

namespace {

EvolveWish wish(const char* json) {
  auto read = evolve_wish(Json::parse(json));
  REQUIRE(read.has_value());
  return *read;
}

// Forms 0 to `count` of an evening.
std::vector<Session> evening(const Session& session, const EvolveWish& wish, int count) {
  std::vector<Session> forms{session};
  for (int number = 1; number <= count; ++number) {
    auto form = next_form(session, forms.back(), wish, number, {});
    REQUIRE(form.has_value());
    forms.push_back(std::move(form->session));
  }
  return forms;
}

// What a player would have been handed.
class Hands {
 public:
  Result<std::uint32_t> take(const std::string& play, const Accepted& form, Tick at) {
    const std::lock_guard lock(mutex_);
    if (play == "over") return Error{"unknown_play", "it is over"};
    places_.push_back(at);
    documents_.push_back(to_text(form.document));
    changed_.notify_all();
    return static_cast<std::uint32_t>(places_.size() + 2);
  }
  std::vector<Tick> places(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds{30}, [&] { return places_.size() >= count; });
    return places_;
  }
  std::vector<std::string> documents() {
    const std::lock_guard lock(mutex_);
    return documents_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Tick> places_;
  std::vector<std::string> documents_;
};

}  // namespace

TEST_CASE("an evening follows from its session and its seed") {
  const auto song = small_song();
  const auto w = wish(R"({"seed": 11, "operations": [{"op": "mutate", "steps": 3}]})");
  const auto once = evening(song, w, 40), twice = evening(song, w, 40);
  for (std::size_t i = 0; i < once.size(); ++i) CHECK(to_json(once[i]) == to_json(twice[i]));
  for (std::size_t i = 1; i < once.size(); ++i) CHECK(to_json(once[i]) != to_json(once[i - 1]));
  const auto other = evening(song, wish(R"({"seed": 12, "operations": [{"op": "mutate", "steps": 3}]})"), 3);
  CHECK(to_json(other[3]) != to_json(once[3]));
  CHECK(once[40].provenance.transforms.size() == 1);
}

TEST_CASE("an evening keeps what is locked to its end") {
  const auto song = small_song();
  const auto forms = evening(song, wish(R"({"seed": 3, "locks": ["/tracks/0", "/tempo_bpm"],
      "operations": [{"op": "reroll"}, {"op": "swing", "percent": 60}]})"),
                             20);
  for (const auto& form : forms) CHECK(to_json(form)["tracks"][0] == to_json(song)["tracks"][0]);
  CHECK(to_json(forms[20])["tracks"][1] != to_json(song)["tracks"][1]);
}

TEST_CASE("without drift every form is a variation of the session itself") {
  const auto song = small_song();
  const auto forms =
      evening(song, wish(R"({"drift": false, "operations": [{"op": "mutate", "steps": 1}]})"), 12);
  for (std::size_t i = 1; i < forms.size(); ++i) {
    int different = 0;
    for (std::size_t t = 0; t < song.tracks.size(); ++t)
      different += forms[i].tracks[t].patterns[0].notes == song.tracks[t].patterns[0].notes ? 0 : 1;
    CHECK(different == 1);
  }
}

TEST_CASE("the next form is made as soon as the one before has its bar line") {
  Hands hands;
  Evolver evolver(
      [&](const std::string& play, const Accepted& form, Tick at) { return hands.take(play, form, at); }, {});
  const auto song = small_song();
  const auto w = wish(R"({"seed": 5, "every_bars": 2})");
  evolver.begin("play", song, w, next_form(song, song, w, 1, {})->session);
  CHECK(evolver.state("play")->ready);

  evolver.moved_on("play", 2, 7680);
  CHECK(hands.places(1) == std::vector<Tick>{15360});
  evolver.moved_on("play", 1, 7680);  // another version: nothing of ours
  evolver.moved_on("play", 3, 15360 + 3840);
  CHECK(hands.places(2) == std::vector<Tick>{15360, 23040});

  CHECK(evolver.state("play")->form == 2);
  CHECK(evolver.state("play")->late == 1);
  const auto forms = evening(song, w, 3);
  CHECK(hands.documents() ==
        std::vector<std::string>{to_text(to_json(forms[2])), to_text(to_json(forms[3]))});
  evolver.ended("play");
  CHECK_FALSE(evolver.state("play").has_value());
}

TEST_CASE("a wish to evolve is read with every mistake named, and written as it was read") {
  const auto wrong = evolve_wish(Json::parse(
      R"({"every_bars": 0, "drift": 1, "count": 2, "operations": [{"op": "tempo", "bpm": 90}], "locks": 3})"));
  REQUIRE(wrong.has_error());
  CHECK(wrong.error().code == "invalid_play");
  std::vector<std::string> pointers;
  for (const auto& problem : wrong.error().problems) pointers.push_back(problem.pointer);
  for (const char* pointer : {"/evolve/every_bars", "/evolve/drift", "/evolve/count", "/evolve/locks"})
    CHECK(std::ranges::find(pointers, pointer) != pointers.end());
  CHECK(evolve_wish(Json::parse(R"({"operations": [{"op": "tempo"}]})")).error().problems.at(0).pointer ==
        "/evolve/operations/0/op");
  const auto read = wish(R"({"every_bars": 8, "seed": 3, "operations": [{"op": "thin"}]})");
  CHECK(to_json(*evolve_wish(to_json(read))) == to_json(read));
}

TEST_CASE("what is left to chance is drawn anew for each repetition, and nothing else changes") {
  Session session = small_song();
  for (auto& note : session.tracks[1].patterns[0].notes) note.probability = 0.5;
  const auto wish = redraw_wish(session);
  CHECK(place_of_form(session, wish, 3) == 3 * 7680);
  const auto once = evening(session, wish, 4), again = evening(session, wish, 4);
  std::set<std::string> heard;
  for (std::size_t i = 0; i < once.size(); ++i) {
    CHECK(to_text(to_json(once[i])) == to_text(to_json(again[i])));
    CHECK(to_text(to_json(once[i])["tracks"]) == to_text(to_json(session)["tracks"]));
    heard.insert(to_text(arrange(once[i])));
  }
  CHECK(heard.size() == once.size());
}
