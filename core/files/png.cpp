#include "core/files/png.hpp"

#include <fstream>
#include <iterator>

#include "core/base/program.hpp"
#include "core/base/text_result.hpp"

namespace doodled {

Result<std::string> png_of(const std::string& svg, const std::filesystem::path& scratch) {
  const ScratchDirectory directory(scratch);
  const auto from = directory.path() / "sheet.svg", to = directory.path() / "sheet.png";
  std::ofstream(from, std::ios::binary) << svg;
  Program program;
  // librsvg refuses drawings with millions of elements by itself; the limits below are for all else.
  program.arguments = {"rsvg-convert", "--unlimited", "--format",   "png",
                       "--output",     to.string(),   from.string()};
  program.package = "librsvg2-bin";
  program.directory = directory.path();
  program.timeout = std::chrono::seconds(30);
  if (const auto ran = run_program(program); !ran) return ran.error();
  std::ifstream png(to, std::ios::binary);
  return text_result(std::string(std::istreambuf_iterator<char>(png), {}));
}

}  // namespace doodled
