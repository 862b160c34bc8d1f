// A question with yes or no on the console, for who waits for other things meanwhile.
#pragma once
#include <chrono>
#include <optional>
#include <string>

namespace doodled {

class ConsoleQuestion {
 public:
  // Asks on stdout. What was typed before is no answer to it.
  explicit ConsoleQuestion(const std::string& text);
  // The line ends where it was not answered.
  ~ConsoleQuestion();
  ConsoleQuestion(const ConsoleQuestion&) = delete;
  ConsoleQuestion& operator=(const ConsoleQuestion&) = delete;

  // Waits for at most so long. What is neither yes nor no is asked again.
  std::optional<bool> wait(std::chrono::milliseconds turn);
  // Stdin is at its end: there will be no answer.
  bool unanswerable() const { return ended_; }

 private:
  void take_input();
  std::optional<bool> next_answer();

  std::string typed_;
  bool ended_ = false, answered_ = false;
};

}  // namespace doodled
