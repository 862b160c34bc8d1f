#include "drivers/push/scene_host.hpp"

#include <cmath>

#include "core/play/arrange.hpp"

namespace doodled::push {
namespace {

using Kind = DeviceInput::Kind;

std::shared_ptr<const Raster> picture_of(const ScenePicture& picture) {
  if (picture.width < 1 || picture.height < 1) return nullptr;
  return std::make_shared<const Raster>(
      Raster{picture.width, picture.height, picture.width, picture.height, picture.rgb});
}

std::shared_ptr<const Score> score_of_scene(const Scene* scene) {
  if (scene == nullptr || !scene->session) return std::make_shared<const Score>();
  return std::make_shared<const Score>(
      score_of(scene->session_id, *scene->session, arrange(*scene->session), picture_of(scene->picture)));
}

std::optional<Kind> kind_of(const Wish& wish) {
  switch (wish.kind) {
    case Wish::Kind::play:
      return Kind::play;
    case Wish::Kind::stop:
      return Kind::stop;
    case Wish::Kind::panic:
      return Kind::panic;
    case Wish::Kind::vary:
      return Kind::variation;
    case Wish::Kind::undo:
      return Kind::undo;
    case Wish::Kind::keep:
      return Kind::keep;
    case Wish::Kind::turn_macro:
      return Kind::macro_turn;
    case Wish::Kind::touch_macro:
      return Kind::macro_touch;
    case Wish::Kind::release_macro:
      return Kind::macro_release;
    case Wish::Kind::tempo:
      return Kind::tempo_turn;
    case Wish::Kind::choose:
      return wish.amount < 0 ? Kind::previous : Kind::next;
  }
  return std::nullopt;
}

std::string_view words_of(const Wish& wish) {
  switch (wish.kind) {
    case Wish::Kind::vary:
      return "a variation at the next bar";
    case Wish::Kind::undo:
      return "back to what it was";
    case Wish::Kind::panic:
      return "all is silenced";
    default:
      return "";
  }
}

}  // namespace

std::optional<DeviceInput> input_of(const Wish& wish, Nanoseconds at) {
  const auto kind = kind_of(wish);
  // A finger that leaves a macro changes nothing: what it did holds until it is released.
  if (!kind || (wish.kind == Wish::Kind::touch_macro && wish.amount == 0)) return std::nullopt;
  DeviceInput input;
  input.kind = *kind;
  input.number = static_cast<std::uint8_t>(wish.index + 1);
  input.value = static_cast<float>(wish.amount);
  input.at = at;
  return input;
}

void SceneHost::came_to(Tick tick) noexcept {
  tick_.store(tick, std::memory_order_relaxed);
  tick_at_.store(host_.now().count(), std::memory_order_relaxed);
}

std::shared_ptr<const Score> SceneHost::score() {
  auto scene = host_.scene();
  if (scene != scene_) {
    const bool same = scene && scene_ && scene->session == scene_->session &&
                      scene->session_id == scene_->session_id &&
                      scene->picture.rgb.size() == scene_->picture.rgb.size();
    if (!same) score_ = score_of_scene(scene.get());
    scene_ = std::move(scene);
  }
  return score_;
}

// On from the last event that was sent here; where the play goes to other devices only, as long as the
// transport runs.
Tick SceneHost::place(const TransportState& transport) const {
  const Tick length = static_cast<Tick>(score_->steps) * score_step,
             last = tick_.load(std::memory_order_relaxed);
  if (length == 0) return 0;
  if (last < 0) return transport.tick % length;
  const double seconds =
      static_cast<double>(host_.now().count() - tick_at_.load(std::memory_order_relaxed)) * 1e-9;
  const auto on = static_cast<Tick>(std::llround(seconds * transport.tempo_bpm / 60 * ticks_per_quarter));
  return (last + on) % length;
}

Now SceneHost::now() {
  const auto transport = host_.transport();
  Now now;
  const bool asked = scene_ && !scene_->play_id.empty();
  now.playing = transport.playing ? Playing::playing : asked ? Playing::waiting : Playing::stopped;
  now.tempo_bpm = transport.tempo_bpm;
  if (!transport.playing) tick_.store(-1, std::memory_order_relaxed);
  now.tick = place(transport);
  if (host_.now() < notice_until_) now.notice = notice_;
  if (!scene_) return now;
  for (std::size_t i = 0; i < now.macros.size(); ++i) {
    now.macros[i] = static_cast<double>(scene_->macros[i].value);
    now.held[i] = scene_->macros[i].held;
  }
  now.starred = scene_->starred;
  return now;
}

void SceneHost::wish(const Wish& wish) {
  if (const auto words = words_of(wish); !words.empty()) {
    notice_ = words;
    notice_until_ = host_.now() + std::chrono::seconds(2);
  }
  if (const auto input = input_of(wish, host_.now())) host_.did(*input);
}

}  // namespace doodled::push
