// Standard MIDI Files written by hand.
#pragma once
#include <string>
#include <vector>

namespace doodled::fakes {

inline std::string hex(const std::string& text) {
  std::string bytes, digits;
  for (const char c : text)
    if (c != ' ') digits += c;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  return bytes;
}

inline std::string big_endian(unsigned value, int bytes) {
  std::string out;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
  return out;
}

inline std::string smf_track(const std::string& events) {
  return "MTrk" + big_endian(static_cast<unsigned>(events.size()), 4) + events;
}

inline std::string smf(unsigned format, unsigned division, const std::vector<std::string>& tracks) {
  std::string file = "MThd" + big_endian(6, 4) + big_endian(format, 2) +
                     big_endian(static_cast<unsigned>(tracks.size()), 2) + big_endian(division, 2);
  for (const auto& track : tracks) file += smf_track(track);
  return file;
}

}  // namespace doodled::fakes
