#include "drivers/midi/port_name.hpp"

#include <algorithm>
#include <cctype>

namespace doodled::midi {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// After a mismatch, the last * takes one character more.
bool glob(std::string_view text, std::string_view pattern) {
  std::size_t t = 0, p = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || (pattern[p] == text[t] && pattern[p] != '*'))) {
      ++t, ++p;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

bool is_letter_or_digit(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// 'synth-01' -> 'synth', 'MPC One_1' -> 'MPC One'
std::string_view without_count(std::string_view part) {
  const auto mark = part.find_last_of("-_");
  return mark != std::string_view::npos && mark > 0 && all_digits(part.substr(mark + 1))
             ? part.substr(0, mark)
             : part;
}

}  // namespace

std::string stable_name(std::string_view name) {
  const auto space = name.rfind(' ');
  if (space == std::string_view::npos) return std::string(name);
  const auto tail = name.substr(space + 1);
  const auto colon = tail.find(':');
  const bool numbers = colon != std::string_view::npos && all_digits(tail.substr(0, colon)) &&
                       all_digits(tail.substr(colon + 1));
  return std::string(numbers ? name.substr(0, space) : name);
}

std::string placeless_name(std::string_view name) {
  const auto stable = stable_name(name);
  const auto place = stable.rfind(" [usb ");
  return place != std::string::npos && stable.back() == ']' ? stable.substr(0, place) : stable;
}

std::string uncounted_name(std::string_view name) {
  const auto stable = lower(placeless_name(name));
  const auto colon = stable.find(':');
  if (colon == std::string::npos) return std::string(without_count(stable));
  const std::string_view client(stable.data(), colon), port = std::string_view(stable).substr(colon + 1);
  return std::string(without_count(client)) + ":" + std::string(without_count(port));
}

bool contains_word(std::string_view name, std::string_view words) {
  const auto text = lower(name), wanted = lower(words);
  for (auto at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1)) {
    const auto end = at + wanted.size();
    const bool begins = at == 0 || !is_letter_or_digit(text[at - 1]);
    if (begins && (end == text.size() || !is_letter_or_digit(text[end]))) return true;
  }
  return false;
}

bool name_matches(std::string_view name, std::string_view pattern) {
  const auto text = lower(stable_name(name)), wanted = lower(pattern);
  if (wanted.find_first_of("*?") != std::string::npos)
    return glob(text, wanted) || glob(lower(placeless_name(name)), wanted);
  return text.find(wanted) != std::string::npos;
}

}  // namespace doodled::midi
