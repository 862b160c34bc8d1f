// Open lines: straight, bent, waving, jagged, stepped or wound up.
#pragma once
#include "core/reader/see/outline.hpp"
#include "core/reader/see/path.hpp"

namespace doodled::sight {

struct LineMeasures {
  double length = 0;
  double chord = 0;           // between the ends
  double bow = 0;             // largest distance from the chord, over the chord
  double signed_turn = 0;     // degrees, sum of turns of the smoothed line
  double total_turn = 0;      // degrees, sum of their sizes
  int bends = 0;              // changes of the turning side that last (30 degrees on each side)
  int swings = 0;             // those with 60 degrees on each side
  int ripples = 0;            // turns back of its distance from the chord, each by more than the pen
  int corners = 0;            // vertices of the simplified line that turn by more than 35 degrees
  double sharpness = 0;       // share of the turning that happens close to the corners, 0..1
  int alternations = 0;       // neighbouring corners that turn to opposite sides
  double square_corners = 0;  // share of corners that turn by 60..120 degrees
  double monotone_x = 0, monotone_y = 0;  // |net way| over way, of each axis
  double winding = 0;                     // turns around the middle of the line, in whole circles
  double rounds = 0;                      // the same around the place that it winds around most
  double extent = 0;                      // diagonal of the box
};

// `pen` is the width of the stroke: a corner is no rounder than a few of them.
LineMeasures measure_line(const Path& line, double pen);
Verdict classify_line(const LineMeasures& measures, double pen);

}  // namespace doodled::sight
