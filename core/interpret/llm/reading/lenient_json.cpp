#include "core/interpret/llm/reading/lenient_json.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/interpret/llm/reading/read_answer.hpp"

namespace doodled::llm {
namespace {

constexpr std::array<std::string_view, 5> double_quotes{"\"", "\u201C", "\u201D", "\u201E", "\u201F"};
constexpr std::array<std::string_view, 4> single_quotes{"'", "\u2018", "\u2019", "\u201A"};
constexpr std::array<std::string_view, 4> wide_blanks{"\u00A0", "\u200B", "\u3000", "\uFEFF"};

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$'; }

void append_utf8(std::string& out, unsigned code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 63))};
  } else if (code < 0x10000) {
    out += {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 63)),
            static_cast<char>(0x80 | (code & 63))};
  } else {
    out += {static_cast<char>(0xF0 | code >> 18), static_cast<char>(0x80 | (code >> 12 & 63)),
            static_cast<char>(0x80 | (code >> 6 & 63)), static_cast<char>(0x80 | (code & 63))};
  }
}

std::string lower_case(std::string_view word) {
  std::string out(word);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

}  // namespace

Result<Json> LenientJson::read() {
  try {
    blanks();
    return value(0);
  } catch (const Refusal& refusal) {
    return refusal.error;
  }
}

void LenientJson::refuse(const std::string& what) const {
  const auto before = text_.substr(0, at_);
  const auto line = std::ranges::count(before, '\n') + 1;
  const auto column = at_ - (before.rfind('\n') + 1) + 1;  // npos + 1 is 0
  throw Refusal{{"malformed_answer",
                 "line " + std::to_string(line) + ", column " + std::to_string(column) + ": " + what,
                 {}}};
}

void LenientJson::need_more() const {
  if (at_end()) throw Refusal{{"cut_off", "the answer ends inside its value", {}}};
}

bool LenientJson::take(std::string_view token) {
  if (!text_.substr(at_).starts_with(token)) return false;
  at_ += token.size();
  return true;
}

// --- between the tokens

bool LenientJson::skip_comment() {
  const bool block = take("/*");
  if (!block && !take("//")) return false;
  const auto end = text_.find(block ? "*/" : "\n", at_);
  at_ = end == std::string_view::npos ? text_.size() : end + (block ? 2 : 1);
  if (block) need_more();
  repaired("comment");
  return true;
}

bool LenientJson::skip_wide_blank() {
  for (const auto blank : wide_blanks)
    if (take(blank)) return repaired("space"), true;
  return false;
}

void LenientJson::blanks() {
  while (!at_end()) {
    if (std::string_view(" \t\r\n").find(peek()) != std::string_view::npos)
      ++at_;
    else if (!skip_comment() && !skip_wide_blank())
      return;
  }
}

// --- values

Json LenientJson::value(int depth) {
  if (depth >= most_answer_depth) refuse("the value is nested too deeply");
  need_more();
  if (peek() == '{') return object(depth);
  if (peek() == '[') return list(depth);
  if (!opening_quote().empty()) return text(Place::value);
  if (std::isdigit(static_cast<unsigned char>(peek())) ||
      std::string_view("-+.").find(peek()) != std::string_view::npos)
    return number();
  return literal();
}

bool LenientJson::another(char close, std::string_view starts) {
  blanks();
  need_more();
  const bool comma = take(",");
  blanks();
  need_more();
  if (take({&close, 1})) {
    if (comma) repaired("trailing_comma");
    return false;
  }
  if (comma) return true;
  const bool plain_key = close == '}' && std::isalpha(static_cast<unsigned char>(peek()));
  if (!plain_key && starts.find(peek()) == std::string_view::npos)
    refuse("a comma or the end of the list or object is missing");
  repaired("missing_comma");
  return true;
}

Json LenientJson::object(int depth) {
  take("{");
  blanks();
  need_more();
  Json object = Json::object();
  if (take("}")) return object;
  skip_extra_comma();
  do member(object, depth);
  while (another('}', "\""));
  return object;
}

void LenientJson::skip_extra_comma() {
  if (!take(",")) return;
  repaired("extra_comma");
  blanks();
  need_more();
}

void LenientJson::member(Json& object, int depth) {
  std::string name = key();
  blanks();
  need_more();
  if (!take(":")) refuse("a colon is missing");
  blanks();
  Json child = value(depth + 1);
  const auto earlier = object.find(name);
  if (earlier == object.end()) {
    object.emplace(std::move(name), std::move(child));
    return;
  }
  if (*earlier != child) refuse("the key \"" + name + "\" appears twice with different values");
  repaired("duplicate_key");
}

Json LenientJson::list(int depth) {
  take("[");
  blanks();
  need_more();
  Json items = Json::array();
  if (take("]")) return items;
  do items.push_back(value(depth + 1));
  while (another(']', "\"{[-0123456789"));
  return items;
}

std::string LenientJson::key() {
  if (!opening_quote().empty()) return text(Place::key);
  const auto name = word();
  if (name.empty()) refuse("a key is missing");
  repaired("unquoted_key");
  return std::string(name);
}

std::string_view LenientJson::word() {
  const auto start = at_;
  while (!at_end() && is_word(peek())) ++at_;
  need_more();
  return text_.substr(start, at_ - start);
}

Json LenientJson::literal() {
  const auto start = at_;
  const std::string_view written = word();
  const std::string plain = lower_case(written);
  const bool yes = plain == "true", no = plain == "false", nothing = plain == "null" || written == "None";
  if (!yes && !no && !nothing) return plain_word(start, written);
  if (written != plain || written == "None") repaired("literal");
  return nothing ? Json() : Json(yes);
}

// One word is the text it looks like, unless it is nearly something else.
Json LenientJson::plain_word(std::size_t start, std::string_view written) {
  constexpr std::array<std::string_view, 7> others{"true",     "false",     "null", "none",
                                                   "infinity", "undefined", "nan"};
  const std::string plain = lower_case(written);
  const bool near_other = std::ranges::any_of(
      others, [&](auto other) { return other.starts_with(plain) || plain.starts_with(other); });
  blanks();
  need_more();
  const bool alone = std::string_view(",}]").find(peek()) != std::string_view::npos;
  if (alone && !near_other && std::isalpha(static_cast<unsigned char>(written.front())))
    return repaired("unquoted_text"), Json(std::string(written));
  at_ = start;
  refuse(plain == "nan" || plain == "infinity" ? "JSON has no " + std::string(written)
                                               : "a value is missing");
}

Json LenientJson::number() {
  const auto start = at_;
  while (!at_end() && (is_word(peek()) || std::string_view("+-.").find(peek()) != std::string_view::npos))
    ++at_;
  need_more();
  std::string written(text_.substr(start, at_ - start));
  if (const auto strict = parse_json(written); strict && strict->is_number()) return *strict;
  std::string plain = written.starts_with('+') ? written.substr(1) : written;
  if (const auto point = plain.find('.'); point != std::string::npos) {
    const auto digit = [&](std::size_t i) {
      return i < plain.size() && std::isdigit(static_cast<unsigned char>(plain[i]));
    };
    const bool before = point > 0 && digit(point - 1), after = digit(point + 1);
    if (!after && before) plain.insert(point + 1, "0");
    if (!before && after) plain.insert(point, "0");
  }
  const auto mended = parse_json(plain);
  at_ = start;
  if (!mended || !mended->is_number()) refuse("\"" + written.substr(0, 40) + "\" is no number");
  at_ = start + written.size();
  repaired("number");
  return *mended;
}

// --- texts

std::string_view LenientJson::opening_quote() const {
  const auto here = text_.substr(at_);
  for (const auto quote : double_quotes)
    if (here.starts_with(quote)) return quote;
  for (const auto quote : single_quotes)
    if (here.starts_with(quote)) return quote;
  return {};
}

// A straight quote is closed by a straight one only; a typographic one by any of its kind.
bool LenientJson::take_closing(std::string_view opening) {
  if (opening.size() == 1) return take(opening);
  const bool twofold = std::ranges::find(double_quotes, opening) != double_quotes.end();
  if (twofold) return std::ranges::any_of(double_quotes, [&](auto quote) { return take(quote); });
  return std::ranges::any_of(single_quotes, [&](auto quote) { return take(quote); });
}

// A straight quote inside a text is followed by more of it; what follows a closing one, on its line, is a
// comma, a bracket, a colon, a comment or another text.
bool LenientJson::stands_inside(std::string_view opening) const {
  if (opening != "\"" || peek() != '"') return false;
  const auto next = text_.find_first_not_of(" \t", at_ + 1);
  if (next == std::string_view::npos) return false;
  const auto c = static_cast<unsigned char>(text_[next]);
  return c < 0x80 && std::string_view(",}]:/\"'`\r\n").find(static_cast<char>(c)) == std::string_view::npos;
}

// They come in pairs, and what has brackets in it as well may be more than a text.
void LenientJson::check_inner_quotes(int count, const std::string& out) {
  if (count == 0) return;
  if (count % 2 != 0 || out.find_first_of("{}[]") != std::string::npos)
    refuse("a quote inside a text has no backslash");
  repaired("inner_quotes");
}

std::string LenientJson::text(Place place) {
  const auto opening = opening_quote();
  at_ += opening.size();
  if (opening != "\"") repaired("quotes");
  std::string out;
  int inner = 0;
  for (;;) {
    const bool inside = place == Place::value && stands_inside(opening);
    if (!inside && take_closing(opening)) break;
    if (inner > 0 && at_end()) refuse("a quote inside a text has no backslash");
    need_more();
    inner += inside ? 1 : 0;
    const char c = text_[at_++];
    if (static_cast<unsigned char>(c) < 0x20) repaired("control_character");
    if (c == '\\')
      escape(out);
    else
      out += c;
  }
  check_inner_quotes(inner, out);
  return out;
}

void LenientJson::escape(std::string& out) {
  constexpr std::string_view letters = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
  need_more();
  const char c = text_[at_++];
  if (c == 'u') return unicode(out);
  if (const auto found = letters.find(c); found != std::string_view::npos) {
    out += meanings[found];
    return;
  }
  if (c != '\'') refuse("a backslash stands before something that needs none");
  repaired("escape");
  out += c;
}

unsigned LenientJson::hex4() {
  unsigned code = 0;
  for (int i = 0; i < 4; ++i) {
    need_more();
    const char c = text_[at_++];
    if (!std::isxdigit(static_cast<unsigned char>(c))) refuse("\\u wants four hexadecimal digits");
    code = code * 16 +
           static_cast<unsigned>(std::isdigit(static_cast<unsigned char>(c)) ? c - '0' : (c | 32) - 'a' + 10);
  }
  return code;
}

void LenientJson::unicode(std::string& out) {
  unsigned code = hex4();
  if (code >= 0xDC00 && code < 0xE000) refuse("half of a surrogate pair");
  if (code >= 0xD800 && code < 0xDC00) {
    need_more();
    if (!take("\\u")) refuse("half of a surrogate pair");
    const unsigned low = hex4();
    if (low < 0xDC00 || low >= 0xE000) refuse("half of a surrogate pair");
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  }
  append_utf8(out, code);
}

}  // namespace doodled::llm
