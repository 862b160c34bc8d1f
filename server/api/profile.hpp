// The device that a request is about: ?profile=mpc, and how it names notes.
#pragma once
#include <nlohmann/json.hpp>

#include "server/api/services.hpp"
#include "server/http/message.hpp"

namespace doodled::api {

// Null where none is named. Error: 'bad_query'.
inline Result<const DeviceProfile*> profile_asked_for(const Services& services,
                                                      const http::Request& request) {
  const auto name = request.query_value("profile");
  if (!name) return static_cast<const DeviceProfile*>(nullptr);
  const auto profile = services.profiles.find(std::string(*name));
  if (profile != services.profiles.end()) return &profile->second;
  return Error{"bad_query", "the query can't be used", {{"profile", "there is no such profile"}}};
}

// The profile's, else the setting's. Error: 'bad_query'.
inline Result<MiddleC> middle_c_asked_for(const Services& services, const http::Request& request) {
  const auto profile = profile_asked_for(services, request);
  if (!profile) return profile.error();
  return *profile ? (*profile)->middle_c : services.middle_c;
}

}  // namespace doodled::api
