#include "server/configured_interpreters.hpp"

#include <fstream>
#include <future>

#include <doctest/doctest.h>

#include "core/base/program.hpp"

using namespace doodled;
using namespace std::chrono_literals;

namespace {

// A box with one interpreter.
struct KeyHolder {
  ScratchDirectory root{std::filesystem::temp_directory_path()};
  ConfiguredInterpreters configured{settings(root.path()), {}};
  std::string in_use;  // the key of the interpreter that was added last

  static Settings settings(const std::filesystem::path& folder) {
    Settings settings;
    settings.store.data_dir = folder;
    settings.interpreters.push_back({"tiny", {}, {}});
    return settings;
  }
  std::string stored() const {
    std::ifstream file(root.path() / "keys" / "tiny");
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void use(const RemoteSettings& now) { in_use = now.model.endpoint.key.reveal(); }
  Result<void> change(const std::optional<std::string>& key, const std::string& id = "tiny") {
    return configured.change_key(id, key, [this](const RemoteSettings& now) { use(now); });
  }
};

}  // namespace

TEST_SUITE("configured interpreters") {
  TEST_CASE("of keys that are given at once, the one that is stored is the one in use") {
    KeyHolder holder;
    std::future<Result<void>> later;
    const auto first = holder.configured.change_key("tiny", "first", [&](const RemoteSettings& now) {
      later = std::async(std::launch::async, [&] { return holder.change("second"); });
      later.wait_for(100ms);  // all the time that it would need to come in between
      holder.use(now);
    });
    REQUIRE(first.has_value());
    REQUIRE(later.get().has_value());
    CHECK(holder.stored() == "second");
    CHECK(holder.in_use == "second");
  }

  TEST_CASE("a key that is refused or not there changes nothing") {
    KeyHolder holder;
    REQUIRE(holder.change("right").has_value());
    CHECK(holder.change("two words").error().code == "invalid_key");
    CHECK(holder.change("right", "nobody").error().code == "takes_no_key");
    CHECK(holder.in_use == "right");
    REQUIRE(holder.change(std::nullopt).has_value());
    CHECK(holder.in_use.empty());
    CHECK(holder.change(std::nullopt).error().code == "no_key");
  }
}
