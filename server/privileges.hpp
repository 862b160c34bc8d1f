// A daemon that root started by hand goes on as somebody else. Under systemd and in a container it is
// nobody's root to begin with.
#pragma once
#include <optional>

#include "server/settings.hpp"

namespace doodled {

// Whether a daemon that root starts stays root: server.user names nobody else.
bool stays_root(const Settings& settings);

// For good: the user of server.user with its groups, and nothing that is started may ever have more
// (PR_SET_NO_NEW_PRIVS). Only while there is one thread, before the data directory is locked. What needs root
// is done before: leave for real-time threads; the data directory, where it is missing; the port, where it is
// below 1024 and nobody has opened it for us. Returns the socket to listen on: `inherited`, or that one, or
// none. Who stays who they are against the setting, or root without it, is warned of in the log. Codes:
// invalid_settings (server.user, store.data_dir), cannot_listen.
Result<std::optional<int>> drop_privileges(const Settings& settings, std::optional<int> inherited);

}  // namespace doodled
