// What `doodled doctor` looks at: each function one part of the box, told in lines that say what to do where
// something is wrong. Nothing is changed.
#pragma once
#include <string>
#include <vector>

#include "server/daemon_client.hpp"
#include "server/settings.hpp"

namespace doodled::doctor {

struct Finding {
  // `note`: doodled works, but not as well as it could, or as is wanted.
  enum class State { good, note, bad };
  State state = State::good;
  std::string what, text;
};

using Findings = std::vector<Finding>;

// The data directory, the room on its disk, the database in it.
Findings look_at_store(const Settings& settings);
// Real-time rights and the clock.
Findings look_at_time(const Settings& settings);
// Whether what the daemon listens on is free, where it does not run.
Findings look_at_ports(const Settings& settings);
// ALSA, JACK, and the synthesiser of auditions.
Findings look_at_sound(const Settings& settings);
// The configured devices, opened as the daemon would.
Findings look_at_devices(const Settings& settings);
// The reader, and each configured vision LLM; Ollama, where it is looked for.
Findings look_at_interpreters(const Settings& settings, CurlTransport& transport, const Clock& clock);
// Whether each can sign; where it leads is tried by POST /webhooks/ID/test only, as the receiver would take
// anything else for a message.
Findings look_at_webhooks(const Settings& settings);
// What only the running daemon knows: its devices, circuits and costs, webhooks that wait, backups. Empty
// where none runs.
Findings ask_daemon(const Settings& settings, CurlTransport& transport);

}  // namespace doodled::doctor
