// Lines as LFO shapes, arrows as the cables of the modulation matrix.
#include <algorithm>
#include <tuple>

#include "core/compose/drawing_parts.hpp"

namespace doodled::composing {
namespace {

constexpr std::size_t most_lfos = 8, most_routes = 64;

struct Cables {
  Draft& draft;
  const std::string& track_id;
  const std::string& pointer;
  std::map<int, std::string> lfo_ids;  // of the shape that was read as a function

  const Shape& shape(int index) const { return draft.reading.shapes[static_cast<std::size_t>(index)]; }
};

void add_lfo(Cables& cables, const doodled::Curve& curve) {
  Draft& draft = cables.draft;
  auto& lfos = draft.session.lfos;
  const bool known = curve.shape >= 0;
  const std::string id = "lfo_" + std::to_string(lfos.size() + 1);
  const std::string name = known ? std::string(to_string(cables.shape(curve.shape).shape_class)) : "line";
  LfoShape lfo{id,
               name,
               {},
               draft.session.meter.bar(),
               cables.track_id,
               known ? draft.rules.figure(cables.shape(curve.shape).shape_class).moves : Parameter::cutoff,
               rounded(draft.rules.value("line depth", curve.box.height), 2)};
  for (const double sample : curve.samples) lfo.samples.push_back(rounded(std::clamp(sample, -1.0, 1.0), 4));
  const std::string place = "/lfos/" + std::to_string(lfos.size());
  const std::string text = name + " of " + std::to_string(curve.samples.size()) + " points";
  if (known && cables.shape(curve.shape).polygon.size() > 2)
    draft.explain(place, cables.shape(curve.shape).polygon, text, "line-lfo");
  else
    draft.explain(place, curve.box, text, "line-lfo");
  lfos.push_back(std::move(lfo));
  if (known) cables.lfo_ids.emplace(curve.shape, id);
}

// A short stroke moves nothing, unless an arrow leaves it.
bool moves(const Figures& figures, const doodled::Curve& curve) {
  const auto leaves = [&](const Arrow& arrow) { return arrow.from == curve.shape; };
  if (curve.shape < 0 || std::ranges::any_of(figures.reading().arrows, leaves)) return true;
  const auto& all = figures.all();
  const auto figure = std::ranges::find(all, curve.shape, &Figure::index);
  return figure != all.end() && figure->width() >= 1.0 / 6;
}

std::string source_of(const Cables& cables, int index) {
  if (const auto lfo = cables.lfo_ids.find(index); lfo != cables.lfo_ids.end()) return lfo->second;
  const auto shape_class = cables.shape(index).shape_class;
  if (shape_class == ShapeClass::dot) return "velocity";
  if (shape_class == ShapeClass::hatching) return "noise";
  return "envelope";
}

struct Route {
  std::string source;
  Parameter destination;
  const Arrow* arrow;
};

// By what they join, longest first, as arrows of like length change places from one photograph to the next.
std::vector<Route> routes_of(const Cables& cables) {
  std::vector<Route> routes;
  for (const Arrow& arrow : cables.draft.reading.arrows)
    if (arrow.from >= 0 && arrow.to >= 0 && routes.size() < most_routes)
      routes.push_back({source_of(cables, arrow.from),
                        cables.draft.rules.figure(cables.shape(arrow.to).shape_class).takes, &arrow});
  std::ranges::stable_sort(routes, {}, [](const Route& route) {
    return std::tuple(route.source, route.destination, -route.arrow->depth);
  });
  return routes;
}

void add_route(Cables& cables, const Route& route, Patch& patch) {
  Draft& draft = cables.draft;
  const auto& [source, destination, way] = route;
  const Arrow& arrow = *way;
  const Shape &from = cables.shape(arrow.from), &to = cables.shape(arrow.to);
  const double depth = rounded(draft.rules.value("arrow depth", arrow.depth * 2), 2);
  const std::string place = cables.pointer + "/patch/modulation/" + std::to_string(patch.modulation.size());
  patch.modulation.push_back({source, destination, depth});
  const auto lfo = std::ranges::find(draft.session.lfos, source, &LfoShape::id);
  if (lfo != draft.session.lfos.end()) lfo->parameter = destination, lfo->depth = depth;
  const Shape& seen = arrow.shape >= 0 ? cables.shape(arrow.shape) : to;
  const std::string text = "arrow from " + std::string(to_string(from.shape_class)) + " to " +
                           std::string(to_string(to.shape_class));
  if (seen.polygon.size() > 2)
    draft.explain(place, seen.polygon, text, "arrow-modulation");
  else
    draft.explain(place, seen.box, text, "arrow-modulation");
}

}  // namespace

void add_modulation(Draft& draft, const Figures& figures, const std::string& track_id,
                    const std::string& pointer, Patch& patch) {
  Cables cables{draft, track_id, pointer, {}};
  for (const auto& curve : draft.reading.curves)
    if (draft.session.lfos.size() < most_lfos && moves(figures, curve)) add_lfo(cables, curve);
  for (const Route& route : routes_of(cables)) add_route(cables, route, patch);
}

}  // namespace doodled::composing
