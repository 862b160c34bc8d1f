#include "core/interpret/net/remote_ask.hpp"

#include <array>

namespace doodled {
namespace {

using std::chrono::milliseconds;

// For the parts of a conversation that name the picture but don't send it.
std::shared_ptr<const llm::PreparedPicture> without_bytes(const llm::PreparedPicture& picture) {
  return std::make_shared<const llm::PreparedPicture>(
      llm::PreparedPicture{{}, picture.media_type, picture.width, picture.height, picture.sha256});
}

}  // namespace

RemoteAsk::RemoteAsk(std::shared_ptr<RemoteInterpreter> asked, InterpretRequest request, Asking asking,
                     Answered answered)
    : asked_(std::move(asked)),
      settings_(asked_->settings_),
      services_(asked_->services_),
      request_(std::move(request)),
      asking_(std::move(asking)),
      answered_(std::move(answered)) {}

// Steps are counted, so that a stop never meets one half-way.
void RemoteAsk::later(void (RemoteAsk::*step)()) {
  {
    std::lock_guard lock(mutex_);
    ++steps_;
  }
  asking_.later([self = shared_from_this(), step] { self->run(step); });
}

void RemoteAsk::run(void (RemoteAsk::*step)()) {
  const bool over = [&] {
    std::lock_guard lock(mutex_);
    return !answered_;
  }();
  if (!over) (this->*step)();
  bool stop = false;
  {
    std::lock_guard lock(mutex_);
    stop = --steps_ == 0 && stop_wanted_ && answered_;
  }
  if (stop) services_.transport.after(milliseconds{0}, [self = shared_from_this()] { self->stopped(); });
}

void RemoteAsk::start() {
  came_ = services_.clock.now();
  {
    std::lock_guard lock(mutex_);
    ++steps_;
  }
  run(&RemoteAsk::begin);
}

void RemoteAsk::begin() {
  // Named by its original for now: what is sent is made when there is a place for it.
  std::shared_ptr<const llm::PreparedPicture> named;
  if (!request_.image_sha256.empty()) named = without_bytes({{}, "image/png", 1, 1, request_.image_sha256});
  auto conversation = llm::Conversation::begin(request_, asked_->model(), named);
  if (!conversation) return fail(conversation.error());
  cache_key_ = sha256_hex(conversation->cache_key() + " " + std::to_string(settings_.image_edge) + " " +
                          std::to_string(static_cast<int>(settings_.image_format)));
  if (!request_.fresh && answer_from_store()) return;
  if (!named) conversation_.emplace(std::move(*conversation));
  watch_for_stop();
  if (auto place = asked_->gate_->enter_at_once()) return entered_at_once(std::move(place));
  show("waiting for " + settings_.model.interpreter, 0);
  const auto ticket = asked_->gate_->queue(
      [self = shared_from_this()](Gate::Place place) { self->entered(std::move(place)); });
  std::lock_guard lock(mutex_);
  ticket_ = ticket;
}

bool RemoteAsk::answer_from_store() {
  auto stored = services_.find_answer(cache_key_);
  if (!stored) return false;
  auto session =
      llm::session_from_answer(request_, stored->answer, {settings_.model.interpreter, stored->model});
  auto accepted = session ? accept(std::move(*session), request_.rules) : Result<Accepted>(session.error());
  if (!accepted) return false;
  end("cached", std::move(*stored), std::move(accepted));
  return true;
}

void RemoteAsk::entered(Gate::Place place) {
  {
    std::lock_guard lock(mutex_);
    if (!answered_) return;
    place_ = std::move(place);
  }
  later(&RemoteAsk::prepare);
}

void RemoteAsk::entered_at_once(Gate::Place place) {
  {
    std::lock_guard lock(mutex_);
    place_ = std::move(place);
  }
  prepare();
}

void RemoteAsk::prepare() {
  begun_ = services_.clock.now();
  if (!conversation_) {
    show("preparing the picture", 0.05);
    const auto made = picture();
    if (!made) return fail(made.error());
    auto conversation = llm::Conversation::begin(request_, asked_->model(), without_bytes(**made));
    if (!conversation) return fail(conversation.error());
    conversation_.emplace(std::move(*conversation));
  }
  if (auto reserved = reserve(); !reserved) return fail(reserved.error());
  send();
}

Result<void> RemoteAsk::reserve() {
  const auto now = services_.clock.wall_ms();
  auto own = asked_->budget_->reserve(estimated_cost(), now);
  if (!own) return own.error();
  auto of_all = services_.all_together->reserve(estimated_cost(), now);
  if (!of_all) return of_all.error();
  budget_ =
      std::make_shared<std::array<std::shared_ptr<void>, 2>>(std::array{std::move(*own), std::move(*of_all)});
  return {};
}

Result<std::shared_ptr<const llm::PreparedPicture>> RemoteAsk::picture() {
  if (request_.image_stays && !settings_.on_this_machine) return picture_stays();
  return services_.prepare(request_, settings_.image_edge, settings_.image_format, asking_.stop);
}

void RemoteAsk::judge() {
  tries_.back().judged = services_.clock.now();
  auto step = conversation_->take(std::move(*model_reply_));
  tries_.back().accepted = services_.clock.now();
  model_reply_.reset();
  if (auto* answer = std::get_if<llm::Answered>(&step)) return finish(std::move(answer->accepted));
  if (const auto* failure = std::get_if<llm::Failed>(&step)) return fail(failure->error);
  show("asking again", progress_);
  send();
}

void RemoteAsk::watch_for_stop() {
  std::lock_guard lock(mutex_);
  stop_callback_.emplace(asking_.stop, [weak = weak_from_this(), this] {
    services_.transport.after(milliseconds{0}, [weak] {
      if (const auto self = weak.lock()) self->stopped();
    });
  });
}

void RemoteAsk::stopped() {
  {
    std::lock_guard lock(mutex_);
    stop_wanted_ = true;
    if (steps_ > 0) return;
  }
  fail(stopped_error());
}

void RemoteAsk::fail(Error error) { finish(std::move(error)); }

void RemoteAsk::finish(Result<Accepted> accepted) {
  auto kept = reply();
  if (!accepted) kept.cache_key.clear();
  const std::string outcome = accepted ? "ok" : accepted.error().code;
  end(outcome, std::move(kept), std::move(accepted));
}

// Whoever comes first ends it: an answer, an error, a stop.
void RemoteAsk::end(std::string_view outcome, RawReply reply, Result<Accepted> accepted) {
  Answered answered;
  Gate::Place place;
  std::uint64_t ticket = 0;
  Transport::Id transfer = 0, timer = 0;
  {
    std::lock_guard lock(mutex_);
    if (!answered_) return;
    answered = std::exchange(answered_, {});
    place = std::exchange(place_, {});
    ticket = ticket_;
    transfer = transfer_;
    timer = timer_;
    stop_callback_.reset();
  }
  if (transfer) services_.transport.cancel(transfer);
  if (timer) services_.transport.cancel(timer);
  if (ticket) asked_->gate_->leave(ticket);
  if (std::exchange(admitted_, false)) asked_->dropped();
  const auto time = begun_ == Nanoseconds{0} ? Nanoseconds{0} : services_.clock.now() - begun_;
  services_.report({settings_.model.interpreter, outcome, std::chrono::duration_cast<milliseconds>(time),
                    reply.input_tokens, reply.output_tokens, reply.cost});
  answered({std::move(reply), std::move(accepted), std::move(budget_), parts()});
}

void RemoteAsk::show(std::string stage, double progress) {
  if (stage == stage_) return;
  stage_ = std::move(stage);
  progress_ = progress;
  asking_.progress(stage_, progress_);
}

}  // namespace doodled
