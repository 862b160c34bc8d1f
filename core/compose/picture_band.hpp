// A picture as the score of a whole band: an arrangement, or the pads and tracks of an MPC.
#pragma once
#include "core/compose/brief.hpp"
#include "core/compose/draft.hpp"
#include "core/compose/prompt.hpp"

namespace doodled::composing {

// What the picture asks of a band. The draft's session already has key, tempo and meter.
Brief brief_from_picture(const Draft& draft);

// How much there is to see between two verticals of the picture, 0..1: cells and focal points of a
// photograph, figures of a drawing.
double energy_between(const Reading& reading, double left, double right);

// Replaces the draft's session, which shows the picture by itself, by sections that follow the picture from
// left to right. Its lead, and drums where the picture has some, go on as parts of the band.
void arrange_picture(Draft& draft, const Wish& wish);

// The same as one pattern a part: a drum program whose pads are read from the rows of the picture, plugin
// tracks, and four Q-Links.
void picture_for_mpc(Draft& draft, const Wish& wish);

// Parts of it, in mpc_tracks.cpp. The drum track plays Euclidean rhythms, as many strikes as the rows of the
// nine cells have energy.
void add_picture_drums(Draft& draft, int bars);
void add_q_links(Draft& draft);

}  // namespace doodled::composing
