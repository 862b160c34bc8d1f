// The words of a wish: whatever they are, each is understood or not, and a bar of music comes of them that is
// a session.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include <nlohmann/json.hpp>

#include "core/compose/compose.hpp"
#include "core/compose/prompt.hpp"

using namespace doodled;

namespace {

void check_wish(const composing::Wish& wish) {
  if (wish.tempo_bpm && !(*wish.tempo_bpm >= 20 && *wish.tempo_bpm <= 400)) std::abort();
  if (wish.swing && !(*wish.swing >= 50 && *wish.swing <= 75)) std::abort();
  if (wish.bars && (*wish.bars < 1 || *wish.bars > 1024)) std::abort();
  if (!(wish.energy >= -2.5 && wish.energy <= 2.5)) std::abort();
  if (!(wish.tempo_factor > 0.01 && wish.tempo_factor < 100)) std::abort();
  for (const double change : {wish.brightness, wish.density, wish.space, wish.grain})
    if (!(change >= -1 && change <= 1)) std::abort();
  for (const auto& one : wish.understood)
    if (one.words.empty() || one.meaning.empty() || !one.pointer.starts_with('/')) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string prompt(reinterpret_cast<const char*>(data), size);
  check_wish(composing::wish_from(prompt));
  ComposeOptions options;
  options.mode = "prompt";
  options.prompt = prompt;
  options.bars = 1;
  const auto session = compose({}, options);
  if (!session) {
    if (session.error().code != "prompt_required") std::abort();
    return 0;
  }
  if (!session_from_json(to_json(*session))) std::abort();
  return 0;
}
