#include "core/audition/audition.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "core/base/program.hpp"

using namespace doodled;

namespace {

Session session_of(int bars, std::optional<Patch> patch) {
  Session session;
  session.tempo_bpm = 240;
  Pattern pattern{"a", 3840, {{0, 960, 60, 100}}, {}};
  session.tracks = {{"lead", "Lead", Role::lead, 1, std::move(patch), {}, {pattern}}};
  session.arrangement = {{"A", bars, {{"lead", "a"}}}};
  return session;
}

Patch sine() {
  Patch patch;
  patch.oscillators = {{Wave::sine}};
  return patch;
}

}  // namespace

TEST_CASE("a session with patches is rendered without any program, kept, and given again") {
  const ScratchDirectory place(std::filesystem::temp_directory_path());
  AuditionSettings settings;
  settings.program = "no-such-program";
  Audition audition(settings, place.path() / "audition");

  const auto file = audition.render(session_of(1, sine()), SoundKind::wav);

  REQUIRE(file.has_value());
  const auto sound = read_stereo(file->file);
  CHECK(sound.rate == 44100);
  CHECK(sound.samples.size() / 2 == 3 * 44100);  // one second, and two of tail
  CHECK(*std::ranges::max_element(sound.samples) == doctest::Approx(0.891).epsilon(0.02));
  CHECK(audition.render(session_of(1, sine()), SoundKind::wav)->file == file->file);
  CHECK(audition.render(session_of(2, sine()), SoundKind::wav)->file != file->file);
  CHECK(audition.render(session_of(1, sine()), SoundKind::ogg)->file != file->file);
}

TEST_CASE("what is too long, missing or stopped is said") {
  const ScratchDirectory place(std::filesystem::temp_directory_path());
  AuditionSettings settings;
  settings.program = "no-such-program";
  settings.sound_font = place.path();
  settings.max_seconds = 3;
  Audition audition(settings, place.path() / "audition");

  CHECK(audition.render(session_of(4, sine()), SoundKind::wav).error().code == "audition_too_long");
  CHECK(audition.render(session_of(4, sine()), SoundKind::wav, 2).has_value());
  CHECK(audition.render(session_of(1, std::nullopt), SoundKind::wav).error().code == "program_missing");
  audition.stop();
  CHECK(audition.render(session_of(1, sine()), SoundKind::wav).error().code == "stopping");
}

TEST_CASE("files used longest ago make room") {
  const ScratchDirectory place(std::filesystem::temp_directory_path());
  AuditionSettings settings;
  settings.cache_bytes = 600'000;  // one file of 530 KB
  Audition audition(settings, place.path());
  const auto first = audition.render(session_of(1, sine()), SoundKind::wav);
  auto other = session_of(1, sine());
  other.tempo_bpm = 239;
  const auto second = audition.render(other, SoundKind::wav);
  CHECK_FALSE(std::filesystem::exists(first->file));
  CHECK(std::filesystem::exists(second->file));
}
