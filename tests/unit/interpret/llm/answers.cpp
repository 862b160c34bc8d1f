#include "answers.hpp"

#include <fstream>
#include <string>

namespace doodled::llm {

Json answer_for(std::string_view mode) {
  std::ifstream file(DOODLED_SOURCE_DIR "/tests/fakes/llm/answers/" + std::string(mode) + ".json");
  return Json::parse(file);
}

}  // namespace doodled::llm
