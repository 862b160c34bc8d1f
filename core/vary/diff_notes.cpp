#include "core/vary/diff_notes.hpp"

#include <map>

#include <nlohmann/json.hpp>

#include "core/music/pitch.hpp"

namespace doodled {
namespace {

std::string place_in_time(const Json& note) {
  const auto start = note["start"].get<Tick>();
  const std::string step = "step " + std::to_string(start / ticks_per_step);
  return start % ticks_per_step == 0 ? step
                                     : step + " (" + std::to_string(start % ticks_per_step) + " ticks late)";
}

std::string named(const Json& note, MiddleC middle_c) {
  return pitch_name(note["pitch"].get<int>(), middle_c);
}

std::string change_sentence(const std::string& track, const Json& a, const Json& b, MiddleC middle_c) {
  std::string text = track + ", " + place_in_time(b) + ": ";
  if (a["pitch"] != b["pitch"]) return text + named(a, middle_c) + " becomes " + named(b, middle_c) + ".";
  if (a["start"] != b["start"])
    return text + named(b, middle_c) + " moves here from " + place_in_time(a) + ".";
  if (a["velocity"] != b["velocity"])
    return text + named(b, middle_c) + " is struck with " + to_text(b["velocity"]) + ", before " +
           to_text(a["velocity"]) + ".";
  return text + named(b, middle_c) +
         (a["duration"] != b["duration"] ? " lasts longer or shorter." : " is played otherwise.");
}

// Pairs what both lists hold under the same key; what is left stays unpaired.
class Matcher {
 public:
  Matcher(const Json& before, const Json& after)
      : before_(before), after_(after), pair_of_(after.size(), none), taken_(before.size(), false) {}

  template <class Key>
  void match(Key key) {
    std::multimap<decltype(key(Json())), std::size_t> open;
    for (std::size_t i = 0; i < before_.size(); ++i)
      if (!taken_[i]) open.emplace(key(before_[i]), i);
    for (std::size_t i = 0; i < after_.size(); ++i) {
      if (pair_of_[i] != none) continue;
      const auto found = open.find(key(after_[i]));
      if (found == open.end()) continue;
      pair_of_[i] = found->second;
      taken_[found->second] = true;
      open.erase(found);
    }
  }

  static constexpr std::size_t none = ~std::size_t{0};
  const Json &before_, &after_;
  std::vector<std::size_t> pair_of_;
  std::vector<bool> taken_;
};

}  // namespace

NoteChanges note_changes(const std::string& place, const std::string& track, const Json& before,
                         const Json& after, MiddleC middle_c) {
  Matcher matcher(before, after);
  matcher.match([](const Json& note) {
    return note.is_null() ? std::pair(0L, 0) : std::pair(note["start"].get<Tick>(), note["pitch"].get<int>());
  });
  matcher.match([](const Json& note) { return note.is_null() ? Tick{0} : note["start"].get<Tick>(); });
  NoteChanges result;
  for (std::size_t i = 0; i < after.size(); ++i) {
    const std::string pointer = place + "/notes/" + std::to_string(i);
    const auto pair = matcher.pair_of_[i];
    if (pair == Matcher::none) {
      ++result.count.added;
      result.changes.push_back(
          {ChangeKind::added, pointer, "", to_text(after[i]),
           track + ", " + place_in_time(after[i]) + ": " + named(after[i], middle_c) + " is new."});
    } else if (before[pair] == after[i]) {
      ++result.count.same;
    } else {
      ++result.count.changed;
      result.changes.push_back({ChangeKind::changed, pointer, to_text(before[pair]), to_text(after[i]),
                                change_sentence(track, before[pair], after[i], middle_c)});
    }
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (matcher.taken_[i]) continue;
    ++result.count.removed;
    result.changes.push_back(
        {ChangeKind::removed, place + "/notes/" + std::to_string(i), to_text(before[i]), "",
         track + ", " + place_in_time(before[i]) + ": " + named(before[i], middle_c) + " is gone."});
  }
  return result;
}

std::string summary_of(const NoteCount& count) {
  std::string text;
  const auto add = [&](int number, const char* one, const char* many) {
    if (number == 0) return;
    text += (text.empty() ? "" : ", ") + std::to_string(number) + (number == 1 ? one : many);
  };
  add(count.changed, " note changes", " notes change");
  add(count.added, " is new", " are new");
  add(count.removed, " is gone", " are gone");
  return text.empty() ? text : text + ".";
}

}  // namespace doodled
