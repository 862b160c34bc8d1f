// The daemon's way to have pictures read: in processes of their own, in a sandbox, with limits. A picture
// that crashes or hangs one costs that picture only.
#pragma once
#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/image/begun.hpp"
#include "core/image/image_info.hpp"
#include "core/image/raster.hpp"
#include "core/image/reading.hpp"
#include "core/image/strokes.hpp"
#include "core/reader/client/process_pool.hpp"
#include "core/reader/client/reader_settings.hpp"
#include "core/reader/client/visit.hpp"
#include "core/reader/protocol/messages.hpp"
#include "core/reader/see/see.hpp"

namespace doodled {

struct ReadPicture {
  ImageInfo info;
  Reading reading;
  std::vector<std::uint8_t> thumbnail;             // JPEG; empty where none was asked for
  std::chrono::microseconds decoding{}, seeing{};  // as the reader says
};

struct ReadDrawing {
  Reading reading;
  int width = 0, height = 0;      // of the drawing as pixels
  std::vector<std::uint8_t> png;  // the same pixels, which read the same; empty where not asked for
};

struct Thumbnail {
  ImageInfo info;  // of the whole picture
  std::vector<std::uint8_t> jpeg;
};

struct MadePicture {
  ImageInfo info;  // of what was made
  std::vector<std::uint8_t> bytes;
};

// Thread-safe; up to settings.processes pictures at once, others wait. Every call blocks for at most about
// settings.timeout (and settings.start_timeout where a process must be started) once its turn has come; a
// stop request ends it at once.
//
// Errors: of the picture "picture_too_large" (bytes), "not_a_picture", "unsupported_picture",
// "too_many_pixels", "too_much_memory", "truncated_picture", "damaged_picture"; of the reading
// "reader_crashed", "reader_timed_out", "reader_failed", "reader_unavailable", "cancelled".
class ReaderClient {
 public:
  ReaderClient(ReaderSettings settings, const Clock& clock);

  Result<ReadPicture> read(Bytes image, const SeeOptions& options, int thumbnail_width = 0,
                           const std::stop_token& stop = {});
  // The same, in two steps: returns when the picture's header has been looked at. The rest may be waited for
  // on another thread, of which `stop` asks as well. The bytes are not needed any more by then; a process is
  // busy until the rest is there.
  Result<Begun<ReadPicture>> begin_read(Bytes image, const SeeOptions& options, int thumbnail_width = 0,
                                        const std::stop_token& stop = {});
  // Unpacks the whole picture, so a truncated one is refused. 1 <= width <= 4096.
  Result<Thumbnail> thumbnail(Bytes image, int width, const std::stop_token& stop = {});
  // Sees the strokes drawn on white. Errors of the reading, and of page_from_bytes.
  Result<ReadDrawing> draw(const StrokePage& page, const SeeOptions& options, bool with_picture,
                           const std::stop_token& stop = {});
  // What is sent to interpreters elsewhere: upright, without metadata, its longer side at most `longest_side`
  // (64..4096).
  Result<MadePicture> prepare(Bytes image, int longest_side, reader::PreparedFormat format,
                              const std::stop_token& stop = {});
  // In two steps, as begin_read.
  Result<Begun<MadePicture>> begin_prepare(Bytes image, int longest_side, reader::PreparedFormat format,
                                           const std::stop_token& stop = {});
  // Upright and small, for lights and displays: its longer side is three quarters to all of 64..4096.
  Result<Raster> pixels(Bytes image, int longest_side, const std::stop_token& stop = {});
  // Looks at the header only.
  Result<ImageInfo> info(Bytes image, const std::stop_token& stop = {});

  // Has a process ready before the first picture comes; nothing when one is there.
  Result<void> warm_up(const std::stop_token& stop = {});

  reader::PoolStatus status() const { return pool_.status(); }
  const ReaderSettings& settings() const { return settings_; }

 private:
  reader::Request request(reader::Operation operation) const;
  Result<reader::ReaderProcess> greeted_process(const std::stop_token& stop);
  Result<std::shared_ptr<reader::Visit>> visit(const reader::Request& request, Bytes image,
                                               const std::stop_token& stop);
  Result<reader::Answer> ask(const reader::Request& request, Bytes image, const std::stop_token& stop);
  template <class Made>
  Result<Begun<Made>> begin(const reader::Request& request, Bytes image, const std::stop_token& stop,
                            Result<Made> (*made_of)(reader::Answer&&));

  const ReaderSettings settings_;
  const Clock& clock_;
  reader::ProcessPool pool_;
};

}  // namespace doodled
