// How a session sounds, for those who have no instrument at hand: parts with a patch through the small
// synthesiser, the others through a sound font. Kept on disk by what the session is.
#pragma once
#include <filesystem>
#include <mutex>
#include <semaphore>
#include <stop_token>
#include <string>
#include <vector>

#include "core/audition/settings.hpp"
#include "core/base/result.hpp"
#include "core/files/sound_file.hpp"
#include "core/music/session.hpp"

namespace doodled {

struct RenderedSound {
  std::filesystem::path file;
};

// Thread-safe. One rendering runs at a time, one more may wait.
class Audition {
 public:
  // `directory` is made where it is missing, and rid of what an earlier run left half done.
  Audition(AuditionSettings settings, std::filesystem::path directory);
  ~Audition();  // stops

  const std::filesystem::path& directory() const { return directory_; }
  // Ends what is being rendered and refuses what comes.
  void stop();

  // A file with the first `bars` of the session, or all of it for 0: 44.1 kHz, stereo, loudest sample at
  // -1 dB, two seconds of tail. It stays for as long as the cache has room; open it at once. Errors: those of
  // play_font, 'audition_too_long' (more than max_seconds; name bars), 'busy' (two are at it already),
  // 'cancelled'.
  Result<RenderedSound> render(const Session& session, SoundKind kind, int bars = 0);

 private:
  static constexpr int most_inside = 2;

  std::filesystem::path target_of(const Session& session, SoundKind kind, int bars) const;
  Result<std::vector<float>> mix(const Session& session, int bars,
                                 const std::filesystem::path& scratch) const;
  Result<RenderedSound> make(const Session& session, SoundKind kind, int bars,
                             const std::filesystem::path& target);
  void make_room() const;

  const AuditionSettings settings_;
  const std::filesystem::path directory_;
  std::stop_source stop_;
  std::mutex rendering_;
  std::counting_semaphore<> seats_{most_inside};
};

}  // namespace doodled
