#include "core/files/xml.hpp"

#include <array>
#include <charconv>
#include <sstream>

#include "core/base/utf8.hpp"

namespace doodled {
namespace {

constexpr std::size_t most_text = 10000;

}  // namespace

std::string to_text(const pugi::xml_document& document) {
  std::ostringstream out;
  document.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
  return std::move(out).str();
}

void set(pugi::xml_node node, const char* attribute, const std::string& value) {
  node.append_attribute(attribute).set_value(clean_text(value, most_text).c_str());
}

pugi::xml_node append_text(pugi::xml_node parent, const char* name, const std::string& text) {
  auto node = parent.append_child(name);
  node.text().set(clean_text(text, most_text).c_str());
  return node;
}

pugi::xml_node append_number(pugi::xml_node parent, const char* name, long long number) {
  return append_text(parent, name, std::to_string(number));
}

std::string number_text(double value) {
  std::array<char, 32> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), end};
}

}  // namespace doodled
