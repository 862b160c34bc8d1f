// The parts of a running daemon. Included by the app_*.cpp only: app.cpp builds and stops them,
// app_devices.cpp has what plays and what hands do, app_telling.cpp what each tells the others over the bus.
#pragma once
#include <atomic>
#include <mutex>

#include "core/interpret/net/curl_transport.hpp"
#include "core/live/room.hpp"
#include "core/perform/resumer.hpp"
#include "core/store/directory_lock.hpp"
#include "core/webhooks/webhooks.hpp"
#include "server/api/services.hpp"
#include "server/app.hpp"
#include "server/configured_interpreters.hpp"
#include "server/console_key.hpp"
#include "server/gate/gate.hpp"
#include "server/http/event_feed.hpp"
#include "server/http/server.hpp"
#include "server/inputs.hpp"
#include "server/remote_interpreters.hpp"
#include "server/stage.hpp"

namespace doodled {

// Members are in the order they are built; the last one goes first.
struct App::Parts {
  Parts(const Settings& settings, DirectoryLock held);
  // Whoever answers late must find everything in place.
  ~Parts();

  live::Services live_services(const RuleOptions& rules);
  UpkeepOptions keeping(const Settings& settings);
  Upkeep::Hooks upkeep_hooks();
  RackListener rack_listener();
  SyncHooks sync_hooks();
  Result<void> open_inputs(const Settings& settings);
  ActionServices action_services(const RuleOptions& rules);
  void find_interpreters(const Settings& settings);
  Result<void> make_rack(const Settings& settings);
  void do_input(const std::string& device, const DeviceInput& input);
  void set_stage();
  void use_profiles(ProfileShelf loaded);
  std::shared_ptr<const ProfileShelf> profiles() const;
  Result<ReloadedDevices> reload();
  void renew_certificate(const Settings& settings);
  void resume_plays();
  void open_webhooks(const Settings& settings);
  void job_changed(const Job& job);
  void play_when_done(const Job& job);
  api::ProviderKeyCalls provider_keys();
  Result<void> listen(const Settings& settings, std::optional<int> listening_socket);

  SystemClock clock;
  DirectoryLock lock;
  Store store;
  TraceLog traces{store.database, clock};
  TokenRecords token_records{store.database};
  Tokens tokens;
  Pairing pairing;
  ConsoleKey console_key;
  Bus bus;
  http::EventFeed feed;
  Bus::Subscription to_feed;
  Metrics metrics;
  ReaderClient reader;
  Audition audition;
  ReaderClient live_reader;
  Interpreters interpreters;
  std::unique_ptr<CurlTransport> network;
  RemoteInterpreters remote;
  ConfiguredInterpreters configured;
  Pipeline pipeline;
  Performer performer;
  std::unique_ptr<DeviceRack> rack;
  std::unique_ptr<Resumer> resumer;
  std::unique_ptr<Actions> actions;
  std::atomic<Actions*> hands{nullptr};   // the same, once devices may ask for something
  std::atomic<Hands*> controls{nullptr};  // takes what has no meaning of its own
  std::unique_ptr<Stage> stage;
  Bus::Subscription to_stage;
  WebhookOutbox outbox{store.database};
  bool has_webhooks = false;  // constant once the rack is there, which has news until after they are gone
  std::unique_ptr<Webhooks> webhooks;
  Bus::Subscription to_webhooks;
  std::unique_ptr<Sync> sync;
  std::atomic<Sync*> known_sync{nullptr};  // the same, once others may ask
  std::unique_ptr<Inputs> inputs;
  std::unique_ptr<Workers> workers;
  std::unique_ptr<live::Room> live;
  std::unique_ptr<Upkeep> upkeep;
  std::unique_ptr<api::Services> services;
  std::unique_ptr<AccessGate> gate;
  std::unique_ptr<http::HttpServer> server;
  std::vector<std::string> first_jobs;
  std::function<Result<Settings>()> load_settings;
  mutable std::mutex shelf_mutex;
  std::shared_ptr<const ProfileShelf> shelf;
};

}  // namespace doodled
