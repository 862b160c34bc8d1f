// Result<T>: a value, or the Error that says what the caller did wrong and where.
// What a caller can cause travels as Result; what nobody in the call can repair (a full disk, a damaged
// database) is an exception, caught by the connection loop, the worker loop, the runner and main.
#pragma once
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/system/result.hpp>

namespace doodled {

// One complaint. `pointer` is the place at fault: a JSON Pointer into the document, or a field's name.
struct Problem {
  std::string pointer;
  std::string message;
  bool operator==(const Problem&) const = default;
};

// `code` is a stable machine word ("not_a_picture"), `message` a sentence for people.
struct Error {
  std::string code;
  std::string message;
  std::vector<Problem> problems = {};
};

class ErrorException : public std::runtime_error {
 public:
  explicit ErrorException(Error error) : std::runtime_error(error.message), error_(std::move(error)) {}
  const Error& error() const noexcept { return error_; }

 private:
  Error error_;
};

[[noreturn]] inline void throw_exception_from_error(const Error& error, const boost::source_location&) {
  throw ErrorException(error);
}

template <class T>
using Result = boost::system::result<T, Error>;

}  // namespace doodled
