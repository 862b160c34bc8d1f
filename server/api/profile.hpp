// The device that a request is about: ?profile=mpc, and how it names notes.
#pragma once
#include <nlohmann/json.hpp>

#include "server/api/services.hpp"
#include "server/http/message.hpp"

namespace doodled::api {

// Null where none is named. Error: 'bad_query'.
inline Result<std::shared_ptr<const DeviceProfile>> profile_asked_for(const Services& services,
                                                                      const http::Request& request) {
  const auto name = request.query_value("profile");
  if (!name) return std::shared_ptr<const DeviceProfile>();
  const auto shelf = services.profiles();
  const auto found = shelf->entries.find(std::string(*name));
  if (found != shelf->entries.end())
    return std::shared_ptr<const DeviceProfile>(shelf, &found->second.profile);
  return Error{"bad_query", "the query can't be used", {{"profile", "there is no such profile"}}};
}

// The profile's, else the setting's. Error: 'bad_query'.
inline Result<MiddleC> middle_c_asked_for(const Services& services, const http::Request& request) {
  const auto profile = profile_asked_for(services, request);
  if (!profile) return profile.error();
  return *profile ? (*profile)->middle_c : services.middle_c;
}

}  // namespace doodled::api
