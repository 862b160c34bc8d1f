#include "core/vary/diff.hpp"

#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "core/base/enum_names.hpp"
#include "core/vary/diff_notes.hpp"

namespace doodled {
namespace {

constexpr EnumNames<ChangeKind, 3> kind_names{{"added", "removed", "changed"}};

std::string spoken(const Json& value) {
  const std::string text = value.is_string() ? value.get<std::string>() : to_text(value);
  return text.size() > 60 ? text.substr(0, 57) + "..." : text;
}

class Differ {
 public:
  explicit Differ(MiddleC middle_c) : middle_c_(middle_c) {}

  SessionDiff run(const Session& first, const Session& other) {
    const Json before = to_json(first), after = to_json(other);
    frame(first, other, before, after);
    members("", "tracks", before, after,
            [&](const std::string& place, const Json& a, const Json& b) { compare_track(place, a, b); });
    for (const char* list : {"lfos", "macros"})
      members("", list, before, after, [&](const std::string& place, const Json& a, const Json& b) {
        leaves(place, name_of(a), a, b);
      });
    arrangement(before, after);
    return std::move(diff_);
  }

 private:
  void add(ChangeKind kind, std::string pointer, const Json* old_value, const Json* new_value,
           std::string sentence) {
    diff_.changes.push_back({kind, std::move(pointer), old_value ? to_text(*old_value) : "",
                             new_value ? to_text(*new_value) : "", std::move(sentence)});
  }
  void say(ChangeKind kind, std::string pointer, const Json* old_value, const Json* new_value,
           const std::string& sentence) {
    diff_.summary.push_back(sentence);
    add(kind, std::move(pointer), old_value, new_value, sentence);
  }

  void frame(const Session& first, const Session& other, const Json& before, const Json& after) {
    if (!(first.key == other.key))
      say(ChangeKind::changed, "/key", &before["key"], &after["key"],
          "The key goes from " + key_name(first.key) + " to " + key_name(other.key) + ".");
    scalar("tempo_bpm", "The tempo", before, after);
    scalar("swing", "The swing", before, after);
    scalar("meter", "The meter", before, after);
    scalar("tuning", "The tuning", before, after);
  }

  void scalar(const std::string& name, const std::string& subject, const Json& before, const Json& after) {
    const Json a = before.value(name, Json()), b = after.value(name, Json());
    if (a != b)
      say(ChangeKind::changed, "/" + name, &a, &b,
          subject + " goes from " + spoken(a) + " to " + spoken(b) + ".");
  }

  static std::string name_of(const Json& item) {
    const auto name = item.value("name", std::string());
    return name.empty() ? item.value("id", std::string()) : name;
  }

  // Items of a list, matched by id: compare(pointer, old, new) for those that both have.
  template <class Compare>
  void members(const std::string& at, const std::string& list, const Json& before, const Json& after,
               Compare compare) {
    const Json a = before.value(list, Json::array()), b = after.value(list, Json::array());
    std::map<std::string, std::size_t> old_places;
    for (std::size_t i = 0; i < a.size(); ++i) old_places[a[i].value("id", "")] = i;
    for (std::size_t i = 0; i < b.size(); ++i) {
      const std::string place = at + "/" + list + "/" + std::to_string(i);
      const auto old = old_places.find(b[i].value("id", ""));
      if (old == old_places.end()) {
        say(ChangeKind::added, place, nullptr, &b[i], name_of(b[i]) + " is new.");
        continue;
      }
      compare(place, a[old->second], b[i]);
      old_places.erase(old);
    }
    for (const auto& [id, index] : old_places)
      say(ChangeKind::removed, at + "/" + list + "/" + std::to_string(index), &a[index], nullptr,
          name_of(a[index]) + " is gone.");
  }

  void compare_track(const std::string& place, const Json& a, const Json& b) {
    const std::string name = name_of(b);
    for (const char* field : {"name", "role", "channel", "pads"})
      if (a.value(field, Json()) != b.value(field, Json())) leaf(place + "/" + field, name, a, b, field);
    if (a.contains("patch") && b.contains("patch")) {
      const auto before = diff_.changes.size();
      leaves(place + "/patch", name, a["patch"], b["patch"]);
      if (diff_.changes.size() > before + 3)
        diff_.summary.push_back(name + ": " + std::to_string(diff_.changes.size() - before) +
                                " settings of the patch change.");
    } else if (a.contains("patch") != b.contains("patch")) {
      leaf(place + "/patch", name, a, b, "patch");
    }
    members(place, "patterns", a, b, [&](const std::string& at, const Json& old, const Json& now) {
      compare_pattern(at, name, old, now);
    });
  }

  void leaf(const std::string& place, const std::string& owner, const Json& a, const Json& b,
            const std::string& field) {
    const Json before = a.value(field, Json()), after = b.value(field, Json());
    say(ChangeKind::changed, place, &before, &after,
        owner + ": " + field + " goes from " + spoken(before) + " to " + spoken(after) + ".");
  }

  // Every single value that differs inside two objects.
  void leaves(const std::string& place, const std::string& owner, const Json& a, const Json& b) {
    const Json flat_a = a.flatten(), flat_b = b.flatten();
    std::set<std::string> names;
    for (const auto& [name, value] : flat_a.items()) names.insert(name);
    for (const auto& [name, value] : flat_b.items()) names.insert(name);
    const auto first = diff_.changes.size();
    for (const auto& name : names) leaf_at(place, owner, name, flat_a, flat_b);
    const auto found = diff_.changes.size() - first;
    if (found > 0 && found <= 3)
      for (auto i = first; i < diff_.changes.size(); ++i) diff_.summary.push_back(diff_.changes[i].sentence);
  }

  void leaf_at(const std::string& place, const std::string& owner, const std::string& name, const Json& a,
               const Json& b) {
    const bool had = a.contains(name), has = b.contains(name);
    if (had && has && a[name] == b[name]) return;
    const auto kind = !had ? ChangeKind::added : !has ? ChangeKind::removed : ChangeKind::changed;
    std::string field = name.substr(1);
    for (auto& c : field) c = c == '/' ? ' ' : c;
    add(kind, place + name, had ? &a[name] : nullptr, has ? &b[name] : nullptr,
        owner + ": " + field +
            (had && has ? " goes from " + spoken(a[name]) + " to " + spoken(b[name]) + "."
             : had      ? " is gone."
                        : " is " + spoken(b[name]) + " now."));
  }

  void compare_pattern(const std::string& place, const std::string& track, const Json& a, const Json& b) {
    if (a["length"] != b["length"]) leaf(place + "/length", track, a, b, "length");
    const auto notes = note_changes(place, track, a["notes"], b["notes"], middle_c_);
    diff_.changes.insert(diff_.changes.end(), notes.changes.begin(), notes.changes.end());
    diff_.notes.same += notes.count.same;
    diff_.notes.changed += notes.count.changed;
    diff_.notes.added += notes.count.added;
    diff_.notes.removed += notes.count.removed;
    if (auto sentence = summary_of(notes.count); !sentence.empty())
      diff_.summary.push_back(track + ", pattern " + b["id"].get<std::string>() + ": " + sentence);
    if (a.value("automation", Json()) != b.value("automation", Json()))
      leaf(place + "/automation", track, a, b, "automation");
  }

  static std::string told(const Json& sections) {
    std::string text;
    for (const auto& section : sections)
      text += (text.empty() ? "" : ", ") + section["name"].get<std::string>() + " " +
              std::to_string(section["bars"].get<int>());
    return text;
  }

  void arrangement(const Json& before, const Json& after) {
    const auto &a = before["arrangement"], &b = after["arrangement"];
    if (a == b) return;
    int bars_a = 0, bars_b = 0;
    for (const auto& section : a) bars_a += section["bars"].get<int>();
    for (const auto& section : b) bars_b += section["bars"].get<int>();
    std::string sentence = "The form is another: " + told(b) + ".";
    if (bars_a != bars_b)
      sentence += " It lasts " + std::to_string(bars_b) + " bars, before " + std::to_string(bars_a) + ".";
    say(ChangeKind::changed, "/arrangement", &a, &b, sentence);
  }

  const MiddleC middle_c_;
  SessionDiff diff_;
};

}  // namespace

SessionDiff difference(const Session& first, const Session& other, MiddleC middle_c) {
  return Differ(middle_c).run(first, other);
}

Json to_json(const SessionDiff& diff) {
  Json changes = Json::array();
  for (const auto& change : diff.changes) {
    Json json{
        {"kind", kind_names.name(change.kind)}, {"pointer", change.pointer}, {"message", change.sentence}};
    if (!change.old_value.empty()) json["old"] = Json::parse(change.old_value);
    if (!change.new_value.empty()) json["new"] = Json::parse(change.new_value);
    changes.push_back(std::move(json));
  }
  return {{"same", diff.changes.empty()},
          {"summary", diff.summary},
          {"changes", std::move(changes)},
          {"notes",
           {{"same", diff.notes.same},
            {"changed", diff.notes.changed},
            {"added", diff.notes.added},
            {"removed", diff.notes.removed}}}};
}

}  // namespace doodled
