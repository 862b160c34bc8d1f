#include "server/app.hpp"

#include <nlohmann/json.hpp>

#include "core/base/log.hpp"
#include "core/interpret/builtin.hpp"
#include "drivers/registry.hpp"
#include "server/api/live.hpp"
#include "server/api/routes.hpp"
#include "server/api/types.hpp"
#include "server/api/upload.hpp"
#include "server/app_options.hpp"
#include "server/app_parts.hpp"
#include "server/box_files.hpp"
#include "server/first_picture.hpp"
#include "server/ollama_scout.hpp"
#include "server/settings_report.hpp"

namespace doodled {
namespace {

const std::vector<std::string> topics = {"jobs",    "sessions", "plays",  "transport",
                                         "devices", "actions",  "upkeep", "access"};

Seen seen_by(ReadPicture picture, const Clock& clock) {
  const auto seen = clock.now();
  const auto decoded = seen - picture.seeing;
  return {std::move(picture.reading),
          {{"decode", decoded - picture.decoding, decoded}, {"see", decoded, seen}}};
}

SeePicture see_with(ReaderClient& reader, const Clock& clock) {
  return [&reader, &clock](Bytes image, const std::string& kind_wanted,
                           std::stop_token stop) -> Result<Begun<Seen>> {
    auto begun = reader.begin_read(image, see_options(kind_wanted), 0, stop);
    if (!begun) return begun.error();
    return Begun<Seen>{std::move(begun->info), [&clock, rest = std::move(begun->rest)]() -> Result<Seen> {
                         auto picture = rest();
                         if (!picture) return picture.error();
                         return seen_by(std::move(*picture), clock);
                       }};
  };
}

std::size_t most_ahead(const Settings& settings) {
  return static_cast<std::size_t>(settings.reader.processes);
}

// What the store can't do now is no fault of the request: it says so, with 503 or 507.
std::optional<http::Response> explain(const std::exception& failure) {
  const auto* unavailable = dynamic_cast<const StoreUnavailable*>(&failure);
  if (!unavailable) return std::nullopt;
  log::error("store", unavailable->what(), {{"code", unavailable->code()}});
  return http::problem_response(Error{unavailable->code(), unavailable->what()});
}

}  // namespace

App::Parts::Parts(const Settings& settings, DirectoryLock held)
    : lock(std::move(held)),
      store(settings.store.data_dir),
      tokens(token_records, clock),
      pairing(tokens, clock),
      console_key(settings.store.data_dir),
      bus(clock),
      feed({topics, 1024}),
      to_feed(bus.subscribe([this](const Event& event) {
        feed.publish({event.seq, event.topic, event.message});
      })),
      reader(settings.reader, clock),
      audition(settings.audition, settings.store.data_dir / "audition"),
      live_reader(live_reader_settings(settings.reader), clock),
      network(std::make_unique<CurlTransport>(clock)),
      remote(interpreters, *network, clock, store, reader, most_ahead(settings), metrics,
             settings.interpret.daily_budget),
      configured(settings, process_environment()),
      pipeline{store, interpreters, clock, rule_options(settings), &traces},
      performer(store, clock, rule_options(settings)) {
  performer.trace_to(traces);
  performer.resume_by_default(settings.play.resume == "always");
}

App::Parts::~Parts() {
  resumer.reset();
  workers.reset();
  to_webhooks.end();
  webhooks.reset();
  network.reset();
  to_stage.end();
  stage.reset();
  if (inputs) inputs->close();
  if (sync) (void)sync->use("internal");  // leaves a Link session
  if (actions) actions->stop();
  performer.stop_evolving();
  rack.reset();
}

void App::Parts::find_interpreters(const Settings& settings) {
  const auto environment = process_environment();
  interpreters.add(std::make_shared<BuiltinInterpreter>(
      see_with(reader, clock), clock, most_ahead(settings),
      [this](std::string_view outcome, Nanoseconds time) {
        metrics.count_ask(
            {"builtin", outcome, std::chrono::duration_cast<std::chrono::milliseconds>(time), 0, 0, 0});
      }));
  for (auto& one : configured.all()) remote.add(std::move(one));
  if (settings.interpret.find_ollama)
    std::make_shared<OllamaScout>(remote, *network, ollama_address(environment), configured_ids(settings))
        ->start();
}

void App::Parts::play_when_done(const Job& job) {
  if (job.play.empty() || job.session_ids.empty() || !job.play_ids.empty()) return;
  auto request = perform_request(Json::parse(job.play), services->default_quantise);
  if (!request) return log::warning("player", request.error().message, {{"job", job.id}});
  request->session_id = job.session_ids.front();
  request->job_id = job.id;
  const auto begun = clock.now();
  const auto play = performer.play(*request);
  if (!play) return log::warning("player", play.error().message, {{"job", job.id}});
  traces.add(job.id, {"play", begun, clock.now(),
                      to_text(Json{{"play_id", play->id},
                                   {"session_id", play->session_id},
                                   {"devices", Json::parse(play->devices)}})});
  if (const auto after = store.jobs.get(job.id)) bus.publish("jobs", "job.changed", to_json(*after));
}

// A backup takes the files as they are then; where they can't be read, it goes by what was read last.
UpkeepOptions App::Parts::keeping(const Settings& settings) {
  auto options = upkeep_options(settings);
  options.companions = [this, settings] {
    const auto now = load_settings ? load_settings() : Result<Settings>(settings);
    return box_files(now ? *now : settings);
  };
  return options;
}

// An interpreter with another key is another interpreter; who asks the old one keeps it until it has
// answered.
api::ProviderKeyCalls App::Parts::provider_keys() {
  return {[this](const std::string& id) { return configured.key_from(id); },
          [this](const std::string& id, const std::optional<std::string>& key) {
            return configured.change_key(id, key, [this](RemoteSettings now) { remote.add(std::move(now)); });
          }};
}

Result<void> App::Parts::listen(const Settings& settings, std::optional<int> listening_socket) {
  auto trusted = trusted_networks(settings);
  if (!trusted) return trusted.error();
  auto options = server_options(settings, *trusted, clock.wall_ms());
  if (!options) return options.error();
  gate = std::make_unique<AccessGate>(gate_rules(settings, std::move(*trusted), console_key.secret()), tokens,
                                      clock);
  options->listening_socket = listening_socket;
  upkeep = std::make_unique<Upkeep>(store, clock, keeping(settings), upkeep_hooks());
  services.reset(new api::Services{store,
                                   tokens,
                                   pairing,
                                   traces,
                                   *workers,
                                   performer,
                                   *upkeep,
                                   *rack,
                                   *actions,
                                   *sync,
                                   inputs->hands(),
                                   reader,
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
                                   clock.wall_ms(),
                                   std::chrono::minutes(settings.access.code_minutes),
                                   settings.access.url,
                                   [this] { return server->address(); },
                                   settings.tls.enabled,
                                   [this](const std::string& token) { server->end_client(token); },
                                   webhooks.get(),
                                   provider_keys()});
  live = std::make_unique<live::Room>(live_services(rule_options(settings)));
  http::ServerHooks hooks;
  hooks.gate = [this](http::Request& request, const http::Destination& to) {
    return gate->refuse(request, to);
  };
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
  parts->open_webhooks(settings);
  parts->store.plays.interrupt_open(parts->clock.wall_ms());
  if (auto made = parts->make_rack(settings); !made) return made.error();
  parts->resume_plays();
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

std::string App::url() const { return (parts_->services->tls ? "https://" : "http://") + address(); }

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
