#include "core/interpret/schema_match.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

namespace doodled {
namespace {

using Type = Json::value_t;

constexpr unsigned bit(Type type) { return 1U << static_cast<unsigned>(type); }
constexpr unsigned whole_numbers = bit(Type::number_integer) | bit(Type::number_unsigned);

unsigned types_of(const std::string& name) {
  if (name == "object") return bit(Type::object);
  if (name == "array") return bit(Type::array);
  if (name == "string") return bit(Type::string);
  if (name == "boolean") return bit(Type::boolean);
  if (name == "null") return bit(Type::null);
  if (name == "integer") return whole_numbers;
  if (name == "number") return whole_numbers | bit(Type::number_float);
  throw std::logic_error("the schema has an unknown type: " + name);
}

std::size_t length_of(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

// Numbers of two kinds, 1 and 1.0, are left to valijson.
bool is_choice(const Json& choice, const Json& value) {
  if (choice.is_string()) return value.is_string() && choice == value;
  return value.is_number_integer() && choice.is_number_integer() && choice == value;
}

// '{3,64}' or nothing at the end of a pattern: how many; the text after it.
std::optional<std::pair<std::size_t, std::size_t>> bounds_of(std::string_view text) {
  std::size_t least = 0, most = 0;
  if (text.size() < 5 || text.front() != '{' || text.back() != '}') return std::nullopt;
  const auto* const end = text.data() + text.size() - 1;
  const auto first = std::from_chars(text.data() + 1, end, least);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != ',') return std::nullopt;
  const auto second = std::from_chars(first.ptr + 1, end, most);
  if (second.ec != std::errc{} || second.ptr != end) return std::nullopt;
  return std::pair(least, most);
}

}  // namespace

bool SchemaMatch::Pattern::matches(const std::string& text) const {
  if (!characters) return std::regex_search(text, regex);
  return text.size() >= characters->least && text.size() <= characters->most &&
         std::ranges::all_of(text,
                             [&](char c) { return characters->allowed[static_cast<unsigned char>(c)]; });
}

SchemaMatch::SchemaMatch(Json schema) : schema_(std::move(schema)), root_(compile(schema_)) {}

const std::map<std::string_view, SchemaMatch::Reader>& SchemaMatch::readers() {
  using Self = SchemaMatch;
  constexpr Reader nothing = nullptr;  // says nothing of a value
  static const std::map<std::string_view, Reader> table{
      {"$schema", nothing},
      {"$id", nothing},
      {"title", nothing},
      {"description", nothing},
      {"default", nothing},
      {"definitions", nothing},
      {"additionalProperties", nothing},  // with the members
      {"then", nothing},                  // with 'if'
      {"type", &Self::read_type},
      {"enum", &Self::read_choices},
      {"const", &Self::read_choices},
      {"pattern", &Self::read_pattern},
      {"items", &Self::read_items},
      {"properties", &Self::read_members},
      {"required", &Self::read_required},
      {"if", &Self::read_condition},
  };
  return table;
}

const SchemaMatch::Node* SchemaMatch::compile(const Json& schema) {
  if (schema.contains("$ref")) return refer(schema["$ref"].get<std::string>());
  auto& node = nodes_.emplace_back();
  const std::map<std::string_view, double Node::*> numbers{{"minimum", &Node::minimum},
                                                           {"maximum", &Node::maximum}};
  const std::map<std::string_view, std::size_t Node::*> sizes{{"minLength", &Node::min_length},
                                                              {"maxLength", &Node::max_length},
                                                              {"minItems", &Node::min_items},
                                                              {"maxItems", &Node::max_items}};
  for (const auto& [key, value] : schema.items()) {
    if (const auto number = numbers.find(key); number != numbers.end())
      node.*number->second = value.get<double>();
    else if (const auto size = sizes.find(key); size != sizes.end())
      node.*size->second = value.get<std::size_t>();
    else if (key == "uniqueItems")
      node.unique_items = value.get<bool>();
    else if (const auto reader = readers().find(key); reader == readers().end())
      throw std::logic_error("the schema has a keyword that is not known: " + key);
    else if (reader->second)
      (this->*reader->second)(node, value);
  }
  if (schema.contains("additionalProperties")) node.closed = !schema["additionalProperties"].get<bool>();
  if (schema.contains("then")) node.then = compile(schema["then"]);
  return &node;
}

// '#/definitions/note'. Definitions don't contain themselves.
const SchemaMatch::Node* SchemaMatch::refer(const std::string& pointer) {
  const auto known = references_.find(pointer);
  if (known != references_.end()) return known->second;
  return references_[pointer] = compile(schema_.at(Json::json_pointer(pointer.substr(1))));
}

void SchemaMatch::read_type(Node& node, const Json& value) {
  node.types = types_of(value.get<std::string>());
}

void SchemaMatch::read_choices(Node& node, const Json& value) {
  if (value.is_array())
    node.choices = value.get<std::vector<Json>>();
  else
    node.choices = {value};
}

void SchemaMatch::read_pattern(Node& node, const Json& value) {
  const auto text = value.get<std::string>();
  Pattern pattern{std::nullopt, std::regex(text)};
  const auto close = text.find(']');
  if (text.starts_with("^[") && text.ends_with("$") && close != text.npos)
    if (const auto bounds = bounds_of(std::string_view(text).substr(close + 1, text.size() - close - 2))) {
      Characters characters{{}, bounds->first, bounds->second};
      const std::regex one(text.substr(1, close));
      for (int c = 1; c < 128; ++c)
        characters.allowed[static_cast<std::size_t>(c)] =
            std::regex_match(std::string(1, static_cast<char>(c)), one);
      pattern.characters = characters;
    }
  node.pattern = std::move(pattern);
}

void SchemaMatch::read_items(Node& node, const Json& value) {
  if (!value.is_array()) return void(node.item = compile(value));
  for (const auto& item : value) node.tuple.push_back(compile(item));
}

// Both readers find the members in the order of their names, as a Json has them.
void SchemaMatch::read_members(Node& node, const Json& value) {
  for (const auto& [name, schema] : value.items())
    node.members.push_back({name, compile(schema), true, false});
}

void SchemaMatch::read_required(Node& node, const Json& value) {
  for (const auto& item : value) {
    const auto name = item.get<std::string>();
    const auto place = std::ranges::lower_bound(node.members, name, {}, &Member::name);
    if (place != node.members.end() && place->name == name)
      place->required = true;
    else
      node.members.insert(place, {name, nullptr, false, true});
  }
}

// {"not": {"required": ["name"]}}, and nothing else.
void SchemaMatch::read_condition(Node& node, const Json& value) {
  const Json expected{{"not", {{"required", Json::array({value.at("not").at("required").at(0)})}}}};
  if (value != expected) throw std::logic_error("the schema has an 'if' that is not known: " + value.dump());
  node.lacking = value.at("not").at("required").at(0).get<std::string>();
}

bool SchemaMatch::fits(const Node& node, const Json& value) {
  if ((node.types & bit(value.type())) == 0) return false;
  if (!node.choices.empty() &&
      std::ranges::none_of(node.choices, [&](const Json& choice) { return is_choice(choice, value); }))
    return false;
  if (value.is_number()) return fits_number(node, value);
  if (value.is_string()) return fits_text(node, value.get_ref<const std::string&>());
  if (value.is_array()) return fits_list(node, value);
  if (!value.is_object()) return true;
  if (node.then && !value.contains(node.lacking) && !fits(*node.then, value)) return false;
  return fits_object(node, value.get_ref<const Json::object_t&>());
}

bool SchemaMatch::fits_number(const Node& node, const Json& value) {
  const auto number = value.get<double>();
  return number >= node.minimum && number <= node.maximum;
}

bool SchemaMatch::fits_text(const Node& node, const std::string& text) {
  if (text.size() > node.max_length && length_of(text) > node.max_length) return false;
  if (node.min_length > 0 && length_of(text) < node.min_length) return false;
  return !node.pattern || node.pattern->matches(text);
}

bool SchemaMatch::fits_list(const Node& node, const Json& list) {
  const auto size = list.size();
  if (size < node.min_items || size > node.max_items) return false;
  for (std::size_t i = 0; i < size; ++i) {
    const Node* item = i < node.tuple.size() ? node.tuple[i] : node.item;
    if (item && !fits(*item, list[i])) return false;
    if (node.unique_items && std::find(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(i),
                                       list[i]) != list.begin() + static_cast<std::ptrdiff_t>(i))
      return false;
  }
  return true;
}

// Both sides are in the order of their names, so one walk along them finds what is missing and what is too
// much.
bool SchemaMatch::fits_object(const Node& node, const Json::object_t& object) {
  auto member = node.members.begin();
  for (const auto& [name, value] : object) {
    int order = -1;
    while (member != node.members.end() && (order = member->name.compare(name)) < 0)
      if ((member++)->required) return false;
    const bool known = member != node.members.end() && order == 0;
    if (node.closed && !(known && member->declared)) return false;
    if (!known) continue;
    if (member->node && !fits(*member->node, value)) return false;
    ++member;
  }
  return std::none_of(member, node.members.end(), [](const Member& left) { return left.required; });
}

}  // namespace doodled
