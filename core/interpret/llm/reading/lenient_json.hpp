// JSON as models write it: only slips that can mean one thing are understood. read_answer.hpp is the door.
#pragma once
#include <set>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/base/json.hpp"

namespace doodled::llm {

class LenientJson {
 public:
  LenientJson(std::string_view text, std::set<std::string>& repairs) : text_(text), repairs_(repairs) {}

  // The value at the start of the text. Errors as of read_answer().
  Result<Json> read();
  // What follows the value that was read.
  std::string_view rest() const { return text_.substr(at_); }

 private:
  struct Refusal {
    Error error;
  };
  enum class Place { key, value };

  Json value(int depth);
  Json object(int depth);
  Json list(int depth);
  void skip_extra_comma();
  void member(Json& object, int depth);
  // After an item: true when another follows, false at the closing character.
  bool another(char close, std::string_view starts);
  std::string key();
  std::string text(Place place);
  bool stands_inside(std::string_view opening) const;
  void check_inner_quotes(int count, const std::string& out);
  std::string_view opening_quote() const;
  bool take_closing(std::string_view opening);
  void escape(std::string& out);
  void unicode(std::string& out);
  unsigned hex4();
  Json number();
  Json literal();
  Json plain_word(std::size_t start, std::string_view written);
  std::string_view word();
  void blanks();
  bool skip_comment();
  bool skip_wide_blank();

  bool at_end() const { return at_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  bool take(std::string_view token);
  void need_more() const;
  [[noreturn]] void refuse(const std::string& what) const;
  void repaired(const char* what) { repairs_.insert(what); }

  std::string_view text_;
  std::set<std::string>& repairs_;
  std::size_t at_ = 0;
};

}  // namespace doodled::llm
