#include "core/perform/resumer.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/log.hpp"

namespace doodled {
namespace {

constexpr Nanoseconds look_interval = std::chrono::milliseconds(100);
// A device that is not there by then joins the play when it comes, as always.
constexpr Nanoseconds patience = std::chrono::seconds(60);

}  // namespace

Resumer::Resumer(Performer& performer, const DeviceRack& rack, const Clock& clock,
                 std::vector<PlayRecord> interrupted)
    : performer_(performer), rack_(rack), clock_(clock), waiting_(std::move(interrupted)), thread_([this] {
        work();
      }) {}

Resumer::~Resumer() {
  quit_.store(true);
  bell_.ring();
  thread_.join();
}

bool Resumer::is_ready(const PlayRecord& play) const {
  const auto ids = Json::parse(play.devices).get<std::vector<std::string>>();
  return std::ranges::all_of(ids, [&](const std::string& id) {
    const auto device = rack_.device(id);
    return !device || !device->enabled || device->status == DeviceStatus::ready;
  });
}

void Resumer::work() {
  const auto end = clock_.now() + patience;
  while (!waiting_.empty() && !quit_.load()) {
    const auto heard = bell_.rung();
    const bool late = clock_.now() >= end;
    std::erase_if(waiting_, [&](const PlayRecord& play) {
      if (!late && !is_ready(play)) return false;
      const auto resumed = performer_.resume(play);
      if (resumed)
        log::info("player", "a play goes on", {{"play", play.id}, {"as", resumed->id}});
      else
        log::warning("player", "a play can't go on: " + resumed.error().message, {{"play", play.id}});
      return true;
    });
    if (!waiting_.empty()) clock_.wait_until(clock_.now() + look_interval, bell_, heard);
  }
}

}  // namespace doodled
