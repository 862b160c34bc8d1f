// All settings as they hold now, for people and programs that look.
#pragma once
#include "core/base/json.hpp"
#include "server/settings.hpp"

namespace doodled {

// {"items": [{"key", "value", "default", "summary", "minimum", "maximum", "choices"}], "devices": [{"id",
// "driver", "profile", "enabled", "latency_ms", "keys": {...}}], "interpreters": [{"id", "key_from"}]}. Where
// a key comes from is told, never the key.
Json settings_report(const Settings& settings);

}  // namespace doodled
