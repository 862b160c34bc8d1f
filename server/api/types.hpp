// The API's JSON for what the store and the rack hold. Names and shapes are kept from version 1 on.
#pragma once
#include <nlohmann/json.hpp>

#include "core/play/device_rack.hpp"
#include "core/play/play.hpp"
#include "core/store/record_json.hpp"
#include "core/store/store.hpp"
#include "core/sync/sync.hpp"
#include "core/upkeep/upkeep.hpp"

namespace doodled::api {

Json text_or_null(const std::string& text);

Json session_head_json(const SessionHead& session);
// With report and document.
Json session_json(const SessionRecord& session);
// `live` is the rack's word on a play that is going on, if it is.
Json play_json(const PlayRecord& play, const doodled::PlayState* live = nullptr);
Json play_event_json(const PlayEvent& event);
Json device_json(const DeviceState& device);
// What a profile sends: [{parameter, unit, minimum, maximum, message, range, source}]
Json routes_json(const DeviceProfile& profile);
// {added, changed, removed, kept}: lists of ids
Json reloaded_json(const ReloadedDevices& devices);
Json transport_json(const TransportState& transport, const SyncState& sync);
Json to_json(const UpkeepState& state);

// {"items": [...], "next_cursor": "..." or null}
template <class T, class ToJson>
Json page_json(const Page<T>& page, ToJson to_json) {
  Json items = Json::array();
  for (const auto& item : page.items) items.push_back(to_json(item));
  return {{"items", std::move(items)},
          {"next_cursor", page.next_cursor.empty() ? Json() : Json(page.next_cursor)}};
}

}  // namespace doodled::api
