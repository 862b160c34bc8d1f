#include "core/webhooks/webhooks.hpp"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

#include "core/base/log.hpp"
#include "core/base/turns.hpp"
#include "core/webhooks/signature.hpp"

namespace doodled {
namespace {

using std::chrono::milliseconds;

constexpr std::int64_t most_waiting = 100'000;  // messages of one hook
constexpr Nanoseconds store_pause = std::chrono::seconds(5);

std::optional<milliseconds> retry_after(const llm::Headers& headers) {
  const auto same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
  for (const auto& [name, value] : headers) {
    int seconds = 0;
    const auto* end = value.data() + value.size();
    if (std::ranges::equal(name, std::string_view("retry-after"), same) &&
        std::from_chars(value.data(), end, seconds).ptr == end && seconds >= 0)
      return std::chrono::seconds(seconds);
  }
  return std::nullopt;
}

Error refusal(const TransferEnd& end) {
  if (end.error) return *end.error;
  return {"refused", "the receiver answered " + std::to_string(end.status)};
}

bool is_taken(const TransferEnd& end) { return !end.error && end.status >= 200 && end.status < 300; }

}  // namespace

Webhooks::Webhooks(WebhookOutbox& outbox, Transport& transport, const Clock& clock,
                   std::vector<WebhookSettings> settings, WebhooksHooks hooks)
    : outbox_(outbox),
      transport_(transport),
      clock_(clock),
      hooks_(std::move(hooks)),
      random_(static_cast<std::uint64_t>(clock.wall_ms())) {
  for (auto& one : settings) {
    Hook hook;
    hook.told.id = one.id;
    hook.told.place = one.place;
    hook.told.events = one.events;
    hook.told.state = one.unusable ? "unusable" : "idle";
    hook.told.last_error = one.unusable;
    if (!one.unusable) hook.key = signing_key(one.secret).value();
    hook.settings = std::move(one);
    all_.push_back(std::move(hook));
  }
  mail_->reader = this;
  thread_ = std::thread([this] {
    take_turns(
        clock_, bell_, [this] { return quit_.load(); }, [this] { return turn(); });
  });
}

Webhooks::~Webhooks() {
  quit_.store(true);
  bell_.ring();
  thread_.join();
  {
    const std::lock_guard lock(mail_->mutex);
    mail_->reader = nullptr;
  }
  for (const auto& hook : all_)
    if (hook.transfer != 0) transport_.cancel(hook.transfer);
}

// What the store can't do now is tried again; a message whose removal failed is then sent twice.
Nanoseconds Webhooks::turn() {
  try {
    const std::lock_guard lock(mutex_);
    take_outcomes();
    return send_due();
  } catch (const std::exception& failure) {
    log::warning("webhooks", "the store can't be used now", {{"reason", failure.what()}});
    return clock_.now() + store_pause;
  }
}

void Webhooks::take_outcomes() {
  for (;;) {
    std::optional<Outcome> outcome;
    {
      const std::lock_guard lock(mail_->mutex);
      if (mail_->outcomes.empty()) return;
      outcome = std::move(mail_->outcomes.front());
      mail_->outcomes.pop_front();
    }
    take(*outcome);
  }
}

void Webhooks::take(const Outcome& outcome) {
  auto& hook = all_[outcome.hook];
  const auto message = std::exchange(hook.message, std::nullopt);
  hook.transfer = 0;
  hook.told.state = "idle";
  if (!is_taken(outcome.end)) return failed(hook, outcome);
  hook.failures = 0;
  hook.told.last_error.reset();
  hook.told.delivered_at = clock_.wall_ms();
  ++hook.told.delivered;
  hooks_.report(hook.settings.id, "ok");
  outbox_.remove(message->position);
}

void Webhooks::failed(Hook& hook, const Outcome& outcome) {
  hook.told.last_error = refusal(outcome.end);
  hook.told.state = "waiting";
  ++hook.told.failed;
  hooks_.report(hook.settings.id, "failed");
  if (hook.failures++ == 0)
    log::warning("webhooks", "a message was not taken; it will be sent again",
                 {{"webhook", hook.settings.id},
                  {"to", hook.settings.place},
                  {"reason", hook.told.last_error->message}});
  auto wish = outcome.wish;
  if (wish) wish = std::min(*wish, hook.settings.backoff.longest_wish);
  const auto delay = retry_delay(hook.settings.backoff, hook.failures, wish, random_.unit());
  hook.retry_at = clock_.now() + delay.value_or(hook.settings.backoff.longest);
  if (const auto gone = outbox_.trim(hook.settings.id, most_waiting); gone > 0) {
    hook.told.given_up += gone;
    log::warning("webhooks", "the oldest messages were given up: too many wait",
                 {{"webhook", hook.settings.id}, {"messages", std::to_string(gone)}});
  }
}

// When the next hook wants attention.
Nanoseconds Webhooks::send_due() {
  const auto now = clock_.now();
  Nanoseconds next = Nanoseconds::max();
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (all_[i].settings.unusable || all_[i].message) continue;
    if (all_[i].retry_at <= now)
      send_next(i);
    else
      next = std::min(next, all_[i].retry_at);
  }
  return next;
}

void Webhooks::send_next(std::size_t index) {
  auto& hook = all_[index];
  while (const auto message = outbox_.next(hook.settings.id)) {
    if (clock_.wall_ms() - message->created_at <= hook.settings.give_up.count()) return send(index, *message);
    give_up(hook, *message);
  }
  if (hook.told.state == "waiting") hook.told.state = "idle";
}

void Webhooks::give_up(Hook& hook, const WebhookMessage& message) {
  outbox_.remove(message.position);
  ++hook.told.given_up;
  hooks_.report(hook.settings.id, "given_up");
  log::warning("webhooks", "a message was given up: nobody took it in time",
               {{"webhook", hook.settings.id},
                {"to", hook.settings.place},
                {"type", message.type},
                {"subject", message.subject},
                {"message", message.id}});
}

std::string Webhooks::body_of(const WebhookMessage& message) const {
  Json data =
      message.data.empty() ? hooks_.describe(message.type, message.subject) : Json::parse(message.data);
  if (data.is_null()) data = Json{{"id", message.subject}};
  return to_text(
      Json{{"type", message.type}, {"timestamp", to_rfc3339(message.created_at)}, {"data", std::move(data)}});
}

void Webhooks::send(std::size_t index, const WebhookMessage& message) {
  auto& hook = all_[index];
  llm::HttpRequest request;
  request.url = hook.settings.url;
  request.body = body_of(message);
  const auto seconds = clock_.wall_ms() / 1000;
  request.headers = {{"Content-Type", "application/json"},
                     {"webhook-id", message.id},
                     {"webhook-timestamp", std::to_string(seconds)},
                     {"webhook-signature", webhook_signature(hook.key, message.id, seconds, request.body)}};
  const auto wish = std::make_shared<std::optional<milliseconds>>();
  TransferHandlers handlers;
  handlers.head = [wish](int, const llm::Headers& headers) { *wish = retry_after(headers); };
  handlers.end = [mail = mail_, wish, index](const TransferEnd& end) {
    const std::lock_guard lock(mail->mutex);
    if (mail->reader == nullptr) return;
    mail->outcomes.push_back({index, end, *wish});
    mail->reader->bell_.ring();
  };
  hook.message = message;
  hook.told.state = "delivering";
  hook.transfer = transport_.start(std::move(request), hook.settings.limits, std::move(handlers));
}

Result<std::string> Webhooks::test(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto hook = std::ranges::find(all_, id, [](const Hook& one) { return one.settings.id; });
  if (hook == all_.end())
    return Error{"unknown_webhook", "there is no webhook \"" + id + "\"", {{"id", "is not configured"}}};
  if (hook->settings.unusable) return *hook->settings.unusable;
  auto message = outbox_.add_for(id, "webhook.test", to_text(Json{{"webhook", id}}));
  hook->retry_at = Nanoseconds{0};
  wake();
  return Result<std::string>(boost::system::in_place_value, std::move(message));
}

std::vector<WebhookState> Webhooks::states() {
  const std::lock_guard lock(mutex_);
  std::vector<WebhookState> states;
  for (const auto& hook : all_) {
    auto& state = states.emplace_back(hook.told);
    state.backlog = outbox_.backlog(hook.settings.id);
    const auto wait = std::chrono::duration_cast<milliseconds>(hook.retry_at - clock_.now());
    if (state.state == "waiting") state.retry_in_ms = std::max<std::int64_t>(0, wait.count());
  }
  return states;
}

}  // namespace doodled
