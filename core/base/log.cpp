#include "core/base/log.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>

#include <spdlog/sinks/ringbuffer_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "core/base/journal.hpp"
#include "core/base/log_tail.hpp"

namespace doodled::log {
namespace {

const std::shared_ptr<spdlog::sinks::ringbuffer_sink_mt>& kept_lines() {
  static const auto sink = std::make_shared<spdlog::sinks::ringbuffer_sink_mt>(most_tail_lines);
  return sink;
}

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = spdlog::stderr_logger_mt("doodled");
    made->sinks().push_back(kept_lines());
    made->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
    return made;
  }();
  return *instance;
}

// For lines that the journal took.
spdlog::logger& only_kept() {
  static const auto instance = [] {
    auto made = std::make_unique<spdlog::logger>("doodled", kept_lines());
    made->set_level(spdlog::level::trace);
    return made;
  }();
  return *instance;
}

// Nothing where stderr is something else.
const std::optional<Journal>& journal() {
  static const auto found = [] {
    const char* stream = std::getenv("JOURNAL_STREAM");
    const bool here = stream != nullptr && is_journal(stream, STDERR_FILENO);
    return here ? std::optional<Journal>(std::in_place) : std::nullopt;
  }();
  return found;
}

spdlog::level::level_enum to_spdlog(Level level) {
  constexpr spdlog::level::level_enum levels[] = {spdlog::level::debug, spdlog::level::info,
                                                  spdlog::level::warn, spdlog::level::err};
  return levels[static_cast<int>(level)];
}

// A value that would break the line or hide its end is quoted; control characters become spaces.
void append_value(std::string& line, std::string_view value) {
  const bool plain = !value.empty() && value.find_first_of(" \"\n\r\t=") == std::string_view::npos;
  if (!plain) line += '"';
  for (const char c : value) line += c == '"' ? '\'' : static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  if (!plain) line += '"';
}

}  // namespace

std::vector<std::string> tail(std::size_t count) {
  auto lines = kept_lines()->last_formatted(std::min(count, most_tail_lines));
  for (auto& line : lines)
    while (!line.empty() && line.back() == '\n') line.pop_back();
  return lines;
}

std::string_view level_name() {
  const auto now = logger().level();
  for (std::size_t i = 0; i < level_names.size(); ++i)
    if (now <= to_spdlog(static_cast<Level>(i))) return level_names[i];
  return level_names.back();
}

bool set_level(std::string_view name) {
  const auto found = std::ranges::find(level_names, name);
  if (found == level_names.end()) return false;
  set_level(static_cast<Level>(found - level_names.begin()));
  return true;
}

void set_level(Level level) { logger().set_level(to_spdlog(level)); }

void write(Level level, std::string_view area, std::string_view message,
           std::initializer_list<Field> fields) {
  if (!logger().should_log(to_spdlog(level))) return;
  std::string line;
  line.append(area).append(": ").append(message);
  for (const auto& [key, value] : fields) {
    line.append(" ").append(key).append("=");
    append_value(line, value);
  }
  const bool taken = journal() && journal()->send(journal_entry(level, area, line, fields));
  (taken ? only_kept() : logger()).log(to_spdlog(level), line);
}

}  // namespace doodled::log
