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

}  // namespace

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
  if (traces_ != nullptr && !record.job_id.empty()) firsts_[record.id].job_id = record.job_id;
  if (record.resume) resumable_.insert(record.id);
  try {
    auto stored = store_.plays.start(record);
    if (!stored) rack_->stop(record.id);
    return stored;
  } catch (const StoreUnavailable& failure) {
    log::warning("player", "it plays, but can't be written down now",
                 {{"play", record.id}, {"reason", failure.what()}});
    unwritten_.begun(record);
    return record;
  }
}

Result<PlayRecord> Performer::record(const std::string& play_id) {
  const std::lock_guard lock(beginning_);
  if (const auto unwritten = unwritten_.find(play_id)) return *unwritten;
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
  record.resume = request.resume.value_or(resume_by_default_);
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
  record.resume = request.resume.value_or(resume_by_default_);
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

void Performer::stop_evolving() {
  ending_.store(true);
  evolver_.stop();
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
  unwritten_.write(store_.plays);
  std::map<std::string, std::vector<PlayEvent>> by_play;
  for (const auto& packet : packets) {
    auto& events = by_play[std::string(packet.play_id)];
    events.push_back(event_of(packet));
    events.back().seq = ++logged_[std::string(packet.play_id)];
    if (!firsts_.empty()) trace_firsts(packet);
  }
  for (auto& [play, events] : by_play)
    if (const auto logged = store_.plays.log(play, events); !logged && logged.error().code != "unknown_play")
      log::warning("player", logged.error().message, {{"play", play}});
}

// From when it was due to when it left.
void Performer::trace_firsts(const SentPacket& packet) {
  const auto wanted = firsts_.find(std::string(packet.play_id));
  if (wanted == firsts_.end()) return;
  const auto milliseconds = [](std::chrono::nanoseconds time) {
    return static_cast<double>(time.count()) / 1e6;
  };
  const auto tell = [&](const char* name) {
    const Json facts{{"play_id", packet.play_id},
                     {"device", packet.device_id},
                     {"due_ms", milliseconds(packet.due)},
                     {"late_ms", milliseconds(packet.lateness)}};
    const auto due = packet.origin + packet.due;
    traces_->add(wanted->second.job_id, {name, due, due + packet.lateness, to_text(facts)});
  };
  const std::string device(packet.device_id);
  if (wanted->second.packets.insert(device).second) tell("first packet");
  if (packet.note && wanted->second.notes.insert(device).second) tell("first note");
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
  firsts_.erase(play.id);
  const bool goes_on = resumable_.erase(play.id) > 0 && ending_.load() && play.status == PlayStatus::stopped;
  unwritten_.over(play.id, goes_on ? PlayPhase::interrupted : phase_of(play.status), clock_.wall_ms());
  unwritten_.write(store_.plays);
}

}  // namespace doodled
