#include "core/interpret/llm/modes.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <list>
#include <stdexcept>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/ids.hpp"
#include "core/interpret/llm/schema/lower.hpp"

namespace doodled {

namespace embedded {
extern const std::string_view prompt_frame, prompt_rules, prompt_auto, prompt_doodle, prompt_lfo,
    prompt_photo, prompt_macros, prompt_mpc, prompt_arrangement, prompt_prompt, prompt_narrow;
extern const std::string_view answer_parts, answer_auto, answer_doodle, answer_lfo, answer_photo,
    answer_macros, answer_mpc, answer_arrangement, answer_prompt, answer_narrow;
}  // namespace embedded

namespace llm {
namespace {

struct Source {
  std::string_view name;
  const std::string_view& prompt;
  const std::string_view& schema;
  bool needs_picture;
};

const std::array<Source, 9> sources{{
    {"auto", embedded::prompt_auto, embedded::answer_auto, true},
    {"doodle", embedded::prompt_doodle, embedded::answer_doodle, true},
    {"lfo", embedded::prompt_lfo, embedded::answer_lfo, true},
    {"photo", embedded::prompt_photo, embedded::answer_photo, true},
    {"macros", embedded::prompt_macros, embedded::answer_macros, true},
    {"mpc", embedded::prompt_mpc, embedded::answer_mpc, true},
    {"arrangement", embedded::prompt_arrangement, embedded::answer_arrangement, true},
    {"prompt", embedded::prompt_prompt, embedded::answer_prompt, false},
    {narrow_mode, embedded::prompt_narrow, embedded::answer_narrow, true},
}};

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

struct PromptFile {
  std::string version, text;
};

// 'version: doodle-1', an empty line, the text.
PromptFile parse_prompt(std::string_view file) {
  constexpr std::string_view label = "version: ";
  const auto end = file.find('\n');
  if (!file.starts_with(label) || end == std::string_view::npos)
    throw std::logic_error("a prompt without a version");
  return {std::string(file.substr(label.size(), end - label.size())), std::string(file.substr(end + 2))};
}

// The chapter of config/prompts/rules.md whose heading has the word, in any case.
std::string rules_about(const std::string& word) {
  const std::string_view all = embedded::prompt_rules, mark = "\n## ";
  for (auto at = all.find(mark); at != std::string_view::npos; at = all.find(mark, at + 1)) {
    const auto start = all.find('\n', at + 1) + 1, end = all.find(mark, start);
    if (lower_case(all.substr(at, start - at)).find(lower_case(word)) != std::string::npos)
      return std::string(all.substr(start, end - start));
  }
  throw std::logic_error("rules.md has no chapter about " + word);
}

// '{{rules Drawings}}'
std::string with_rules(std::string text) {
  constexpr std::string_view open = "{{rules ", close = "}}";
  for (auto at = text.find(open); at != std::string::npos; at = text.find(open)) {
    const auto end = text.find(close, at);
    const auto title = text.substr(at + open.size(), end - at - open.size());
    text.replace(at, end + close.size() - at, title + ":\n" + rules_about(title));
  }
  return text;
}

// As much again for the blanks that models put between the tokens.
int budget(const OrderedJson& schema) {
  return std::clamp(most_tokens(schema) / 256 * 256 + 1024, 2048, 16384);
}

Mode load(const Source& source) {
  const auto frame = parse_prompt(embedded::prompt_frame), prompt = parse_prompt(source.prompt);
  const auto schema = inlined(OrderedJson::parse(source.schema), OrderedJson::parse(embedded::answer_parts));
  Mode mode;
  mode.name = source.name;
  mode.version = prompt.version;
  mode.system = frame.text + "\n" + with_rules(prompt.text);
  mode.schema = schema.dump();
  mode.hash = sha256_hex(mode.system + mode.schema);
  static std::list<QuickSchema> compiled;  // called from one static's initialisation only
  mode.master = &compiled.emplace_back(mode.schema);
  static std::list<Json> trees;
  mode.shape = &trees.emplace_back(Json::parse(mode.schema));
  mode.answer_tokens = budget(schema);
  mode.needs_picture = source.needs_picture;
  return mode;
}

const std::vector<Mode>& all_modes() {
  static const std::vector<Mode> modes = [] {
    std::vector<Mode> list;
    for (const auto& source : sources) list.push_back(load(source));
    return list;
  }();
  return modes;
}

}  // namespace

const Mode* find_mode(std::string_view name) {
  const auto& modes = all_modes();
  const auto found = std::ranges::find(modes, name, &Mode::name);
  return found == modes.end() ? nullptr : &*found;
}

std::string mode_names() {
  std::string names;
  for (const auto& source : sources)
    if (source.name != narrow_mode) names += (names.empty() ? "" : ", ") + std::string(source.name);
  return names;
}

}  // namespace llm
}  // namespace doodled
