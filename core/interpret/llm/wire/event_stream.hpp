// Server-sent events and lines of JSON, from bytes in any cutting.
// Event streams as in the HTML standard, 9.2.6 "Interpreting an event stream": lines end with CR, LF or CR
// LF; a leading byte order mark is skipped; lines that begin with ':' are comments; several 'data' lines of
// one event are joined by LF; an empty line ends the event, and one without data is none.
#pragma once
#include <functional>
#include <string>
#include <string_view>

namespace doodled::llm {

// Calls take(line) for every line, without its end.
class LineSplitter {
 public:
  using Take = std::function<void(std::string_view line)>;
  void feed(std::string_view bytes, const Take& take);
  // The last line, when nothing ended it.
  void finish(const Take& take);

 private:
  void end_line(const Take& take);

  std::string line_;
  bool after_cr_ = false, first_ = true;
};

class EventStream {
 public:
  struct Event {
    std::string name;  // 'message' where the stream names none
    std::string data;
  };
  using Take = std::function<void(const Event& event)>;
  void feed(std::string_view bytes, const Take& take);
  // The last event, also where the empty line after it is missing: servers that close at once leave it out.
  void finish(const Take& take);

 private:
  void line(std::string_view line, const Take& take);
  void dispatch(const Take& take);

  LineSplitter lines_;
  std::string name_, data_;
  bool has_data_ = false;
};

}  // namespace doodled::llm
