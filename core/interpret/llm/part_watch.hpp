// Watches an answer being written and says, in words for people, which part of it is coming.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace doodled::llm {

class PartWatch {
 public:
  // Text of the answer in order, in any cutting. The part that began last in it ('the bass line'), if one
  // began.
  std::optional<std::string> feed(std::string_view text);

 private:
  std::string word_, last_;
  bool in_text_ = false, escaped_ = false;
};

}  // namespace doodled::llm
