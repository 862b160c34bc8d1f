#include "core/perform/performer.hpp"

#include <nlohmann/json.hpp>

#include "core/base/ids.hpp"
#include "core/base/log.hpp"
#include "core/play/arrange.hpp"

namespace doodled {
namespace {

PlayPhase phase_of(PlayStatus status) {
  return status == PlayStatus::finished ? PlayPhase::ended : PlayPhase::stopped;
}

PlayEvent event_of(const SentPacket& packet) {
  const auto sent = std::chrono::duration_cast<std::chrono::microseconds>(packet.due + packet.lateness);
  return {0,
          static_cast<int>(packet.loop),
          packet.tick,
          std::string(packet.device_id),
          sent.count(),
          {packet.bytes.begin(), packet.bytes.end()}};
}

std::vector<std::string> enabled_devices(const DeviceRack& rack) {
  std::vector<std::string> ids;
  for (const auto& device : rack.devices())
    if (device.enabled) ids.push_back(device.id);
  return ids;
}

Result<std::shared_ptr<const Timeline>> timeline_of(const std::string& document) {
  const auto session = session_from_json(Json::parse(document));
  if (!session) return session.error();
  return std::make_shared<const Timeline>(arrange(*session));
}

Error invalid(std::string pointer, std::string message) {
  return {"invalid_play", "the play can't be started", {{std::move(pointer), std::move(message)}}};
}

}  // namespace

Result<PerformRequest> perform_request(const Json& json, Quantise quantise) {
  PerformRequest request;
  request.quantise = quantise;
  if (!json.is_object()) return invalid("", "is not an object");
  for (const auto& [key, value] : json.items()) {
    if (key == "devices") {
      const bool texts =
          value.is_array() && std::ranges::all_of(value, [](const Json& id) { return id.is_string(); });
      if (!texts) return invalid("/devices", "is not a list of device ids");
      request.devices = value.get<std::vector<std::string>>();
    } else if (key == "loops") {
      if (!value.is_number_integer() || value.get<std::int64_t>() < 0 || value.get<std::int64_t>() > 100000)
        return invalid("/loops", "is not a whole number from 0 to 100000");
      request.loops = value.get<int>();
    } else if (key == "loop") {
      if (!value.is_boolean()) return invalid("/loop", "is not true or false");
      if (value.get<bool>()) request.loops = 0;
    } else if (key == "quantise") {
      const auto named = value.is_string() ? quantise_from(value.get<std::string>()) : std::nullopt;
      if (!named) return invalid("/quantise", "is none of none, step, beat, bar");
      request.quantise = *named;
    } else if (key == "position") {
      if (!value.is_number_integer() || value.get<std::int64_t>() < 0 ||
          value.get<std::int64_t>() > INT32_MAX)
        return invalid("/position", "is not a whole number of ticks from 0 up");
      request.position = value.get<std::int64_t>();
    } else if (key == "evolve") {
      auto wish = evolve_wish(value);
      if (!wish) return wish.error();
      request.evolve = std::move(*wish);
      if (!json.contains("loops")) request.loops = 0;
    } else {
      return invalid("/" + key,
                     "is no field of a play; there are devices, loops, loop, quantise, position, evolve");
    }
  }
  return request;
}

Performer::Performer(Store& store, const Clock& clock, RuleOptions rules)
    : store_(store),
      clock_(clock),
      rules_(std::move(rules)),
      evolver_([this](const std::string& play_id, const Accepted& form,
                      Tick at) { return hand_form(play_id, form, at); },
               rules_) {}

Result<PlayRecord> Performer::start(PlayRecord record, PlayRequest request, Documents documents) {
  if (request.devices.empty()) request.devices = enabled_devices(*rack_);
  record.devices = to_text(Json(request.devices));
  record.loops = request.loops;
  record.quantise = to_string(request.quantise);
  record.state = request.quantise == Quantise::none ? PlayPhase::playing : PlayPhase::waiting;
  record.started_at = clock_.wall_ms();
  if (record.id.empty()) record.id = new_id(clock_.wall_ms());
  request.id = record.id;
  {
    const std::lock_guard lock(documents_mutex_);
    if (!documents.empty()) documents_[record.id] = std::move(documents);
  }
  auto begun = begin(record, std::move(request));
  if (!begun) forget_documents(record.id);
  return begun;
}

void Performer::forget_documents(const std::string& play_id) {
  const std::lock_guard lock(documents_mutex_);
  documents_.erase(play_id);
}

Result<PlayRecord> Performer::begin(const PlayRecord& record, PlayRequest request) {
  const std::lock_guard lock(beginning_);
  if (const auto started = rack_->play(std::move(request)); !started) return started.error();
  try {
    auto stored = store_.plays.start(record);
    if (!stored) rack_->stop(record.id);
    return stored;
  } catch (const StoreUnavailable& failure) {
    log::warning("player", "it plays, but can't be written down now",
                 {{"play", record.id}, {"reason", failure.what()}});
    unwritten_[record.id] = record;
    return record;
  }
}

Result<PlayRecord> Performer::record(const std::string& play_id) {
  const std::lock_guard lock(beginning_);
  if (const auto found = unwritten_.find(play_id); found != unwritten_.end()) return found->second;
  return store_.plays.get(play_id);
}

Result<PlayRecord> Performer::play(const PerformRequest& request) {
  const auto session = store_.sessions.get(request.session_id);
  if (!session) return session.error();
  const auto music = session_from_json(Json::parse(session->document));
  if (!music) return music.error();
  if (request.evolve) return play_evolving(request, *session, *music, *request.evolve);
  const bool from_the_start = request.position == 0 && !request.join;  // its loops are where forms can begin
  if (request.loops != 1 && from_the_start && varies_by_loop(*music))
    return play_evolving(request, *session, *music, redraw_wish(*music));
  PlayRecord record;
  record.session_id = request.session_id;
  record.job_id = request.job_id;
  PlayRequest play{.id = {},
                   .timeline = std::make_shared<const Timeline>(arrange(*music)),
                   .devices = request.devices,
                   .loops = request.loops,
                   .quantise = request.quantise,
                   .session_number = static_cast<std::int32_t>(session->position)};
  play.position = request.position;
  play.join = request.join;
  return start(std::move(record), std::move(play), {});
}

// Form 1 is made before anything sounds, so that it is there when its bar line comes.
Result<PlayRecord> Performer::play_evolving(const PerformRequest& request, const SessionRecord& stored,
                                            const Session& session, EvolveWish wish) {
  wish.variation.parent_id = stored.id;
  auto form = next_form(session, session, wish, 1, rules_);
  if (!form) return form.error();
  PlayRecord record;
  record.id = new_id(clock_.wall_ms());
  record.session_id = request.session_id;
  record.job_id = request.job_id;
  if (!wish.redraw) record.evolve = to_text(to_json(wish));
  PlayRequest play{
      {},
      std::make_shared<const Timeline>(arrange(session)),
      request.devices,
      request.loops,
      request.quantise,
      static_cast<std::int32_t>(stored.position),
      std::nullopt,
      {{place_of_form(session, wish, 1), std::make_shared<const Timeline>(arrange(form->session))}}};
  evolver_.begin(record.id, session, wish, std::move(form->session));
  const std::string id = record.id;
  auto started = start(std::move(record), std::move(play), {{2, to_text(form->document)}});
  if (!started) evolver_.ended(id);
  return started;
}

Result<PlayRecord> Performer::replay(const std::string& play_id, const PerformRequest& request) {
  const auto play = store_.plays.get(play_id);
  if (!play) return play.error();
  const auto versions = store_.plays.versions(play_id, true);
  if (!versions) return versions.error();
  const auto session = store_.sessions.get(play->session_id);
  if (!session) return session.error();
  const auto timeline = timeline_of(session->document);
  if (!timeline) return timeline.error();
  PlayRequest again{{},
                    *timeline,
                    request.devices,
                    play->loops,
                    request.quantise,
                    static_cast<std::int32_t>(session->position),
                    std::nullopt,
                    {}};
  Documents documents;
  for (const auto& version : *versions) {
    const auto next = timeline_of(version.document);
    if (!next) return next.error();
    again.splices.push_back({version.tick, *next});
    documents[static_cast<std::uint32_t>(again.splices.size()) + 1] = version.document;
  }
  PlayRecord record;
  record.session_id = play->session_id;
  record.replay_of = play_id;
  return start(std::move(record), std::move(again), std::move(documents));
}

std::optional<double> Performer::tempo_of(const std::string& play_id) const {
  const auto play = rack_->play_state(play_id);
  if (!play || is_over(play->status)) return std::nullopt;
  return rack_->transport().tempo_bpm;
}

Result<void> Performer::swap(const std::string& play_id, const Accepted& session, Quantise boundary) {
  auto timeline = std::make_shared<const Timeline>(arrange(session.session));
  const std::lock_guard lock(documents_mutex_);
  const auto swapped = rack_->swap(play_id, std::move(timeline), boundary);
  if (!swapped) return swapped.error();
  documents_[play_id][swapped->version] = to_text(session.document);
  return {};
}

Result<PlayRecord> Performer::stop(const std::string& play_id) {
  if (auto known = record(play_id); !known) return known;
  rack_->stop(play_id);
  return record(play_id);
}

Result<std::uint32_t> Performer::hand_form(const std::string& play_id, const Accepted& form, Tick at) {
  auto timeline = std::make_shared<const Timeline>(arrange(form.session));
  const std::lock_guard lock(documents_mutex_);
  const auto swapped = rack_->swap_at(play_id, std::move(timeline), at);
  if (!swapped) return swapped.error();
  documents_[play_id][swapped->version] = to_text(form.document);
  return swapped->version;
}

void Performer::write(std::span<const SentPacket> packets) {
  const std::lock_guard lock(beginning_);
  std::map<std::string, std::vector<PlayEvent>> by_play;
  for (const auto& packet : packets) {
    auto& events = by_play[std::string(packet.play_id)];
    events.push_back(event_of(packet));
    events.back().seq = ++logged_[std::string(packet.play_id)];
  }
  for (auto& [play, events] : by_play)
    if (const auto logged = store_.plays.log(play, events); !logged && logged.error().code != "unknown_play")
      log::warning("player", logged.error().message, {{"play", play}});
}

// Those before it were replaced before their boundary.
void Performer::spliced(std::string_view play_id, std::uint32_t version, Tick at) {
  const std::string id(play_id);
  std::string document;
  {
    const std::lock_guard lock(documents_mutex_);
    auto& documents = documents_[id];
    document = std::move(documents[version]);
    documents.erase(documents.begin(), documents.upper_bound(version));
  }
  evolver_.moved_on(id, version, at);
  const std::lock_guard lock(beginning_);
  const auto kept = store_.plays.add_version(id, {static_cast<int>(version), at, std::move(document)});
  if (!kept) log::warning("player", kept.error().message, {{"play", id}});
}

void Performer::finished(const doodled::PlayState& play, std::uint64_t missed) {
  evolver_.ended(play.id);
  if (missed > 0)
    log::warning("player", "packets were sent that the log had no room for",
                 {{"play", play.id}, {"packets", std::to_string(missed)}});
  logged_.erase(play.id);
  forget_documents(play.id);
  const std::lock_guard lock(beginning_);
  if (auto late = unwritten_.extract(play.id))
    if (const auto written = store_.plays.start(late.mapped()); !written)
      log::warning("player", "a play is not written down",
                   {{"play", play.id}, {"reason", written.error().message}});
  store_.plays.end(play.id, phase_of(play.status), clock_.wall_ms());
}

}  // namespace doodled
