// What actions do with sessions and plays. Called with what is in hand locked.
#include <nlohmann/json.hpp>

#include "core/actions/actions.hpp"
#include "core/jobs/stored_session.hpp"

namespace doodled {
namespace {

// A seed that nobody named: by the moment, and another one for two presses within it.
std::uint64_t fresh_seed(std::int64_t now, std::uint64_t count) {
  return (static_cast<std::uint64_t>(now) * 1000 + count % 1000) & largest_seed;
}

Error no_neighbour(bool newer) {
  return {"no_neighbour", std::string("there is no ") + (newer ? "newer" : "older") + " session", {}};
}

}  // namespace

Result<void> Actions::play() {
  if (const auto seen = hand_.look(); !seen) return seen;
  if (!hand_.play_id().empty()) return {};
  const bool led = services_.rack.transport().led;  // by others, who expect it on their bar line
  PerformRequest request;
  request.quantise = led ? Quantise::bar : Quantise::none;
  return play_in_hand(std::move(request));
}

Result<void> Actions::join() {
  if (const auto seen = hand_.look(); !seen) return seen;
  if (!hand_.play_id().empty()) return {};
  PerformRequest request;
  request.join = true;
  return play_in_hand(std::move(request));
}

Result<void> Actions::play_in_hand(PerformRequest request) {
  request.session_id = hand_.session_id();
  request.loops = 0;
  const auto play = services_.performer.play(request);
  if (!play) return play.error();
  if (const auto taken = hand_.take(hand_.session_id(), play->id); !taken) return taken;
  return tell(hand_.controls().held());
}

Result<void> Actions::stop_playing() {
  services_.rack.stop_all();
  return {};
}

Result<void> Actions::set_tempo(double tempo_bpm) {
  const double tempo = std::clamp(tempo_bpm, min_tempo_bpm, max_tempo_bpm);
  const auto set = services_.set_tempo ? services_.set_tempo(tempo) : services_.rack.set_tempo(tempo);
  if (!set) return set.error();
  return {};
}

// The first tap alone says nothing yet, and is no mistake.
Result<void> Actions::tap() {
  const auto tempo = taps_.tap(services_.clock.now());
  if (!tempo) return {};
  return set_tempo(*tempo);
}

Result<void> Actions::vary(const ActionCall& call) {
  const auto parent = services_.store.sessions.get(hand_.session_id());
  if (!parent) return parent.error();
  auto wish = variation_wish(Json::object());
  if (!wish) return wish.error();
  wish->seed = call.value ? static_cast<std::uint64_t>(*call.value)
                          : fresh_seed(services_.clock.wall_ms(), ++variations_);
  const auto stored =
      store_variations(services_.store, *parent, *wish, services_.rules, services_.clock.wall_ms());
  if (!stored) return stored.error();
  const auto& record = stored->front().record;
  if (services_.session_created) services_.session_created(record);
  return go_on_with(record);
}

Result<void> Actions::back() {
  const auto now = services_.store.sessions.get(hand_.session_id());
  if (!now) return now.error();
  if (now->parent_id.empty())
    return Error{"no_parent", "the session in hand was not made of another one", {}};
  const auto parent = services_.store.sessions.get(now->parent_id);
  if (!parent) return parent.error();
  return go_on_with(*parent);
}

// What sounds goes on with it at the next bar.
Result<void> Actions::go_on_with(const SessionRecord& record) {
  auto document = Json::parse(record.document);
  auto session = session_from_json(document);
  if (!session) return session.error();
  if (!hand_.play_id().empty()) {
    const Accepted next{*session, std::move(document), Json::object()};
    const auto swapped = services_.performer.swap(hand_.play_id(), next, Quantise::bar);
    if (!swapped && swapped.error().code != "unknown_play") return swapped;
  }
  hand_.become(record.id, *session);
  return {};
}

Result<void> Actions::keep() {
  const auto changed = services_.store.sessions.change(hand_.session_id(), {.starred = true});
  if (!changed) return changed.error();
  if (services_.session_changed) services_.session_changed(*changed);
  return {};
}

Result<void> Actions::neighbour(bool newer) {
  std::string before;  // the one listed before: newer
  PageRequest page_request{.limit = 500, .cursor = {}};
  bool found = false;
  do {
    const auto page = services_.store.sessions.list({}, page_request);
    if (!page) return page.error();
    for (const auto& head : page->items) {
      if (found) return take(head.id);
      found = head.id == hand_.session_id();
      if (found && newer) return before.empty() ? Result<void>(no_neighbour(newer)) : take(before);
      before = head.id;
    }
    page_request.cursor = page->next_cursor;
  } while (!page_request.cursor.empty());
  return no_neighbour(newer);
}

Result<void> Actions::pick(const ActionCall& call) {
  if (!call.text.empty()) return take(call.text);
  std::vector<std::string> kept;  // newest first
  SessionFilter filter;
  filter.starred = true;
  PageRequest page_request{.limit = 500, .cursor = {}};
  do {
    const auto page = services_.store.sessions.list(filter, page_request);
    if (!page) return page.error();
    for (const auto& head : page->items) kept.push_back(head.id);
    page_request.cursor = page->next_cursor;
  } while (!page_request.cursor.empty());
  if (*call.value >= static_cast<double>(kept.size()))
    return Error{"unknown_session",
                 "there are only " + std::to_string(kept.size()) + " sessions with a star",
                 {{"/value", "is beyond the last session with a star"}}};
  return take(kept[kept.size() - 1 - static_cast<std::size_t>(*call.value)]);
}

Result<void> Actions::take(const std::string& session_id) {
  const bool plays = !services_.rack.sounding().empty();
  if (const auto taken = hand_.take(session_id, hand_.play_id()); !taken) return taken;
  if (!plays) return {};
  PerformRequest request;
  request.quantise = Quantise::bar;
  return play_in_hand(std::move(request));
}

}  // namespace doodled
