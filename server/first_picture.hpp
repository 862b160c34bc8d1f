// The picture that a start names: an example for an empty store, or one to read and play.
#pragma once
#include <string>
#include <vector>

#include "server/api/services.hpp"
#include "server/app.hpp"

namespace doodled {

// Puts them into the queue and gives the jobs' ids. A file that can't be read is a warning; the daemon serves
// all the same.
std::vector<std::string> read_first_pictures(api::Services& services, const ServeOptions& options);

// What a job made, for somebody at the console: title, notes, and where the .mid is; or why there is nothing.
// Waits for the job, at most half a minute.
std::string story_of(Store& store, const std::string& job_id, const std::string& address);

}  // namespace doodled
