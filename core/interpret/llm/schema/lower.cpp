#include "core/interpret/llm/schema/lower.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

namespace doodled::llm {
namespace {

struct Bound {
  const char* keyword;
  bool openai, anthropic, gemini;  // grammar takes all
  const char* words;               // '#' is the value
};

constexpr std::array<Bound, 7> bounds{{{"minimum", true, false, true, "at least #"},
                                       {"maximum", true, false, true, "at most #"},
                                       {"minItems", true, false, true, "at least # items"},
                                       {"maxItems", true, false, true, "at most # items"},
                                       {"minLength", false, false, false, "at least # characters"},
                                       {"maxLength", false, false, false, "at most # characters"},
                                       {"pattern", true, false, false, "matching #"}}};

bool keeps(const Bound& bound, Dialect dialect) {
  switch (dialect) {
    case Dialect::openai:
      return bound.openai;
    case Dialect::anthropic:
      return bound.anthropic;
    case Dialect::gemini:
      return bound.gemini;
    case Dialect::grammar:
      return true;
  }
  return true;
}

std::string value_text(const OrderedJson& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string in_words(const Bound& bound, const OrderedJson& value) {
  std::string words = bound.words;
  return words.replace(words.find('#'), 1, value_text(value));
}

bool is_pair(const OrderedJson& schema, const char* low, const char* high) {
  return schema.contains(low) && schema.contains(high);
}

// Ranges and counts that have both ends read better as one: '0 to 127', 'exactly 9 items'.
std::string dropped_words(const OrderedJson& schema, Dialect dialect) {
  std::vector<std::string> words;
  for (const auto& bound : bounds) {
    if (keeps(bound, dialect) || !schema.contains(bound.keyword)) continue;
    const std::string_view keyword = bound.keyword;
    if (keyword == "maximum" && is_pair(schema, "minimum", "maximum"))
      words.back() = value_text(schema["minimum"]) + " to " + value_text(schema["maximum"]);
    else if (keyword == "maxItems" && is_pair(schema, "minItems", "maxItems"))
      words.back() =
          schema["minItems"] == schema["maxItems"]
              ? "exactly " + value_text(schema["maxItems"]) + " items"
              : value_text(schema["minItems"]) + " to " + value_text(schema["maxItems"]) + " items";
    else
      words.push_back(in_words(bound, schema[bound.keyword]));
  }
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

void check_type(const OrderedJson& schema) {
  constexpr std::array<const char*, 5> unions{"anyOf", "oneOf", "allOf", "not", "if"};
  for (const char* keyword : unions)
    if (schema.contains(keyword)) throw std::logic_error(std::string("a master schema has no ") + keyword);
  if (schema.contains("type") && !schema["type"].is_string())
    throw std::logic_error("a master schema has no unions");
  if (schema.value("type", "") == "number")
    throw std::logic_error("numbers of a master schema are scaled integers");
}

void lower_object(const OrderedJson& schema, OrderedJson& out, Dialect dialect) {
  out["properties"] = OrderedJson::object();
  out["required"] = OrderedJson::array();
  for (const auto& [name, child] : schema["properties"].items()) {
    out["properties"][name] = lowered(child, dialect);
    out["required"].push_back(name);
  }
  out["additionalProperties"] = false;
}

void lower_values(const OrderedJson& schema, OrderedJson& out, Dialect dialect) {
  if (schema.contains("enum")) out["enum"] = schema["enum"];
  if (!schema.contains("const")) return;
  if (dialect == Dialect::gemini)
    out["enum"] = OrderedJson::array({schema["const"]});
  else
    out["const"] = schema["const"];
}

const OrderedJson& definition(const std::string& reference, const OrderedJson& master,
                              const OrderedJson& parts) {
  const auto hash = reference.find('#');
  const OrderedJson& document = hash == 0 ? master : parts;
  const OrderedJson::json_pointer pointer(reference.substr(hash + 1));
  if (!document.contains(pointer)) throw std::logic_error("a master schema names nothing: " + reference);
  return document[pointer];
}

OrderedJson inline_node(const OrderedJson& node, const OrderedJson& master, const OrderedJson& parts) {
  if (node.is_array()) {
    OrderedJson list = OrderedJson::array();
    for (const auto& item : node) list.push_back(inline_node(item, master, parts));
    return list;
  }
  if (!node.is_object()) return node;
  if (!node.contains("$ref")) {
    OrderedJson object = OrderedJson::object();
    for (const auto& [key, value] : node.items())
      if (key != "definitions") object[key] = inline_node(value, master, parts);
    return object;
  }
  const auto reference = node["$ref"].get<std::string>();
  // Inside parts.json '#' means parts.json itself.
  OrderedJson target =
      inline_node(definition(reference, master, parts), reference[0] == '#' ? master : parts, parts);
  if (node.contains("description")) target["description"] = node["description"];
  return target;
}

int text_tokens(std::size_t letters) { return static_cast<int>(letters / 3) + 2; }

}  // namespace

OrderedJson inlined(const OrderedJson& master, const OrderedJson& parts) {
  return inline_node(master, master, parts);
}

OrderedJson lowered(const OrderedJson& master, Dialect dialect) {
  check_type(master);
  OrderedJson out = OrderedJson::object();
  if (master.contains("type")) out["type"] = master["type"];
  std::string description = master.value("description", "");
  if (const auto words = dropped_words(master, dialect); !words.empty())
    description += (description.empty() ? "" : "; ") + words;
  if (!description.empty()) out["description"] = description;
  if (master.contains("properties")) lower_object(master, out, dialect);
  if (master.contains("items")) out["items"] = lowered(master["items"], dialect);
  lower_values(master, out, dialect);
  for (const auto& bound : bounds)
    if (keeps(bound, dialect) && master.contains(bound.keyword)) out[bound.keyword] = master[bound.keyword];
  return out;
}

int most_tokens(const OrderedJson& schema) {
  if (schema.contains("properties")) {
    int sum = 2;
    for (const auto& [name, child] : schema["properties"].items())
      sum += text_tokens(name.size()) + most_tokens(child);
    return sum;
  }
  if (schema.contains("items")) return 2 + schema.value("maxItems", 64) * (1 + most_tokens(schema["items"]));
  if (schema.contains("enum")) {
    std::size_t longest = 0;
    for (const auto& value : schema["enum"]) longest = std::max(longest, value.dump().size());
    return text_tokens(longest);
  }
  return schema.value("type", "") == "string" ? text_tokens(schema.value("maxLength", std::size_t{200})) : 2;
}

}  // namespace doodled::llm
