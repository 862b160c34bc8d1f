#include <stdexcept>

#include <vips/vips.h>

#include "tests/bench/reading/jpeg.hpp"
#include "tests/bench/reading/measures.hpp"

namespace doodled::bench {

void write_jpeg(const cv::Mat& rgb, int quality, const std::filesystem::path& file) {
  const cv::Mat solid = rgb.isContinuous() ? rgb : rgb.clone();
  VipsImage* image =
      vips_image_new_from_memory(solid.data, solid.total() * 3, solid.cols, solid.rows, 3, VIPS_FORMAT_UCHAR);
  const bool written = image && vips_jpegsave(image, file.c_str(), "Q", quality, nullptr) == 0;
  if (image) g_object_unref(image);
  if (!written) throw std::runtime_error("cannot write " + file.string());
}

void keep_page(const Options& options, const std::string& name, const Raster& raster) {
  if (options.keep.empty()) return;
  std::filesystem::create_directories(options.keep);
  const cv::Mat picture(raster.height, raster.width, CV_8UC3,
                        const_cast<std::uint8_t*>(raster.pixels.data()));
  write_jpeg(picture, 95, options.keep / (name + ".jpg"));
}

}  // namespace doodled::bench
