// A JSON Schema compiled for one question: does a value fit? A yes is one by draft 7 too; a no may be wrong
// (strings that are no UTF-8, 1.0 for a whole number), so that whoever hears it asks valijson, which also
// says why. Fifty times as fast, since nothing is allocated and no place is named.
#pragma once
#include <array>
#include <deque>
#include <limits>
#include <map>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/json.hpp"

namespace doodled {

class SchemaMatch {
 public:
  // Throws std::logic_error for a keyword that is not known here: the schema is ours, so that is a defect.
  explicit SchemaMatch(Json schema);
  SchemaMatch(const SchemaMatch&) = delete;
  SchemaMatch& operator=(const SchemaMatch&) = delete;

  // Thread-safe.
  bool fits(const Json& value) const { return fits(*root_, value); }

 private:
  // What the project's patterns mostly are: '^[A-Z0-9_]{1,64}$'. Others go through std::regex.
  struct Characters {
    std::array<bool, 256> allowed{};
    std::size_t least = 0, most = 0;
  };
  struct Pattern {
    std::optional<Characters> characters;
    std::regex regex;
    bool matches(const std::string& text) const;
  };

  struct Node;
  struct Member {
    std::string name;
    const Node* node = nullptr;  // null: any value
    bool declared = false, required = false;
  };
  struct Node {
    unsigned types = ~0U;  // bits of nlohmann's value_t
    double minimum = -std::numeric_limits<double>::infinity();
    double maximum = std::numeric_limits<double>::infinity();
    std::size_t min_length = 0, max_length = std::numeric_limits<std::size_t>::max();
    std::size_t min_items = 0, max_items = std::numeric_limits<std::size_t>::max();
    bool unique_items = false, closed = false;  // closed: no members but those that are declared
    std::optional<Pattern> pattern;
    std::vector<Json> choices;
    std::vector<const Node*> tuple;  // the first items, where they differ
    const Node* item = nullptr;      // every other one
    std::vector<Member> members;     // ascending names, like a Json's
    // 'if' the value lacks a member, 'then' it must fit this as well.
    std::string lacking;
    const Node* then = nullptr;
  };
  using Reader = void (SchemaMatch::*)(Node& node, const Json& value);

  static const std::map<std::string_view, Reader>& readers();
  const Node* compile(const Json& schema);
  const Node* refer(const std::string& pointer);
  void read_type(Node& node, const Json& value);
  void read_choices(Node& node, const Json& value);
  void read_pattern(Node& node, const Json& value);
  void read_items(Node& node, const Json& value);
  void read_members(Node& node, const Json& value);
  void read_required(Node& node, const Json& value);
  void read_condition(Node& node, const Json& value);

  static bool fits(const Node& node, const Json& value);
  static bool fits_number(const Node& node, const Json& value);
  static bool fits_text(const Node& node, const std::string& text);
  static bool fits_list(const Node& node, const Json& list);
  static bool fits_object(const Node& node, const Json::object_t& object);

  const Json schema_;
  std::deque<Node> nodes_;
  std::map<std::string, const Node*> references_;
  const Node* root_;
};

}  // namespace doodled
