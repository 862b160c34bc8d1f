#include "server/manual/roff.hpp"

#include <sstream>

namespace doodled::roff {
namespace {

bool is_indented(const std::string& line) { return line.starts_with("  "); }

// Opens and closes a block in which lines are not filled.
class Example {
 public:
  explicit Example(std::string& text) : text_(text) {}
  void set(bool wanted) {
    if (wanted != open_) text_ += wanted ? ".PP\n.nf\n" : ".fi\n.PP\n";
    open_ = wanted;
  }

 private:
  std::string& text_;
  bool open_ = false;
};

}  // namespace

std::string escaped(std::string_view text) {
  std::string result;
  bool at_start = true;
  for (const char c : text) {
    if (at_start && (c == '.' || c == '\'')) result += "\\&";
    if (c == '\\')
      result += "\\e";
    else if (c == '-')
      result += "\\-";
    else
      result += c;
    at_start = c == '\n';
  }
  return result;
}

std::string title(std::string_view name, int section, std::string_view version) {
  return ".TH " + escaped(name) + ' ' + std::to_string(section) + " \"\" \"doodled " + escaped(version) +
         "\"\n";
}

std::string heading(std::string_view text) { return ".SH " + escaped(text) + '\n'; }
std::string subheading(std::string_view text) { return ".SS " + escaped(text) + '\n'; }

std::string paragraphs(std::string_view text) {
  std::string result;
  Example example(result);
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    example.set(is_indented(line));
    result += line.empty() ? ".PP\n" : escaped(line) + '\n';
  }
  example.set(false);
  return result;
}

std::string entry(std::string_view term, std::string_view meaning) {
  return ".TP\n\\fB" + escaped(term) + "\\fR\n" + escaped(meaning) + '\n';
}

}  // namespace doodled::roff
