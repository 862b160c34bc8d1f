// The music itself, byte for byte: what changes here is heard by everybody who made a session before.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "tests/unit/compose/readings.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

std::string music_of(const Reading& reading) {
  Json document = to_json(composed(reading));
  document.erase("evidence");
  return to_text(document, 1) + "\n";
}

Reading drum_page() {
  Reading page = grid_page(4, 16);
  auto& cells = page.grid->cells;
  for (const std::size_t step : {0U, 6U, 10U}) cells[0][step] = 1;
  for (const std::size_t step : {4U, 12U}) cells[1][step] = 1;
  for (std::size_t step = 0; step < 16; step += 2) cells[2][step] = 1;
  cells[3][14] = 1;
  return page;
}

}  // namespace

TEST_CASE("the same picture gives the same bytes as when this composer was released") {
  const std::pair<const char*, Reading> cases[] = {
      {"drawing", busy_drawing()}, {"photo", photo()}, {"drum-grid", drum_page()}};
  for (const auto& [name, reading] : cases) {
    const std::string file = std::string(DOODLED_SOURCE_DIR) + "/tests/golden/compose/" + name + ".json";
    if (std::getenv("DOODLED_WRITE_GOLDEN")) std::ofstream(file) << music_of(reading);
    std::stringstream golden;
    golden << std::ifstream(file).rdbuf();
    CHECK_MESSAGE(
        golden.str() == music_of(reading),
        name << ": raise composer_version, write the file again with DOODLED_WRITE_GOLDEN=1, and look at it");
  }
}
