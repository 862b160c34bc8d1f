#include "core/reader/decode/picture_format.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace doodled::decoding {
namespace {

using namespace std::string_view_literals;

std::string_view as_text(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

// ISO/IEC 14496-12, 4.3: a `ftyp` box holds the major brand, a version, and compatible brands to its end.
std::optional<PictureFormat> sniff_heif(std::string_view text) {
  if (text.size() < 16 || text.substr(4, 4) != "ftyp") return std::nullopt;
  const auto length = static_cast<std::size_t>(static_cast<unsigned char>(text[2]) << 8 |
                                               static_cast<unsigned char>(text[3]));
  const std::string_view box = text.substr(0, std::min(text.size(), length));
  bool heic = false;
  for (std::size_t at = 8; at + 4 <= box.size(); at += at == 8 ? 8 : 4) {
    const std::string_view brand = box.substr(at, 4);
    if (brand == "avif" || brand == "avis") return PictureFormat::avif;
    heic |= brand == "heic" || brand == "heix" || brand == "hevc" || brand == "heim" || brand == "heis" ||
            brand == "mif1" || brand == "msf1";
  }
  if (heic) return PictureFormat::heic;
  return std::nullopt;
}

std::optional<PictureFormat> sniff_supported(std::string_view text) {
  if (text.starts_with("\xff\xd8\xff"sv)) return PictureFormat::jpeg;
  if (text.starts_with("\x89PNG\r\n\x1a\n"sv)) return PictureFormat::png;
  if (text.starts_with("GIF87a"sv) || text.starts_with("GIF89a"sv)) return PictureFormat::gif;
  if (text.size() >= 12 && text.starts_with("RIFF"sv) && text.substr(8, 4) == "WEBP")
    return PictureFormat::webp;
  if (text.starts_with("II*\0"sv) || text.starts_with("MM\0*"sv)) return PictureFormat::tiff;
  return sniff_heif(text);
}

struct Refused {
  std::string_view name, start;
};

constexpr std::array refused{
    Refused{"PDF", "%PDF-"sv},
    Refused{"PostScript", "%!PS"sv},
    Refused{"BMP", "BM"sv},
    Refused{"ICO", "\0\0\1\0"sv},
    Refused{"PSD", "8BPS"sv},
    Refused{"JPEG XL", "\xff\x0a"sv},
    Refused{"JPEG XL", "\0\0\0\x0cJXL \r\n\x87\n"sv},
    Refused{"JPEG 2000", "\0\0\0\x0cjP  \r\n\x87\n"sv},
    Refused{"JPEG 2000", "\xff\x4f\xff\x51"sv},
    Refused{"BigTIFF", "II+\0"sv},
    Refused{"BigTIFF", "MM\0+"sv},
    Refused{"OpenEXR", "v/1\1"sv},
    Refused{"FITS", "SIMPLE  ="sv},
};

bool looks_like_svg(std::string_view text) {
  const std::string_view start = text.substr(0, 1024);
  return start.find("<svg") != std::string_view::npos;
}

std::string_view refused_name(std::string_view text) {
  for (const Refused& kind : refused) {
    if (text.starts_with(kind.start)) return kind.name;
  }
  if (looks_like_svg(text)) return "SVG";
  const bool portable_anymap = text.size() > 2 && text[0] == 'P' && text[1] >= '1' && text[1] <= '7' &&
                               (text[2] == '\n' || text[2] == ' ' || text[2] == '\r');
  return portable_anymap ? "PNM" : "";
}

constexpr std::string_view readable = "JPEG, PNG, WebP, HEIC, AVIF, GIF or TIFF";

}  // namespace

std::string_view media_type(PictureFormat format) {
  switch (format) {
    case PictureFormat::jpeg:
      return "image/jpeg";
    case PictureFormat::png:
      return "image/png";
    case PictureFormat::webp:
      return "image/webp";
    case PictureFormat::gif:
      return "image/gif";
    case PictureFormat::heic:
      return "image/heic";
    case PictureFormat::avif:
      return "image/avif";
    case PictureFormat::tiff:
      return "image/tiff";
  }
  return "application/octet-stream";
}

Result<PictureFormat> sniff(Bytes encoded) {
  const std::string_view text = as_text(encoded);
  if (const auto format = sniff_supported(text)) return *format;
  if (const std::string_view name = refused_name(text); !name.empty())
    return Error{"unsupported_picture",
                 std::string(name) + " pictures are not read; send " + std::string(readable) + "."};
  if (encoded.empty()) return Error{"not_a_picture", "The picture is empty."};
  return Error{"not_a_picture", "The file is not a picture; send " + std::string(readable) + "."};
}

}  // namespace doodled::decoding
