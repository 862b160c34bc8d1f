// One line an event on stderr: time, level, area, message, then key=value; an entry with fields where stderr
// is systemd's journal. Callers never pass a secret.
// Thread-safe; never called on the player's or a runner's path.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace doodled::log {

enum class Level { debug, info, warning, error };

using Field = std::pair<std::string_view, std::string>;

void set_level(Level level);
// `area` is the room's name: "store", "http", "player".
void write(Level level, std::string_view area, std::string_view message,
           std::initializer_list<Field> fields = {});

inline void debug(std::string_view area, std::string_view message, std::initializer_list<Field> fields = {}) {
  write(Level::debug, area, message, fields);
}
inline void info(std::string_view area, std::string_view message, std::initializer_list<Field> fields = {}) {
  write(Level::info, area, message, fields);
}
inline void warning(std::string_view area, std::string_view message,
                    std::initializer_list<Field> fields = {}) {
  write(Level::warning, area, message, fields);
}
inline void error(std::string_view area, std::string_view message, std::initializer_list<Field> fields = {}) {
  write(Level::error, area, message, fields);
}

}  // namespace doodled::log
