// What a client may say on the live socket, and the page that its strokes make, on any bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/live/message.hpp"
#include "core/live/page_history.hpp"
#include "core/reader/protocol/page_bytes.hpp"

// Several messages, one a line. A page that was accepted is taken by the reader.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace doodled;
  std::string_view input(reinterpret_cast<const char*>(data), size);
  live::PageHistory page;
  while (!input.empty()) {
    const auto end = input.find('\n');
    const auto message = live::message_from(input.substr(0, end));
    input.remove_prefix(end == std::string_view::npos ? input.size() : end + 1);
    if (!message.body) {
      if (message.body.error().code.empty()) std::abort();
      continue;
    }
    if (const auto* add = std::get_if<live::AddStroke>(&*message.body)) (void)page.add(add->stroke);
    if (const auto* erase = std::get_if<live::Erase>(&*message.body)) (void)page.erase(erase->strokes);
    if (std::holds_alternative<live::Undo>(*message.body)) (void)page.undo();
    if (std::holds_alternative<live::Redo>(*message.body)) (void)page.redo();
    if (std::holds_alternative<live::Clear>(*message.body)) page.clear();
  }
  const StrokePage written{1280, 1024, page.strokes()};
  const auto again = reader::page_from_bytes(reader::page_bytes(written));
  if (!again || again->strokes.size() != written.strokes.size()) std::abort();
  return 0;
}
