// The nine cells of a picture as nine macros.
#include "core/compose/photo_parts.hpp"

namespace doodled::composing {

void add_cell_macros(Draft& draft) {
  auto& session = draft.session;
  const auto voice = std::ranges::find_if(session.tracks, [](const Track& t) { return t.patch.has_value(); });
  const std::string& track = voice == session.tracks.end() ? session.tracks.front().id : voice->id;
  for (std::size_t i = 0; i < draft.rules.cells.size(); ++i) {
    const CellRule& rule = draft.rules.cells[i];
    const int cell = static_cast<int>(i) + 1;
    const double value = rounded(draft.reading.photo.cells[i]);
    session.macros.push_back({"macro_" + std::to_string(cell),
                              rule.name,
                              rule.group,
                              cell,
                              value,
                              std::nullopt,
                              track,
                              {{track, rule.target, 0.25}}});
    draft.explain("/macros/" + std::to_string(session.macros.size() - 1), cell_box(i),
                  "energy " + per_cent(value), "cell-macro");
  }
}

}  // namespace doodled::composing
