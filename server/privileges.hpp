// A daemon that root started by hand goes on as somebody else. Under systemd and in a container it is
// nobody's root to begin with.
#pragma once
#include <optional>

#include "server/settings.hpp"

namespace doodled {

// For good: the user of server.user with its groups, and nothing that is started may ever have more
// (PR_SET_NO_NEW_PRIVS). Only while there is one thread, before the data directory is locked. What needs root
// is done before: the port, where it is below 1024, whose listening socket is returned; leave for real-time
// threads; the data directory, where it is missing. Where nothing can or need be given up, a warning may be
// written. Codes: invalid_settings (server.user, store.data_dir), cannot_listen.
Result<std::optional<int>> drop_privileges(const Settings& settings);

}  // namespace doodled
