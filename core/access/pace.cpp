#include "core/access/pace.hpp"

#include <algorithm>
#include <cmath>

namespace doodled {
namespace {

const std::string everybody_else = "*";

}  // namespace

double Pace::left(const Bucket& bucket, Nanoseconds now) const {
  const double passed = std::chrono::duration<double>(now - bucket.since).count();
  return std::min(limits_.at_once, bucket.left + passed * limits_.a_second);
}

std::optional<std::chrono::seconds> Pace::wait_for(double left) const {
  if (left >= 1) return std::nullopt;
  return std::chrono::seconds(
      std::max<std::int64_t>(1, std::llround(std::ceil((1 - left) / limits_.a_second))));
}

void Pace::forget_full(Nanoseconds now) {
  std::erase_if(buckets_, [&](const auto& entry) { return left(entry.second, now) >= limits_.at_once; });
}

Pace::Bucket& Pace::bucket(const std::string& client, Nanoseconds now) {
  const auto known = buckets_.find(client);
  if (known != buckets_.end()) return known->second;
  if (buckets_.size() >= most_clients_) forget_full(now);
  const auto& name = buckets_.size() < most_clients_ ? client : everybody_else;
  return buckets_.try_emplace(name, Bucket{limits_.at_once, now}).first->second;
}

std::optional<std::chrono::seconds> Pace::take(const std::string& client, Nanoseconds now) {
  Bucket& mine = bucket(client, now);
  mine = {left(mine, now), now};
  const auto wait = wait_for(mine.left);
  if (!wait) mine.left -= 1;
  return wait;
}

std::optional<std::chrono::seconds> Pace::wait(const std::string& client, Nanoseconds now) const {
  auto known = buckets_.find(client);
  if (known == buckets_.end() && buckets_.size() >= most_clients_) known = buckets_.find(everybody_else);
  return known == buckets_.end() ? std::nullopt : wait_for(left(known->second, now));
}

}  // namespace doodled
