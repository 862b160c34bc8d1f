#include "core/store/plays.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "core/base/ids.hpp"
#include "core/store/connection.hpp"

namespace doodled {

using store::Connection;
using store::NullIfEmpty;
using store::Query;

namespace {

constexpr std::array<std::string_view, 6> phase_names{"waiting", "playing", "ended",
                                                      "stopped", "failed",  "interrupted"};

const std::string play_columns =
    "SELECT id, session_id, job_id, devices, state, loops, quantise, started_at, ended_at, error,"
    " (SELECT count(*) FROM play_events WHERE play = plays.position), evolve, replay_of, position,"
    " resume, resumed_from FROM plays ";

struct PlayRow {
  PlayRecord play;
  std::int64_t position;
};

PlayRow play_row_from(Query& row) {
  return {{row.text(0), row.text(1), row.text(2), row.text(3), play_phase_from(row.text(4)).value(),
           row.small(5), row.text(6), row.integer(7), row.maybe_integer(8), row.text(9), row.integer(10),
           row.text(11), row.text(12), row.flag(14), row.text(15)},
          row.integer(13)};
}

Result<PlayRow> find_play(Connection& connection, const std::string& id) {
  Query query(connection, play_columns + "WHERE id = ?", id);
  if (!query.step()) return Error{"unknown_play", "there is no such play", {{"play_id", id}}};
  return play_row_from(query);
}

std::optional<Error> first_unknown(Connection& connection, const PlayRecord& play) {
  if (!Query(connection, "SELECT 1 FROM sessions WHERE id = ?", play.session_id).step())
    return Error{"unknown_session", "there is no such session", {{"session_id", play.session_id}}};
  if (!play.job_id.empty() && !Query(connection, "SELECT 1 FROM jobs WHERE id = ?", play.job_id).step())
    return Error{"unknown_job", "there is no such job", {{"job_id", play.job_id}}};
  if (!play.replay_of.empty())
    if (const auto replayed = find_play(connection, play.replay_of); !replayed) return replayed.error();
  return std::nullopt;
}

void insert_play(Connection& connection, const std::string& id, const PlayRecord& p) {
  Query(connection,
        "INSERT INTO plays (id, session_id, job_id, devices, state, loops, quantise, started_at, error,"
        " evolve, replay_of, resume, resumed_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id, p.session_id, NullIfEmpty{p.job_id}, p.devices, to_string(p.state), p.loops, p.quantise,
        p.started_at, p.error, p.evolve, NullIfEmpty{p.replay_of}, p.resume, NullIfEmpty{p.resumed_from})
      .run();
}

void close_play(Connection& connection, std::int64_t position, PlayPhase state, std::int64_t at,
                const std::string& error) {
  Query(connection,
        "UPDATE plays SET state = ?, ended_at = ?, error = ? WHERE position = ? AND ended_at IS NULL",
        to_string(state), at, error, position)
      .run();
}

}  // namespace

std::string_view to_string(PlayPhase state) { return phase_names[static_cast<std::size_t>(state)]; }

std::optional<PlayPhase> play_phase_from(std::string_view name) {
  const auto found = std::ranges::find(phase_names, name);
  if (found == phase_names.end()) return std::nullopt;
  return static_cast<PlayPhase>(found - phase_names.begin());
}

Result<PlayRecord> Plays::start(const PlayRecord& play) {
  return database_.write([&](Connection& connection) -> Result<PlayRecord> {
    if (const auto unknown = first_unknown(connection, play)) return *unknown;
    const std::string id = play.id.empty() ? new_id(play.started_at) : play.id;
    insert_play(connection, id, play);
    return find_play(connection, id).value().play;
  });
}

Result<void> Plays::set_state(const std::string& id, PlayPhase state) {
  return database_.write([&](Connection& connection) -> Result<void> {
    const auto row = find_play(connection, id);
    if (!row) return row.error();
    Query(connection, "UPDATE plays SET state = ? WHERE position = ? AND ended_at IS NULL", to_string(state),
          row->position)
        .run();
    return {};
  });
}

Result<PlayRecord> Plays::end(const std::string& id, PlayPhase state, std::int64_t at,
                              const std::string& error) {
  return database_.write([&](Connection& connection) -> Result<PlayRecord> {
    const auto row = find_play(connection, id);
    if (!row) return row.error();
    close_play(connection, row->position, state, at, error);
    return find_play(connection, id).value().play;
  });
}

Result<void> Plays::log(const std::string& id, std::span<const PlayEvent> events) {
  return database_.write([&](Connection& connection) -> Result<void> {
    const auto row = find_play(connection, id);
    if (!row) return row.error();
    for (const auto& event : events)
      Query(connection,
            "INSERT OR IGNORE INTO play_events (play, seq, loop, tick, device, offset_us, bytes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            row->position, event.seq, event.loop, event.tick, event.device, event.offset_us, event.bytes)
          .run();
    return {};
  });
}

Result<void> Plays::add_version(const std::string& id, const PlayVersion& version) {
  return database_.write([&](Connection& connection) -> Result<void> {
    const auto row = find_play(connection, id);
    if (!row) return row.error();
    Query(connection, "INSERT INTO play_versions (play, version, tick, document) VALUES (?, ?, ?, ?)",
          row->position, version.version, version.tick, version.document)
        .run();
    return {};
  });
}

Result<std::vector<PlayVersion>> Plays::versions(const std::string& id, bool with_documents) {
  return database_.read([&](Connection& connection) -> Result<std::vector<PlayVersion>> {
    const auto row = find_play(connection, id);
    if (!row) return row.error();
    Query query(connection,
                std::string("SELECT version, tick, ") + (with_documents ? "document" : "''") +
                    " FROM play_versions WHERE play = ? ORDER BY version",
                row->position);
    std::vector<PlayVersion> versions;
    while (query.step()) versions.push_back({query.small(0), query.integer(1), query.text(2)});
    return versions;
  });
}

Result<PlayVersion> Plays::version(const std::string& id, int version) {
  return database_.read([&](Connection& connection) -> Result<PlayVersion> {
    const auto row = find_play(connection, id);
    if (!row) return row.error();
    Query query(connection,
                "SELECT version, tick, document FROM play_versions WHERE play = ? AND version = ?",
                row->position, version);
    if (!query.step())
      return Error{"unknown_version", "the play has no such version", {{"version", std::to_string(version)}}};
    return PlayVersion{query.small(0), query.integer(1), query.text(2)};
  });
}

Result<Page<PlayEvent>> Plays::events(const std::string& id, const PageRequest& request) {
  const auto window = store::page_window(request, 'e', 0);
  if (!window) return window.error();
  return database_.read([&](Connection& connection) -> Result<Page<PlayEvent>> {
    const auto row = find_play(connection, id);
    if (!row) return row.error();
    Query query(connection,
                "SELECT seq, loop, tick, device, offset_us, bytes FROM play_events WHERE play = ? AND seq > ?"
                " ORDER BY seq LIMIT ?",
                row->position, window->after, window->limit + 1);
    std::vector<PlayEvent> events;
    while (query.step())
      events.push_back({query.integer(0), query.small(1), query.integer(2), query.text(3), query.integer(4),
                        query.bytes(5)});
    return store::cut_page(std::move(events), window->limit, 'e',
                           [](const PlayEvent& event) { return event.seq; });
  });
}

Result<PlayRecord> Plays::get(const std::string& id) {
  return database_.read([&](Connection& connection) -> Result<PlayRecord> {
    const auto row = find_play(connection, id);
    if (!row) return row.error();
    return row->play;
  });
}

Result<Page<PlayRecord>> Plays::list(const std::string& session_id, const PageRequest& request) {
  const auto window = store::page_window(request, 'p', std::numeric_limits<std::int64_t>::max());
  if (!window) return window.error();
  std::vector<PlayRow> rows;
  database_.read([&](Connection& connection) {
    const std::string of_session = session_id.empty() ? "" : " AND session_id = ?";
    Query query(connection,
                play_columns + "WHERE position < ?" + of_session + " ORDER BY position DESC LIMIT ?",
                window->after);
    if (!session_id.empty()) query.bind(session_id);
    query.bind(window->limit + 1);
    while (query.step()) rows.push_back(play_row_from(query));
  });
  auto cut =
      store::cut_page(std::move(rows), window->limit, 'p', [](const PlayRow& row) { return row.position; });
  Page<PlayRecord> page{{}, std::move(cut.next_cursor)};
  for (auto& row : cut.items) page.items.push_back(std::move(row.play));
  return page;
}

Result<PlayPlace> Plays::place(const std::string& id) {
  return database_.read([&](Connection& connection) -> Result<PlayPlace> {
    const auto row = find_play(connection, id);
    if (!row) return row.error();
    PlayPlace place;
    Query last(connection, "SELECT loop, tick FROM play_events WHERE play = ? ORDER BY seq DESC LIMIT 1",
               row->position);
    if (last.step()) place = {last.small(0), last.integer(1), {}};
    Query version(connection,
                  "SELECT document FROM play_versions WHERE play = ? ORDER BY version DESC LIMIT 1",
                  row->position);
    if (version.step()) place.document = version.text(0);
    return place;
  });
}

std::vector<PlayRecord> Plays::take_resumable() {
  const std::string wanted = "WHERE resume AND state = 'interrupted'";
  return database_.write([&](Connection& connection) {
    std::vector<PlayRecord> plays;
    {
      Query query(connection, play_columns + wanted + " ORDER BY position");
      while (query.step()) plays.push_back(play_row_from(query).play);
    }
    if (!plays.empty()) Query(connection, "UPDATE plays SET resume = 0 " + wanted).run();
    return plays;
  });
}

std::vector<PlayRecord> Plays::interrupt_open(std::int64_t at) {
  return database_.write([&](Connection& connection) {
    std::vector<PlayRow> open;
    {
      Query query(connection, play_columns + "WHERE ended_at IS NULL ORDER BY position");
      while (query.step()) open.push_back(play_row_from(query));
    }
    std::vector<PlayRecord> interrupted;
    for (const auto& row : open) {
      close_play(connection, row.position, PlayPhase::interrupted, at, {});
      interrupted.push_back(find_play(connection, row.play.id).value().play);
    }
    return interrupted;
  });
}

}  // namespace doodled
