// The settings file as it may leave the box, in an archive: everything that is set, but no secret.
#pragma once
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace doodled {

// The same settings as TOML, without comments, in which anything may stand. Of a webhook's address only the
// place stays, as its path and query may be known to the receiver alone; keys and secrets are no settings,
// only where they are kept. Error: invalid_settings.
Result<std::string> portable_settings(std::string_view toml);

}  // namespace doodled
