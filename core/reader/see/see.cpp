#include "core/reader/see/see.hpp"

#include <algorithm>
#include <future>
#include <optional>
#include <stdexcept>
#include <utility>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/clean_page.hpp"
#include "core/reader/see/colourless.hpp"
#include "core/reader/see/ground.hpp"
#include "core/reader/see/kind.hpp"
#include "core/reader/see/level.hpp"
#include "core/reader/see/photo.hpp"
#include "core/reader/see/sheet.hpp"
#include "core/reader/see/shrink.hpp"
#include "core/reader/see/sight.hpp"
#include "core/reader/see/steady.hpp"
#include "core/reader/see/thin.hpp"

namespace doodled {
namespace {

using namespace sight;

constexpr int largest_side = 1280;
// Smaller drawings are enlarged: a centre line needs pixels to lie between.
constexpr int smallest_side = 256;
constexpr int coarse_side = 96;  // enough for the light and colour of a page that was drawn here

// The raster's pixels as a matrix; the raster must outlive it.
cv::Mat pixels_of(const Raster& raster) {
  if (raster.width < 1 || raster.height < 1 ||
      raster.pixels.size() != std::size_t(raster.width) * std::size_t(raster.height) * 3)
    throw std::invalid_argument("a raster's pixels do not fit its width and height");
  return {raster.height, raster.width, CV_8UC3, const_cast<std::uint8_t*>(raster.pixels.data())};
}

cv::Mat at_working_size(const cv::Mat& rgb) {
  const int side = std::max(rgb.cols, rgb.rows);
  if (side <= largest_side && side >= smallest_side) return rgb;
  const double scale = std::min(8.0, double(side > largest_side ? largest_side : smallest_side) / side);
  const bool colourless = is_colourless(rgb);
  cv::Mat resized;
  cv::resize(colourless ? one_channel(rgb) : rgb, resized, shrunk_size(rgb, scale), 0, 0,
             scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  return colourless ? three_channels(resized) : resized;
}

const cv::Mat& smaller(const cv::Mat& a, const cv::Mat& b) { return a.total() < b.total() ? a : b; }

// `judged` is the picture, or the smaller one that it was enlarged from: how broad its strokes are shows
// there.
Sight look_at(const cv::Mat& rgb, const cv::Mat& judged, const View& view, Found found, Paper paper) {
  Sight sight{rgb, view, {}, find_ink(rgb, paper), {}};
  sight.verdict = decide_kind(judged, sight.ink, found);
  if (sight.verdict.blank) wipe(sight.ink, {});
  if (found == Found::exported || sight.ink.inverted || !is_board(rgb, sight.verdict)) return sight;
  paper.dark = true;
  return look_at(rgb, judged, view, found, paper);
}

// The sheet alone where one lies in the picture, or a board that something is drawn on.
std::optional<Sight> look_at_sheet(const cv::Mat& rgb, const cv::Mat& small, Tone tone) {
  const auto sheet = find_sheet(rgb, small, tone);
  if (!sheet) return std::nullopt;
  const Paper paper{true, {}, tone == Tone::dark};
  Sight sight = look_at(sheet->rgb, sheet->rgb, {rgb.size(), sheet->to_picture}, Found::sheet, paper);
  sight.corners = sheet->corners;
  if (sight.verdict.kind != PictureKind::drawing) return std::nullopt;
  const bool blank = cv::countNonZero(sight.ink.mask) == 0;
  return blank && tone == Tone::dark ? std::nullopt : std::optional(std::move(sight));
}

// Else the whole picture, which was found as `whole`.
Sight look(const cv::Mat& rgb, const cv::Mat& given, Found whole) {
  const cv::Mat small = shrunk_for_sheets(rgb);
  if (auto sheet = look_at_sheet(rgb, small, Tone::bright)) return *std::move(sheet);
  if (whole == Found::picture)
    if (auto board = look_at_sheet(rgb, small, Tone::dark)) return *std::move(board);
  const Ground ground = whole == Found::picture ? find_ground(rgb) : Ground{};
  if (ground.empty()) return look_at(rgb, smaller(given, rgb), {rgb.size()}, whole, {});
  const cv::Mat sheet = covered(rgb, ground);
  Sight sight =
      look_at(sheet, smaller(given, sheet), {rgb.size()}, whole, {false, ground.free_box(rgb.size())});
  sight.ground = ground.mask(rgb.size());
  wipe(sight.ink, sight.ground);
  return sight;
}

PictureKind wanted(PictureKind seen, SeeMode mode) {
  if (seen == PictureKind::nothing || mode == SeeMode::automatic) return seen;
  return mode == SeeMode::drawing ? PictureKind::drawing : PictureKind::photo;
}

Reading reading_of(const Raster& raster) {
  Reading reading;
  reading.width = raster.source_width > 0 ? raster.source_width : raster.width;
  reading.height = raster.source_height > 0 ? raster.source_height : raster.height;
  return reading;
}

double share_of_ink(const Ink& ink) { return double(cv::countNonZero(ink.mask)) / double(ink.mask.total()); }

// On a thread of its own where that is worth one; the picture outlives it.
std::future<PhotoFeatures> measured_aside(const cv::Mat& rgb) {
  constexpr std::size_t worth_a_thread = std::size_t{512} * 512;  // pixels
  const auto policy = rgb.total() >= worth_a_thread ? std::launch::async : std::launch::deferred;
  return std::async(policy, [rgb] { return measure_photo(rgb); });
}

struct Shot {
  bool unlevel;   // a camera's, of a sheet whose edges were not found
  bool enlarged;  // its pixels are larger than those that are read
};

// With what is drawn, read as a drawing.
Reading drawn(Reading reading, Sight& sight, const Shot& shot, const SeeOptions& options) {
  constexpr double least_sure = 0.9;  // that a raster is a drawing, whatever its cells look like
  if (reading.kind != PictureKind::drawing) reading.confidence = least_sure;
  reading.kind = PictureKind::drawing;
  if (shot.unlevel)
    read_photograph(sight, shot.enlarged, options.curve_samples, reading);
  else
    read_page(sight, thin(sight.ink.mask), options.curve_samples, reading);
  reading.ink = share_of_ink(sight.ink);  // of what was read
  return reading;
}

// Cells painted in a few colours look as uneven as a photograph's ground does.
bool may_be_raster(const Reading& reading, SeeMode mode) {
  constexpr double sure = 0.998;  // of a photograph
  return mode == SeeMode::automatic && reading.kind == PictureKind::photo && reading.confidence < sure;
}

bool shows_raster(const Reading& page) {
  constexpr int least_rows = 4, least_columns = 8;  // the windows of most houses are fewer
  return page.grid && page.grid->rows >= least_rows && page.grid->columns >= least_columns;
}

}  // namespace

Reading see(const Raster& raster, const SeeOptions& options) {
  cv::setNumThreads(1);
  const cv::Mat given = pixels_of(raster), rgb = at_working_size(given);
  Reading reading = reading_of(raster);
  auto photo = measured_aside(smaller(given, rgb));
  // What leans in an export was drawn so.
  const bool photographed = is_photographed(given);
  const Found whole = photographed ? Found::picture : Found::exported;
  Sight sight = look(rgb, given, whole);
  reading.ink = share_of_ink(sight.ink);
  reading.kind = wanted(sight.verdict.kind, options.mode);
  reading.confidence = sight.verdict.confidence;
  reading.advice = sight.verdict.advice;
  reading.photo = photo.get();
  const Shot shot{photographed && sight.corners.empty(), given.total() < rgb.total()};
  if (reading.kind == PictureKind::drawing) return drawn(std::move(reading), sight, shot, options);
  if (may_be_raster(reading, options.mode))
    if (auto page = drawn(reading, sight, shot, options); shows_raster(page)) return page;
  return reading;
}

struct PageWatcher::Seen {
  CleanPage page;
};

PageWatcher::PageWatcher() : seen_(std::make_unique<Seen>()) {}
PageWatcher::~PageWatcher() = default;

Reading PageWatcher::see(const Raster& raster, const SeeOptions& options) {
  if (options.mode == SeeMode::photo) return doodled::see(raster, options);
  cv::setNumThreads(1);
  const cv::Mat rgb = at_working_size(pixels_of(raster));
  CleanPage& page = seen_->page;
  page.look_at(rgb);
  Reading reading = reading_of(raster);
  reading.photo = measure_photo(page.shrunk_to(coarse_side));
  Sight sight{rgb, {rgb.size()}, {}, page.ink(), {}};
  reading.ink = share_of_ink(sight.ink);
  reading.kind = PictureKind::drawing;
  reading.confidence = 1;
  read_page(sight, page.lines(), options.curve_samples, reading);
  return reading;
}

Reading see_drawn(const Raster& raster, const SeeOptions& options) {
  return PageWatcher().see(raster, options);
}

}  // namespace doodled
