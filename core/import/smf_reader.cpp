#include "core/import/smf_reader.hpp"

#include <algorithm>
#include <limits>
#include <string_view>

namespace doodled {
namespace {

constexpr std::int64_t most_track_ticks = std::int64_t{1}
                                          << 40;  // no sum of them overflows when it is scaled
constexpr std::uint8_t end_of_track = 0x2f;

[[noreturn]] void malformed(std::size_t at, const std::string& message) {
  throw ErrorException({"malformed_midi",
                        "the MIDI file can't be read: byte " + std::to_string(at) + ": " + message,
                        {{"byte " + std::to_string(at), message}}});
}

[[noreturn]] void refuse_size(const std::string& message) {
  throw ErrorException({"midi_too_large", "the MIDI file is too large: " + message, {{"file", message}}});
}

// A stretch of the file, read from front to back; positions are those of the file.
class Cursor {
 public:
  Cursor(Bytes bytes, std::size_t from, std::size_t to) : bytes_(bytes), at_(from), end_(to) {}

  bool done() const { return at_ == end_; }
  std::size_t at() const { return at_; }
  std::size_t left() const { return end_ - at_; }

  std::uint8_t peek() const {
    if (done()) malformed(at_, "it ends in the middle of an event");
    return bytes_[at_];
  }
  std::uint8_t byte() {
    const auto value = peek();
    ++at_;
    return value;
  }
  std::uint8_t data_byte() {
    if (peek() & 0x80) malformed(at_, "a data byte is above 127");
    return byte();
  }
  std::uint32_t number(int size) {
    std::uint32_t value = 0;
    for (int i = 0; i < size; ++i) value = value << 8 | byte();
    return value;
  }
  // Seven bits a byte, at most four bytes.
  std::uint32_t variable_length() {
    const auto from = at_;
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) {
      const auto next = byte();
      value = value << 7 | (next & 0x7f);
      if (!(next & 0x80)) return value;
    }
    malformed(from, "a variable-length number has more than four bytes");
  }
  std::string_view take(std::size_t count) {
    if (count > left()) malformed(at_, "an event claims more bytes than its track has");
    const auto* from = reinterpret_cast<const char*>(bytes_.data()) + at_;
    at_ += count;
    return {from, count};
  }

 private:
  Bytes bytes_;
  std::size_t at_, end_;
};

// Data bytes of a channel message.
int data_count(std::uint8_t status) { return (status & 0xf0) == 0xc0 || (status & 0xf0) == 0xd0 ? 1 : 2; }

// Data bytes of a system message in a file that should not hold it.
int system_data_count(std::uint8_t status) {
  return status == 0xf2 ? 2 : status == 0xf1 || status == 0xf3 ? 1 : 0;
}

// Names, markers, tempo, meter, key.
bool is_used(std::uint8_t type) {
  return type == 0x01 || type == 0x03 || type == 0x06 || type == 0x51 || type == 0x58 || type == 0x59;
}

class TrackReader {
 public:
  TrackReader(Cursor cursor, std::size_t& events_left) : cursor_(cursor), events_left_(events_left) {}

  SmfTrack read() {
    while (!cursor_.done() && !ended_) read_event();
    track_.length = tick_;
    return std::move(track_);
  }

 private:
  void read_event() {
    tick_ += cursor_.variable_length();
    if (tick_ > most_track_ticks) malformed(cursor_.at(), "the track lasts longer than any music");
    if (cursor_.peek() < 0x80) return channel_event(running_);
    const auto status = cursor_.byte();
    if (status == 0xff) return meta_event();
    if (status == 0xf0 || status == 0xf7) return void(cursor_.take(cursor_.variable_length()));
    if (status > 0xf0) return void(cursor_.take(static_cast<std::size_t>(system_data_count(status))));
    running_ = status;
    channel_event(status);
  }

  void channel_event(std::uint8_t status) {
    if (status == 0) malformed(cursor_.at(), "running status without a status before it");
    ChannelEvent event{status, cursor_.data_byte()};
    if (data_count(status) == 2) event.second = cursor_.data_byte();
    keep({tick_, event});
  }

  void meta_event() {
    const auto type = cursor_.byte();
    const auto content = cursor_.take(cursor_.variable_length());
    ended_ = type == end_of_track;
    if (is_used(type)) keep({tick_, MetaEvent{type, std::string(content.substr(0, 1000))}});
  }

  void keep(SmfEvent event) {
    if (events_left_-- == 0) refuse_size("it holds too many events");
    track_.events.push_back(std::move(event));
  }

  Cursor cursor_;
  std::size_t& events_left_;
  SmfTrack track_;
  std::int64_t tick_ = 0;
  std::uint8_t running_ = 0;
  bool ended_ = false;
};

void read_division(SmfFile& file, std::uint32_t division, std::size_t at) {
  if (division & 0x8000) {
    const int frames = 256 - static_cast<int>(division >> 8), ticks = static_cast<int>(division & 0xff);
    const bool known = frames == 24 || frames == 25 || frames == 29 || frames == 30;
    if (!known || ticks == 0) malformed(at, "the SMPTE time division is none of 24, 25, 29 and 30 frames");
    file.ticks_per_second = (frames == 29 ? 30000.0 / 1001 : frames) * ticks;  // 29: drop frame
  } else {
    if (division == 0) malformed(at, "a quarter note has no ticks");
    file.ticks_per_quarter = static_cast<int>(division);
  }
}

SmfFile read_header(Cursor& cursor, Bytes bytes) {
  cursor.take(4);
  const auto length = cursor.number(4);
  if (length < 6 || length > cursor.left()) malformed(4, "the header has a length of its own");
  Cursor header(bytes, cursor.at(), cursor.at() + length);
  SmfFile file;
  file.format = static_cast<int>(header.number(2));
  if (file.format > 2) malformed(8, "format " + std::to_string(file.format) + " is none of 0, 1 and 2");
  header.number(2);  // the number of tracks; those that are there count
  read_division(file, header.number(2), 12);
  cursor.take(length);
  return file;
}

SmfFile read_file(Bytes bytes, const SmfLimits& limits) {
  Cursor cursor(bytes, 0, bytes.size());
  SmfFile file = read_header(cursor, bytes);
  std::size_t events_left = limits.events;
  while (cursor.left() >= 8) {
    const auto kind = cursor.take(4);
    const auto length = cursor.number(4);
    if (length > cursor.left()) {
      if (kind != "MTrk") break;  // rubbish after the last track
      malformed(cursor.at() - 4, "a track claims more bytes than the file has");
    }
    if (kind == "MTrk") {
      if (file.tracks.size() == limits.tracks) refuse_size("it holds too many tracks");
      file.tracks.push_back(
          TrackReader(Cursor(bytes, cursor.at(), cursor.at() + length), events_left).read());
    }
    cursor.take(length);
  }
  if (file.tracks.empty()) malformed(bytes.size(), "it ends before the first track");
  return file;
}

bool begins_with(Bytes bytes, std::string_view magic) {
  return bytes.size() >= magic.size() && std::equal(magic.begin(), magic.end(), bytes.begin());
}

}  // namespace

bool looks_like_midi(Bytes bytes) { return begins_with(bytes, "MThd") || begins_with(bytes, "SMF2CLIP"); }

Result<SmfFile> read_smf(Bytes bytes, const SmfLimits& limits) {
  if (begins_with(bytes, "SMF2CLIP"))
    return Error{"midi2_clip",
                 "this is a MIDI 2.0 clip file, which can't be read; Standard MIDI Files (.mid) can",
                 {{"file", "is a MIDI 2.0 clip"}}};
  if (!begins_with(bytes, "MThd"))
    return Error{
        "not_a_midi_file", "the file is no Standard MIDI File", {{"file", "does not begin with MThd"}}};
  if (bytes.size() > limits.bytes)
    return Error{"midi_too_large",
                 "the MIDI file is larger than " + std::to_string(limits.bytes) + " bytes",
                 {{"file", "is too large"}}};
  try {
    return read_file(bytes, limits);
  } catch (const ErrorException& failure) {
    return failure.error();
  }
}

}  // namespace doodled
