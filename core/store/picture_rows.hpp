// What has a picture, and how it is removed for good.
#pragma once
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/store/blobs.hpp"
#include "core/store/connection.hpp"
#include "core/store/database.hpp"

namespace doodled::store {

// Visible sessions ("session_id") and open jobs ("job_id") that need it, the first few.
std::vector<Problem> picture_users(Connection& connection, const std::string& image_id);

// Marks it, removes the strokes that it was drawn with and appends a "forget" row with `data` (JSON) to the
// chain. False: it is gone already.
bool mark_picture_forgotten(Connection& connection, const std::string& image_id, const std::string& data,
                            std::int64_t at);

// Only after the commit of the mark, and only if nobody has brought the picture again since: a crash in
// between leaves the file to Images::sweep_forgotten.
void remove_forgotten_file(Database& database, Blobs& blobs, const std::string& image_id);

}  // namespace doodled::store
