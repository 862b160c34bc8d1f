#include "server/app.hpp"

#include <mutex>
#include <set>

#include <nlohmann/json.hpp>

#include "core/actions/input_action.hpp"
#include "core/base/log.hpp"
#include "core/interpret/builtin.hpp"
#include "core/interpret/net/curl_transport.hpp"
#include "core/live/room.hpp"
#include "core/store/directory_lock.hpp"
#include "drivers/registry.hpp"
#include "server/api/live.hpp"
#include "server/api/routes.hpp"
#include "server/api/types.hpp"
#include "server/api/upload.hpp"
#include "server/bundled_profiles.hpp"
#include "server/first_picture.hpp"
#include "server/http/event_feed.hpp"
#include "server/http/server.hpp"
#include "server/inputs.hpp"
#include "server/ollama_scout.hpp"
#include "server/remote_interpreters.hpp"
#include "server/settings_report.hpp"
#include "server/stage.hpp"
#include "server/version.hpp"

namespace doodled {
namespace {

const std::vector<std::string> topics = {"jobs",    "sessions", "plays", "transport",
                                         "devices", "actions",  "upkeep"};

SeePicture see_with(ReaderClient& reader) {
  return [&reader](Bytes image, const std::string& kind_wanted, std::stop_token stop) -> Result<Reading> {
    auto picture = reader.read(image, see_options(kind_wanted), 0, stop);
    if (!picture) return picture.error();
    return std::move(picture->reading);
  };
}

// A process of its own, so that no upload makes a stroke wait; warm for as long as a musician thinks, and not
// replaced in the middle of a drawing.
ReaderSettings live_reader_settings(ReaderSettings settings) {
  settings.processes = 1;
  settings.idle = std::max<std::chrono::seconds>(settings.idle, std::chrono::minutes(10));
  settings.keep_pictures = 100'000;
  return settings;
}

// A picture of the largest size, and the form around it.
std::size_t upload_limit(const Settings& settings) {
  return static_cast<std::size_t>(settings.reader.max_bytes) + (std::size_t{1} << 20);
}

Result<http::ServerOptions> server_options(const Settings& settings) {
  const auto& from = settings.server;
  const auto listen = parse_listen(from.listen);
  if (!listen) return listen.error();
  http::ServerOptions options;
  options.address = listen->address;
  options.port = listen->port;
  options.max_body = static_cast<std::size_t>(from.max_body_bytes);
  options.max_connections = from.max_connections;
  options.header_timeout = from.header_timeout;
  options.body_timeout = from.body_timeout;
  options.idle_timeout = from.idle_timeout;
  options.allowed_hosts = from.allowed_hosts;
  options.allowed_origins = from.allowed_origins;
  options.log_requests = settings.log.requests;
  return options;
}

// What the store can't do now is no fault of the request: it says so, with 503 or 507.
std::optional<http::Response> explain(const std::exception& failure) {
  const auto* unavailable = dynamic_cast<const StoreUnavailable*>(&failure);
  if (!unavailable) return std::nullopt;
  log::error("store", unavailable->what(), {{"code", unavailable->code()}});
  return http::problem_response(Error{unavailable->code(), unavailable->what()});
}

// A chain in the settings that could never be asked would fail every job; it is said at once instead. What
// Ollama offers is not known yet.
Result<void> check_interpreters(const Settings& settings, const Interpreters& known) {
  for (const auto& id : settings.jobs.interpreters)
    if (!known.find(id) && !(settings.interpret.find_ollama && id.starts_with("ollama")))
      return Error{"invalid_settings",
                   "the settings cannot be used",
                   {{"jobs.interpreters", "there is no interpreter \"" + id + "\""}}};
  return {};
}

Result<void> check_rules(const Settings& settings) {
  for (const auto& name : settings.rules.off) {
    const Rule* rule = find_rule(name);
    if (!rule || !rule->taste)
      return Error{"invalid_settings",
                   "the settings cannot be used",
                   {{"rules.off", "there is no rule of taste \"" + name + "\""}}};
  }
  return {};
}

UpkeepOptions upkeep_options(const Settings& settings) {
  const auto& from = settings.upkeep;
  UpkeepOptions options;
  options.folder = from.backup_folder.empty() ? settings.store.data_dir / "backups" : from.backup_folder;
  options.backup_hours = from.backup_hours;
  options.backup_keep = from.backup_keep;
  options.check_at_start = from.check_at_start;
  options.retention = {from.keep_days, from.keep_picture_bytes};
  options.program = version;
  return options;
}

std::set<std::string> configured_ids(const Settings& settings) {
  std::set<std::string> ids;
  for (const auto& interpreter : settings.interpreters) ids.insert(interpreter.id);
  return ids;
}

}  // namespace

// Members are in the order they are built; the last one goes first.
struct App::Parts {
  Parts(const Settings& settings, DirectoryLock held)
      : lock(std::move(held)),
        store(settings.store.data_dir),
        bus(clock),
        feed({topics, 1024}),
        to_feed(bus.subscribe([this](const Event& event) {
          feed.publish({event.seq, event.topic, *event.message});
        })),
        reader(settings.reader, clock),
        audition(settings.audition, settings.store.data_dir / "audition"),
        read_ahead(see_with(reader), static_cast<std::size_t>(settings.reader.processes), clock),
        live_reader(live_reader_settings(settings.reader), clock),
        network(std::make_unique<CurlTransport>(clock)),
        remote(interpreters, *network, clock, store, reader, metrics, settings.interpret.daily_budget),
        pipeline{store, interpreters, clock, rule_options(settings)},
        performer(store, clock, rule_options(settings)) {}
  // Whoever answers late must find everything in place.
  ~Parts() {
    workers.reset();
    network.reset();
    to_stage.end();
    stage.reset();
    if (inputs) inputs->close();
    if (sync) (void)sync->use("internal");  // leaves a Link session
    if (actions) actions->stop();
    performer.stop_evolving();
    rack.reset();
  }

  live::Services live_services(const RuleOptions& rules);
  Upkeep::Hooks upkeep_hooks();
  RackListener rack_listener();
  SyncHooks sync_hooks();
  Result<void> open_inputs(const Settings& settings);
  ActionServices action_services(const RuleOptions& rules);
  void find_interpreters(const Settings& settings);
  Result<void> make_rack(const Settings& settings);
  void do_input(const std::string& device, const DeviceInput& input);
  void set_stage();
  void use_profiles(const Settings& settings);
  std::shared_ptr<const ProfileShelf> profiles() const;
  Result<ReloadedDevices> reload();
  void job_changed(const Job& job);
  void play_when_done(const Job& job);
  Result<void> listen(const Settings& settings, std::optional<int> listening_socket);

  SystemClock clock;
  DirectoryLock lock;
  Store store;
  Bus bus;
  http::EventFeed feed;
  Bus::Subscription to_feed;
  Metrics metrics;
  ReaderClient reader;
  Audition audition;
  ReadAhead read_ahead;
  ReaderClient live_reader;
  Interpreters interpreters;
  std::unique_ptr<CurlTransport> network;
  RemoteInterpreters remote;
  Pipeline pipeline;
  Performer performer;
  std::unique_ptr<DeviceRack> rack;
  std::unique_ptr<Actions> actions;
  std::atomic<Actions*> hands{nullptr};   // the same, once devices may ask for something
  std::atomic<Hands*> controls{nullptr};  // takes what has no meaning of its own
  std::unique_ptr<Stage> stage;
  Bus::Subscription to_stage;
  std::unique_ptr<Sync> sync;
  std::atomic<Sync*> known_sync{nullptr};  // the same, once others may ask
  std::unique_ptr<Inputs> inputs;
  std::unique_ptr<Workers> workers;
  std::unique_ptr<live::Room> live;
  std::unique_ptr<Upkeep> upkeep;
  std::unique_ptr<api::Services> services;
  std::unique_ptr<http::HttpServer> server;
  std::vector<std::string> first_jobs;
  std::function<Result<Settings>()> load_settings;
  mutable std::mutex shelf_mutex;
  std::shared_ptr<const ProfileShelf> shelf;
};

live::Services App::Parts::live_services(const RuleOptions& rules) {
  return {store,
          performer,
          live_reader,
          clock,
          rules,
          [this](const SessionHead& session) {
            bus.publish("sessions", "session.created", api::session_head_json(session));
          },
          [this](const std::string& id) {
            bus.publish("sessions", "session.removed",
                        {{"id", id}, {"hidden", true}, {"picture_removed", false}});
          }};
}

ActionServices App::Parts::action_services(const RuleOptions& rules) {
  const auto tell = [this](const char* type) {
    return [this, type](const SessionHead& session) {
      bus.publish("sessions", type, api::session_head_json(session));
    };
  };
  return {store,
          performer,
          *rack,
          clock,
          rules,
          tell("session.created"),
          tell("session.changed"),
          [this](const MacroState& macro) { bus.publish("actions", "macro.changed", to_json(macro)); },
          [this](double tempo_bpm) { return sync->set_tempo(tempo_bpm); }};
}

SyncHooks App::Parts::sync_hooks() {
  return {[this](bool joins) { actions->post(joins ? "join" : "play"); },
          [this](const SyncState& state) {
            bus.publish("transport", "transport.changed", api::transport_json(rack->transport(), state));
          }};
}

// The actions come before the inputs that use them, and set the tempo through the sync that they start.
Result<void> App::Parts::open_inputs(const Settings& settings) {
  std::vector<std::string> midi;
  for (const auto& input : settings.inputs)
    if (input.kind == "midi") midi.push_back(input.id);
  sync = std::make_unique<Sync>(*rack, clock, std::move(midi), sync_hooks());
  known_sync.store(sync.get());
  actions = std::make_unique<Actions>(action_services(rule_options(settings)));
  auto opened = Inputs::open(settings, *actions, *sync, bus, clock);
  if (!opened) return opened.error();
  inputs = std::move(*opened);
  return sync->use(settings.transport.sync);
}

Upkeep::Hooks App::Parts::upkeep_hooks() {
  return {
      [this](const std::string& id) {
        bus.publish("sessions", "session.removed", {{"id", id}, {"hidden", true}, {"picture_removed", true}});
      },
      [this](const UpkeepState& state) { bus.publish("upkeep", "upkeep.changed", api::to_json(state)); }};
}

RackListener App::Parts::rack_listener() {
  return {
      [this](const DeviceState& device) {
        bus.publish("devices", "device.changed", api::device_json(device));
      },
      [this](const PlayState& play) {
        const auto stored = performer.record(play.id);
        if (stored) bus.publish("plays", "play.changed", api::play_json(*stored, &play));
      },
      [this](const TransportState& state) {
        const Sync* leading = known_sync.load();
        bus.publish("transport", "transport.changed",
                    api::transport_json(state, leading != nullptr ? leading->state() : SyncState{}));
      },
  };
}

void App::Parts::find_interpreters(const Settings& settings) {
  const auto environment = process_environment();
  interpreters.add(std::make_shared<BuiltinInterpreter>(see_with(reader), &read_ahead));
  for (auto& one : configured_interpreters(settings, environment)) remote.add(std::move(one));
  if (settings.interpret.find_ollama)
    std::make_shared<OllamaScout>(remote, *network, ollama_address(environment), configured_ids(settings))
        ->start();
}

Result<void> App::Parts::make_rack(const Settings& settings) {
  RackConfig config;
  config.devices = settings.devices;
  use_profiles(settings);
  config.profiles = profiles()->profiles();
  config.drivers = all_drivers();
  config.listener = rack_listener();
  config.heard = [this](const std::string& device, const DeviceInput& input) { do_input(device, input); };
  config.log = &performer;
  config.clock = &clock;
  config.realtime = settings.play.realtime;
  auto made = DeviceRack::make(std::move(config));
  if (!made) return made.error();
  rack = std::move(*made);
  performer.use(*rack);
  rack->set_tempo(settings.transport.tempo);
  if (auto opened = open_inputs(settings); !opened) return opened.error();
  hands.store(actions.get());
  controls.store(&inputs->hands());
  set_stage();
  return {};
}

// On a device's thread: what takes its time goes to the actions' own.
void App::Parts::do_input(const std::string& device, const DeviceInput& input) {
  if (auto* bound = controls.load(); bound != nullptr && input.kind == DeviceInput::Kind::message)
    return bound->heard_midi(device, {input.bytes.data(), std::min<std::size_t>(input.size, 3)});
  auto* acting = hands.load();
  if (acting == nullptr) return;
  const auto action = action_of(input, [&](int number) { return acting->macro(number).value; });
  if (action) acting->post(action->name, action->call);
}

void App::Parts::set_stage() {
  stage = std::make_unique<Stage>(store, *rack, *actions, reader);
  to_stage = bus.subscribe([this](const Event& event) {
    if (event.topic == "sessions") stage->sessions_changed();
    if (event.topic == "plays" || event.topic == "actions") stage->changed();
  });
}

void App::Parts::use_profiles(const Settings& settings) {
  auto loaded = std::make_shared<const ProfileShelf>(all_profiles(settings.profiles.folder));
  const std::lock_guard guard(shelf_mutex);
  shelf = std::move(loaded);
}

std::shared_ptr<const ProfileShelf> App::Parts::profiles() const {
  const std::lock_guard guard(shelf_mutex);
  return shelf;
}

Result<ReloadedDevices> App::Parts::reload() {
  if (!load_settings) return Error{"not_implemented", "the settings can't be read again", {}};
  const auto settings = load_settings();
  if (!settings) return settings.error();
  auto loaded = all_profiles(settings->profiles.folder);
  auto report = rack->reconfigure(settings->devices, loaded.profiles());
  if (!report) return report;
  {
    const std::lock_guard guard(shelf_mutex);
    shelf = std::make_shared<const ProfileShelf>(std::move(loaded));
  }
  const auto told = api::reloaded_json(*report);
  log::info("play", "devices reloaded", {{"devices", to_text(told)}});
  bus.publish("devices", "devices.reloaded", told);
  return report;
}

void App::Parts::job_changed(const Job& job) {
  bus.publish("jobs", "job.changed", to_json(job));
  if (!is_final(job.state)) return;
  metrics.count_job(job.state);
  log::info("jobs", "job ended",
            {{"job", job.id}, {"state", std::string(to_string(job.state))}, {"error", job.error}});
  for (const auto& id : job.session_ids)
    if (const auto session = store.sessions.get(id))
      bus.publish("sessions", "session.created", api::session_head_json(*session));
  if (job.state == JobState::done) play_when_done(job);
}

void App::Parts::play_when_done(const Job& job) {
  if (job.play.empty() || job.session_ids.empty() || !job.play_ids.empty()) return;
  auto request = perform_request(Json::parse(job.play), services->default_quantise);
  if (!request) return log::warning("player", request.error().message, {{"job", job.id}});
  request->session_id = job.session_ids.front();
  request->job_id = job.id;
  const auto play = performer.play(*request);
  if (!play)
    log::warning("player", play.error().message, {{"job", job.id}});
  else if (const auto after = store.jobs.get(job.id))
    bus.publish("jobs", "job.changed", to_json(*after));
}

Result<void> App::Parts::listen(const Settings& settings, std::optional<int> listening_socket) {
  auto options = server_options(settings);
  if (!options) return options.error();
  options->listening_socket = listening_socket;
  upkeep = std::make_unique<Upkeep>(store, clock, upkeep_options(settings), upkeep_hooks());
  services.reset(new api::Services{store,
                                   *workers,
                                   performer,
                                   *upkeep,
                                   *rack,
                                   *actions,
                                   *sync,
                                   inputs->hands(),
                                   reader,
                                   read_ahead,
                                   audition,
                                   bus,
                                   metrics,
                                   interpreters,
                                   clock,
                                   settings.jobs.interpreters,
                                   upload_limit(settings),
                                   *quantise_from(settings.transport.quantise),
                                   rule_options(settings),
                                   settings.actions.by_get,
                                   [this] { return inputs->states(); },
                                   [this] { return profiles(); },
                                   [this] { return reload(); },
                                   all_drivers(),
                                   middle_c_of(settings),
                                   settings_report(settings).dump(),
                                   clock.wall_ms()});
  live = std::make_unique<live::Room>(live_services(rule_options(settings)));
  http::ServerHooks hooks;
  hooks.explain = explain;
  hooks.finished = [this](const http::RequestReport& report) {
    metrics.count_request(report.status, std::chrono::duration<double>(report.duration).count());
  };
  server = std::make_unique<http::HttpServer>(
      std::move(*options), api::make_router(*services),
      std::vector{feed.route("/api/v1/events"), api::LiveSocket(*live, clock).route("/api/v1/live")}, clock,
      std::move(hooks));
  return server->start();
}

Result<std::unique_ptr<App>> App::start(const Settings& settings, const ServeOptions& options) {
  auto lock = DirectoryLock::acquire(settings.store.data_dir);
  if (!lock) return lock.error();
  auto parts = std::make_unique<Parts>(settings, std::move(*lock));
  parts->find_interpreters(settings);
  if (auto known = check_interpreters(settings, parts->interpreters); !known) return known.error();
  if (auto known = check_rules(settings); !known) return known.error();
  parts->store.images.sweep_forgotten();
  parts->store.plays.interrupt_open(parts->clock.wall_ms());
  if (auto made = parts->make_rack(settings); !made) return made.error();
  parts->load_settings = options.load_settings;
  auto* inside = parts.get();
  parts->workers =
      std::make_unique<Workers>(parts->pipeline, WorkersLimits{settings.jobs.workers},
                                WorkersHooks{[inside](const Job& job) { inside->job_changed(job); }});
  if (auto listening = parts->listen(settings, options.listening_socket); !listening)
    return listening.error();
  parts->first_jobs = read_first_pictures(*parts->services, options);
  return std::unique_ptr<App>(new App(std::move(parts)));
}

App::App(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

App::~App() {
  parts_->audition.stop();
  parts_->server->stop();
  parts_->live.reset();
  parts_->upkeep.reset();
  parts_->workers.reset();
}

Result<ReloadedDevices> App::reload() { return parts_->reload(); }

std::string App::address() const { return parts_->server->address(); }

bool App::answers(std::chrono::microseconds within) const { return parts_->server->answers(within); }

std::string App::first_stories() const {
  std::string stories;
  for (const auto& job : parts_->first_jobs) stories += story_of(parts_->store, job, address());
  return stories;
}

SeeOptions see_options(const std::string& kind_wanted) {
  SeeOptions options;
  if (kind_wanted == "photo") options.mode = SeeMode::photo;
  if (kind_wanted == "drawing") options.mode = SeeMode::drawing;
  return options;
}

}  // namespace doodled
