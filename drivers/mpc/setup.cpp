// From Akai's guides for MPC standalone (MIDI/Sync preferences, MIDI Learn) and what owners report;
// `verified` marks what stands in a guide. Nothing was tried on a unit.
#include "drivers/mpc/setup.hpp"

#include <array>

namespace doodled::mpc {
namespace {

constexpr std::array<SetupStep, 12> steps{{
    {"USB-C Data Role (One G2, Key 37 G2)",
     "Preferences > USB Type-C Data Role: choose the role in which this machine sees the MPC's MIDI port, "
     "and look with `doodled devices`. The One+ has no such setting.",
     false},
    {"No port in standalone mode",
     "Some first-generation units show no USB-MIDI port while standalone. Then use a class-compliant "
     "USB-MIDI interface and a cable into the MPC's MIDI In, and set `port` to the interface's name.",
     false},
    {"MIDI port enabled",
     "Preferences > MIDI/Sync > Input Ports: the port that doodled plays to is listed there. Enable MIDI "
     "Ports When Discovered makes new ones active at once.",
     true},
    {"Track",
     "Tick Track for that input port, so that a track can take it as its MIDI input; then set the track's "
     "MIDI input to the port, its channel to the session's, and its monitor to In or Merge.",
     true},
    {"Global",
     "Tick Global only to play whatever track is current. With Track and Global both, notes may sound twice.",
     true},
    {"Control",
     "Tick Control for MIDI Learn to hear controllers from this port. It is needed while teaching.", true},
    {"Receive clock",
     "Preferences > MIDI/Sync > Receive: MIDI Clock to follow doodled, Ableton Link for Link, or Off. Audio "
     "recording is disabled while MIDI Clock is received.",
     true},
    {"Filter All Notes Off CC", "Leave it off, so that panic silences everything.", false},
    {"Program Change",
     "The preference decides whether a program change selects a sequence or a track. doodled sends none "
     "unless the profile has `programs`.",
     false},
    {"Pad layout",
     "A drum program has its own pad map: new ones since MPC 2.11 chromatic from C1, older kits and factory "
     "content the classic one. Set `pad_map` to chromatic_c1, classic, chromatic_c_minus_2 or custom to "
     "match.",
     true},
    {"Note names", "The MPC calls MIDI note 60 C3.", true},
    {"MIDI Learn",
     "An MPC has no fixed controllers. Run `doodled teach mpc`: it moves one controller at a time, slowly; "
     "touch the control on the MPC and press Learn while it moves. Bindings are kept in the project: save it "
     "as a template.",
     true},
}};

}  // namespace

std::span<const SetupStep> setup_steps() { return steps; }

}  // namespace doodled::mpc
