#include "drivers/abletonosc/conversation.hpp"

#include <algorithm>

namespace doodled::ableton_osc {
namespace {

constexpr std::string_view parameters = "/live/device/get/parameters/";

void add(std::vector<Message>& to, std::vector<Message> more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

void Conversation::use(std::shared_ptr<const ClipSet> set) {
  set_ = std::move(set);
  written_ = fired_ = false;
  wanted_at_.reset();
  tables_.assign(set_->clips.size(), {});
  pending_.assign(set_->clips.size(), {});
}

void Conversation::forget() {
  tracks_.reset();
  heard_at_.reset();
  asked_at_.reset();
  wanted_at_.reset();
  made_at_.reset();
  written_ = fired_ = false;
  for (auto& table : tables_) table = {};
  for (auto& track : pending_)
    for (auto& pending : track) pending.told = -1;
}

void Conversation::start(double tempo_bpm) {
  set_tempo(tempo_bpm);
  playing_ = true;
  fired_ = false;
}

void Conversation::stop() {
  if (playing_) stop_wanted_ = true;
  playing_ = false;
}

void Conversation::set_parameter(std::size_t track, Parameter parameter, float value) noexcept {
  if (track < pending_.size()) pending_[track][static_cast<std::size_t>(parameter)].value = value;
}

void Conversation::take_parameters(const Message& message, std::string_view what) {
  const auto track = message.number(0), device = message.number(1);
  if (!track || device != options_.device || *track < options_.first_track) return;
  const auto index = static_cast<std::size_t>(*track - options_.first_track);
  if (index >= tables_.size()) return;
  auto& table = tables_[index];
  table.found.clear();
  if (what == "name") table.names.clear();
  auto& numbers = what == "min" ? table.least : table.most;
  if (what != "name") numbers.clear();
  for (std::size_t i = 2; i < message.arguments.size(); ++i)
    if (what == "name")
      table.names.push_back(message.text(i) ? *message.text(i) : "");
    else
      numbers.push_back(static_cast<float>(message.number(i).value_or(0)));
}

void Conversation::hear(const Message& message, Nanoseconds now) {
  if (message.address == "/live/startup") return forget();
  heard_at_ = now;
  if (message.address == "/live/song/get/num_tracks" && message.number(0)) {
    tracks_ = static_cast<int>(*message.number(0));
    made_at_.reset();
  }
  if (message.address == "/live/application/get/version" && message.number(0))
    version_ = "Live " + std::to_string(static_cast<int>(*message.number(0))) + "." +
               std::to_string(static_cast<int>(message.number(1).value_or(0)));
  if (message.address.starts_with(parameters))
    take_parameters(message, std::string_view(message.address).substr(parameters.size()));
}

void Conversation::ask(Nanoseconds now, std::vector<Message>& out) {
  if (asked_at_ && now < *asked_at_ + (tracks_ ? options_.keep_alive : options_.patience)) return;
  if (!tracks_) out.push_back({"/live/application/get/version", {}});
  out.push_back({"/live/song/get/num_tracks", {}});
  asked_at_ = now;
}

void Conversation::make_tracks(int missing, Nanoseconds now, std::vector<Message>& out) {
  for (int i = 0; i < missing; ++i) out.push_back({"/live/song/create_midi_track", {-1}});
  out.push_back({"/live/song/get/num_tracks", {}});
  made_at_ = now;
}

void Conversation::ask_parameters(std::vector<Message>& out) const {
  for (std::size_t track = 0; track < set_->clips.size(); ++track)
    for (const char* what : {"name", "min", "max"})
      out.push_back({std::string(parameters) + what, {live_track(track), options_.device}});
}

void Conversation::write(Nanoseconds now, std::vector<Message>& out) {
  if (!set_ || written_) return;
  if (!wanted_at_) wanted_at_ = now;
  if (!tracks_ && now < *wanted_at_ + options_.patience) return;
  const int needed = live_track(set_->clips.size());
  if (tracks_ && *tracks_ < needed) {
    if (!made_at_) return make_tracks(needed - *tracks_, now, out);
    if (now < *made_at_ + options_.patience) return;
  }
  add(out, write_song(*set_));
  for (std::size_t track = 0; track < set_->clips.size(); ++track)
    add(out, write_clip(set_->clips[track], live_track(track), options_.slot));
  ask_parameters(out);
  written_ = true;
}

void Conversation::tell_clips(const char* address, std::vector<Message>& out) const {
  for (std::size_t track = 0; track < set_->clips.size(); ++track)
    out.push_back({address, {live_track(track), options_.slot}});
}

std::optional<Conversation::Range> Conversation::range_of(Table& table, Parameter parameter) const {
  const auto known = table.found.find(parameter);
  if (known != table.found.end()) return known->second;
  std::optional<Range> range;
  const auto index = find_parameter(parameter, table.names);
  if (index) {
    const auto at = static_cast<std::size_t>(*index);
    if (at >= table.least.size() || at >= table.most.size()) return std::nullopt;  // not told yet
    range = Range{*index, table.least[at], table.most[at]};
  }
  return table.found[parameter] = range;
}

void Conversation::tell_parameters(Nanoseconds now, std::vector<Message>& out) {
  for (std::size_t track = 0; track < pending_.size(); ++track)
    for (std::size_t i = 0; i < pending_[track].size(); ++i) {
      auto& pending = pending_[track][i];
      if (pending.value < 0 || pending.value == pending.told || tables_[track].names.empty()) continue;
      if (pending.told >= 0 && now < pending.told_at + options_.between_values) continue;
      const auto range = range_of(tables_[track], static_cast<Parameter>(i));
      if (!range) continue;
      pending.told = pending.value;
      pending.told_at = now;
      const float value = range->least + pending.value * (range->most - range->least);
      out.push_back(
          {"/live/device/set/parameter/value", {live_track(track), options_.device, range->index, value}});
    }
}

std::vector<Message> Conversation::speak(Nanoseconds now) {
  std::vector<Message> out;
  ask(now, out);
  write(now, out);
  if (!tempo_told_) out.push_back({"/live/song/set/tempo", {static_cast<float>(tempo_bpm_)}});
  tempo_told_ = true;
  if (std::exchange(stop_wanted_, false) && set_ && !playing_) tell_clips("/live/clip/stop", out);
  if (playing_ && written_ && !fired_) {
    tell_clips("/live/clip/fire", out);
    fired_ = true;
  }
  tell_parameters(now, out);
  return out;
}

std::vector<Message> Conversation::goodbye() {
  std::vector<Message> out;
  if (set_ && (playing_ || stop_wanted_)) tell_clips("/live/clip/stop", out);
  playing_ = stop_wanted_ = false;
  return out;
}

}  // namespace doodled::ableton_osc
