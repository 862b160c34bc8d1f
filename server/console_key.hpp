// The secret by which commands on this machine show the daemon that they may read its data folder: who can
// read the file may do everything anyhow. DIR/console-key, mode 0600, new at each start, gone at the end.
#pragma once
#include <filesystem>
#include <string>

namespace doodled {

class ConsoleKey {
 public:
  // Where it can't be written there is none, and the log says so.
  explicit ConsoleKey(const std::filesystem::path& data_dir);
  ~ConsoleKey();
  ConsoleKey(const ConsoleKey&) = delete;
  ConsoleKey& operator=(const ConsoleKey&) = delete;

  const std::string& secret() const { return secret_; }

  // What the daemon of this folder wrote; empty where there is none, or it may not be read.
  static std::string read(const std::filesystem::path& data_dir);

 private:
  std::filesystem::path file_;
  std::string secret_;
};

}  // namespace doodled
