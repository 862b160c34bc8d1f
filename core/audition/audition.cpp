#include "core/audition/audition.hpp"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "core/audition/font_player.hpp"
#include "core/audition/oscillator.hpp"
#include "core/audition/synth.hpp"
#include "core/base/ids.hpp"
#include "core/base/program.hpp"
#include "core/play/arrange.hpp"

namespace doodled {
namespace {

using audition::sample_rate;

constexpr double tail_seconds = 2;
constexpr float loudest_sample = 0.891F;   // -1 dB
constexpr std::string_view version = "1";  // of how it sounds; part of the name under which files are kept

Tick length_of(const Session& session, int bars) {
  Tick all = 0;
  for (const auto& section : session.arrangement) all += section.bars;
  return (bars > 0 ? std::min<Tick>(bars, all) : all) * session.meter.bar();
}

double seconds_of(const Session& session, Tick length) {
  return static_cast<double>(length) * tick_ns(session.tempo_bpm) / 1e9;
}

// Notes that would ring on are cut at `length`.
Timeline first_part(Timeline timeline, Tick length) {
  if (length >= timeline.length) return timeline;
  std::erase_if(timeline.events, [&](const TimelineEvent& event) {
    return std::holds_alternative<NoteOff>(event.body) ? event.tick > length : event.tick >= length;
  });
  const auto in_time = timeline.events.size();
  for (std::size_t i = 0; i < in_time; ++i) {
    const auto event = timeline.events[i];
    const auto* on = std::get_if<NoteOn>(&event.body);
    if (on && event.tick + on->duration > length)
      timeline.events.push_back({length, event.track, NoteOff{on->pitch}});
  }
  timeline.length = length;
  return timeline;
}

// The timeline with those tracks that have no patch.
Timeline without_patches(const Session& session, const Timeline& timeline) {
  Timeline rest = timeline;
  rest.tracks.clear();
  rest.events.clear();
  std::vector<int> places;
  for (std::size_t i = 0; i < timeline.tracks.size(); ++i) {
    places.push_back(session.tracks[i].patch ? -1 : static_cast<int>(rest.tracks.size()));
    if (places.back() >= 0) rest.tracks.push_back(timeline.tracks[i]);
  }
  for (auto event : timeline.events) {
    const int place = places[event.track];
    if (place < 0) continue;
    event.track = static_cast<std::uint16_t>(place);
    rest.events.push_back(event);
  }
  return rest;
}

bool has_notes(const Timeline& timeline) {
  return std::ranges::any_of(
      timeline.events, [](const TimelineEvent& event) { return std::holds_alternative<NoteOn>(event.body); });
}

void level(std::vector<float>& mix) {
  float loudest = 0;
  for (const float sample : mix) loudest = std::max(loudest, std::abs(sample));
  if (loudest < 1e-6F) return;
  for (float& sample : mix) sample *= loudest_sample / loudest;
}

std::string_view ending(SoundKind kind) { return kind == SoundKind::wav ? ".wav" : ".ogg"; }

}  // namespace

Audition::Audition(AuditionSettings settings, std::filesystem::path directory)
    : settings_(std::move(settings)), directory_(std::move(directory)) {
  std::filesystem::create_directories(directory_);
  for (const auto& entry : std::filesystem::directory_iterator(directory_))
    if (entry.is_directory()) std::filesystem::remove_all(entry.path());
}

Audition::~Audition() { stop(); }

void Audition::stop() {
  stop_.request_stop();
  const std::lock_guard last(rendering_);
}

std::filesystem::path Audition::target_of(const Session& session, SoundKind kind, int bars) const {
  const std::string what = std::string(version) + settings_.sound_font.string() + "\n" +
                           std::to_string(bars) + "\n" + to_text(to_json(session));
  return directory_ / (sha256_hex(what) + std::string(ending(kind)));
}

Result<RenderedSound> Audition::render(const Session& session, SoundKind kind, int bars) {
  if (seconds_of(session, length_of(session, bars)) > settings_.max_seconds)
    return Error{"audition_too_long",
                 "the session lasts longer than " + std::to_string(settings_.max_seconds) +
                     " s: ask for its first bars with bars=N, or set audition.max_seconds",
                 {{"bars", "is too many"}}};
  const auto target = target_of(session, kind, bars);
  if (std::filesystem::exists(target)) {
    std::filesystem::last_write_time(target, std::filesystem::file_time_type::clock::now());
    return RenderedSound{target};
  }
  if (!seats_.try_acquire())
    return Error{"busy", "other sessions are being rendered; ask again in a moment", {}};
  struct Seat {
    std::counting_semaphore<>& seats;
    ~Seat() { seats.release(); }
  } seat{seats_};
  return make(session, kind, bars, target);
}

Result<std::vector<float>> Audition::mix(const Session& session, int bars,
                                         const std::filesystem::path& scratch) const {
  const auto stop = stop_.get_token();
  const auto length = length_of(session, bars);
  const auto timeline = first_part(arrange(session), length);
  const double seconds = seconds_of(session, length) + tail_seconds;
  std::vector<float> mix(2 * static_cast<std::size_t>(std::ceil(seconds * sample_rate)));
  if (const auto rest = without_patches(session, timeline); has_notes(rest)) {
    const auto played = audition::play_font(rest, settings_, scratch, stop);
    if (!played) return played.error();
    for (std::size_t i = 0; i < std::min(mix.size(), played->size()); ++i) mix[i] += (*played)[i];
  }
  for (std::size_t i = 0; i < session.tracks.size(); ++i)
    if (session.tracks[i].patch) audition::play_patch(session, timeline, i, mix, stop);
  if (stop.stop_requested()) return Error{"stopping", "the server is being stopped", {}};
  level(mix);
  return mix;
}

Result<RenderedSound> Audition::make(const Session& session, SoundKind kind, int bars,
                                     const std::filesystem::path& target) {
  const std::lock_guard lock(rendering_);
  if (std::filesystem::exists(target)) return RenderedSound{target};  // whoever was first wanted the same
  const ScratchDirectory scratch(directory_);
  const auto samples = mix(session, bars, scratch.path());
  if (!samples) return samples.error();
  const auto file = scratch.path() / ("mix" + std::string(ending(kind)));
  write_stereo(file, kind, *samples, sample_rate);
  std::filesystem::rename(file, target);
  make_room();
  return RenderedSound{target};
}

void Audition::make_room() const {
  struct Kept {
    std::filesystem::file_time_type used;
    std::int64_t size;
    std::filesystem::path path;
  };
  std::vector<Kept> files;
  std::int64_t total = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
    if (!entry.is_regular_file()) continue;
    files.push_back({entry.last_write_time(), static_cast<std::int64_t>(entry.file_size()), entry.path()});
    total += files.back().size;
  }
  std::ranges::sort(files, {}, &Kept::used);
  for (std::size_t i = 0; i + 1 < files.size() && total > settings_.cache_bytes; ++i) {
    total -= files[i].size;
    std::filesystem::remove(files[i].path);
  }
}

}  // namespace doodled
