// Actions over a store, a performer and a rack with a silent device.
#pragma once
#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/actions/actions.hpp"
#include "core/jobs/stored_session.hpp"

namespace doodled {
extern const DriverPlugin null_plugin;  // drivers/null
}

namespace doodled::fakes {

struct TemporaryFolder {
  std::filesystem::path path;
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "doodled-actions-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path); }
};

// Everything real but the device, which is the null driver.
struct ActionRig {
  TemporaryFolder folder;
  SystemClock clock;
  Store store{folder.path};
  Performer performer{store, clock};
  std::unique_ptr<DeviceRack> rack;
  std::vector<std::string> created, changed;
  std::unique_ptr<Actions> actions;

  ActionRig() {
    static const std::array<const DriverPlugin*, 1> drivers{&null_plugin};
    RackConfig config;
    DeviceSettings device;
    device.id = "silent";
    device.driver = "null";
    config.devices = {device};
    config.drivers = drivers;
    config.log = &performer;
    config.realtime = false;
    rack = std::move(*DeviceRack::make(std::move(config)));
    performer.use(*rack);
    actions =
        std::make_unique<Actions>(ActionServices{store,
                                                 performer,
                                                 *rack,
                                                 clock,
                                                 {},
                                                 [this](const SessionHead& s) { created.push_back(s.id); },
                                                 [this](const SessionHead& s) { changed.push_back(s.id); },
                                                 {}});
  }
  ~ActionRig() {
    actions->stop();
    performer.stop_evolving();
    rack.reset();
  }

  std::string add(double tempo) {
    const Json document = {{"tempo", tempo},
                           {"midi_sequence",
                            {{{"note", 60}, {"velocity", 100}, {"step", 0}, {"active", true}},
                             {{"note", 64}, {"velocity", 90}, {"step", 4}, {"active", true}}}}};
    const auto accepted = accept_document(document);
    REQUIRE_MESSAGE(accepted.has_value(), (accepted ? "" : accepted.error().message));
    return store.sessions.append(stored_session(*accepted, clock.wall_ms()))->id;
  }
  std::string code(std::string_view action, const ActionCall& call = {}) {
    const auto done = actions->perform(action, call);
    return done ? "" : done.error().code;
  }
};

}  // namespace doodled::fakes
