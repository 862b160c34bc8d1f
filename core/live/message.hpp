// What a client says on the live socket, one JSON object a message. server/README.md has the protocol.
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/image/strokes.hpp"
#include "core/play/play.hpp"

namespace doodled::live {

// The first message of a connection.
struct Open {
  std::string mode = "auto";
  std::string options = "{}";  // JSON object
  int width = 1280, height = 1024;
  Quantise quantise = Quantise::step;  // where a change is heard: none, step, beat, bar
  std::vector<std::string> devices;    // for `play`; empty: every enabled one
  std::string resume;                  // a drawing's id, to go on with it
};
struct AddStroke {
  HandStroke stroke;
};
struct Erase {
  std::vector<std::int64_t> strokes;
};
struct Undo {};
struct Redo {};
struct Clear {};
// From here on; what is absent stays.
struct Change {
  std::optional<std::string> mode, options;
  std::optional<Quantise> quantise;
};
struct Play {
  std::optional<std::vector<std::string>> devices;  // absent: those of Open
};
struct Stop {};
struct Keep {
  std::optional<std::string> title;
};
struct Close {};

using Body = std::variant<Open, AddStroke, Erase, Undo, Redo, Clear, Change, Play, Stop, Keep, Close>;
using Seq = std::optional<std::int64_t>;  // the client's number, given back with what came of it

struct Message {
  Seq seq;  // also of a message that can't be used, where it has one
  // Errors: 'malformed_json', 'invalid_message' and 'invalid_stroke' with the field's pointer,
  // 'unknown_mode', 'invalid_option'.
  Result<Body> body;
};

Message message_from(std::string_view text);

}  // namespace doodled::live
