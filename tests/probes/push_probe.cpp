// A surface on real ports, with a display that is not real: shows a small session that plays, prints what the
// hands ask for as 'wish KIND INDEX AMOUNT', and at the end of its input what became of the display.
// push_probe
#include <cstdio>

#include <unistd.h>

#include "drivers/push/surface.hpp"
#include "tests/fakes/push/fake_usb.hpp"
#include "tests/fakes/push/push_session.hpp"

using namespace doodled;
using namespace doodled::push;

namespace {

class Host final : public SurfaceHost {
 public:
  explicit Host(const Clock& clock) : clock_(clock), start_(clock.now()) {}
  bool enabled() const override { return true; }
  std::shared_ptr<const Score> score() override { return score_; }
  Now now() override {
    Now now;
    now.playing = Playing::playing;
    now.tick = (clock_.now() - start_).count() * 1920 / 1'000'000'000 % 7680;
    now.macros = {0.5, 0.25};
    return now;
  }
  void wish(const Wish& wish) override {
    std::printf("wish %d %d %.4f\n", static_cast<int>(wish.kind), wish.index, wish.amount);
    std::fflush(stdout);
  }

 private:
  const Clock& clock_;
  const Nanoseconds start_;
  const std::shared_ptr<const Score> score_ = std::make_shared<const Score>(fakes::push_score());
};

}  // namespace

int main() {
  const SystemClock clock;
  Host host(clock);
  fakes::FakeUsb::Bus bus;
  bus.there = Model::push2;
  midi::PortWish wish;
  wish.api = midi::Api::jack;
  wish.pattern = "Ableton Push";
  wish.roles = port_roles();
  wish.role = static_cast<std::size_t>(PortRole::user);
  wish.client_name = "doodled-probe";
  {
    auto display = std::make_unique<Display>(std::make_unique<fakes::FakeUsb>(bus), clock);
    Surface surface([&](Bell& bell) { return make_surface_port(wish, bell); }, std::move(display), host,
                    clock, {}, "push");
    while (surface.state().status != SurfaceStatus::ours) usleep(1000);
    std::printf("ours %s\n", surface.state().detail.c_str());
    std::fflush(stdout);
    char asked[64];
    while (read(0, asked, sizeof asked) > 0) {
      std::printf("is %s\n", surface.state().status == SurfaceStatus::ours ? "ours" : "gone");
      std::fflush(stdout);
    }
  }
  bool lit = false, dark = true;
  for (const auto& frame : bus.frames)
    for (const auto& pixel : fakes::decode_frame(frame))
      lit = lit || pixel.red + pixel.green + pixel.blue > 0;
  for (const auto& pixel : fakes::decode_frame(bus.frames.back()))
    dark = dark && pixel.red + pixel.green + pixel.blue == 0;
  std::printf("display frames=%zu lit=%d dark=%d claimed=%d complaints=%zu\n", bus.frames.size(), lit, dark,
              bus.claimed, bus.complaints.size());
  return 0;
}
