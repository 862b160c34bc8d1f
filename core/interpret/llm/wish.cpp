#include "core/interpret/llm/wish.hpp"

#include <nlohmann/json.hpp>

#include "core/compose/compose.hpp"

namespace doodled::llm {
namespace {

constexpr std::size_t most_words = 200;

Error unusable(std::string field, std::string message) {
  return {"invalid_option", "some options can't be used", {{std::move(field), std::move(message)}}};
}

std::optional<std::string> words_of(const Json& value) {
  if (!value.is_string() || value.get_ref<const std::string&>().size() > most_words) return std::nullopt;
  return value.get<std::string>();
}

Result<void> read_locks(const Json& value, Wish& wish) {
  if (!value.is_array() || value.size() > 32)
    return unusable("/options/locks", "is no list of at most 32 texts");
  for (std::size_t i = 0; i < value.size(); ++i) {
    auto words = words_of(value[i]);
    if (!words)
      return unusable("/options/locks/" + std::to_string(i), "is no text of at most 200 characters");
    wish.locks.push_back(*std::move(words));
  }
  return {};
}

// Takes out what only models understand; the rest is what the builtin interpreter takes as well.
Result<void> take_own_options(Json& options, Wish& wish) {
  if (!options.is_object()) return {};
  if (const auto device = options.find("device"); device != options.end()) {
    auto words = words_of(*device);
    if (!words) return unusable("/options/device", "is no text of at most 200 characters");
    wish.device = *std::move(words);
    options.erase("device");
  }
  if (const auto locks = options.find("locks"); locks != options.end()) {
    if (auto read = read_locks(*locks, wish); !read) return read.error();
    options.erase("locks");
  }
  return {};
}

Result<void> read_options(const InterpretRequest& request, Wish& wish) {
  auto json = parse_json(request.options.empty() ? "{}" : request.options);
  if (!json) return json.error();
  if (auto taken = take_own_options(*json, wish); !taken) return taken.error();
  const auto options = compose_options("auto", *json);
  if (!options) return options.error();
  wish.key = options->key;
  wish.tempo_bpm = options->tempo_bpm;
  wish.swing = options->swing;
  wish.bars = options->bars;
  wish.seed = options->seed;
  return {};
}

// 'auto' without a picture can only be about the words.
std::string mode_wanted(const InterpretRequest& request) {
  return request.mode == "auto" && request.image_sha256.empty() ? "prompt" : request.mode;
}

std::string plain(double number) {
  const auto text = to_text(Json(number));
  return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}

std::string fixed_lines(const Wish& wish) {
  std::string lines;
  if (wish.key) lines += "- The key is " + key_name(*wish.key) + ".\n";
  if (wish.tempo_bpm) lines += "- The tempo is " + plain(*wish.tempo_bpm) + " beats a minute.\n";
  if (wish.bars)
    lines += "- The music is " + std::to_string(*wish.bars) + " bars long: rows of " +
             std::to_string(*wish.bars * 16) + " sixteenths, or shorter ones that repeat.\n";
  if (wish.swing) lines += "- Swing is " + plain(*wish.swing) + " per cent.\n";
  for (const auto& lock : wish.locks) lines += "- Leave as it is: " + lock + "\n";
  return lines;
}

}  // namespace

Result<Wish> wish_of(const InterpretRequest& request) {
  Wish wish;
  const std::string name = mode_wanted(request);
  wish.mode = find_mode(name);
  if (!wish.mode)
    return Error{"unknown_mode",
                 "models are asked in the modes " + mode_names(),
                 {{"mode", "\"" + name + "\" is none"}}};
  if (auto read = read_options(request, wish); !read) return read.error();
  wish.prompt = request.prompt;
  wish.image_sha256 = request.image_sha256;
  if (wish.mode->needs_picture && wish.image_sha256.empty())
    return Error{"image_required", "the mode " + name + " needs a picture", {{"image", "is missing"}}};
  if (!wish.mode->needs_picture && wish.image_sha256.empty() && wish.prompt.empty())
    return Error{"prompt_required", "there is neither a picture nor a sentence", {{"prompt", "is missing"}}};
  return wish;
}

std::string question(const Wish& wish, const PreparedPicture* picture) {
  std::string text;
  if (picture)
    text += "The picture is " + std::to_string(picture->width) + " x " + std::to_string(picture->height) +
            " pixels.\n";
  if (!wish.prompt.empty()) text += "The musician says:\n\"\"\"\n" + wish.prompt + "\n\"\"\"\n";
  if (!wish.device.empty()) text += "It will be played on: " + wish.device + "\n";
  if (const auto fixed = fixed_lines(wish); !fixed.empty()) text += "Fixed beforehand:\n" + fixed;
  return text + "Answer in the mode \"" + wish.mode->name + "\".";
}

}  // namespace doodled::llm
