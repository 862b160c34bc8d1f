// Each rule for drawings.
#include <cmath>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

#include "core/compose/rulebook.hpp"
#include "tests/unit/compose/readings.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

const Track* track_of(const Session& session, Role role) {
  for (const auto& track : session.tracks)
    if (track.role == role) return &track;
  return nullptr;
}

// What the bass plays at a step, in semitones above the tonic two octaves below middle C.
std::optional<int> bass_at(const Session& session, Tick step) {
  for (const auto& note : track_of(session, Role::bass)->patterns.at(0).notes)
    if (note.start == step * ticks_per_step) return note.pitch - session.key.tonic - 36;
  return std::nullopt;
}

std::set<Tick> steps_of(const Track& track) {
  std::set<Tick> steps;
  for (const auto& note : track.patterns.at(0).notes) steps.insert(note.start / ticks_per_step);
  return steps;
}

Shape line_from(Point a, Point b) {
  Shape line = shape(ShapeClass::line,
                     {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(b.x - a.x), std::abs(b.y - a.y)});
  line.polygon = line.stroke = {a, b};
  return line;
}

std::vector<Point> corners_around(const Point& middle, double reach, int corners) {
  std::vector<Point> points;
  for (int i = 0; i < corners; ++i) {
    const double angle = (i + 0.5) * 2 * 3.141592654 / corners;
    points.push_back({middle.x + reach * std::sin(angle), middle.y + reach * std::cos(angle)});
  }
  return points;
}

// As text, so that a difference can be read.
std::string notes_of(const Session& session, std::size_t track) {
  return to_text(to_json(session).at("tracks").at(track).at("patterns").at(0).at("notes"));
}

// The same page, held turned by some degrees about its middle, as the reader finds it; pictures are square
// here.
Reading turned(Reading reading, double degrees) {
  const double c = std::cos(degrees * 0.017453292), s = std::sin(degrees * 0.017453292);
  reading.page = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
  std::vector<std::vector<Point>*> lists{&reading.page};
  for (Shape& part : reading.shapes) lists.push_back(&part.polygon), lists.push_back(&part.stroke);
  for (auto* points : lists)
    for (Point& p : *points)
      p = {0.5 + c * (p.x - 0.5) - s * (p.y - 0.5), 0.5 + s * (p.x - 0.5) + c * (p.y - 0.5)};
  return reading;
}

}  // namespace

TEST_CASE("shapes decide the oscillators, the softest first, and small ones add none") {
  const auto oscillators = [](double side) {
    return composed(drawing({shape(ShapeClass::square, {0.1, 0.1, side, side}),
                             shape(ShapeClass::circle, {0.45, 0.1, 0.5, 0.5})}))
        .tracks[0]
        .patch->oscillators;
  };
  const auto both = oscillators(0.33);
  REQUIRE(both.size() == 2);
  CHECK(both[0].wave == Wave::sine);
  CHECK(both[1].wave == Wave::square);
  CHECK(both[1].level < both[0].level);
  const auto large = oscillators(0.15);
  REQUIRE(large.size() == 2);
  CHECK(large[0].wave == Wave::sine);
  CHECK(large[1].wave == Wave::triangle);
}

TEST_CASE("more ink opens the filter, shading drives and adds noise") {
  auto faint = drawing({shape(ShapeClass::circle, {0.1, 0.1, 0.5, 0.5})}), dark = faint;
  dark.ink = 0.2;
  dark.shapes[0].fill = 0.9;
  const Patch soft = *composed(faint).tracks[0].patch, loud = *composed(dark).tracks[0].patch;
  CHECK(loud.filter.cutoff_hz > soft.filter.cutoff_hz);
  CHECK(loud.drive > soft.drive);
  CHECK(loud.noise > soft.noise);
}

TEST_CASE("corners make it darker, sharper and faster than round figures") {
  auto circle = shape(ShapeClass::circle, {0.1, 0.1, 0.5, 0.5}),
       triangle = shape(ShapeClass::triangle, {0.1, 0.1, 0.5, 0.5});
  circle.polygon = corners_around({0.35, 0.35}, 0.25, 40);
  triangle.polygon = corners_around({0.35, 0.4}, 0.3, 3);
  const auto round = composed(drawing({circle})), jagged = composed(drawing({triangle}));
  CHECK(round.key.scale == "major_pentatonic");
  CHECK(jagged.key.scale == "phrygian");
  CHECK(jagged.tempo_bpm > round.tempo_bpm);
  CHECK(jagged.tracks[0].patch->filter.resonance > round.tracks[0].patch->filter.resonance);
  CHECK(jagged.tracks[0].patch->envelope.attack_ms < round.tracks[0].patch->envelope.attack_ms);
}

TEST_CASE("how sharp the corners are is heard, not what the figure is called") {
  const auto sound = [](ShapeClass name, std::vector<Point> line) {
    auto figure = shape(name, {});
    figure.polygon = figure.stroke = std::move(line);
    return *composed(drawing({figure})).tracks[0].patch;
  };
  const auto text = [](const Patch& patch) {
    Session session;
    session.tracks.push_back({"lead", "Lead", Role::lead, 1, patch, {}, {}});
    return to_text(to_json(session));
  };
  const auto swing = [](bool sharp) {
    std::vector<Point> line;
    for (int i = 0; i <= 120; ++i) {
      const double wave = std::sin(i / 120.0 * 6 * 3.141592654);
      line.push_back({0.1 + 0.8 * i / 120, 0.5 + 0.05 * (sharp ? std::asin(wave) / 1.570796327 : wave)});
    }
    return line;
  };
  const auto wave = sound(ShapeClass::wave, swing(false)), zigzag = sound(ShapeClass::zigzag, swing(true));
  CHECK(text(sound(ShapeClass::zigzag, swing(false))) == text(wave));
  CHECK(zigzag.filter.resonance > wave.filter.resonance + 0.15);
  REQUIRE(wave.oscillators.size() == 2);
  CHECK(wave.oscillators[1].wave == Wave::saw);
  CHECK(zigzag.oscillators[1].level > wave.oscillators[1].level + 0.15);
  const auto round = corners_around({0.5, 0.5}, 0.3, 40), box = corners_around({0.5, 0.5}, 0.3, 4);
  CHECK(sound(ShapeClass::polygon, round).filter.resonance < 0.25);
  CHECK(sound(ShapeClass::polygon, box).filter.resonance > 0.6);
}

TEST_CASE("two circles side by side are as round as one, a box is less, a line is not") {
  const auto around = [](const Point& at, double reach, int corners) {
    auto figure = shape(ShapeClass::other, {});
    figure.polygon = corners_around(at, reach, corners);
    return figure;
  };
  const auto scale = [](std::vector<Shape> shapes) { return composed(drawing(std::move(shapes))).key.scale; };
  CHECK(scale({around({0.25, 0.5}, 0.15, 30), around({0.75, 0.5}, 0.15, 30)}) == "major_pentatonic");
  CHECK(scale({around({0.5, 0.5}, 0.3, 4)}) == "minor_pentatonic");
  CHECK(scale({shape(ShapeClass::line, {0.1, 0.5, 0.8, 0.01})}) == "phrygian");
}

TEST_CASE("the key is the same however the lines of a figure were told apart") {
  auto whole = shape(ShapeClass::square, {0.2, 0.2, 0.6, 0.6});
  std::vector<Shape> sides;
  for (std::size_t i = 0; i < 4; ++i) {
    sides.push_back(shape(ShapeClass::line, {}));
    sides.back().stroke = {whole.polygon[i], whole.polygon[(i + 1) % 4]};
    sides.back().polygon = sides.back().stroke;
  }
  CHECK(composed(drawing(sides)).key == composed(drawing({whole})).key);
}

TEST_CASE("a line that is all but level sounds the same whichever end is a hair higher") {
  const auto leaning = [](double rise) {
    return composed(drawing({line_from({0.1, 0.5 + rise}, {0.9, 0.5 - rise})}));
  };
  const auto pitches = [](const Session& session) {
    std::vector<int> all;
    for (const Track& track : session.tracks)
      for (const Note& note : track.patterns.front().notes) all.push_back(note.pitch);
    return all;
  };
  const Session level = leaning(0), up = leaning(0.004), down = leaning(-0.004);
  CHECK(pitches(up) == pitches(level));
  CHECK(pitches(down) == pitches(level));
  const auto attack = [](const Session& session) { return session.tracks.front().patch->envelope.attack_ms; };
  CHECK(attack(up) / attack(down) > 0.8);
  CHECK(attack(down) / attack(up) > 0.8);
}

TEST_CASE("lines that were seen in no figure count for the key, too") {
  const auto line = line_from({0.1, 0.5}, {0.9, 0.5});
  auto with_loop = drawing({line});
  with_loop.hulls = {corners_around({0.5, 0.5}, 0.4, 30)};
  CHECK(composed(drawing({line})).key.scale == "phrygian");
  CHECK(composed(with_loop).key.scale == "major_pentatonic");
}

TEST_CASE("a coloured pen gives the key; paper in lamp light does not") {
  auto reading = drawing({shape(ShapeClass::circle, {0.1, 0.1, 0.5, 0.5})});
  const int grey = composed(reading).key.tonic;
  reading.shapes[0].colour = {60, 52, 40};
  reading.photo.saturation = 0.3, reading.photo.hue_degrees = 90;
  CHECK(composed(reading).key.tonic == grey);
  reading.shapes[0].colour = {30, 60, 190};
  CHECK(composed(reading).key.tonic == composing::rulebook().pen_tonics[4]);
  reading.shapes[0].colour = {200, 30, 40};
  CHECK(composed(reading).key.tonic == composing::rulebook().pen_tonics[0]);
  reading.shapes[0].colour = {225, 175, 178};  // a faint line of it
  CHECK(composed(reading).key.tonic == composing::rulebook().pen_tonics[0]);
  reading.shapes[0].colour = {121, 125, 150};  // a ballpoint
  CHECK(composed(reading).key.tonic == grey);
}

TEST_CASE("a step grid's key does not hang on how long its frame is") {
  auto reading = drawing({shape(ShapeClass::rectangle, {0.1, 0.1, 0.8, 0.4})});
  reading.grid = Grid{8, 16, std::vector(8, std::vector(16, 1.0)), {0.1, 0.1, 0.8, 0.4}};
  const auto key = composed(reading).key;
  reading.shapes[0] = shape(ShapeClass::rectangle, {0.1, 0.1, 0.8, 0.2});
  reading.grid->box = {0.1, 0.1, 0.8, 0.2};
  CHECK(composed(reading).key.scale == key.scale);
  CHECK(composed(reading).key.tonic == key.tonic);
}

TEST_CASE("an arrow from a line to a circle lets the line's LFO move the cutoff") {
  const auto session = composed(busy_drawing());
  REQUIRE(session.tracks[0].patch->modulation.size() == 1);
  CHECK(session.tracks[0].patch->modulation[0].source == "lfo_1");
  CHECK(session.tracks[0].patch->modulation[0].destination == Parameter::cutoff);
  CHECK(session.lfos.at(0).samples.size() == 8);
}

TEST_CASE("routes keep their order where arrows of like length change places") {
  auto reading = busy_drawing();
  const Arrow first = reading.arrows[0];
  Arrow second = first;
  std::swap(second.from, second.to);
  reading.arrows = {first, second};
  const auto one = composed(reading).tracks[0].patch->modulation;
  std::swap(reading.arrows[0], reading.arrows[1]);
  const auto other = composed(reading).tracks[0].patch->modulation;
  REQUIRE(one.size() == 2);
  for (const std::size_t i : {0, 1}) {
    CHECK(one[i].source == other[i].source);
    CHECK(one[i].destination == other[i].destination);
  }
}

TEST_CASE("a line whose weight lies early has a short attack") {
  auto early = drawing({line_from({0.1, 0.2}, {0.9, 0.6})}),
       late = drawing({line_from({0.1, 0.6}, {0.9, 0.2})});
  early.curves.push_back({{1, 0.5, 0, -0.3, -0.6, -1}, early.shapes[0].box, 0});
  late.curves.push_back({{-1, -0.6, -0.3, 0, 0.5, 1}, late.shapes[0].box, 0});
  CHECK(composed(early).tracks[0].patch->envelope.attack_ms <
        composed(late).tracks[0].patch->envelope.attack_ms);
  CHECK(composed(early).tracks[0].patch->envelope.release_ms <
        composed(late).tracks[0].patch->envelope.release_ms);
}

TEST_CASE("a line that climbs is a tune that climbs") {
  const auto session = composed(drawing({line_from({0.1, 0.8}, {0.9, 0.2})}));
  const auto& notes = session.tracks[0].patterns[0].notes;
  REQUIRE(notes.size() > 4);
  for (std::size_t i = 1; i < notes.size(); ++i) CHECK(notes[i].pitch >= notes[i - 1].pitch);
  CHECK(notes.back().pitch > notes.front().pitch + 12);
}

TEST_CASE("no more than three steps are struck in a row") {
  const auto session = composed(
      drawing({shape(ShapeClass::line, {0, 0.1, 1, 0.1}), shape(ShapeClass::zigzag, {0, 0.3, 1, 0.2}),
               shape(ShapeClass::wave, {0, 0.6, 1, 0.3})}));
  const auto steps = steps_of(session.tracks[0]);
  for (Tick step = 0; step + 3 < 16; ++step)
    CHECK_FALSE((steps.contains(step) && steps.contains(step + 1) && steps.contains(step + 2) &&
                 steps.contains(step + 3)));
}

TEST_CASE("bass, lead and pad keep to their ranges, and to each other's key") {
  const auto session = composed(busy_drawing());
  for (const auto& track : session.tracks)
    for (const auto& note : track.patterns[0].notes) {
      if (track.role == Role::drums) continue;
      CHECK(in_key(note.pitch, session.key));
      if (track.role == Role::bass) CHECK((note.pitch >= 24 && note.pitch < 62));
      if (track.role == Role::lead) CHECK((note.pitch >= 55 && note.pitch <= 96));
      if (track.role == Role::pad) CHECK((note.pitch >= 40 && note.pitch < 84));
    }
}

TEST_CASE("what lies around another figure holds a chord") {
  const Session session = composed(busy_drawing());
  const Track* pad = track_of(session, Role::pad);
  REQUIRE(pad);
  CHECK(pad->patterns[0].notes.size() >= 3);
  CHECK_FALSE(track_of(composed(drawing({shape(ShapeClass::circle, {0.1, 0.1, 0.5, 0.5})})), Role::pad));
}

TEST_CASE("hatching is hats") {
  const Session session = composed(busy_drawing());
  const Track* hats = track_of(session, Role::drums);
  REQUIRE(hats);
  for (const auto& note : hats->patterns[0].notes) CHECK(note.pitch == 42);
}

TEST_CASE("the lines of a star are no hatching in it") {
  Shape star = shape(ShapeClass::star, {0.3, 0.3, 0.4, 0.4});
  star.fill = 0.3;
  CHECK_FALSE(track_of(composed(drawing({star})), Role::drums));
  star.fill = 0.6;
  CHECK(track_of(composed(drawing({star})), Role::drums));
}

TEST_CASE("a grid of few rows is drums, kick at the bottom, and the bass follows the kick") {
  auto reading = grid_page(4, 16);
  auto& cells = reading.grid->cells;
  cells[0][0] = cells[0][8] = cells[1][4] = cells[2][2] = cells[3][15] = 1;
  const auto session = composed(reading);
  const Track &drums = session.tracks.at(0), &bass = session.tracks.at(1);
  CHECK(drums.role == Role::drums);
  CHECK(steps_of(drums) == std::set<Tick>{0, 2, 4, 8, 15});
  CHECK(drums.patterns[0].notes.front().pitch == 36);
  CHECK(drums.pads.size() == 4);
  CHECK(bass.role == Role::bass);
  CHECK(steps_of(bass) == std::set<Tick>{0, 8});
}

TEST_CASE("a grid of many rows is the notes of the key, the lowest row first") {
  auto reading = grid_page(8, 16);
  auto& cells = reading.grid->cells;
  for (std::size_t i = 0; i < 8; ++i) cells[i][2 * i] = 1;
  const auto session = composed(reading);
  const auto& notes = session.tracks.at(0).patterns[0].notes;
  REQUIRE(notes.size() == 8);
  for (std::size_t i = 1; i < 8; ++i) CHECK(notes[i].pitch > notes[i - 1].pitch);
  CHECK(notes[0].pitch % 12 == session.key.tonic);
}

TEST_CASE("two hands that draw one figure are told apart by what bulges") {
  auto round = shape(ShapeClass::circle, {0.2, 0.2, 0.6, 0.6});
  round.polygon.clear();
  for (int i = 0; i < 48; ++i)
    round.polygon.push_back({0.5 + 0.3 * std::cos(i * 0.1309), 0.5 + 0.3 * std::sin(i * 0.1309)});
  auto bulging = round;
  for (Point& p : bulging.polygon)
    if (p.x < 0.5 && p.y < 0.5) p = {0.5 + 1.1 * (p.x - 0.5), 0.5 + 1.1 * (p.y - 0.5)};
  const auto even = composed(drawing({round})), odd = composed(drawing({bulging}));
  CHECK(odd.tracks[0].patterns[0].notes.size() > even.tracks[0].patterns[0].notes.size());
  const auto &clean = even.tracks[0].patch->oscillators, &rough = odd.tracks[0].patch->oscillators;
  CHECK(std::abs(rough[0].detune_cents) > std::abs(clean[0].detune_cents));
  CHECK(rough.at(1).level > clean.at(1).level);
}

TEST_CASE("wide is slow, narrow and tall is fast") {
  const auto tempo = [](double width, double height) {
    return composed(drawing({shape(ShapeClass::rectangle, {0.05, 0.05, width, height})})).tempo_bpm;
  };
  CHECK(tempo(0.9, 0.3) < 80);
  CHECK(tempo(0.9, 0.9) > tempo(0.9, 0.3));
  CHECK(tempo(0.6, 0.6) > tempo(0.9, 0.6));
  CHECK(tempo(0.3, 0.6) > 125);
}

TEST_CASE("of several figures each has less time, a speck beside one takes none") {
  const auto circle = [](double x, double width) {
    return shape(ShapeClass::circle, {x, 0.3, width, width});
  };
  const auto one = composed(drawing({circle(0.1, 0.8)})).tempo_bpm,
             with_speck = composed(drawing({circle(0.1, 0.8), circle(0.4, 0.01)})).tempo_bpm,
             four = composed(drawing({circle(0.1, 0.19), circle(0.3, 0.19), circle(0.5, 0.19),
                                      circle(0.71, 0.19)}))
                        .tempo_bpm;
  CHECK(four > one + 20);
  CHECK(std::abs(with_speck - one) <= 2);
}

TEST_CASE("a high drawing swells, a flat one is plucked, and the bass goes along") {
  const auto flat = composed(drawing({shape(ShapeClass::rectangle, {0.05, 0.05, 0.9, 0.3})})),
             high = composed(drawing({shape(ShapeClass::rectangle, {0.05, 0.05, 0.9, 0.9})}));
  CHECK(high.tracks[0].patch->envelope.attack_ms > 2 * flat.tracks[0].patch->envelope.attack_ms);
  CHECK(high.tracks[0].patch->envelope.release_ms > flat.tracks[0].patch->envelope.release_ms);
  const Track *flat_bass = track_of(flat, Role::bass), *high_bass = track_of(high, Role::bass);
  REQUIRE(flat_bass);
  REQUIRE(high_bass);
  CHECK(high_bass->patch->envelope.release_ms > flat_bass->patch->envelope.release_ms);
}

TEST_CASE("heavy on the right swings; heavy at the top is bright, and has less of a bass below") {
  const auto wedge = [](std::vector<Point> corners) {
    auto figure = shape(ShapeClass::triangle, {0.2, 0.2, 0.6, 0.6});
    figure.polygon = std::move(corners);
    return composed(drawing({figure}));
  };
  const auto left = wedge({{0.2, 0.2}, {0.8, 0.5}, {0.2, 0.8}}),
             right = wedge({{0.2, 0.5}, {0.8, 0.2}, {0.8, 0.8}}),
             top = wedge({{0.2, 0.2}, {0.8, 0.2}, {0.5, 0.8}}),
             bottom = wedge({{0.5, 0.2}, {0.8, 0.8}, {0.2, 0.8}});
  CHECK(right.swing > left.swing + 5);
  CHECK(top.swing > bottom.swing);
  CHECK(top.tracks[0].patch->filter.cutoff_hz > 1.5 * bottom.tracks[0].patch->filter.cutoff_hz);
  CHECK(track_of(top, Role::bass)->patch->oscillators[1].level + 0.3 <
        track_of(bottom, Role::bass)->patch->oscillators[1].level);
}

TEST_CASE("between the beats the bass walks by how high the drawing is, how round, and where it is taller") {
  const auto box = [](double width, double height) {
    return composed(drawing({shape(ShapeClass::rectangle, {0.05, 0.05, width, height})}));
  };
  CHECK_FALSE(bass_at(box(0.9, 0.3), 14));
  CHECK(bass_at(box(0.9, 0.55), 14) < bass_at(box(0.9, 0.75), 14));
  CHECK(bass_at(box(0.9, 0.75), 14) < bass_at(box(0.9, 0.95), 14));
  CHECK(bass_at(box(0.9, 0.45), 6) < bass_at(box(0.8, 0.8), 6));
  const auto wedge = [](double left, double right) {
    auto figure = shape(ShapeClass::polygon, {0.1, 0.1, 0.8, 0.8});
    figure.polygon = {{0.1, 0.5 - left}, {0.9, 0.5 - right}, {0.9, 0.5 + right}, {0.1, 0.5 + left}};
    return composed(drawing({figure}));
  };
  CHECK_FALSE(bass_at(wedge(0.4, 0.1), 10));
  CHECK(bass_at(wedge(0.1, 0.4), 10) == 12);
}

TEST_CASE("the bass walks in every bar, also below what is not drawn") {
  ComposeOptions options;
  options.bars = 2;
  const auto line = composed(drawing({shape(ShapeClass::square, {0.05, 0.05, 0.1, 0.8}),
                                      shape(ShapeClass::square, {0.85, 0.05, 0.1, 0.8})}),
                             options);
  for (const Tick step : {10, 14, 26, 30}) CHECK(bass_at(line, step));
  CHECK_FALSE(bass_at(line, 16));
}

TEST_CASE("what bulges takes no strike from what is drawn") {
  auto even = shape(ShapeClass::polygon, {0.2, 0.2, 0.6, 0.6});
  even.polygon = corners_around({0.5, 0.5}, 0.3, 48);
  auto odd = even;
  for (Point& p : odd.polygon)
    if (p.x < 0.5 && p.y < 0.5) p = {0.5 + 1.1 * (p.x - 0.5), 0.5 + 1.1 * (p.y - 0.5)};
  CHECK(steps_of(composed(drawing({odd})).tracks[0]) == steps_of(composed(drawing({even})).tracks[0]));
}

TEST_CASE("strokes that shade a figure are silent, and count as shade") {
  auto shaded = drawing({shape(ShapeClass::square, {0.1, 0.1, 0.6, 0.6})}), plain = shaded;
  for (int i = 0; i < 6; ++i) {
    shaded.shapes.push_back(line_from({0.2 + 0.07 * i, 0.2}, {0.21 + 0.07 * i, 0.6}));
    shaded.shapes.back().inside = 0;
  }
  CHECK(composed(shaded).tracks[0].patterns[0].notes == composed(plain).tracks[0].patterns[0].notes);
  CHECK(composed(shaded).tracks[0].patch->drive > composed(plain).tracks[0].patch->drive);
}

TEST_CASE("a hatched square has hats and one sound, however its strokes were told apart") {
  auto merged = drawing({shape(ShapeClass::square, {0.1, 0.1, 0.6, 0.6})});
  merged.shapes[0].fill = 0.4;
  auto apart = merged, area = merged;
  for (int i = 0; i < 3; ++i) {
    apart.shapes.push_back(line_from({0.2 + 0.1 * i, 0.2}, {0.21 + 0.1 * i, 0.6}));
    apart.shapes.back().inside = 0;
  }
  area.shapes.push_back(shape(ShapeClass::hatching, {0.2, 0.2, 0.4, 0.4}));
  area.shapes.back().inside = 0, area.shapes.back().fill = 0.4;
  const auto expected = composed(merged);
  REQUIRE(track_of(expected, Role::drums));
  for (const auto& session : {composed(apart), composed(area)}) {
    REQUIRE(session.tracks.size() == expected.tracks.size());
    for (std::size_t i = 0; i < session.tracks.size(); ++i)
      CHECK(notes_of(session, i) == notes_of(expected, i));
    REQUIRE(session.tracks[0].patch->oscillators.size() == 2);
    CHECK(session.tracks[0].patch->oscillators[0].wave == Wave::square);
    CHECK(session.tracks[0].patch->oscillators[1].wave == Wave::saw);
    CHECK(session.tracks[0].patch->drive == expected.tracks[0].patch->drive);
  }
}

TEST_CASE("a painted figure is dark, and no hats") {
  auto painted = drawing({shape(ShapeClass::circle, {0.1, 0.1, 0.5, 0.5})});
  painted.shapes[0].fill = 0.97;
  const auto session = composed(painted);
  CHECK_FALSE(track_of(session, Role::drums));
  CHECK(session.tracks[0].patch->drive > 0.7);
}

TEST_CASE("of two figures of one size neither wave comes first by a hair") {
  const auto waves = [](double circle, double square) {
    const auto session = composed(drawing({shape(ShapeClass::square, {0.1, 0.1, square, square}),
                                           shape(ShapeClass::circle, {0.55, 0.1, circle, circle})}));
    std::vector<Wave> order;
    for (const auto& oscillator : session.tracks[0].patch->oscillators) order.push_back(oscillator.wave);
    return order;
  };
  CHECK(waves(0.301, 0.3) == waves(0.3, 0.301));
  CHECK(waves(0.35, 0.15) != waves(0.15, 0.35));
}

TEST_CASE("a page that is held turned by three degrees gives the same notes") {
  const auto page =
      drawing({shape(ShapeClass::square, {0.12, 0.21, 0.29, 0.27}), line_from({0.11, 0.9}, {0.91, 0.9}),
               shape(ShapeClass::triangle, {0.61, 0.33, 0.26, 0.31})});
  const auto straight = composed(page);
  for (const double degrees : {-3.0, 3.0}) {
    const auto again = composed(turned(page, degrees));
    REQUIRE(again.tracks.size() == straight.tracks.size());
    for (std::size_t i = 0; i < straight.tracks.size(); ++i)
      CHECK(notes_of(again, i) == notes_of(straight, i));
  }
}

TEST_CASE("what was drawn leaning leans in the music, where no camera turned it") {
  const auto level = composed(drawing({line_from({0.1, 0.5}, {0.9, 0.5})})),
             leaning = composed(drawing({line_from({0.1, 0.54}, {0.9, 0.46})}));
  CHECK(notes_of(level, 0) != notes_of(leaning, 0));
  const auto& notes = leaning.tracks[0].patterns[0].notes;
  CHECK(notes.front().pitch < notes.back().pitch);
}

TEST_CASE("a sheet is read by its own corners, wherever it lies in the picture") {
  auto page = drawing({shape(ShapeClass::square, {0.12, 0.21, 0.29, 0.27}),
                       shape(ShapeClass::circle, {0.47, 0.42, 0.41, 0.39})});
  const auto whole = composed(page);
  page.page = {{0.2, 0.2}, {0.8, 0.2}, {0.8, 0.8}, {0.2, 0.8}};
  for (Shape& part : page.shapes)
    for (Point& p : part.polygon) p = {0.2 + 0.6 * p.x, 0.2 + 0.6 * p.y};
  const auto sheet = composed(page);
  CHECK(notes_of(sheet, 0) == notes_of(whole, 0));
}
