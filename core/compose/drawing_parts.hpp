// The parts of a drawing's session, one file a duty. Each adds what it makes together with its evidence.
#pragma once
#include <map>
#include <string>

#include "core/compose/draft.hpp"
#include "core/compose/figures.hpp"

namespace doodled::composing {

// The drawn patch, as track `track` of the session will carry it.
Patch drawn_patch(Draft& draft, const Figures& figures, const std::string& track);

// LFO shapes and the modulation matrix, for the track at `pointer`.
void add_modulation(Draft& draft, const Figures& figures, const std::string& track_id,
                    const std::string& pointer, Patch& patch);

// The lead: the upper edges of the figures as a melody, sixteen steps a bar.
void add_lead_pattern(Draft& draft, const Figures& figures, int bars);
// The bass: the lower edge of the drawing, on the beats.
void add_bass(Draft& draft, const Figures& figures, int bars);
// A held chord for each figure that others lie inside; no track when there is none.
void add_pad(Draft& draft, const Figures& figures, int bars);
// Hatched figures as hats; no track when there is none.
void add_hats(Draft& draft, const Figures& figures, int bars);

// How many bars a drawing lasts when nobody asks: a grid's own, else one.
int default_bars(const Reading& reading);

// Up to four rows are drums; more are pitches.
bool is_drum_grid(const Grid& grid);
void add_drum_grid(Draft& draft, const Grid& grid);
// The root under every mark of the lowest row, on the last track: bass and kick are one.
void add_kick_bass(Draft& draft, const Grid& grid);
// On the first track.
void add_pitch_grid(Draft& draft, const Grid& grid);

// A pattern's place in the arrangement's only section.
void play_in_section(Draft& draft, const Track& track);

}  // namespace doodled::composing
