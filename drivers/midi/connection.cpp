#include "drivers/midi/connection.hpp"

#include "drivers/midi/port_name.hpp"

namespace doodled::midi {
namespace {

std::string joined(std::span<const std::string> names) {
  std::string all;
  for (const auto& name : names) all += (all.empty() ? "" : ", ") + stable_name(name);
  return all.empty() ? "none at all" : all;
}

}  // namespace

Api Connection::begin() {
  const bool alsa = wish_.api != Api::jack && alsa_usable();
  if (!alsa && wish_.api == Api::alsa) throw DeviceMissing("ALSA's /dev/snd/seq is not usable");
  api_ = alsa ? Api::alsa : Api::jack;
  if (!watch_ || watched_ != api_) {
    listening_ = {};
    watch_ = PortWatch::of(api_);
    if (changed_) listening_ = watch_->listen(changed_);
  }
  watched_ = api_;
  epoch_ = watch_->epoch();
  if (epoch_ != 0) {
    if (!wish_.pattern.empty() && !choose_port(watch_->ports(), wish_, before_, alike_ > 1))
      miss(watch_->ports());
    return api_;
  }
  throw DeviceMissing(wish_.api == Api::jack
                          ? "no JACK server answers"
                          : "no sound system: /dev/snd/seq is not usable and no JACK server answers");
}

unsigned Connection::choose(std::span<const std::string> names) {
  const auto chosen = choose_port(names, wish_, before_, alike_ > 1);
  if (!chosen) miss(names);
  port_ = before_ = names[*chosen];
  generation_ = watch_->generation(port_);
  alike_ = called_alike(names, wish_, *chosen);
  return static_cast<unsigned>(*chosen);
}

void Connection::miss(std::span<const std::string> names) const {
  if (alike_ > 1)
    throw DeviceMissing(
        "the port " + stable_name(before_) +
        " has gone, and another one of that name is not taken for it; there are: " + joined(names));
  throw DeviceMissing("no MIDI port matches \"" + wish_.pattern + "\"" +
                      (wish_.roles.empty() ? "" : " as " + wish_.roles[wish_.role]) +
                      "; there are: " + joined(names));
}

std::string Connection::describe() const {
  const std::string kind = api_ == Api::alsa ? "ALSA" : "JACK";
  if (port_.empty()) return kind + " virtual port " + wish_.client_name + ":" + wish_.virtual_name;
  const auto port = kind + " port " + stable_name(port_);
  return alike_ > 1 ? port + ", one of " + std::to_string(alike_) + " called alike; `port` says which" : port;
}

}  // namespace doodled::midi
