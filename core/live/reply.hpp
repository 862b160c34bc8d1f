// What the live socket says to its client. Each is one JSON object as text.
#pragma once
#include <optional>
#include <string>

#include "core/image/reading.hpp"
#include "core/image/strokes.hpp"
#include "core/interpret/accept.hpp"
#include "core/live/message.hpp"
#include "core/play/play.hpp"
#include "core/store/sessions.hpp"

namespace doodled::live {

struct OpenedFacts {
  std::string drawing;
  bool resumed = false;
  const Strokes& strokes;
  Quantise quantise;
  std::string play_id;  // empty: nothing plays
};

std::string opened_reply(const OpenedFacts& facts);
// `seq` is that of the last change in it.
std::string reading_reply(Seq seq, std::size_t strokes, const Reading& reading, double milliseconds);
// `swapped`: the play goes on with it at its boundary.
std::string session_reply(Seq seq, const Accepted& session, bool swapped);
std::string playing_reply(Seq seq, const std::string& play_id, const std::string& session_id);
std::string stopped_reply(Seq seq, const std::string& play_id);
std::string kept_reply(Seq seq, const SessionHead& session);
// `session_id` empty: there was nothing to keep.
std::string closed_reply(Seq seq, const std::string& session_id);
std::string error_reply(Seq seq, const Error& error);

}  // namespace doodled::live
