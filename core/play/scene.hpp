// What surfaces show of what is played now. Immutable once handed to the rack.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/music/session.hpp"

namespace doodled {

struct SceneMacro {
  std::string name;   // empty: unused
  float value = 0;    // 0..1
  bool held = false;  // turned by hand and not yet released
};

// Rows from the top, three bytes (red, green, blue) a pixel.
struct ScenePicture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgb;
};

struct Scene {
  std::string play_id;                     // empty: nothing plays
  std::string session_id;                  // that plays, else the one in hand; empty: none
  std::shared_ptr<const Session> session;  // null: none
  bool starred = false;                    // it is kept
  std::array<SceneMacro, 9> macros;
  ScenePicture picture;  // the source, small; empty where the session has none
};

}  // namespace doodled
