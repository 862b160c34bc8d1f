#include "drivers/mpc/json_place.hpp"

#include <algorithm>
#include <string>

namespace doodled::mpc {
namespace {

class Scanner {
 public:
  explicit Scanner(std::string_view json) : json_(json) { space(); }

  std::size_t at() const { return at_; }
  // Past one value, whatever it is.
  void skip() {
    int depth = 0;
    do {
      if (peek() == '"') {
        string();
      } else if (peek() == '{' || peek() == '[') {
        ++depth, ++at_;
      } else if (peek() == '}' || peek() == ']') {
        --depth, ++at_;
      } else if (peek() == ',' || peek() == ':') {
        ++at_;
      } else {
        at_ = std::min(json_.find_first_of(",]}: \t\r\n", at_), json_.size());
      }
      if (depth > 0) space();
    } while (depth > 0 && at_ < json_.size());
  }
  // Into the member or item of that name; false when there is none.
  bool enter(std::string_view name) {
    const char kind = peek();
    if (kind != '{' && kind != '[') return false;
    ++at_;
    space();
    for (std::size_t index = 0; at_ < json_.size() && peek() != '}' && peek() != ']'; ++index) {
      const bool found = kind == '{' ? key() == name : std::to_string(index) == name;
      if (found) return true;
      skip();
      space();
      if (peek() == ',') ++at_;
      space();
    }
    return false;
  }

 private:
  char peek() const { return at_ < json_.size() ? json_[at_] : '\0'; }
  void space() { at_ = std::min(json_.find_first_not_of(" \t\r\n", at_), json_.size()); }
  void string() {
    for (++at_; at_ < json_.size() && json_[at_] != '"'; ++at_)
      if (json_[at_] == '\\') ++at_;
    at_ = std::min(at_ + 1, json_.size());
  }
  // A member's name, as written; leaves the scanner at its value.
  std::string_view key() {
    const auto begin = at_ + 1;
    string();
    const auto name = json_.substr(begin, at_ - begin - 1);
    space();
    if (peek() == ':') ++at_;
    space();
    return name;
  }

  std::string_view json_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<JsonPlace> json_place(std::string_view json, std::string_view pointer) {
  Scanner scanner(json);
  while (!pointer.empty()) {
    const auto end = std::min(pointer.find('/', 1), pointer.size());
    if (!scanner.enter(pointer.substr(1, end - 1))) return std::nullopt;
    pointer.remove_prefix(end);
  }
  const auto begin = scanner.at();
  scanner.skip();
  return JsonPlace{begin, scanner.at() - begin};
}

}  // namespace doodled::mpc
