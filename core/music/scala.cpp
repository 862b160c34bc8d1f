#include "core/music/scala.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

namespace doodled {
namespace {

constexpr std::size_t most_bytes = 256 * 1024;
constexpr int most_degrees = 1024;
constexpr double most_cents = 12000;

struct Line {
  int number;
  std::string_view text;
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (int number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.starts_with('!')) lines.push_back({number, line});
  }
  return lines;
}

// Up to the first blank; what follows a value on its line is a comment.
std::string_view first_word(std::string_view line) {
  const auto start = line.find_first_not_of(" \t");
  if (start == std::string_view::npos) return {};
  line.remove_prefix(start);
  return line.substr(0, line.find_first_of(" \t!"));
}

template <class T>
std::optional<T> parsed(std::string_view word) {
  T value{};
  const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (failure != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return value;
}

std::optional<double> ratio_in_cents(std::string_view word) {
  const auto slash = word.find('/');
  const auto above = parsed<std::int64_t>(word.substr(0, slash));
  const auto below = slash == std::string_view::npos ? std::optional<std::int64_t>(1)
                                                     : parsed<std::int64_t>(word.substr(slash + 1));
  if (!above || !below || *above <= 0 || *below <= 0) return std::nullopt;
  return 1200 * std::log2(static_cast<double>(*above) / static_cast<double>(*below));
}

std::optional<double> degree_in_cents(std::string_view word) {
  const auto cents = word.find('.') == std::string_view::npos ? ratio_in_cents(word) : parsed<double>(word);
  if (!cents || !(std::abs(*cents) <= most_cents)) return std::nullopt;
  return cents;
}

Error at_line(int number, std::string message) {
  return {"invalid_scl",
          "line " + std::to_string(number) + ": " + message,
          {{"line " + std::to_string(number), message}}};
}

std::string quoted(std::string_view text) { return "\"" + std::string(text.substr(0, 40)) + "\""; }

}  // namespace

Result<Tuning> tuning_from_scl(std::string_view text) {
  if (text.size() > most_bytes) return Error{"invalid_scl", "the file is longer than 256 KiB"};
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const auto lines = lines_of(text);
  if (lines.size() < 2)
    return Error{"invalid_scl", "a Scala file has a line of description and one with the number of degrees"};
  Tuning tuning{std::string(lines[0].text.substr(0, 200)), {}, 60};
  const auto count = parsed<int>(first_word(lines[1].text));
  if (!count || *count < 1 || *count > most_degrees)
    return at_line(lines[1].number, quoted(lines[1].text) + " is not a number of degrees from 1 to 1024");
  for (std::size_t i = 2; i < lines.size() && tuning.cents.size() < static_cast<std::size_t>(*count); ++i) {
    const auto word = first_word(lines[i].text);
    const auto cents = degree_in_cents(word);
    if (!cents)
      return at_line(lines[i].number,
                     quoted(word) + " is neither cents, such as 701.955, nor a ratio, such as 3/2");
    tuning.cents.push_back(*cents);
  }
  if (tuning.cents.size() < static_cast<std::size_t>(*count))
    return Error{"invalid_scl", "the file announces " + std::to_string(*count) + " degrees and holds " +
                                    std::to_string(tuning.cents.size())};
  if (tuning.cents.back() <= 0)
    return Error{"invalid_scl", "the last degree, the interval of repetition, is not above 0 cents"};
  return tuning;
}

}  // namespace doodled
