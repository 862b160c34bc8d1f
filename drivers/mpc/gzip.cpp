#include "drivers/mpc/gzip.hpp"

#include <array>
#include <stdexcept>

#include <zlib.h>

namespace doodled::mpc {
namespace {

constexpr int gzip_window = 15 + 16;

// zlib does not write to its input, but takes it as writable.
Bytef* input(std::string_view text) { return reinterpret_cast<Bytef*>(const_cast<char*>(text.data())); }

class Inflation {
 public:
  Inflation() {
    if (inflateInit2(&stream_, gzip_window) != Z_OK) throw std::runtime_error("zlib can't be used");
  }
  ~Inflation() { inflateEnd(&stream_); }
  Inflation(const Inflation&) = delete;
  z_stream& operator*() { return stream_; }

 private:
  z_stream stream_{};
};

Error not_gzip() { return {"not_gzip", "the gzip data is broken or ends too early", {}}; }

}  // namespace

Result<std::string> gunzip(std::string_view packed, std::size_t most) {
  Inflation inflation;
  auto& stream = *inflation;
  stream.next_in = input(packed);
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string text;
  std::array<char, 65536> piece;
  int state = Z_OK;
  while (state != Z_STREAM_END) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    state = inflate(&stream, Z_NO_FLUSH);
    if (state != Z_OK && state != Z_STREAM_END) return not_gzip();
    text.append(piece.data(), piece.size() - stream.avail_out);
    if (text.size() > most)
      return Error{"too_large", "more comes out of the gzip data than is read here", {}};
    if (state == Z_OK && stream.avail_in == 0 && stream.avail_out > 0) return not_gzip();
  }
  return Result<std::string>(boost::system::in_place_value, std::move(text));
}

std::string gzip(std::string_view text) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("zlib can't be used");
  std::string packed(deflateBound(&stream, text.size()) + 32, '\0');
  stream.next_in = input(text);
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int state = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (state != Z_STREAM_END) throw std::runtime_error("zlib can't pack");
  return packed;
}

}  // namespace doodled::mpc
