#include "server/stage.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/log.hpp"
#include "core/base/turns.hpp"

namespace doodled {
namespace {

constexpr int picture_side = 320;  // more than any surface has pixels for a picture
// Forms that a play goes on with are told by nobody; while something plays they are looked for so often.
constexpr std::chrono::milliseconds between_looks{500};

std::array<SceneMacro, 9> macros_of(const HandState& hand) {
  std::array<SceneMacro, 9> macros;
  for (const auto& macro : hand.macros)
    if (macro.number >= 1 && macro.number <= 9)
      macros[static_cast<std::size_t>(macro.number - 1)] = {macro.name, static_cast<float>(macro.value),
                                                            macro.touched};
  return macros;
}

bool has_display(const DeviceState& device) {
  return device.enabled && device.capabilities.has(Capability::display);
}

// The companion in Live has no display, but wants to know what the notes leave to chance.
bool takes_sessions(const DeviceState& device) {
  return has_display(device) || (device.enabled && device.driver == "max");
}

}  // namespace

Stage::Stage(Store& store, DeviceRack& rack, Actions& actions, ReaderClient& reader)
    : store_(store), rack_(rack), actions_(actions), reader_(reader), thread_([this] { work(); }) {}

Stage::~Stage() {
  quit_.store(true);
  bell_.ring();
  thread_.join();
}

void Stage::sessions_changed() noexcept {
  sessions_changed_.store(true);
  bell_.ring();
}

void Stage::work() {
  const SystemClock clock;
  const auto turn = [&] {
    try {
      refresh();
    } catch (const std::exception& failure) {
      log::warning("surfaces", failure.what());
    }
    const bool playing = !shown_.play_id.empty();
    return playing ? clock.now() + between_looks : Nanoseconds::max();
  };
  take_turns(
      clock, bell_, [this] { return quit_.load(); }, turn);
}

// What sounds now is the last form that the play went on with, or its session.
Result<std::string> Stage::document_of(const HandState& hand, const Seen& seen) const {
  if (seen.version > 0) {
    auto version = store_.plays.version(hand.play_id, static_cast<int>(seen.version));
    if (!version) return version.error();
    return Result<std::string>(boost::system::in_place_value, std::move(version->document));
  }
  auto record = store_.sessions.get(hand.session_id);
  if (!record) return record.error();
  return Result<std::string>(boost::system::in_place_value, std::move(record->document));
}

ScenePicture Stage::picture_of(const std::string& image_id) const {
  if (image_id.empty()) return {};
  const auto bytes = store_.images.bytes(image_id);
  if (!bytes) return {};
  auto pixels = reader_.pixels(*bytes, picture_side);
  if (!pixels) {
    log::warning("surfaces", pixels.error().message, {{"image", image_id}});
    return {};
  }
  return {pixels->width, pixels->height, std::move(pixels->pixels)};
}

bool Stage::is_seen() const { return std::ranges::any_of(rack_.devices(), takes_sessions); }
bool Stage::is_looked_at() const { return std::ranges::any_of(rack_.devices(), has_display); }

void Stage::look_up(const std::string& session_id) {
  head_.reset();
  if (session_id.empty()) return;
  if (auto found = store_.sessions.head(session_id)) head_ = std::move(*found);
}

void Stage::refresh() {
  if (!is_seen()) return;
  const auto hand = actions_.state();
  Seen seen{hand.session_id, hand.play_id, 0};
  if (!hand.play_id.empty())
    if (const auto versions = store_.plays.versions(hand.play_id, false); versions && !versions->empty())
      seen.version = static_cast<std::uint32_t>(versions->back().version);
  if (sessions_changed_.exchange(false) || seen.session_id != seen_.session_id) look_up(seen.session_id);
  Scene next = shown_;
  next.play_id = hand.play_id;
  next.macros = macros_of(hand);
  next.session_id = head_ ? hand.session_id : "";
  next.starred = head_ && head_->starred;
  if (!head_) next.session = nullptr;
  if (head_ && !(seen == seen_ && next.session)) next.session = session_of(hand, seen);
  const std::string image = head_ && is_looked_at() ? head_->image_id : "";
  if (image != picture_id_) next.picture = picture_of(image);
  picture_id_ = image;
  seen_ = seen;
  if (is_shown(next)) return;
  shown_ = next;
  rack_.show(std::make_shared<const Scene>(std::move(next)));
}

std::shared_ptr<const Session> Stage::session_of(const HandState& hand, const Seen& seen) const {
  const auto document = document_of(hand, seen);
  if (!document) return nullptr;
  auto session = session_from_json(Json::parse(*document));
  return session ? std::make_shared<const Session>(std::move(*session)) : nullptr;
}

bool Stage::is_shown(const Scene& next) const {
  const auto same_macro = [](const SceneMacro& a, const SceneMacro& b) {
    return a.name == b.name && a.value == b.value && a.held == b.held;
  };
  return next.play_id == shown_.play_id && next.session_id == shown_.session_id &&
         next.session == shown_.session && next.starred == shown_.starred &&
         next.picture.rgb == shown_.picture.rgb && std::ranges::equal(next.macros, shown_.macros, same_macro);
}

}  // namespace doodled
