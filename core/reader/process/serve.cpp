#include "core/reader/process/serve.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <new>

#include <malloc.h>

#include "core/reader/decode/decode.hpp"
#include "core/reader/draw/growing_page.hpp"
#include "core/reader/process/sandbox.hpp"
#include "core/reader/process/stream.hpp"
#include "core/reader/protocol/messages.hpp"
#include "core/reader/protocol/page_bytes.hpp"
#include "core/reader/see/see.hpp"

namespace doodled::reader {
namespace {

struct Answer {
  Reply reply;
  std::vector<std::uint8_t> bytes;
  bool large = true;  // its memory is worth handing back; small ones come in a row and use it again
};

Answer refusal(Error error) { return {{{}, {}, std::move(error)}, {}, true}; }

std::int64_t microseconds(std::chrono::nanoseconds time) {
  return std::chrono::duration_cast<std::chrono::microseconds>(time).count();
}

// In bytes of pixels: pictures up to 512 x 512 may come by the hundred as well.
constexpr std::size_t small_raster = std::size_t{3} * 512 * 512;

bool is_large(const Raster& raster) { return raster.pixels.size() > small_raster; }

constexpr int drawn_side = 768;  // of the larger side: clean ink needs no more, and half the pixels are read

// The page that was drawn last, and what was seen of it: it mostly comes again with one more stroke.
struct Desk {
  GrowingPage page;
  PageWatcher watcher;
};

// A page of strokes is untrusted too. Errors of page_from_bytes.
Answer drawn(const Request& request, Bytes strokes, Desk& desk) {
  const Raster& raster = desk.page.show(page_from_bytes(strokes).value(), drawn_side);
  Answer answer;
  answer.large = false;
  answer.reply.info = {"image/png", raster.width, raster.height, 1};
  answer.reply.reading = desk.watcher.see(raster, request.see);
  if (request.picture) answer.bytes = to_png(raster);
  return answer;
}

constexpr std::size_t small_png = 350'000;

// By what the source, of lossless compression too, takes for each pixel: nobody waits for a PNG that will be
// too large.
bool may_be_small(const Raster& raster, const ImageInfo& source, std::size_t source_bytes) {
  if (source.media_type != "image/png" && source.media_type != "image/gif") return false;
  const auto area = [](double width, double height) { return width * height; };
  const auto likely = static_cast<double>(source_bytes) * area(raster.width, raster.height) /
                      area(source.width, source.height);
  return likely < 3.0 * small_png;
}

// A drawing is small and exact as a PNG. A photograph is neither, nor is the attempt cheap, so what came as a
// photograph does stays one.
EncodedPicture prepared(const Raster& raster, const ImageInfo& source, std::size_t source_bytes,
                        PreparedFormat format) {
  if (format == PreparedFormat::rgb) return {{"image/x-rgb", raster.width, raster.height, 1}, raster.pixels};
  if (format != PreparedFormat::smaller) return encode(raster, format == PreparedFormat::png);
  if (may_be_small(raster, source, source_bytes)) {
    auto picture = encode(raster, true);
    if (picture.bytes.size() <= small_png) return picture;
  }
  return encode(raster, false);
}

// Told ahead of the answer, so that whoever sent the picture need not wait for all of it.
using TellHeader = std::function<void(const ImageInfo& info)>;

Answer seen(const Request& request, Bytes picture, const TellHeader& tell) {
  const auto begun = std::chrono::steady_clock::now();
  auto [info, raster] = decode_with_info(picture, request.limits, tell).value();
  const auto decoded = std::chrono::steady_clock::now();
  Answer answer;
  answer.large = is_large(raster);
  answer.reply.info = std::move(info);
  answer.reply.reading = see(raster, request.see);
  answer.reply.decode_us = microseconds(decoded - begun);
  answer.reply.see_us = microseconds(std::chrono::steady_clock::now() - decoded);
  if (request.thumbnail_width > 0) answer.bytes = thumbnail(raster, request.thumbnail_width);
  return answer;
}

Answer made_smaller(const Request& request, Bytes picture, const TellHeader& tell) {
  const auto [info, raster] = decode_with_info(picture, request.limits, tell).value();
  auto made = prepared(raster, info, picture.size(), request.format);
  return {{std::move(made.info), {}, {}}, std::move(made.bytes), is_large(raster)};
}

// Throws ErrorException for what the picture is at fault for.
Answer answered(const Request& request, Bytes picture, Desk& desk, const TellHeader& tell) {
  if (request.operation == Operation::draw) return drawn(request, picture, desk);
  if (request.operation == Operation::read) return seen(request, picture, tell);
  if (request.operation == Operation::prepare) return made_smaller(request, picture, tell);
  Answer answer;
  answer.reply.info = image_info(picture, request.limits).value();
  if (request.operation == Operation::thumbnail)
    answer.bytes = thumbnail(picture, request.thumbnail_width, request.limits).value();
  answer.large = request.operation != Operation::info;  // which unpacks nothing
  return answer;
}

Answer answer_to(const Question& question, Desk& desk, const TellHeader& tell) {
  const auto request = request_from(question.text);
  if (!request) return refusal(request.error());
  if (request->operation == Operation::thumbnail && request->thumbnail_width < 1)
    return refusal(
        {"bad_request", "A thumbnail needs a width.", {{"/thumbnail_width", "must be at least 1"}}});
  allow_cpu_seconds(request->cpu_seconds);
  try {
    return answered(*request, question.bytes.bytes(), desk, tell);
  } catch (const ErrorException& failure) {
    return refusal(failure.error());
  } catch (const std::bad_alloc&) {
    return refusal({"too_much_memory", "Reading the picture takes more memory than the reader is given."});
  } catch (const std::exception& failure) {
    return refusal(
        {"reader_failed", std::string("The reader could not read the picture: ") + failure.what()});
  }
}

// Something to see, so that all of the eyes are awake.
Raster page_with_a_line() {
  constexpr std::size_t side = 64, from = side * (side / 2) + 12;
  Raster page{side, side, side, side, {}};
  page.pixels.assign(side * side * 3, 255);
  std::fill_n(page.pixels.begin() + 3 * from, 3 * 40, 20);
  return page;
}

}  // namespace

void rehearse() {
  const std::vector<std::uint8_t> jpeg = thumbnail(page_with_a_line(), 64);
  see(decode(jpeg, {}).value());
  to_png(draw({}, 64));
}

void serve(int socket, std::uint64_t max_bytes) {
  const auto send = [socket](const Reply& reply, std::vector<std::uint8_t> bytes) {
    const std::string text = to_text(reply, bytes);
    send_frame(socket, text, bytes);
  };
  const TellHeader tell = [&](const ImageInfo& info) { send({info, {}, {}}, {}); };
  Desk desk;
  while (const auto question = receive_question(socket, {.text = 64 * 1024, .bytes = max_bytes})) {
    bool large = true;
    {
      Answer answer = answer_to(*question, desk, tell);
      send(answer.reply, std::move(answer.bytes));
      large = answer.large;
    }
    if (large) malloc_trim(0);
  }
}

}  // namespace doodled::reader
