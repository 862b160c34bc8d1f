#include "core/live/page_history.hpp"

#include <algorithm>

namespace doodled::live {
namespace {

Error refused(std::string code, std::string message, std::string pointer, std::string problem) {
  return {std::move(code), std::move(message), {{std::move(pointer), std::move(problem)}}};
}

}  // namespace

Result<std::int64_t> PageHistory::add(HandStroke stroke) {
  if (stroke.id == 0) stroke.id = next_id_;
  if (holds(stroke.id))
    return refused("stroke_exists", "the stroke is on the page already", "/stroke/id",
                   "names stroke " + std::to_string(stroke.id) + ", which is there");
  if (auto fits = check_room(strokes(), stroke); !fits) return fits.error();
  const auto id = stroke.id;
  next_id_ = std::max(next_id_, id + 1);
  Strokes next = strokes();
  next.push_back(std::make_shared<const HandStroke>(std::move(stroke)));
  then(std::move(next));
  return id;
}

Result<void> PageHistory::erase(const std::vector<std::int64_t>& ids) {
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (!holds(ids[i]))
      return refused("unknown_stroke", "there is no such stroke on the page", "/strokes/" + std::to_string(i),
                     "names no stroke on the page");
  Strokes kept = strokes();
  std::erase_if(kept, [&](const auto& stroke) { return std::ranges::find(ids, stroke->id) != ids.end(); });
  then(std::move(kept));
  return {};
}

Result<void> PageHistory::undo() {
  if (at_ == 0)
    return refused("nothing_to_undo", "there is nothing to undo", "/type", "the page is as it began");
  --at_;
  return {};
}

Result<void> PageHistory::redo() {
  if (at_ + 1 == states_.size())
    return refused("nothing_to_redo", "there is nothing to redo", "/type", "nothing was undone");
  ++at_;
  return {};
}

void PageHistory::clear() {
  if (!strokes().empty()) then({});
}

bool PageHistory::holds(std::int64_t id) const {
  return std::ranges::any_of(strokes(), [id](const auto& stroke) { return stroke->id == id; });
}

void PageHistory::then(Strokes strokes) {
  states_.resize(at_ + 1);
  states_.push_back(std::move(strokes));
  if (states_.size() > max_states) states_.erase(states_.begin());
  at_ = states_.size() - 1;
}

}  // namespace doodled::live
