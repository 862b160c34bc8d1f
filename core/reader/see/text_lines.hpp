// Reads a text line by line and word by word, for files that people can read.
#pragma once
#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace doodled::sight {

class TextLines {
 public:
  // `what` it is, for errors: "the forest".
  TextLines(std::string_view text, std::string what) : rest_(text), what_(std::move(what)) {}

  [[noreturn]] void fail(const std::string& reason) const {
    throw std::invalid_argument("line " + std::to_string(number_) + " of " + what_ + ": " + reason);
  }

  // The next line that is no remark: those begin with #.
  bool next() {
    while (!rest_.empty()) {
      const std::size_t end = std::min(rest_.find('\n'), rest_.size());
      line_ = rest_.substr(0, end);
      rest_.remove_prefix(std::min(end + 1, rest_.size()));
      ++number_;
      if (!line_.empty() && line_.front() != '#') return true;
    }
    return false;
  }
  std::string_view take_word() {
    const std::size_t end = std::min(line_.find(' '), line_.size());
    const std::string_view word = line_.substr(0, end);
    line_.remove_prefix(std::min(end + 1, line_.size()));
    return word;
  }
  // Nothing where the word is more or less than a number.
  template <class Number>
  static std::optional<Number> number(std::string_view word) {
    Number value{};
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
    return value;
  }
  std::string_view line() const { return line_; }  // what is left of it

 private:
  std::string_view rest_, line_;
  const std::string what_;
  int number_ = 0;
};

}  // namespace doodled::sight
