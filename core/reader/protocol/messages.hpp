// What the daemon asks of its reader, and what it is told, as JSON text (see frame.hpp for the envelope).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/image/decode_limits.hpp"
#include "core/image/image_info.hpp"
#include "core/image/reading.hpp"
#include "core/reader/see/see.hpp"

namespace doodled::reader {

// `read` sees what is drawn; `thumbnail` makes a small JPEG; `info` looks at the header only; `draw` takes a
// page of strokes (page_bytes.hpp) instead of a picture, and sees it drawn; `prepare` makes what is sent to
// interpreters elsewhere: upright, without metadata, at most limits.target_side. `read` and `prepare` are
// answered twice, first with the `info` of the picture alone, before it is unpacked; a refusal is the last
// answer.
enum class Operation { read, thumbnail, info, draw, prepare };

// `smaller` is PNG where that is small, as drawings are, else JPEG. `rgb` is the pixels themselves: rows from
// the top, three bytes a pixel.
enum class PreparedFormat { smaller, png, jpeg, rgb };

struct Request {
  Operation operation = Operation::info;
  SeeOptions see;  // for `read` and `draw`
  DecodeLimits limits;
  int thumbnail_width = 0;                          // 0..4096; with `read`, 0 asks for none
  bool picture = false;                             // with `draw`: answer the drawing as PNG too
  PreparedFormat format = PreparedFormat::smaller;  // for `prepare`
  int cpu_seconds = 0;  // processor time for this picture, 1..3600; past it the reader is ended by the kernel
};

std::string to_text(const Request& request);
// "bad_request" with every field at fault.
Result<Request> request_from(std::string_view text);

// The bytes of a `thumbnail` or `prepare` reply, those of a `read` with a thumbnail, or the PNG of a `draw`,
// follow the text in the frame, and the reading (reading_bytes.hpp) follows those. Of a `prepare`, `info`
// tells of the picture that was made.
struct Reply {
  ImageInfo info;
  std::optional<Reading> reading;
  std::optional<Error> error;  // when set, nothing else is
  // What a `read` took, in microseconds.
  std::int64_t decode_us = 0, see_us = 0;
};

// The text of the frame, whose bytes get the reading.
std::string to_text(const Reply& reply, std::vector<std::uint8_t>& bytes);
// The daemon's side: the reader may have been taken over by a picture, so nothing is taken for granted. The
// reading's bytes are taken off. "bad_reply".
Result<Reply> reply_from(std::string_view text, std::vector<std::uint8_t>& bytes);

// Sent once, unasked, when the reader stands in its sandbox.
std::string greeting_text();
bool is_greeting(std::string_view text);

}  // namespace doodled::reader
