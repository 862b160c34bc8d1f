#include "server/console_question.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <thread>

#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace doodled {
namespace {

void print(const std::string& text) {
  std::fputs(text.c_str(), stdout);
  std::fflush(stdout);
}

std::optional<bool> meant_by(const std::string& line) {
  const auto first = line.find_first_not_of(" \t");
  if (first == line.npos) return std::nullopt;
  if (line[first] == 'y' || line[first] == 'Y') return true;
  if (line[first] == 'n' || line[first] == 'N') return false;
  return std::nullopt;
}

}  // namespace

ConsoleQuestion::ConsoleQuestion(const std::string& text) {
  ::tcflush(STDIN_FILENO, TCIFLUSH);
  print(text + " [y/n] ");
}

ConsoleQuestion::~ConsoleQuestion() {
  if (!answered_) print("\n");
}

std::optional<bool> ConsoleQuestion::wait(std::chrono::milliseconds turn) {
  if (ended_) {
    std::this_thread::sleep_for(turn);
    return std::nullopt;
  }
  pollfd input{STDIN_FILENO, POLLIN, 0};
  if (::poll(&input, 1, static_cast<int>(turn.count())) > 0) take_input();
  return next_answer();
}

void ConsoleQuestion::take_input() {
  std::array<char, 256> bytes{};
  const auto count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
  if (count > 0) typed_.append(bytes.data(), static_cast<std::size_t>(count));
  if (count == 0 || (count < 0 && errno != EINTR)) ended_ = true;
}

std::optional<bool> ConsoleQuestion::next_answer() {
  const auto end = typed_.find('\n');
  if (end == typed_.npos) return std::nullopt;
  const auto meant = meant_by(typed_.substr(0, end));
  typed_.erase(0, end + 1);
  answered_ = meant.has_value();
  if (!answered_) print("y or n? ");
  return meant;
}

}  // namespace doodled
