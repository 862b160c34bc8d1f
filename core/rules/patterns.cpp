#include "core/rules/patterns.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <optional>

namespace doodled::rules {
namespace {

// The index that follows `prefix` in `pointer`, and what comes after it.
struct Indexed {
  std::size_t index;
  std::string_view rest;
};

std::optional<Indexed> indexed(std::string_view pointer, std::string_view prefix) {
  if (!pointer.starts_with(prefix)) return std::nullopt;
  pointer.remove_prefix(prefix.size());
  std::size_t index = 0;
  const auto [end, failure] = std::from_chars(pointer.data(), pointer.data() + pointer.size(), index);
  if (failure != std::errc{}) return std::nullopt;
  return Indexed{index, pointer.substr(static_cast<std::size_t>(end - pointer.data()))};
}

// False when the note is gone.
bool follow(Evidence& evidence, const std::string& notes, std::span<const std::size_t> gone) {
  const auto found = indexed(evidence.pointer, notes);
  if (!found) return true;
  const auto place = std::ranges::lower_bound(gone, found->index);
  if (place != gone.end() && *place == found->index) return false;
  const auto before = static_cast<std::size_t>(place - gone.begin());
  evidence.pointer = notes + std::to_string(found->index - before) + std::string(found->rest);
  return true;
}

}  // namespace

std::vector<std::size_t> by_start(const Pattern& pattern) {
  std::vector<std::size_t> order(pattern.notes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (!std::ranges::is_sorted(pattern.notes, {}, &Note::start))  // they nearly always are
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return pattern.notes[i].start; });
  return order;
}

void take_out(Session& session, const Place& place, std::span<const std::size_t> indices) {
  if (indices.empty()) return;
  auto& notes = place.pattern.notes;
  std::size_t kept = 0;
  auto next = indices.begin();
  for (std::size_t i = 0; i < notes.size(); ++i) {
    if (next != indices.end() && *next == i) {
      ++next;
      continue;
    }
    if (kept != i) notes[kept] = std::move(notes[i]);
    ++kept;
  }
  notes.erase(notes.begin() + static_cast<std::ptrdiff_t>(kept), notes.end());
  const std::string prefix = place.pointer() + "/notes/";
  std::erase_if(session.evidence, [&](Evidence& e) { return !follow(e, prefix, indices); });
}

}  // namespace doodled::rules
