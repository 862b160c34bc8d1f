#include "core/base/json.hpp"

#include <vector>

#include <nlohmann/json.hpp>

namespace doodled {
namespace {

// Builds the value as it is parsed, and stops at what nlohmann's own builder lets pass: duplicated keys (the
// last one would win) and deep nesting.
class StrictBuilder final : public nlohmann::json_sax<Json> {
 public:
  explicit StrictBuilder(std::size_t max_depth) : max_depth_(max_depth) {}

  Json& value() { return root_; }
  const std::string& complaint() const { return complaint_; }

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(value); }
  bool number_unsigned(number_unsigned_t value) override { return put(value); }
  bool number_float(number_float_t value, const string_t&) override { return put(value); }
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t&) override { return false; }  // JSON text has none

  bool start_object(std::size_t) override { return open(Json::value_t::object); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(Json::value_t::array); }
  bool end_array() override { return close(); }

  // Keys mostly come in their order, and then the hint saves looking for the place.
  bool key(string_t& name) override {
    auto& object = open_.back()->get_ref<Json::object_t&>();
    const auto before = object.size();
    member_ = &object.emplace_hint(object.end(), name, nullptr)->second;
    if (object.size() > before) return true;
    return complain("the key \"" + name + "\" appears twice in one object");
  }

  bool parse_error(std::size_t, const std::string&, const Json::exception& failure) override {
    const std::string_view words = failure.what();  // after '[json.exception.parse_error.101] '
    return complain(std::string(words.substr(words.find(' ') + 1)));
  }

 private:
  template <class Value>
  bool put(Value&& value) {
    place() = std::forward<Value>(value);
    return true;
  }

  // Where the next value goes.
  Json& place() {
    if (open_.empty()) return root_;
    if (!open_.back()->is_array()) return *member_;
    return open_.back()->get_ref<Json::array_t&>().emplace_back();
  }

  bool open(Json::value_t type) {
    if (open_.size() >= max_depth_) return complain("the JSON is nested too deeply");
    auto& value = place();
    value = Json(type);
    open_.push_back(&value);
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  bool complain(std::string text) {
    complaint_ = std::move(text);
    return false;
  }

  const std::size_t max_depth_;
  Json root_;
  std::vector<Json*> open_;  // lists and objects around the next value
  Json* member_ = nullptr;   // the innermost object's, whose value comes next
  std::string complaint_;
};

}  // namespace

Result<Json> parse_json(std::string_view text, int max_depth) {
  StrictBuilder builder(static_cast<std::size_t>(max_depth));
  if (Json::sax_parse(text, &builder)) return std::move(builder.value());
  return Error{"malformed_json", builder.complaint(), {}};
}

std::string to_text(const Json& value, int indent) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace doodled
