#include "core/interpret/llm/wish.hpp"

#include <tuple>

#include <nlohmann/json.hpp>

#include "core/interpret/locks.hpp"

namespace doodled::llm {
namespace {

Result<void> read_options(const InterpretRequest& request, Wish& wish) {
  auto json = parse_json(request.options.empty() ? "{}" : request.options);
  if (!json) return json.error();
  auto locks = take_locks(*json);
  if (!locks) return locks.error();
  wish.locks = *std::move(locks);
  auto options = compose_options(wish.wanted, *json);
  if (!options) return options.error();
  wish.options = *std::move(options);
  wish.options.prompt = request.prompt;
  wish.options.image_sha256 = request.image_sha256;
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

std::string meter_line(const Meter& meter) {
  return "- The meter is " + std::to_string(meter.numerator) + "/" + std::to_string(meter.denominator) +
         ": " + std::to_string(meter.bar() / ticks_per_step) + " sixteenths a bar.\n";
}

std::string parts_line(const std::vector<Role>& parts) {
  std::string names;
  for (const auto part : parts) names += (names.empty() ? "" : ", ") + std::string(to_string(part));
  return "- These parts, and no others: " + names + ".\n";
}

std::string fixed_lines(const Wish& wish) {
  const auto& options = wish.options;
  std::string lines;
  if (options.key) lines += "- The key is " + key_name(*options.key) + ".\n";
  if (options.scale && !options.key) lines += "- The scale is " + *options.scale + ".\n";
  if (options.tempo_bpm) lines += "- The tempo is " + plain(*options.tempo_bpm) + " beats a minute.\n";
  if (options.meter) lines += meter_line(*options.meter);
  if (options.bars)
    lines += "- The music is " + std::to_string(*options.bars) + " bars long; shorter rows repeat.\n";
  if (options.swing) lines += "- Swing is " + plain(*options.swing) + " per cent.\n";
  if (options.style) lines += "- The style is " + *options.style + ".\n";
  if (options.density)
    lines += "- Density, from 0 (sparse) to 1 (full), is " + plain(*options.density) + ".\n";
  if (!options.parts.empty()) lines += parts_line(options.parts);
  for (const auto& lock : wish.locks) lines += "- Leave as it is: " + lock + "\n";
  return lines;
}

}  // namespace

Result<Wish> wish_of(const InterpretRequest& request, bool narrow) {
  Wish wish;
  wish.wanted = mode_wanted(request);
  wish.mode = find_mode(wish.wanted);
  if (!wish.mode || wish.wanted == narrow_mode)
    return Error{"unknown_mode",
                 "models are asked in the modes " + mode_names(),
                 {{"mode", "\"" + wish.wanted + "\" is none"}}};
  if (narrow) wish.mode = find_mode(narrow_mode);
  if (auto read = read_options(request, wish); !read) return read.error();
  if (wish.mode->needs_picture && request.image_sha256.empty())
    return Error{"image_required", "the mode " + wish.wanted + " needs a picture", {{"image", "is missing"}}};
  if (!wish.mode->needs_picture && request.prompt.empty())
    return Error{
        "prompt_required", "the mode " + wish.wanted + " needs a sentence", {{"prompt", "is missing"}}};
  return wish;
}

std::string question(const Wish& wish, const PreparedPicture* picture) {
  std::string text;
  if (picture)
    text += "The picture is " + std::to_string(picture->width) + " x " + std::to_string(picture->height) +
            " pixels.\n";
  const auto& [words, device] = std::tie(wish.options.prompt, wish.options.device);
  if (!words.empty()) text += "The musician says:\n\"\"\"\n" + words + "\n\"\"\"\n";
  if (!device.empty()) text += "It will be played on: " + device + "\n";
  if (const auto fixed = fixed_lines(wish); !fixed.empty()) text += "Fixed beforehand:\n" + fixed;
  return text + "Answer in the mode \"" + wish.mode->name + "\".";
}

}  // namespace doodled::llm
