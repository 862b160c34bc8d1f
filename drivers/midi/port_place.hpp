// Where a port's unit is plugged in, which tells two units of one name apart. Linux with ALSA and USB.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace doodled::midi {

// 'MPC One:MPC One MIDI 1 24:0' -> 'MPC One:MPC One MIDI 1 [usb 1-1.2] 24:0' where sysfs has its card at a
// USB socket, else as it is. The sequencer's client 16 + 4 c is that of sound card c (Linux, seq_clientmgr.c:
// SNDRV_SEQ_GLOBAL_CLIENTS, SNDRV_SEQ_CLIENTS_PER_CARD). `sysfs` is '/sys'.
std::string placed_name(const std::string& name, const std::filesystem::path& sysfs);
// The number of sysfs's entry for the port's card, another one after a re-plug; 0 where it has none.
std::uint64_t card_entry(const std::string& name, const std::filesystem::path& sysfs = "/sys");
std::vector<std::string> placed_names(std::vector<std::string> names,
                                      const std::filesystem::path& sysfs = "/sys");

}  // namespace doodled::midi
