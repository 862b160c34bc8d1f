// What the settings say, in the words of the parts that App builds; and what of them can only be judged when
// the parts are there.
#pragma once
#include <set>
#include <string>

#include "core/interpret/interpreters.hpp"
#include "core/upkeep/upkeep.hpp"
#include "server/gate/gate.hpp"
#include "server/http/server.hpp"
#include "server/settings.hpp"

namespace doodled {

// Those of the settings, or of a certificate of our own, made where it is missing; of that browsers are never
// told to insist on https, since they could not be made to trust it again. Code: invalid_settings.
Result<http::TlsFiles> tls_files(const Settings& settings, std::int64_t wall_ms);
// Who needs no pairing. Code: invalid_settings.
Result<Networks> trusted_networks(const Settings& settings);
// Code: invalid_settings.
Result<http::ServerOptions> server_options(const Settings& settings, const Networks& trusted,
                                           std::int64_t wall_ms);
GateRules gate_rules(const Settings& settings, Networks trusted, const std::string& console_key);
UpkeepOptions upkeep_options(const Settings& settings);
// A process of its own, so that no upload makes a stroke wait; warm for as long as a musician thinks, and not
// replaced in the middle of a drawing.
ReaderSettings live_reader_settings(ReaderSettings settings);
// A picture of the largest size, and the form around it.
std::size_t upload_limit(const Settings& settings);
std::set<std::string> configured_ids(const Settings& settings);

// A chain in the settings that could never be asked would fail every job; it is said at once instead. What
// Ollama offers is not known yet. Code: invalid_settings.
Result<void> check_interpreters(const Settings& settings, const Interpreters& known);
Result<void> check_rules(const Settings& settings);

}  // namespace doodled
