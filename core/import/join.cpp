#include "core/import/join.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

namespace doodled {
namespace {

constexpr std::size_t most_macros = 9;
constexpr int drum_channel = 10;

template <class T>
bool is_taken(const std::vector<T>& items, const std::string& id) {
  return std::ranges::find(items, id, &T::id) != items.end();
}

template <class T>
std::string free_id(const std::vector<T>& items, const std::string& id) {
  if (!is_taken(items, id)) return id;
  for (int number = 2;; ++number) {
    const std::string other = id.substr(0, 60) + "_" + std::to_string(number);
    if (!is_taken(items, other)) return other;
  }
}

int free_channel(const Session& session, int wanted) {
  const auto is_used = [&](int channel) {
    return std::ranges::find(session.tracks, channel, &Track::channel) != session.tracks.end();
  };
  if (wanted == drum_channel || !is_used(wanted)) return wanted;
  for (int channel = 1; channel <= 16; ++channel)
    if (channel != drum_channel && !is_used(channel)) return channel;
  return wanted;
}

class Joiner {
 public:
  Joiner(const Session& context, const Session& part) : result_(context), part_(part) {}

  Session run() {
    result_.mode = part_.mode;
    result_.provenance = part_.provenance;
    for (const auto& lfo : part_.lfos) lfos_[lfo.id] = free_id(result_.lfos, lfo.id);
    for (const auto& track : part_.tracks) add_track(track);
    for (const auto& lfo : part_.lfos) add_lfo(lfo);
    for (const auto& macro : part_.macros) add_macro(macro);
    for (std::size_t i = 0; i < result_.arrangement.size(); ++i) add_parts(i);
    for (const auto& evidence : part_.evidence) add_evidence(evidence);
    return std::move(result_);
  }

 private:
  void add_track(Track track) {
    const auto id = free_id(result_.tracks, track.id);
    tracks_[track.id] = id;
    track.id = id;
    if (track.role != Role::drums) track.channel = free_channel(result_, track.channel);
    if (track.patch)
      for (auto& cable : track.patch->modulation)
        if (const auto renamed = lfos_.find(cable.source); renamed != lfos_.end())
          cable.source = renamed->second;
    result_.tracks.push_back(std::move(track));
  }

  void add_lfo(LfoShape lfo) {
    lfo.id = lfos_.at(lfo.id);
    lfo.track = tracks_.at(lfo.track);
    result_.lfos.push_back(std::move(lfo));
  }

  void add_macro(Macro macro) {
    for (std::size_t number = 1; number <= most_macros && is_taken(result_.macros, macro.id); ++number)
      macro.id = "macro_" + std::to_string(number);
    if (is_taken(result_.macros, macro.id)) return;
    if (!macro.track.empty()) macro.track = tracks_.at(macro.track);
    for (auto& target : macro.targets) target.track = tracks_.at(target.track);
    result_.macros.push_back(std::move(macro));
  }

  void add_parts(std::size_t section) {
    const auto& from = part_.arrangement[section % part_.arrangement.size()];
    for (const auto& part : from.parts)
      result_.arrangement[section].parts.push_back({tracks_.at(part.track), part.pattern});
  }

  // '/tracks/0/patch' of the part is another number of the result; what is not in a list of parts is left
  // out.
  void add_evidence(Evidence evidence) {
    const std::pair<std::string_view, std::size_t> lists[] = {
        {"/tracks/", result_.tracks.size() - part_.tracks.size()},
        {"/lfos/", result_.lfos.size() - part_.lfos.size()}};
    for (const auto& [list, offset] : lists) {
      if (!evidence.pointer.starts_with(list)) continue;
      const auto end = std::min(evidence.pointer.find('/', list.size()), evidence.pointer.size());
      const auto index = std::strtoull(evidence.pointer.c_str() + list.size(), nullptr, 10);
      evidence.pointer = std::string(list) + std::to_string(index + offset) + evidence.pointer.substr(end);
      return result_.evidence.push_back(std::move(evidence));
    }
  }

  Session result_;
  const Session& part_;
  std::map<std::string, std::string> tracks_, lfos_;  // id in the part -> id in the result
};

}  // namespace

Session joined(const Session& context, const Session& part) { return Joiner(context, part).run(); }

}  // namespace doodled
