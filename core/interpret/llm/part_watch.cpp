#include "core/interpret/llm/part_watch.hpp"

#include <algorithm>
#include <utility>

namespace doodled::llm {
namespace {

// The keys of the answers of all modes (schemas/interpret) that are worth telling.
constexpr std::pair<std::string_view, std::string_view> parts[] = {{"seen", "the picture"},
                                                                   {"evidence", "the places in it"},
                                                                   {"key", "the key"},
                                                                   {"bpm", "the tempo"},
                                                                   {"patch", "the sound"},
                                                                   {"modulation", "the cables"},
                                                                   {"lfos", "the curves"},
                                                                   {"voices", "the melody"},
                                                                   {"lead", "the lead"},
                                                                   {"pad", "the pad"},
                                                                   {"bass", "the bass line"},
                                                                   {"chords", "the chords"},
                                                                   {"drums", "the drums"},
                                                                   {"texture", "the texture"},
                                                                   {"macros", "the macros"},
                                                                   {"cells", "the nine cells"},
                                                                   {"q_links", "the Q-Links"},
                                                                   {"scenes", "the scenes"},
                                                                   {"sections", "the arrangement"},
                                                                   {"shapes", "the shapes"}};

constexpr std::size_t longest_key = 32;

}  // namespace

std::optional<std::string> PartWatch::feed(std::string_view text) {
  std::optional<std::string> begun;
  for (const char c : text) {
    if (in_text_) {
      if (!escaped_ && c == '"')
        in_text_ = false;
      else if (word_.size() < longest_key)
        word_ += c;
      escaped_ = !escaped_ && c == '\\';
      continue;
    }
    if (c == '"') in_text_ = true, word_.clear();
    if (c != ':') continue;
    const auto part = std::ranges::find(parts, word_, &std::pair<std::string_view, std::string_view>::first);
    if (part != std::end(parts) && part->second != last_) begun = last_ = part->second;
  }
  return begun;
}

}  // namespace doodled::llm
