#include "server/qr/qr_code.hpp"

#include <array>
#include <memory>
#include <stdexcept>

#include <qrencode.h>

namespace doodled {
namespace {

constexpr std::size_t longest = 1000;
constexpr int svg_quiet = 4, console_quiet = 2;

using Encoded = std::unique_ptr<QRcode, decltype(&QRcode_free)>;

Encoded encode(const std::string& text) {
  if (text.empty() || text.size() > longest) throw std::invalid_argument("no text for a QR code");
  Encoded code(QRcode_encodeData(static_cast<int>(text.size()),
                                 reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M),
               &QRcode_free);
  if (!code) throw std::invalid_argument("this can't become a QR code");
  return code;
}

}  // namespace

QrCode::QrCode(std::string_view text) {
  const auto code = encode(std::string(text));
  width_ = code->width;
  modules_.assign(code->data, code->data + width_ * width_);
  for (auto& module : modules_) module &= 1;
}

bool QrCode::is_dark(int x, int y) const {
  const int place = y * width_ + x;
  return x >= 0 && y >= 0 && x < width_ && y < width_ && modules_[static_cast<std::size_t>(place)] != 0;
}

std::string QrCode::svg() const {
  const auto side = std::to_string(width_ + 2 * svg_quiet);
  std::string path;
  for (int y = 0; y < width_; ++y)
    for (int x = 0; x < width_; ++x)
      if (is_dark(x, y))
        path += "M" + std::to_string(x + svg_quiet) + " " + std::to_string(y + svg_quiet) + "h1v1h-1z";
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side +
         "\" shape-rendering=\"crispEdges\"><rect width=\"" + side + "\" height=\"" + side +
         "\" fill=\"#fff\"/><path d=\"" + path + "\" fill=\"#000\"/></svg>";
}

std::string QrCode::half_blocks(bool colours) const {
  // By whether the upper and the lower module are drawn.
  constexpr std::array<std::string_view, 4> blocks = {" ", "▄", "▀", "█"};
  std::string text;
  for (int y = -console_quiet; y < width_ + console_quiet; y += 2) {
    if (colours) text += "\x1b[30;47m";
    for (int x = -console_quiet; x < width_ + console_quiet; ++x) {
      const bool upper = is_dark(x, y) == colours, lower = is_dark(x, y + 1) == colours;
      text += blocks[static_cast<std::size_t>(upper) * 2 + static_cast<std::size_t>(lower)];
    }
    text += colours ? "\x1b[0m\n" : "\n";
  }
  return text;
}

}  // namespace doodled
