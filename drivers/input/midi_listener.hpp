#pragma once
#include "drivers/input/listener.hpp"
#include "drivers/midi/port_choice.hpp"

namespace doodled {

std::unique_ptr<Listener> listen_to_midi(std::string id, midi::PortWish wish, Received received);

}  // namespace doodled
