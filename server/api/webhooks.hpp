// What webhooks say.
#pragma once
#include <string>

#include "core/base/json.hpp"
#include "core/store/store.hpp"

namespace doodled::api {

// The data of a message: the job, session (its head) or play as the API shows it. Null for what is not there.
Json webhook_data(Store& store, const std::string& type, const std::string& subject);

}  // namespace doodled::api
