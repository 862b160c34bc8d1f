#include "tests/bench/fitting/drawings.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/base/json.hpp"
#include "tests/bench/fitting/smoothed.hpp"

namespace doodled::bench {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_below(const fs::path& folder, const std::string& ending) {
  std::vector<fs::path> files;
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().extension() == ending) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<Line> strokes_of(const Json& drawing) {
  std::vector<Line> strokes;
  for (const auto& stroke : drawing) {
    Line line;
    for (std::size_t i = 0; i < stroke[0].size(); ++i)
      line.emplace_back(stroke[0][i].get<double>(), stroke[1][i].get<double>());
    if (line.size() > 1) strokes.push_back(std::move(line));
  }
  fit(strokes);
  return strokes;
}

// As the corpus names its doodles.
std::string name_of(std::string word, const std::string& id) {
  std::replace(word.begin(), word.end(), ' ', '_');
  return word + "-" + id;
}

void each_quick_draw(const fs::path& folder, const std::function<void(Drawing)>& take) {
  for (const auto& file : files_below(folder, ".ndjson")) {
    std::ifstream in(file);
    for (std::string text; std::getline(in, text);) {
      const auto line = parse_json(text);
      if (!line) continue;
      const auto word = line->at("word").get<std::string>(), id = line->at("key_id").get<std::string>();
      take({name_of(word, id), "quickdraw", word, strokes_of(line->at("drawing")), {}, {}});
    }
  }
}

std::size_t lines_of(const fs::path& file) {
  std::ifstream in(file);
  std::size_t lines = 0;
  for (std::string text; std::getline(in, text);) ++lines;
  return lines;
}

// What a line would have left beyond the right or lower rim is missing.
cv::Mat ink_of(const Json& values) {
  constexpr int side = 28;
  cv::Mat ink(side, side, CV_32F, cv::Scalar(0));
  for (int i = 0; i < side * side; ++i) {
    const int x = i % side, y = i / side;
    const float value = std::clamp(values.at(std::size_t(i)).get<float>(), 0.F, 1.F);
    ink.at<float>(y, x) = x + 1 < side && y + 1 < side ? value : std::ceil(value - 0.02F);
  }
  return ink;
}

// What stands between two marks, or nothing; `text` goes on behind it.
std::string taken_between(std::string_view& text, std::string_view before, std::string_view after) {
  const std::size_t mark = text.find(before);
  const std::size_t first = mark == std::string_view::npos ? text.size() : mark + before.size(),
                    end = std::min(text.find(after, first), text.size());
  const std::string found(text.substr(first, end - first));
  text.remove_prefix(end);
  return found;
}

// Of a path such as `M 1 2 L 3 4`.
Line points_of(const std::string& path) {
  Line line;
  std::istringstream words(path);
  std::string sign;
  for (double x = 0, y = 0; words >> sign >> x >> y;) line.emplace_back(x, y);
  return line;
}

// Drawn into 600 places, while the data's 256 are simplified to within 2.
void each_stroked_picture(const fs::path& folder, const std::function<void(Drawing)>& take) {
  constexpr double tolerance = 2 * 600.0 / 256;
  for (const auto& file : files_below(folder, ".svg")) {
    std::ifstream in(file);
    const std::string text((std::istreambuf_iterator<char>(in)), {}), stem = file.stem().string();
    const std::string word = stem.substr(0, stem.rfind('_'));
    std::string_view rest = text;
    const std::string id = taken_between(rest, "key_id = ", "-->");
    std::vector<Line> strokes;
    while (!rest.empty())
      if (const Line line = points_of(taken_between(rest, "d = \"", "\"")); line.size() > 1)
        strokes.push_back(smoothed(line, tolerance));
    fit(strokes);
    take({name_of(word, id), "quickdraw400", word, std::move(strokes), {}, {}});
  }
}

// Both collections begin with the same drawings of a word, line by line, and the corpus is made of those.
void each_small_raster(const fs::path& folder, const std::function<void(Drawing)>& take) {
  for (const auto& file : files_below(folder / "quickdraw28", ".ndjson")) {
    const std::size_t known = lines_of(folder / "quickdraw" / file.filename());
    std::ifstream in(file);
    std::size_t number = 0;
    for (std::string text; std::getline(in, text); ++number) {
      if (number < known) continue;
      const auto line = parse_json(text);
      if (!line) continue;
      const std::string word = file.stem().string();
      take({word + "-" + std::to_string(number), "quickdraw28", word, {}, {}, ink_of(*line)});
    }
  }
}

void each_unistroke(const fs::path& folder, const std::function<void(Drawing)>& take) {
  static const std::regex point("X=\"([-0-9.]+)\" Y=\"([-0-9.]+)\""), name("(.*?)([0-9]+)");
  for (const auto& file : files_below(folder, ".xml")) {
    std::ifstream in(file);
    const std::string text((std::istreambuf_iterator<char>(in)), {}), stem = file.stem().string();
    std::vector<Line> strokes(1);
    for (std::sregex_iterator at(text.begin(), text.end(), point), end; at != end; ++at)
      strokes[0].emplace_back(std::stod((*at)[1]), std::stod((*at)[2]));
    std::smatch parts;
    if (strokes[0].size() < 2 || !std::regex_match(stem, parts, name)) continue;
    fit(strokes);
    const std::string speed = file.parent_path().filename().string(),
                      subject = file.parent_path().parent_path().filename().string();
    take({parts[1].str() + "-" + subject + "-" + parts[2].str() + (speed == "medium" ? "" : "-" + speed),
          "unistroke",
          parts[1].str(),
          std::move(strokes),
          {},
          {}});
  }
}

}  // namespace

void fit(std::vector<Line>& strokes) {
  cv::Point2d least(1e9, 1e9), most(-1e9, -1e9);
  for (const Line& line : strokes)
    for (const auto& p : line) {
      least = {std::min(least.x, p.x), std::min(least.y, p.y)};
      most = {std::max(most.x, p.x), std::max(most.y, p.y)};
    }
  const double half = std::max({most.x - least.x, most.y - least.y, 1e-6}) / 2;
  for (Line& line : strokes)
    for (auto& p : line) p = (p - (least + most) * 0.5) * (1 / half);
}

void each_drawing(const fs::path& folder, const std::function<void(Drawing)>& take) {
  each_quick_draw(folder / "quickdraw", take);
  each_stroked_picture(folder / "quickdraw400", take);
  each_small_raster(folder, take);
  each_unistroke(folder / "unistroke", take);
  for (const auto& file : files_below(folder / "hds", ".png"))
    take({file.stem().string(), "hds", file.parent_path().filename().string(), {}, file, {}});
}

}  // namespace doodled::bench
