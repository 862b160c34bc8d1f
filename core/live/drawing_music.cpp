// From the page to what is heard and kept.
#include <chrono>

#include <nlohmann/json.hpp>

#include "core/interpret/builtin.hpp"
#include "core/jobs/stored_session.hpp"
#include "core/live/drawing.hpp"

namespace doodled::live {
namespace {

SeeOptions see_options(const std::string& mode) {
  SeeOptions options;
  if (kind_wanted(mode) == "photo") options.mode = SeeMode::photo;
  if (kind_wanted(mode) == "drawing") options.mode = SeeMode::drawing;
  return options;
}

double milliseconds(Nanoseconds time) { return std::chrono::duration<double, std::milli>(time).count(); }

Reading empty_page() {
  Reading reading;
  reading.confidence = 1;
  reading.advice = "The page is empty.";
  return reading;
}

}  // namespace

StrokePage Drawing::page() const { return {open_.width, open_.height, history_.strokes()}; }

Result<ReadDrawing> Drawing::see(bool with_picture) {
  return services_.reader.draw(page(), see_options(open_.mode), with_picture,
                               with_picture ? std::stop_token() : stop_);
}

// While it plays, the transport's tempo stands, so that what is kept is what was heard. However full it gets,
// it stays the drawing that it is.
ComposeOptions Drawing::options_now() {
  auto options = compose_options(open_.mode, Json::parse(open_.options)).value();
  if (options.mode == "auto") options.mode = "doodle";
  if (!options.tempo_bpm && is_playing()) options.tempo_bpm = services_.performer.tempo_of(play_id_);
  return options;
}

bool Drawing::is_playing() {
  if (!play_id_.empty() && !services_.performer.tempo_of(play_id_))
    say(stopped_reply(seq_, std::exchange(play_id_, {})));
  return !play_id_.empty();
}

void Drawing::catch_up() {
  if (!std::exchange(dirty_, false)) return;
  read_page();
}

// What can't be read, and an empty page, change nothing of what is heard.
void Drawing::read_page() {
  const auto begun = services_.clock.now();
  Reading reading = empty_page();
  if (!history_.strokes().empty()) {
    auto seen = see(false);
    if (!seen) return say(error_reply(changed_seq_, seen.error()));
    reading = std::move(seen->reading);
  }
  reading_ = std::move(reading);
  ++revision_;
  say(reading_reply(changed_seq_, history_.strokes().size(), reading_,
                    milliseconds(services_.clock.now() - begun)));
  make_music();
}

void Drawing::make_music() {
  if (reading_.kind == PictureKind::nothing) return accepted_.reset();
  auto session = compose(reading_, options_now());
  if (!session) return say(error_reply(changed_seq_, session.error()));
  auto accepted = accept(std::move(*session), services_.rules);
  if (!accepted) return say(error_reply(changed_seq_, accepted.error()));
  accepted_ = std::move(*accepted);
  const bool swapped = pass_on();
  say(session_reply(changed_seq_, *accepted_, swapped));
}

bool Drawing::pass_on() {
  if (!is_playing()) return false;
  const auto swapped = services_.performer.swap(play_id_, *accepted_, open_.quantise);
  if (!swapped) say(error_reply(changed_seq_, swapped.error()));
  return swapped.has_value();
}

// The page as a picture, its reading, and the session made of it. The picture's pixels are those that were
// read.
Result<NewSession> Drawing::new_session(Interpretation& interpretation) {
  const auto begun = services_.clock.now();
  const auto now = services_.clock.wall_ms();
  const auto seen = see(true);
  if (!seen) return seen.error();
  const auto image = services_.store.images.put(seen->png, {"image/png", seen->width, seen->height, 1}, now);
  auto options = options_now();
  options.image_sha256 = image.id;
  auto composed = compose(seen->reading, options);
  if (!composed) return composed.error();
  const auto accepted = accept(std::move(*composed), services_.rules);
  if (!accepted) return accepted.error();
  NewSession session = stored_session(*accepted, now);
  session.image_id = image.id;
  session.parent_id = kept_id_;
  session.interpreter = "builtin";
  session.strokes = to_text(to_json(page()));
  Json asked = Json::parse(open_.options);
  if (options.tempo_bpm) asked["tempo_bpm"] = *options.tempo_bpm;
  interpretation.id = session.interpretation_id = new_id(now);
  interpretation.interpreter = interpretation.kind = "builtin";
  interpretation.prompt_version = "builtin-" + std::string(composer_version);
  interpretation.request = to_text(Json{{"image_sha256", image.id},
                                        {"strokes_sha256", sha256_hex(session.strokes)},
                                        {"mode", open_.mode},
                                        {"options", std::move(asked)}});
  interpretation.answer = to_text(seen->reading);
  interpretation.created_at = now;
  interpretation.duration_ms = static_cast<std::int64_t>(milliseconds(services_.clock.now() - begun));
  return session;
}

// Stores what is heard now, once; a session that was stored only to be played makes room for its successor.
Result<SessionRecord> Drawing::keep(bool wanted) {
  if (!kept_id_.empty() && kept_revision_ == revision_) {
    if (wanted) kept_for_play_ = false;
    return services_.store.sessions.get(kept_id_);
  }
  Interpretation interpretation;
  const auto made = new_session(interpretation);
  if (!made) return made.error();
  Result<SessionRecord> stored = Error{};
  services_.store.database.transaction([&] {
    services_.store.interpretations.add(interpretation);
    stored = services_.store.sessions.append(*made);
    if (!stored) throw ErrorException(stored.error());
    if (kept_for_play_) services_.store.sessions.hide(kept_id_, made->created_at).value();
  });
  if (kept_for_play_) services_.session_hidden(kept_id_);
  kept_id_ = stored->id;
  kept_revision_ = revision_;
  kept_for_play_ = !wanted;
  services_.session_stored(*stored);
  return stored;
}

}  // namespace doodled::live
