// What a control does: a message from outside bound to an action. Kept in `bindings.json` of the data folder.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/inputs/control_message.hpp"

namespace doodled {

enum class Takeover : std::uint8_t {
  pickup,  // a knob does nothing until it passes where the macro stands
  jump     // the macro jumps to the knob
};
enum class ControlMode : std::uint8_t {
  absolute,
  relative,     // 1..63 up, 127..65 down: two's complement
  relative_64,  // 65 up, 63 down
};

struct Binding {
  std::string id;
  std::string input = "*";  // of an input; '*': any
  ControlAddress control;
  std::string action;
  std::string text;          // of the action's call
  std::optional<int> track;  // of the action's call
  Takeover takeover = Takeover::pickup;
  ControlMode mode = ControlMode::absolute;
  double from = 0, to = 1;  // what the control's ends mean; `from` may be above `to`
};

Json to_json(const Binding& binding);
// Absent fields keep their defaults; `id` may be absent. Errors: 'invalid_binding' with the pointer.
Result<Binding> binding_from_json(const Json& json);

// All bindings, as a file keeps them. One thread at a time.
class Bindings {
 public:
  // Reads the file; none is no bindings. Errors: 'malformed_json', 'invalid_binding'.
  static Result<Bindings> load(std::filesystem::path file);
  // The same, but a file that can't be used is put aside as FILE.damaged-20261126-025000, by the time, with a
  // warning, and there are no bindings.
  static Bindings load_or_put_aside(const std::filesystem::path& file, std::int64_t wall_ms);

  const std::vector<Binding>& all() const { return bindings_; }
  // Every binding of that control on that input.
  std::vector<const Binding*> of(const std::string& input, const ControlAddress& control) const;
  // In the place of one with the same control and action, if there is one. Throws StoreUnavailable.
  const Binding& add(Binding binding);
  // False when there is none. Throws StoreUnavailable.
  bool remove(const std::string& id);

 private:
  explicit Bindings(std::filesystem::path file) : file_(std::move(file)) {}
  void save() const;
  std::string fresh_id() const;

  std::filesystem::path file_;
  std::vector<Binding> bindings_;
};

// Names of the files of bindings that were put aside in this folder, the oldest first.
std::vector<std::string> damaged_bindings(const std::filesystem::path& folder);

}  // namespace doodled
