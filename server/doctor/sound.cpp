#include <cstdlib>
#include <sstream>

#include <unistd.h>

#include "drivers/midi/port_watch.hpp"
#include "server/doctor/finding.hpp"

namespace doodled::doctor {
namespace {

using State = Finding::State;

std::string ports_text(const std::vector<std::string>& ports) {
  std::string text = std::to_string(ports.size()) + " MIDI ports";
  for (const auto& port : ports) text += (&port == &ports.front() ? ": " : ", ") + port;
  return text;
}

// Each is enough, and none is needed for OSC.
Findings sound_system_findings() {
  const auto jack = midi::PortWatch::of(midi::Api::jack);
  const bool alsa = midi::alsa_usable(), any = alsa || jack->epoch() != 0;
  const auto missing = [any](const std::string& what, const std::string& advice) {
    return Finding{any ? State::good : State::note, what, advice};
  };
  return {alsa ? Finding{State::good, "ALSA", ports_text(midi::alsa_ports())}
               : missing("ALSA", "no sequencer: modprobe snd-seq, and this user into the group audio"),
          jack->epoch() != 0 ? Finding{State::good, "JACK", ports_text(jack->ports())}
                             : missing("JACK", "no server runs")};
}

// What PATH, or the settings, lead to.
bool is_program(const std::string& name) {
  const auto runs = [](const std::filesystem::path& file) { return access(file.c_str(), X_OK) == 0; };
  if (name.find('/') != std::string::npos) return runs(name);
  std::istringstream folders(std::getenv("PATH") ? std::getenv("PATH") : "");
  for (std::string folder; std::getline(folders, folder, ':');)
    if (runs(std::filesystem::path(folder) / name)) return true;
  return false;
}

Finding audition_finding(const AuditionSettings& audition) {
  std::error_code ignored;
  if (!is_program(audition.program))
    return {State::note, "auditions", "there is no " + audition.program + ": apt install fluidsynth"};
  if (!std::filesystem::exists(audition.sound_font, ignored))
    return {State::note, "auditions",
            "there is no " + audition.sound_font.string() + ": apt install timgm6mb-soundfont"};
  return {State::good, "auditions", audition.program + " with " + audition.sound_font.string()};
}

}  // namespace

Findings look_at_sound(const Settings& settings) {
  auto findings = sound_system_findings();
  findings.push_back(audition_finding(settings.audition));
  return findings;
}

}  // namespace doodled::doctor
