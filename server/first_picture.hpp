// The picture that a start names: an example for an empty store, or one to read and play.
#pragma once
#include "server/api/services.hpp"
#include "server/app.hpp"

namespace doodled {

// Puts them into the queue. A file that can't be read is a warning; the daemon serves all the same.
void read_first_pictures(api::Services& services, const ServeOptions& options);

}  // namespace doodled
