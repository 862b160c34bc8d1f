#include "core/sync/link_session.hpp"

#ifdef DOODLED_LINK
#include <ableton/Link.hpp>
#endif

namespace doodled {

#ifdef DOODLED_LINK
namespace {

class JoinedSession final : public LinkSession {
 public:
  JoinedSession(double tempo_bpm, double quantum) : link_(tempo_bpm), quantum_(quantum) {
    link_.enableStartStopSync(true);
    link_.enable(true);
  }
  ~JoinedSession() override { link_.enable(false); }

  Moment now() const override {
    const auto state = link_.captureAppSessionState();
    return {state.beatAtTime(link_.clock().micros(), quantum_), state.tempo(), state.isPlaying(),
            static_cast<int>(link_.numPeers())};
  }
  void set_tempo(double tempo_bpm) override {
    auto state = link_.captureAppSessionState();
    state.setTempo(tempo_bpm, link_.clock().micros());
    link_.commitAppSessionState(state);
  }
  void set_playing(bool playing) override {
    auto state = link_.captureAppSessionState();
    state.setIsPlaying(playing, link_.clock().micros());
    link_.commitAppSessionState(state);
  }

 private:
  ableton::Link link_;
  const double quantum_;
};

}  // namespace

std::unique_ptr<LinkSession> join_link(double tempo_bpm, double quantum) {
  return std::make_unique<JoinedSession>(tempo_bpm, quantum);
}
bool link_available() { return true; }
#else
std::unique_ptr<LinkSession> join_link(double, double) { return nullptr; }
bool link_available() { return false; }
#endif

}  // namespace doodled
