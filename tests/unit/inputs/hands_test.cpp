#include "core/inputs/hands.hpp"

#include <atomic>
#include <condition_variable>
#include <fstream>

#include <doctest/doctest.h>

#include "core/base/program.hpp"
#include "tests/fakes/action_rig.hpp"

using namespace doodled;

namespace {

// Waits on what the actions tell, never on the time.
class InputRig : public fakes::ActionRig {
 public:
  explicit InputRig(std::string file = "bindings.json") {
    add(100);
    hands.emplace(*actions, sync, clock, std::move(*Bindings::load(folder.path / file)),
                  [this](const Binding&) { learned_.ring(); });
  }
  ~InputRig() { hands.reset(); }

  void cc(int number, int value) {
    const std::array<std::uint8_t, 3> bytes{0xb0, static_cast<std::uint8_t>(number),
                                            static_cast<std::uint8_t>(value)};
    hands->heard_midi("keys", bytes);
  }
  // After all that was heard so far: a macro of its own is turned last, and waited for.
  void settle() {
    const double mark = marks_ = marks_ == 0.25 ? 0.75 : 0.25;
    const std::string packet =
        std::string("/doodled/macro/9", 16) + std::string(4, '\0') + std::string(",f\0\0", 4) +
        (mark == 0.25 ? std::string("\x3e\x80\0\0", 4) : std::string("\x3f\x40\0\0", 4));
    hands->heard_osc("osc", as_bytes(packet));
    while (actions->macro(9).value != mark) std::this_thread::yield();
  }
  Binding bind(const std::string& action, int number) {
    Binding binding;
    binding.action = action;
    binding.control = {ControlKind::controller, 1, number, {}};
    return hands->bind(binding);
  }
  double macro(int number) { return actions->macro(number).value; }

  Sync sync{*rack, clock, {"keys"}, {}};
  std::optional<Hands> hands;

 private:
  Bell learned_;
  double marks_ = 0.5;
};

}  // namespace

TEST_CASE("a bound knob turns its macro once it has picked it up") {
  InputRig rig;
  rig.bind("macro-1", 20);
  const double stands = rig.macro(1);
  rig.cc(20, 127);
  rig.settle();
  CHECK(rig.macro(1) == stands);
  rig.cc(20, 0);
  rig.cc(20, 32);
  rig.settle();
  CHECK(rig.macro(1) == doctest::Approx(32.0 / 127));
}

TEST_CASE("a knob that may jump jumps, and its range can be turned round") {
  InputRig rig;
  auto binding = rig.bind("macro-1", 20);
  binding.takeover = Takeover::jump;
  binding.from = 1;
  binding.to = 0;
  rig.hands->bind(binding);
  rig.cc(20, 127);
  rig.settle();
  CHECK(rig.macro(1) == 0);
}

TEST_CASE("an endless encoder moves its macro from where it stands") {
  InputRig rig;
  auto binding = rig.bind("macro-1", 20);
  binding.mode = ControlMode::relative;
  rig.hands->bind(binding);
  const double stands = rig.macro(1);
  rig.cc(20, 10);
  rig.cc(20, 125);
  rig.settle();
  CHECK(rig.macro(1) == doctest::Approx(stands + 7.0 / 127));
}

TEST_CASE("a button that is held does its action once") {
  InputRig rig;
  rig.bind("keep", 30);
  const auto other = rig.add(90);
  rig.actions->perform("previous");
  for (const int value : {127, 127, 100, 0}) rig.cc(30, value);
  rig.settle();
  rig.actions->post("session", {.value = {}, .text = other, .track = {}});  // in order: after every keep
  while (rig.actions->state().session_id != other) std::this_thread::yield();
  CHECK(rig.changed.size() == 1);
}

TEST_CASE("learning binds the next control that moves, and it is there after a restart") {
  InputRig rig;
  LearnWish wish;
  wish.binding.action = "macro-2";
  CHECK(rig.hands->learn(wish).active);
  const std::array<std::uint8_t, 3> let_go{0x80, 60, 0};
  rig.hands->heard_midi("keys", let_go);
  rig.cc(41, 64);
  rig.cc(41, 65);
  rig.settle();
  const auto state = rig.hands->learning();
  CHECK_FALSE(state.active);
  REQUIRE(state.learned.has_value());
  CHECK(state.learned->control == ControlAddress{ControlKind::controller, 1, 41, {}});
  CHECK(state.learned->input == "keys");

  const auto again = Bindings::load(rig.folder.path / "bindings.json");
  REQUIRE(again.has_value());
  REQUIRE(again->all().size() == 1);
  CHECK(again->all()[0].action == "macro-2");
}

TEST_CASE("bindings that can't be used are put aside, and what is learned then goes into a file of its own") {
  const ScratchDirectory folder(std::filesystem::temp_directory_path());
  const auto file = folder.path() / "bindings.json";
  for (const std::string text : {"[{]", "{}", R"([{"action": "macro-99"}])"}) {
    CAPTURE(text);
    std::ofstream(file) << text;
    auto bindings = Bindings::load_or_put_aside(file, 1'767'225'600'000);  // 2026
    CHECK(bindings.all().empty());
    CHECK_FALSE(std::filesystem::exists(file));
    Binding binding;
    binding.action = "panic";
    bindings.add(binding);
    CHECK(Bindings::load(file)->all().size() == 1);
  }
  const auto damaged = damaged_bindings(folder.path());
  REQUIRE(damaged.size() == 3);
  CHECK(damaged[0] == "bindings.json.damaged-20260101-000000");
  CHECK(damaged[1] == "bindings.json.damaged-20260101-000000-2");
  std::ifstream first(folder.path() / damaged[0]);
  CHECK(std::string(std::istreambuf_iterator<char>(first), {}) == "[{]");
}

TEST_CASE("bindings that are well, or absent, stay where they are") {
  const ScratchDirectory folder(std::filesystem::temp_directory_path());
  const auto file = folder.path() / "bindings.json";
  CHECK(Bindings::load_or_put_aside(file, 0).all().empty());
  std::ofstream(file) << R"([{"action": "panic", "message": "cc", "number": 20}])";
  CHECK(Bindings::load_or_put_aside(file, 0).all().size() == 1);
  CHECK(damaged_bindings(folder.path()).empty());
}

TEST_CASE("program changes pick kept sessions without any binding") {
  InputRig rig;
  const auto kept = rig.add(111);
  rig.store.sessions.change(kept, {.starred = true});
  rig.add(112);
  rig.actions->perform(
      "session", {.value = {}, .text = rig.store.sessions.list({}, {}).value().items[0].id, .track = {}});
  const std::array<std::uint8_t, 2> program{0xc0, 0};
  rig.hands->heard_midi("keys", program);
  while (rig.actions->state().session_id != kept) std::this_thread::yield();
  CHECK(rig.actions->state().session_id == kept);
}

TEST_CASE("what is no OSC is counted and left alone") {
  InputRig rig;
  rig.hands->heard_osc("osc", as_bytes("hello"));
  CHECK(rig.hands->refused() == 1);
}

TEST_CASE("bindings that cannot be used name the field") {
  const auto pointer = [](const Json& json) {
    const auto binding = binding_from_json(json);
    return binding ? std::string() : binding.error().problems.front().pointer;
  };
  CHECK(pointer({{"message", "cc"}, {"number", 20}, {"action", "macro-1"}}) == "");
  CHECK(pointer({{"message", "knob"}, {"action", "macro-1"}}) == "/message");
  CHECK(pointer({{"message", "cc"}, {"number", 128}, {"action", "macro-1"}}) == "/number");
  CHECK(pointer({{"message", "cc"}, {"action", "explode"}}) == "/action");
  CHECK(pointer({{"message", "osc"}, {"address", "x"}, {"action", "play"}}) == "/address");
  CHECK(pointer({{"message", "cc"}, {"action", "parameter"}, {"text", "loudness"}}) == "/text");
  CHECK(pointer({{"message", "cc"}, {"action", "play"}, {"speed", 1}}) == "/speed");
}
