#include "core/reader/protocol/page_bytes.hpp"

#include <bit>
#include <cmath>

#include "core/reader/protocol/wire.hpp"

namespace doodled::reader {
namespace {

constexpr std::uint32_t full_share = 100'000;  // a twentieth of a pixel on the largest page

void put_share(ByteWriter& out, double share) {
  out.put(static_cast<std::uint32_t>(std::lround(share * full_share)));
}

double share_from(ByteReader& in) {
  const auto share = in.take<std::uint32_t>();
  if (share > full_share) in.refuse();
  return static_cast<double>(share) / full_share;
}

void put(ByteWriter& out, const HandStroke& stroke) {
  out.put(static_cast<std::uint8_t>(stroke.pen));
  for (const int channel : stroke.colour) out.put(static_cast<std::uint8_t>(channel));
  out.put(std::bit_cast<std::uint64_t>(stroke.width.value_or(0)));
  out.put(static_cast<std::uint32_t>(stroke.points.size()));
  for (const StrokePoint& point : stroke.points) {
    put_share(out, point.x);
    put_share(out, point.y);
    put_share(out, point.pressure);
  }
}

HandStroke stroke_from(ByteReader& in) {
  HandStroke stroke;
  const auto pen = in.take<std::uint8_t>();
  if (pen >= pen_names.names.size()) in.refuse();
  stroke.pen = static_cast<Pen>(pen);
  for (int& channel : stroke.colour) channel = in.take<std::uint8_t>();
  const auto width = std::bit_cast<double>(in.take<std::uint64_t>());
  if (width != 0) stroke.width = width;
  if (stroke.width && !is_stroke_width(width)) in.refuse();
  const std::size_t points = in.count(max_stroke_points);
  if (points == 0) in.refuse();
  for (std::size_t i = 0; i < points && in.sound(); ++i) {
    const double x = share_from(in), y = share_from(in), pressure = share_from(in);
    stroke.points.push_back({x, y, 0, pressure});
  }
  return stroke;
}

}  // namespace

std::vector<std::uint8_t> page_bytes(const StrokePage& page) {
  ByteWriter out;
  out.put(static_cast<std::uint32_t>(page.width));
  out.put(static_cast<std::uint32_t>(page.height));
  out.put(static_cast<std::uint32_t>(page.strokes.size()));
  for (const auto& stroke : page.strokes) put(out, *stroke);
  return out.take();
}

Result<StrokePage> page_from_bytes(Bytes bytes) {
  ByteReader in(bytes);
  const auto width = in.take<std::uint32_t>(), height = in.take<std::uint32_t>();
  if (const auto fits = check_page_size(width, height); !fits) return fits.error();
  StrokePage page{static_cast<int>(width), static_cast<int>(height), {}};
  const std::size_t count = in.count(max_page_strokes);
  for (std::size_t i = 0; i < count && in.sound(); ++i) {
    auto stroke = stroke_from(in);
    if (const auto room = check_room(page.strokes, stroke); !room) return room.error();
    page.strokes.push_back(std::make_shared<const HandStroke>(std::move(stroke)));
  }
  if (!in.sound() || !in.at_end()) return Error{"invalid_stroke", "the strokes' bytes make no page"};
  return page;
}

}  // namespace doodled::reader
