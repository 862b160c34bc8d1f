// One request of a RemoteAsk: sent, its answer read as it comes, tried again where that may help.
#include <algorithm>

#include "core/interpret/net/remote_ask.hpp"

namespace doodled {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t most_error_body = 64 * 1024;
constexpr milliseconds patience{250};  // with a connection after the answer is complete

std::string_view header_value(const llm::Headers& headers, std::string_view name) {
  const auto same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
  const auto found = std::ranges::find_if(
      headers, [&](const auto& header) { return std::ranges::equal(header.first, name, same); });
  return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

}  // namespace

// The picture is held while the request is built only: what waits for an answer is small.
Result<llm::HttpRequest> RemoteAsk::build_request() {
  if (!conversation_->call().picture) return conversation_->next_request(nullptr);
  auto made = picture();
  if (!made) return made.error();
  return conversation_->next_request(std::move(*made));
}

void RemoteAsk::send() {
  if (auto admitted = asked_->admit(); !admitted) return fail(admitted.error());
  admitted_ = true;
  auto request = build_request();
  if (!request) return fail(request.error());
  shape_ = llm::HttpRequest{request->method, request->url, {}, {}, request->streaming};
  reader_.reset();
  parts_ = {};
  status_ = 0;
  error_body_.clear();
  complete_ = false;
  tries_.push_back({.at = services_.clock.wall_ms(), .begun = services_.clock.now()});
  show("asking " + settings_.model.interpreter, std::max(progress_, 0.1));
  auto limits = settings_.limits;
  limits.total = time_left();
  std::lock_guard lock(mutex_);
  if (!answered_) return;
  transfer_ = services_.transport.start(std::move(*request), limits, handlers());
}

TransferHandlers RemoteAsk::handlers() {
  const auto self = shared_from_this();
  return {[self](int status, const llm::Headers& headers) { self->on_head(status, headers); },
          [self](std::string_view bytes) { self->on_body(bytes); },
          [self](const TransferEnd& end) { self->on_end(end); }};
}

void RemoteAsk::on_head(int status, const llm::Headers& headers) {
  status_ = status;
  headers_ = headers;
  if (status == 200)
    reader_ = conversation_->provider().reader(*shape_, header_value(headers, "content-type"));
}

void RemoteAsk::on_body(std::string_view bytes) {
  if (!reader_) {
    error_body_.append(bytes.substr(0, most_error_body - std::min(most_error_body, error_body_.size())));
    return;
  }
  const auto arrived = reader_->feed(bytes);
  if (arrived.done) all_is_said();
  if (arrived.thinking) show("thinking", std::max(progress_, 0.2));
  if (arrived.text.empty()) return;
  const auto part = parts_.feed(arrived.text);
  if (part)
    show("reading " + *part, progress_ + (0.9 - progress_) * 0.2);
  else if (progress_ < 0.3)
    show("reading", 0.3);
}

// The provider ends the answer by itself, so that the connection can be used again; if it does not, we do.
void RemoteAsk::all_is_said() {
  if (std::exchange(complete_, true)) return;
  std::lock_guard lock(mutex_);
  timer_ = services_.transport.after(
      patience, [transport = &services_.transport, id = transfer_] { transport->cancel(id); });
}

void RemoteAsk::transfer_is_over() {
  Transport::Id patient = 0;
  {
    std::lock_guard lock(mutex_);
    transfer_ = 0;
    patient = std::exchange(timer_, 0);
  }
  if (patient) services_.transport.cancel(patient);
}

void RemoteAsk::on_end(const TransferEnd& end) {
  transfer_is_over();
  auto& last = tries_.back();
  last.status = end.status;
  last.error = end.error ? end.error->code : std::string();
  last.first_byte = end.first_byte;
  last.total = end.total;
  if (end.error && end.error->code == "cancelled" && !complete_) return fail(stopped_error());
  if (end.error && !complete_) return try_failed({*end.error, end.retryable, std::nullopt});
  if (!reader_) return refused(end.status);
  auto reply = reader_->finish();
  reader_.reset();
  if (auto* error = std::get_if<llm::ProviderError>(&reply)) return try_failed(std::move(*error));
  failures_ = 0;
  admitted_ = false;
  asked_->succeeded(headers_);
  model_reply_ = std::get<llm::ModelReply>(std::move(reply));
  later(&RemoteAsk::judge);
}

// A field that the model does not know is left out from now on.
void RemoteAsk::refused(int status) {
  if (conversation_->adapt(status, error_body_)) {
    asked_->learnt(conversation_->call().capabilities);
    admitted_ = false;
    asked_->dropped();
    return later(&RemoteAsk::send);
  }
  try_failed(conversation_->provider().classify(status, headers_, error_body_));
}

void RemoteAsk::try_failed(llm::ProviderError error) {
  if (tries_.back().error.empty()) tries_.back().error = error.error.code;
  admitted_ = false;
  asked_->failed(error);
  ++failures_;
  const auto delay = asked_->delay_after(failures_, error);
  if (!delay || *delay >= time_left()) {
    if (failures_ > 1) error.error.message += " (tried " + std::to_string(failures_) + " times)";
    return fail(std::move(error.error));
  }
  show("trying again", progress_);
  std::lock_guard lock(mutex_);
  if (!answered_) return;
  timer_ = services_.transport.after(*delay, [self = shared_from_this()] { self->later(&RemoteAsk::send); });
}

milliseconds RemoteAsk::time_left() const {
  const auto gone = std::chrono::duration_cast<milliseconds>(services_.clock.now() - begun_);
  return std::max(milliseconds{1}, settings_.limits.total - gone);
}

}  // namespace doodled
