// What a rack refuses to play, with the field at fault.
#pragma once
#include <optional>

#include "core/play/ledger.hpp"
#include "core/play/play.hpp"

namespace doodled {

std::optional<Error> check_timeline(const Timeline* timeline);
// Everything but the devices.
std::optional<Error> check_request(const PlayRequest& request);
std::optional<Error> check_tempo(double tempo_bpm);

}  // namespace doodled
