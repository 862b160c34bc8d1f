#include "core/live/drawing.hpp"

#include <nlohmann/json.hpp>

#include "core/base/log.hpp"

namespace doodled::live {
namespace {

constexpr const char* is_over = "the drawing is over";

}  // namespace

Drawing::Drawing(std::string id, const Open& open, const Services& services, const Limits& limits)
    : id_(std::move(id)),
      services_(services),
      limits_(limits),
      open_(open),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

Drawing::~Drawing() {
  thread_.request_stop();
  thread_.join();
}

void Drawing::attach(std::shared_ptr<Peer> peer, bool resumed) { put(Attached{std::move(peer), resumed}); }

void Drawing::detach(const std::shared_ptr<Peer>& peer) { put(Detached{peer}); }

bool Drawing::post(std::string text) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_bytes_ + text.size() > limits_.max_waiting_bytes) return false;
    waiting_bytes_ += text.size();
  }
  put(std::move(text));
  return true;
}

void Drawing::put(Item item) {
  {
    const std::lock_guard lock(mutex_);
    if (over()) {
      if (const auto* late = std::get_if<Attached>(&item)) late->peer->end(is_over);
      return;
    }
    inbox_.push_back(std::move(item));
  }
  wake_.notify_one();
}

void Drawing::run(const std::stop_token& stop) {
  stop_ = stop;
  while (!closing_) {
    auto items = take(stop);
    if (items.empty()) break;
    for (auto& item : items)
      if (!closing_) guarded([&] { handle(item); });
    if (!closing_) guarded([this] { catch_up(); });
  }
  end();
}

// Everything that waits; nothing when the drawing is over: the program stops, or nobody came back in time.
std::vector<Drawing::Item> Drawing::take(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  const auto has_some = [this] { return !inbox_.empty(); };
  if (peer_ || gone_since_ == std::chrono::steady_clock::time_point{})
    wake_.wait(lock, stop, has_some);
  else
    wake_.wait_until(lock, stop, gone_since_ + limits_.linger, has_some);
  waiting_bytes_ = 0;
  return std::exchange(inbox_, {});
}

// What the store cannot do now, or nobody has foreseen, is told, and the drawing goes on.
void Drawing::guarded(const std::function<void()>& work) {
  try {
    work();
  } catch (const StoreUnavailable& failure) {
    refuse({failure.code(), failure.what()});
  } catch (const ErrorException& failure) {
    refuse(failure.error());
  } catch (const std::exception& failure) {
    log::error("live", "a drawing failed in a way it should not",
               {{"drawing", id_}, {"reason", failure.what()}});
    refuse({"internal_error", "something went wrong here; the drawing is as it was"});
  }
}

void Drawing::handle(Item& item) {
  if (auto* text = std::get_if<std::string>(&item)) return handle(*text);
  if (auto* attached = std::get_if<Attached>(&item)) return handle(*attached);
  if (std::get<Detached>(item).peer != peer_) return;
  peer_ = nullptr;
  gone_since_ = std::chrono::steady_clock::now();
}

void Drawing::handle(const Attached& attached) {
  if (peer_) peer_->end("opened elsewhere");
  peer_ = attached.peer;
  say(opened_reply(
      {id_, attached.resumed, history_.strokes(), open_.quantise, is_playing() ? play_id_ : ""}));
  if (!attached.resumed) {
    if (const auto ready = services_.reader.warm_up(stop_); !ready) refuse(ready.error());
  } else if (accepted_) {
    say(reading_reply(changed_seq_, history_.strokes().size(), reading_, 0));
    say(session_reply(changed_seq_, *accepted_, false));
  }
}

void Drawing::handle(const std::string& text) {
  const auto message = message_from(text);
  seq_ = message.seq;
  if (!message.body) return refuse(message.body.error());
  std::visit([this](const auto& body) { obey(body); }, *message.body);
}

void Drawing::obey(const Open&) {
  refuse({"already_open", "the drawing is open", {{"/type", "comes once, as the first message"}}});
}

void Drawing::obey(const AddStroke& add) {
  const auto added = history_.add(add.stroke);
  changed(added ? Result<void>() : Result<void>(added.error()));
}

void Drawing::obey(const Erase& erase) { changed(history_.erase(erase.strokes)); }
void Drawing::obey(const Undo&) { changed(history_.undo()); }
void Drawing::obey(const Redo&) { changed(history_.redo()); }

void Drawing::obey(const Clear&) {
  history_.clear();
  changed({});
}

void Drawing::obey(const Change& change) {
  const auto mode = change.mode.value_or(open_.mode), options = change.options.value_or(open_.options);
  if (const auto fit = compose_options(mode, Json::parse(options)); !fit) return refuse(fit.error());
  open_.mode = mode;
  open_.options = options;
  open_.quantise = change.quantise.value_or(open_.quantise);
  if (change.mode || change.options) changed({});
}

void Drawing::obey(const Play& play) {
  catch_up();
  if (!accepted_) return refuse({"nothing_to_play", "nothing has been drawn that can be played"});
  const auto session = keep(false);
  if (!session) return refuse(session.error());
  const auto started = services_.performer.play(
      {session->id, play.devices.value_or(open_.devices), 0, open_.quantise, std::string()});
  if (!started) return refuse(started.error());
  play_id_ = started->id;
  say(playing_reply(seq_, play_id_, session->id));
}

void Drawing::obey(const Stop&) {
  if (play_id_.empty()) return refuse({"not_playing", "nothing plays"});
  services_.performer.stop(play_id_);
  say(stopped_reply(seq_, std::exchange(play_id_, {})));
}

void Drawing::obey(const Keep& wish) {
  catch_up();
  if (!accepted_) return refuse({"nothing_to_keep", "nothing has been drawn that can be kept"});
  const auto session = keep(true);
  if (!session) return refuse(session.error());
  SessionHead head = *session;
  if (wish.title) {
    head = services_.store.sessions.change(session->id, {.title = *wish.title}).value();
    if (services_.session_changed) services_.session_changed(head);
  }
  say(kept_reply(seq_, head));
}

void Drawing::obey(const Close&) { closing_ = true; }

// Kept for good, and the client let go. What plays goes on, as any play does without its listener.
void Drawing::end() {
  try {
    if (!stop_.stop_requested()) catch_up();
    if (std::exchange(dirty_, false)) ++revision_;
    if (!history_.strokes().empty() && kept_revision_ != revision_) {
      const auto session = keep(false);
      if (!session && session.error().code != "nothing_found") refuse(session.error());
    }
  } catch (const std::exception& failure) {
    log::error("live", "a drawing could not be kept", {{"drawing", id_}, {"reason", failure.what()}});
    refuse({"not_kept", failure.what()});
  }
  std::vector<Item> rest;
  {
    const std::lock_guard lock(mutex_);
    over_.store(true);  // before the client knows, so that it does not come back to this one
    rest.swap(inbox_);
  }
  say(closed_reply(seq_, kept_id_));
  if (peer_) peer_->end(is_over);
  for (const auto& item : rest)
    if (const auto* attached = std::get_if<Attached>(&item)) attached->peer->end(is_over);
}

void Drawing::changed(const Result<void>& done) {
  if (!done) return refuse(done.error());
  dirty_ = true;
  changed_seq_ = seq_;
}

void Drawing::say(const std::string& message) {
  if (peer_) peer_->say(message);
}

void Drawing::refuse(const Error& error) { say(error_reply(seq_, error)); }

}  // namespace doodled::live
