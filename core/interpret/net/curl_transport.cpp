#include "core/interpret/net/curl_transport.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <vector>

#include "core/base/log.hpp"
#include "core/interpret/net/transfer.hpp"

namespace doodled {
namespace {

using net::Transfer;
using std::chrono::milliseconds;

constexpr milliseconds longest_sleep{60'000};

struct FreeMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};

// Once a process, before any other thread may use libcurl; never undone, as libcurl's own advice is.
void start_libcurl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) throw std::runtime_error("libcurl cannot start");
}

}  // namespace

// All that only the transport's thread touches.
class CurlTransport::Loop {
 public:
  explicit Loop(const Clock& clock) : clock_(clock), multi_(curl_multi_init()) {
    if (!multi_) throw std::runtime_error("libcurl cannot start");
  }

  // The one thing that other threads may call.
  void wake() { curl_multi_wakeup(multi_.get()); }

  void start(Id id, llm::HttpRequest request, const TransferLimits& limits, TransferHandlers handlers) {
    auto transfer = std::make_unique<Transfer>(id, std::move(request), limits, std::move(handlers), clock_);
    curl_multi_add_handle(multi_.get(), transfer->easy());
    transfers_[id] = std::move(transfer);
  }
  void add_timer(Id id, Nanoseconds due, std::function<void()> work) { timers_[id] = {due, std::move(work)}; }
  void cancel(Id id) {
    timers_.erase(id);
    if (auto transfer = take(id)) transfer->end(Error{"cancelled", "the request was stopped"}, false);
  }
  void cancel_all() {
    while (!transfers_.empty()) cancel(transfers_.begin()->first);
  }

  // Moves what can be moved, tells what is over, strikes what is overdue.
  void turn() {
    int running = 0;
    curl_multi_perform(multi_.get(), &running);
    collect_ended();
    strike_overdue();
    ring_timers();
  }
  // Until something comes.
  void sleep() { curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(sleep_time().count()), nullptr); }

 private:
  struct Timer {
    Nanoseconds due;
    std::function<void()> work;
  };

  std::unique_ptr<Transfer> take(Id id) {
    const auto found = transfers_.find(id);
    if (found == transfers_.end()) return nullptr;
    auto transfer = std::move(found->second);
    transfers_.erase(found);
    curl_multi_remove_handle(multi_.get(), transfer->easy());
    return transfer;
  }
  void collect_ended() {
    int left = 0;
    std::vector<std::pair<Id, CURLcode>> ended;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left))
      if (message->msg == CURLMSG_DONE)
        ended.emplace_back(Transfer::of(message->easy_handle).id(), message->data.result);
    for (const auto& [id, code] : ended) take(id)->end(code);
  }
  void strike_overdue() {
    const auto now = clock_.now();
    std::vector<std::pair<Id, Error>> struck;
    for (const auto& [id, transfer] : transfers_)
      if (auto error = transfer->overdue(now)) struck.emplace_back(id, std::move(*error));
    for (auto& [id, error] : struck) take(id)->end(std::move(error), true);
  }
  void ring_timers() {
    const auto now = clock_.now();
    std::vector<Id> due;
    for (const auto& [id, timer] : timers_)
      if (timer.due <= now) due.push_back(id);
    for (const auto id : due) timers_.extract(id).mapped().work();
  }
  milliseconds sleep_time() const {
    const auto now = clock_.now();
    Nanoseconds until = now + longest_sleep;
    for (const auto& [id, transfer] : transfers_) until = std::min(until, transfer->deadline());
    for (const auto& [id, timer] : timers_) until = std::min(until, timer.due);
    return std::max(milliseconds{0}, std::chrono::ceil<milliseconds>(until - now));
  }

  const Clock& clock_;
  std::unique_ptr<CURLM, FreeMulti> multi_;
  std::map<Id, std::unique_ptr<Transfer>> transfers_;
  std::map<Id, Timer> timers_;
};

CurlTransport::CurlTransport(const Clock& clock) : clock_(clock) {
  start_libcurl();
  loop_ = std::make_unique<Loop>(clock);
  thread_ = std::jthread([this](std::stop_token stop) { run(std::move(stop)); });
}

CurlTransport::~CurlTransport() {
  thread_.request_stop();
  loop_->wake();
  thread_.join();
}

Transport::Id CurlTransport::give(Command command) {
  Id id = 0;
  {
    std::lock_guard lock(mutex_);
    id = ++last_id_;
    commands_.push_back({id, std::move(command)});
  }
  if (std::this_thread::get_id() != thread_.get_id()) loop_->wake();
  return id;
}

Transport::Id CurlTransport::start(llm::HttpRequest request, const TransferLimits& limits,
                                   TransferHandlers handlers) {
  return give(
      [request = std::move(request), limits, handlers = std::move(handlers)](Loop& loop, Id id) mutable {
        loop.start(id, std::move(request), limits, std::move(handlers));
      });
}

void CurlTransport::cancel(Id wanted) {
  give([wanted](Loop& loop, Id) { loop.cancel(wanted); });
}

Transport::Id CurlTransport::after(milliseconds delay, std::function<void()> due) {
  const auto at = clock_.now() + delay;
  return give(
      [at, due = std::move(due)](Loop& loop, Id id) mutable { loop.add_timer(id, at, std::move(due)); });
}

std::deque<CurlTransport::Given> CurlTransport::take() {
  std::lock_guard lock(mutex_);
  return std::exchange(commands_, {});
}

void CurlTransport::obey() {
  for (auto given = take(); !given.empty(); given = take())
    for (auto& [id, command] : given) command(*loop_, id);
}

void CurlTransport::run(std::stop_token stop) {
  while (!stop.stop_requested()) {
    obey();
    loop_->turn();
    obey();  // what the handlers gave: nobody wakes the thread for it
    loop_->sleep();
  }
  obey();  // what was given but not begun ends as cancelled too
  loop_->cancel_all();
}

}  // namespace doodled
