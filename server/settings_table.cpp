#include "server/settings_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <nlohmann/json.hpp>

namespace doodled {
namespace {

constexpr std::array<std::string_view, 4> log_levels = {"debug", "info", "warning", "error"};
constexpr std::array<std::string_view, 3> quantise_words = {"none", "beat", "bar"};
constexpr std::array<std::string_view, 2> resume_words = {"never", "always"};
constexpr std::array<std::string_view, 2> middle_c_names = {"C4", "C3"};
constexpr double megabyte = 1 << 20, gigabyte = 1 << 30;

const std::array rows = std::to_array<SettingRow>({
    {"server.listen", [](Settings& s) -> Slot { return &s.server.listen; },
     "Address and port. 0.0.0.0:8080 listens on every network of this machine; devices in them are paired "
     "once, with a code from doodled pair."},
    {"server.user", [](Settings& s) -> Slot { return &s.server.user; },
     "Started by root, the daemon goes on as this user, for good, once it has its port. The service of the "
     "package has one of its own."},
    {"server.allowed_hosts", [](Settings& s) -> Slot { return &s.server.allowed_hosts; },
     "Names by which browsers may reach this machine, beside localhost and its own addresses, such as "
     "[\"studio.local\"]."},
    {"server.allowed_origins", [](Settings& s) -> Slot { return &s.server.allowed_origins; },
     "Web pages from elsewhere that may change things here, such as [\"https://studio.example\"]."},
    {"server.max_body_bytes", [](Settings& s) -> Slot { return &s.server.max_body_bytes; },
     "The longest request body in bytes. A picture has a limit of its own: reader.max_bytes.", 1024,
     gigabyte},
    {"server.max_connections", [](Settings& s) -> Slot { return &s.server.max_connections; },
     "Connections open at once; more are told to come later.", 1, 100'000},
    {"server.max_connections_each", [](Settings& s) -> Slot { return &s.server.max_connections_each; },
     "Connections open at once of each client that is not in access.trusted.", 1, 100'000},
    {"server.header_timeout", [](Settings& s) -> Slot { return &s.server.header_timeout; },
     "Seconds for a request's header to arrive.", 1, 3600},
    {"server.body_timeout", [](Settings& s) -> Slot { return &s.server.body_timeout; },
     "Seconds without a byte of a body arriving or leaving; after twice as long a body must have come at 8 "
     "KB a second.",
     1, 3600},
    {"server.idle_timeout", [](Settings& s) -> Slot { return &s.server.idle_timeout; },
     "Seconds that a connection is kept between two requests.", 1, 86'400},
    {"access.trusted", [](Settings& s) -> Slot { return &s.access.trusted; },
     "Who needs no pairing: addresses and networks, such as [\"127.0.0.0/8\", \"::1\", \"192.168.1.0/24\"]. "
     "Everybody in them may do everything."},
    {"access.url", [](Settings& s) -> Slot { return &s.access.url; },
     "How other devices reach this machine, for links and QR codes, such as \"http://studio.local:8080\". "
     "Empty: its first address in the network; in a container that is not the right one."},
    {"access.code_minutes", [](Settings& s) -> Slot { return &s.access.code_minutes; },
     "Minutes that a pairing code is good.", 1, 60},
    {"access.requests_per_second", [](Settings& s) -> Slot { return &s.access.requests_per_second; },
     "Requests a second of each client that is not trusted, four times as many at once; more are told to "
     "wait.",
     1, 100'000},
    {"tls.enabled", [](Settings& s) -> Slot { return &s.tls.enabled; },
     "Speak https. This machine itself may still come by http; others are sent to https."},
    {"tls.certificate", [](Settings& s) -> Slot { return &s.tls.certificate; },
     "The certificate and those above it (PEM). Empty: one of our own is made at the first start and kept in "
     "the folder tls of store.data_dir; browsers ask once whether to trust it."},
    {"tls.key", [](Settings& s) -> Slot { return &s.tls.key; }, "The certificate's private key (PEM)."},
    {"tls.hsts_days", [](Settings& s) -> Slot { return &s.tls.hsts_days; },
     "Days for which browsers, after each visit, come to this host name by https only, whatever port (HSTS). "
     "Only with a certificate named here, never with one of our own. 0: they are told to forget it.",
     0, 730},
    {"store.data_dir", [](Settings& s) -> Slot { return &s.store.data_dir; },
     "The folder for the database and the pictures. Empty: $STATE_DIRECTORY under systemd, /var/lib/doodled "
     "for commands beside the packaged service, else ~/.local/share/doodled."},
    {"upkeep.backup_hours", [](Settings& s) -> Slot { return &s.upkeep.backup_hours; },
     "Hours between two backups of everything, counted from the newest one; 0: only when asked for.", 0,
     8760},
    {"upkeep.backup_keep", [](Settings& s) -> Slot { return &s.upkeep.backup_keep; },
     "How many of the newest backups stay in their folder.", 1, 1000},
    {"upkeep.backup_folder", [](Settings& s) -> Slot { return &s.upkeep.backup_folder; },
     "Where backups go, best on another disk. Empty: the folder backups in store.data_dir."},
    {"upkeep.check_at_start", [](Settings& s) -> Slot { return &s.upkeep.check_at_start; },
     "Verify the audit chain and every picture after the start, in the background."},
    {"upkeep.keep_days", [](Settings& s) -> Slot { return &s.upkeep.keep_days; },
     "Days after which a session that is not starred is removed for good, with its picture, and so is a "
     "picture that no visible session has; 0: never.",
     0, 36'500},
    {"upkeep.keep_picture_bytes", [](Settings& s) -> Slot { return &s.upkeep.keep_picture_bytes; },
     "Bytes of all pictures together; above that pictures go that no visible session has, then the oldest "
     "sessions that are not starred; 0: no limit.",
     0, 1e15},
    {"upkeep.keep_bytes", [](Settings& s) -> Slot { return &s.upkeep.keep_bytes; },
     "Bytes of database and pictures together; above that the logs of old plays go, then pictures and "
     "sessions as "
     "for keep_picture_bytes; nothing that is starred, and what is sealed in the audit chain stays; 0: no "
     "limit.",
     0, 1e15},
    {"log.level", [](Settings& s) -> Slot { return &s.log.level; },
     "The least important lines that are written: debug, info, warning or error.", 0, 0, log_levels},
    {"log.requests", [](Settings& s) -> Slot { return &s.log.requests; },
     "One line for each request: method, path, status, time and size; never a query's values or a body."},
    {"jobs.workers", [](Settings& s) -> Slot { return &s.jobs.workers; }, "Jobs that run at once.", 1, 16},
    {"jobs.interpreters", [](Settings& s) -> Slot { return &s.jobs.interpreters; },
     "Who reads a picture when a job names nobody: \"builtin\" or ids of [[interpreter]], tried in this "
     "order."},
    {"rules.off", [](Settings& s) -> Slot { return &s.rules.off; },
     "Rules of taste that are not applied, by name, such as [\"in-a-row\", \"leap\"]. GET /api/v1/rules "
     "lists all rules."},
    {"rules.max_notes", [](Settings& s) -> Slot { return &s.rules.values.max_notes; },
     "Notes of a session; one with more is refused.", 1, 5'000'000},
    {"rules.max_bars", [](Settings& s) -> Slot { return &s.rules.values.max_bars; },
     "Bars of 4/4 of a session; a longer one is refused.", 1, 100'000},
    {"rules.lowest", [](Settings& s) -> Slot { return &s.rules.values.lowest; },
     "Lowest MIDI note of a melodic track. This and what follows is applied to what readers and variations "
     "make, not to documents.",
     0, 60},
    {"rules.highest", [](Settings& s) -> Slot { return &s.rules.values.highest; },
     "Highest MIDI note of a melodic track.", 67, 127},
    {"rules.bass_highest", [](Settings& s) -> Slot { return &s.rules.values.bass_highest; },
     "Highest MIDI note of a bass.", 48, 127},
    {"rules.in_a_row", [](Settings& s) -> Slot { return &s.rules.values.in_a_row; },
     "Steps that a lead strikes in a row before it rests.", 1, 64},
    {"rules.leap", [](Settings& s) -> Slot { return &s.rules.values.leap; },
     "Largest leap of a single line in semitones.", 6, 127},
    {"rules.bass_voices", [](Settings& s) -> Slot { return &s.rules.values.bass_voices; },
     "Notes that a bass sounds at once.", 1, 128},
    {"rules.lead_voices", [](Settings& s) -> Slot { return &s.rules.values.lead_voices; },
     "Notes that a lead sounds at once.", 1, 128},
    {"rules.voices", [](Settings& s) -> Slot { return &s.rules.values.voices; },
     "Notes that every other melodic track sounds at once.", 1, 128},
    {"rules.notes_a_bar", [](Settings& s) -> Slot { return &s.rules.values.notes_a_bar; },
     "Notes of one track in one bar.", 1, 4096},
    {"rules.softest", [](Settings& s) -> Slot { return &s.rules.values.softest; }, "Lowest velocity.", 1,
     127},
    {"rules.loudest", [](Settings& s) -> Slot { return &s.rules.values.loudest; }, "Highest velocity.", 1,
     127},
    {"interpret.find_ollama", [](Settings& s) -> Slot { return &s.interpret.find_ollama; },
     "Look for Ollama on this machine, and offer its vision models as \"ollama\" and \"ollama-...\"."},
    {"interpret.daily_budget", [](Settings& s) -> Slot { return &s.interpret.daily_budget; },
     "What all interpreters together may cost in a day (UTC), in the currency of their prices; 0 for no "
     "limit.",
     0, 1e6},
    {"music.middle_c", [](Settings& s) -> Slot { return &s.music.middle_c; },
     "What MIDI note 60 is called: C4, or C3 as on an MPC and in Live. Counts for note names in documents "
     "that come in (they may say it themselves: \"middle_c\": \"C3\") and for those that are shown, unless a "
     "device is named.",
     0, 0, middle_c_names},
    {"transport.tempo", [](Settings& s) -> Slot { return &s.transport.tempo; },
     "Quarter notes a minute before anything else sets the tempo.", 20, 400},
    {"transport.quantise", [](Settings& s) -> Slot { return &s.transport.quantise; },
     "When a play begins if the request does not say: none (at once), beat or bar.", 0, 0, quantise_words},
    {"transport.sync", [](Settings& s) -> Slot { return &s.transport.sync; },
     "Who leads the transport: internal, midi:ID for the MIDI clock of an [[input]], or link for Ableton "
     "Link."},
    {"play.realtime", [](Settings& s) -> Slot { return &s.play.realtime; },
     "Ask the system for real-time priority for the player and the devices; without the right to it they run "
     "as they are."},
    {"play.resume", [](Settings& s) -> Slot { return &s.play.resume; },
     "Whether plays that a restart interrupts go on after it: always, or never unless the play was asked for "
     "with resume.",
     0, 0, resume_words},
    {"profiles.folder", [](Settings& s) -> Slot { return &s.profiles.folder; },
     "A folder with device profiles of your own (*.json, as schemas/profile.schema.json describes them) and "
     "tables of midi.guide (*.csv). A profile here wins over one of the program with the same id. Empty: the "
     "folder profiles in store.data_dir, if it is there."},
    {"audition.program", [](Settings& s) -> Slot { return &s.audition.program; },
     "The program that plays sound fonts."},
    {"audition.sound_font", [](Settings& s) -> Slot { return &s.audition.sound_font; },
     "The sound font (.sf2, .sf3) for parts without a patch; Debian's timgm6mb-soundfont and "
     "fluid-soundfont-gm put theirs into /usr/share/sounds/sf2."},
    {"audition.timeout", [](Settings& s) -> Slot { return &s.audition.timeout; }, "Seconds for that program.",
     1, 3600},
    {"audition.max_seconds", [](Settings& s) -> Slot { return &s.audition.max_seconds; },
     "The longest music that is rendered; of longer sessions the first bars can be asked for.", 1, 36'000},
    {"audition.cache_bytes", [](Settings& s) -> Slot { return &s.audition.cache_bytes; },
     "Room on disk for sounds that were rendered; those used longest ago go first.", megabyte, 64 * gigabyte},
    {"actions.get", [](Settings& s) -> Slot { return &s.actions.by_get; },
     "Let GET /api/v1/actions/NAME do what POST does, for pads that can only open an address. Whoever can "
     "reach this machine, and whatever fetches addresses on its own, can then play."},
    {"reader.program", [](Settings& s) -> Slot { return &s.reader.program; },
     "The program that reads pictures. Empty: doodled-reader beside doodled."},
    {"reader.processes", [](Settings& s) -> Slot { return &s.reader.processes; }, "Reader processes at once.",
     1, 8},
    {"reader.timeout", [](Settings& s) -> Slot { return &s.reader.timeout; }, "Seconds for one picture.", 1,
     600},
    {"reader.start_timeout", [](Settings& s) -> Slot { return &s.reader.start_timeout; },
     "Seconds for a reader process to start.", 1, 600},
    {"reader.idle", [](Settings& s) -> Slot { return &s.reader.idle; },
     "Seconds without work after which a reader process is ended.", 1, 86'400},
    {"reader.max_bytes", [](Settings& s) -> Slot { return &s.reader.max_bytes; },
     "The largest picture file in bytes.", 1024, gigabyte},
    {"reader.max_pixels", [](Settings& s) -> Slot { return &s.reader.limits.max_pixels; },
     "The largest picture in pixels, width times height.", 1, 1e9},
    {"reader.max_unpacked_bytes", [](Settings& s) -> Slot { return &s.reader.limits.max_unpacked_bytes; },
     "Memory in bytes for kinds of pictures that cannot be unpacked row by row.", megabyte, 4 * gigabyte},
    {"reader.target_side", [](Settings& s) -> Slot { return &s.reader.limits.target_side; },
     "The longer side in pixels to which a picture is shrunk before it is read.", 64, 8192},
    {"reader.memory_bytes", [](Settings& s) -> Slot { return &s.reader.memory_bytes; },
     "Address space of a reader process in bytes; 0 for no limit.", 0, 64 * gigabyte},
    {"reader.keep_resident_bytes", [](Settings& s) -> Slot { return &s.reader.keep_resident_bytes; },
     "A reader process that holds more memory than this after a picture is replaced.", megabyte,
     64 * gigabyte},
    {"reader.keep_pictures", [](Settings& s) -> Slot { return &s.reader.keep_pictures; },
     "So is one that has read so many pictures.", 1, 1e6},
    {"reader.sandbox", [](Settings& s) -> Slot { return &s.reader.sandbox; },
     "Keep the reader from files and network. Turn it off only to find a fault."},
});

std::string number_text(double value) {
  std::array<char, 32> text{};
  const auto [end, error] =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  return {text.data(), end};
}

std::string range_text(const SettingRow& row, std::string_view kind) {
  return "must be " + std::string(kind) + " from " + number_text(row.smallest) + " to " +
         number_text(row.largest);
}

template <class Number>
std::optional<std::string> set_whole(const SettingRow& row, const Json& value, const auto& store) {
  const bool fits =
      value.is_number_integer() && !(value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX);
  if (!fits || static_cast<double>(value.get<std::int64_t>()) < row.smallest ||
      static_cast<double>(value.get<std::int64_t>()) > row.largest)
    return range_text(row, "a whole number");
  store(static_cast<Number>(value.get<std::int64_t>()));
  return std::nullopt;
}

// One overload a kind of slot.
struct Setter {
  const SettingRow& row;
  const Json& value;
  using Complaint = std::optional<std::string>;

  Complaint operator()(std::string* slot) const {
    if (!value.is_string()) return "must be text";
    const auto text = value.get<std::string>();
    if (!row.choices.empty() && std::ranges::find(row.choices, text) == row.choices.end())
      return choices_text();
    *slot = text;
    return std::nullopt;
  }
  Complaint operator()(std::filesystem::path* slot) const {
    if (!value.is_string()) return "must be text: a path";
    *slot = value.get<std::string>();
    return std::nullopt;
  }
  Complaint operator()(std::vector<std::string>* slot) const {
    if (!value.is_array() || !std::ranges::all_of(value, [](const Json& one) { return one.is_string(); }))
      return "must be a list of texts";
    *slot = value.get<std::vector<std::string>>();
    return std::nullopt;
  }
  Complaint operator()(bool* slot) const {
    if (!value.is_boolean()) return "must be true or false";
    *slot = value.get<bool>();
    return std::nullopt;
  }
  Complaint operator()(double* slot) const {
    if (!value.is_number() || !(value.get<double>() >= row.smallest && value.get<double>() <= row.largest))
      return range_text(row, "a number");
    *slot = value.get<double>();
    return std::nullopt;
  }
  template <class Whole>
  requires std::integral<Whole> Complaint operator()(Whole* slot) const {
    return set_whole<Whole>(row, value, [slot](Whole number) { *slot = number; });
  }
  template <class Period>
  Complaint operator()(std::chrono::duration<std::int64_t, Period>* slot) const {
    return set_whole<std::int64_t>(row, value,
                                   [slot](std::int64_t seconds) { *slot = std::chrono::seconds(seconds); });
  }

  std::string choices_text() const {
    std::string text = "must be one of";
    for (const auto choice : row.choices)
      text.append(choice == row.choices.front() ? " " : ", ").append(choice);
    return text;
  }
};

std::string quoted(const std::string& text) { return Json(text).dump(); }

struct Writer {
  std::string operator()(const std::string* slot) const { return quoted(*slot); }
  std::string operator()(const std::filesystem::path* slot) const { return quoted(slot->string()); }
  std::string operator()(const std::vector<std::string>* slot) const { return Json(*slot).dump(); }
  std::string operator()(const bool* slot) const { return *slot ? "true" : "false"; }
  std::string operator()(const double* slot) const {
    const auto text = number_text(*slot);
    return text.find('.') == text.npos ? text + ".0" : text;
  }
  template <class Whole>
  requires std::integral<Whole> std::string operator()(const Whole* slot) const {
    return std::to_string(*slot);
  }
  template <class Period>
  std::string operator()(const std::chrono::duration<std::int64_t, Period>* slot) const {
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(*slot).count());
  }
};

std::optional<Json> number_from(std::string_view text) {
  std::int64_t whole = 0;
  const auto* const end = text.data() + text.size();
  if (const auto read = std::from_chars(text.data(), end, whole); read.ec == std::errc{} && read.ptr == end)
    return whole;
  double real = 0;
  if (const auto read = std::from_chars(text.data(), end, real); read.ec == std::errc{} && read.ptr == end)
    return real;
  return std::nullopt;
}

Json list_from(std::string_view text) {
  auto list = Json::array();
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    list.push_back(std::string(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return list;
}

}  // namespace

std::span<const SettingRow> setting_rows() { return rows; }

const SettingRow* find_setting(std::string_view key) {
  const auto found = std::ranges::find(rows, key, &SettingRow::key);
  return found == rows.end() ? nullptr : &*found;
}

std::optional<std::string> set_value(const SettingRow& row, Settings& settings, const Json& value) {
  return std::visit(Setter{row, value}, row.slot(settings));
}

Json value_from_text(const SettingRow& row, std::string_view text) {
  Settings scratch;
  const auto slot = row.slot(scratch);
  if (std::holds_alternative<std::string*>(slot) || std::holds_alternative<std::filesystem::path*>(slot))
    return std::string(text);
  if (std::holds_alternative<std::vector<std::string>*>(slot)) return list_from(text);
  if (std::holds_alternative<bool*>(slot) && (text == "true" || text == "false")) return text == "true";
  if (auto number = number_from(text)) return std::move(*number);
  return std::string(text);
}

std::string value_as_toml(const SettingRow& row, Settings& settings) {
  return std::visit(Writer{}, row.slot(settings));
}

}  // namespace doodled
