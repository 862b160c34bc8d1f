// Reads a text line by line and word by word, for files that people can read.
#pragma once
#include <algorithm>
#include <string_view>

namespace doodled::sight {

class TextLines {
 public:
  explicit TextLines(std::string_view text) : rest_(text) {}

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
  std::string_view line() const { return line_; }  // what is left of it
  int number() const { return number_; }           // of the line, from 1

 private:
  std::string_view rest_, line_;
  int number_ = 0;
};

}  // namespace doodled::sight
