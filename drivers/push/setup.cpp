// From Ableton's Push 2 interface manual and from what owners measured on a Push 3; `verified` marks what
// stands in the manual. Nothing was tried on a unit.
#include "drivers/push/setup.hpp"

#include <array>

namespace doodled::push {
namespace {

constexpr std::array<SetupStep, 8> steps{{
    {"Where the sound goes",
     "Notes that a Push gets over USB light its pads; they make no sound. `virtual` names a port of ours "
     "that Live takes as a MIDI input, `port` another one, and `sound = \"external\"` is the external port "
     "of a Push 3.",
     true},
    {"Live's input",
     "In Live, Preferences > Link, Tempo & MIDI: switch Track on for the port. Then choose it as MIDI From "
     "of a track, with Monitor In, and for expression switch the input to MPE.",
     false},
    {"The right to use the display",
     "A udev rule gives it: SUBSYSTEM==\"usb\", ATTR{idVendor}==\"2982\", MODE=\"0660\", GROUP=\"plugdev\". "
     "Plug the Push in again afterwards. Without it the pads work and the display stays dark.",
     true},
    {"Live beside it",
     "Live holds the display and the Live port. The pads are taken over in User mode: press User on the Push "
     "to give them back. Quit Live, or set `display = false`, where it should keep the display.",
     true},
    {"Power", "On USB power alone a Push 2 keeps its lights and display dim; plug in its power supply.",
     true},
    {"Push 3 standalone",
     "Whether a standalone Push 3 shows its MIDI ports to a computer is not known. Switch it to control "
     "mode, or reach Live on it by network with the Max for Live device.",
     false},
    {"Pressure", "`aftertouch` is what held pads send: channel, poly, or on a Push 3 mpe.", false},
    {"Which Push", "With a Push 2 and a Push 3 on one machine, `model` says which is meant.", true},
}};

}  // namespace

std::span<const SetupStep> setup_steps() { return steps; }

}  // namespace doodled::push
