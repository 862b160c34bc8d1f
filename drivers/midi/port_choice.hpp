// Which of the ports there are a device is reached by. Pure.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace doodled::midi {

enum class Api { automatic, alsa, jack };

struct PortWish {
  Api api = Api::automatic;
  std::string pattern = {};       // an existing port, see name_matches(); or
  std::string virtual_name = {};  // the name of a port of our own that others connect to
  std::string client_name = "doodled";
  // A device with several ports: the words by which their names tell what each is for, and the one that is
  // wanted. Where no name has any of the words, the ports count in their order.
  std::vector<std::string> roles = {};
  std::size_t role = 0;
  std::vector<std::string> never = {};  // ports with one of these words in their names are passed over
};

// The index of the port to open, or nothing. `before` is the name of the port that was open last, or empty:
// the port of the same name is taken, else one that differs only in what systems count up after a re-plug
// and in the place, else the first in the order above. Ports of our own are passed over. `had_twin`: there
// were others called alike, so that one of them is not taken for the one that has gone.
std::optional<std::size_t> choose_port(std::span<const std::string> names, const PortWish& wish,
                                       const std::string& before, bool had_twin = false);
// How many of the ports that fit are called like names[index] but for count and place; 1: it is alone.
std::size_t called_alike(std::span<const std::string> names, const PortWish& wish, std::size_t index);

}  // namespace doodled::midi
