#include "drivers/push/surface/model.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace doodled::push {
namespace {

constexpr std::array roles{PortRole::live, PortRole::user, PortRole::external};
constexpr std::array<std::string_view, 3> role_words{"Live Port", "User Port", "External Port"};

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::optional<Model> model_in(const std::string& name) {
  const auto at = name.find("push ");
  if (at == std::string::npos || at + 5 >= name.size()) return std::nullopt;
  const bool alone = at + 6 >= name.size() || !std::isdigit(static_cast<unsigned char>(name[at + 6]));
  if (name[at + 5] == '2' && alone) return Model::push2;
  if (name[at + 5] == '3' && alone) return Model::push3;
  return std::nullopt;
}

int number_at(const std::string& text, std::size_t at) {
  if (at >= text.size() || !std::isdigit(static_cast<unsigned char>(text[at]))) return -1;
  return text[at] - '0';
}

// The port's place among those of its Push, from 0.
int index_in(const std::string& name) {
  const auto word = name.rfind("midi ");
  if (word != std::string::npos)
    if (const int number = number_at(name, word + 5); number > 0) return number - 1;
  const auto colon = name.rfind(':');
  if (colon != std::string::npos && colon > 0 && number_at(name, colon - 1) >= 0)
    return std::max(0, number_at(name, colon + 1));
  return 0;
}

}  // namespace

std::optional<PortName> port_named(std::string_view name) {
  const auto text = lower(name);
  const auto model = model_in(text);
  if (!model) return std::nullopt;
  for (std::size_t i = 0; i < roles.size(); ++i)
    if (text.find(lower(role_words[i])) != std::string::npos) return PortName{*model, roles[i]};
  const auto index = static_cast<std::size_t>(index_in(text));
  return PortName{*model, roles[std::min(index, roles.size() - 1)]};
}

std::vector<std::string> port_roles() { return {role_words.begin(), role_words.end()}; }

std::string_view to_string(Model model) { return model == Model::push2 ? "Push 2" : "Push 3"; }

std::string_view to_string(PortRole role) {
  constexpr std::array<std::string_view, 3> names{"live", "user", "external"};
  return names[static_cast<std::size_t>(role)];
}

}  // namespace doodled::push
