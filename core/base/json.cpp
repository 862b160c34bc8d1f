#include "core/base/json.hpp"

#include <set>
#include <vector>

#include <nlohmann/json.hpp>

namespace doodled {
namespace {

// Watches the parse for what nlohmann lets pass: duplicated keys (the last one would win) and deep nesting.
class StrictEvents {
 public:
  explicit StrictEvents(int max_depth) : max_depth_(max_depth) {}

  bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
    using Event = Json::parse_event_t;
    if (event == Event::object_start) open(depth).emplace_back();
    if (event == Event::array_start) open(depth);
    if (event == Event::object_end) keys_.pop_back();
    if (event == Event::key && !keys_.back().insert(parsed.get<std::string>()).second)
      complain("the key \"" + parsed.get<std::string>() + "\" appears twice in one object");
    return true;
  }

  const std::string& complaint() const { return complaint_; }

 private:
  std::vector<std::set<std::string>>& open(int depth) {
    if (depth >= max_depth_) throw ErrorException({"malformed_json", "the JSON is nested too deeply", {}});
    return keys_;
  }
  void complain(std::string text) {
    if (complaint_.empty()) complaint_ = std::move(text);
  }

  int max_depth_;
  std::vector<std::set<std::string>> keys_;
  std::string complaint_;
};

}  // namespace

Result<Json> parse_json(std::string_view text, int max_depth) {
  StrictEvents events(max_depth);
  try {
    Json value = Json::parse(text, std::ref(events));
    if (!events.complaint().empty()) return Error{"malformed_json", events.complaint()};
    return value;
  } catch (const Json::exception& failure) {
    return Error{"malformed_json", failure.what()};
  } catch (const ErrorException& failure) {
    return failure.error();
  }
}

std::string to_text(const Json& value, int indent) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace doodled
