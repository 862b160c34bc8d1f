#include "core/interpret/llm/wire/failures.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <ctime>

namespace doodled::llm {
namespace {

using std::chrono::milliseconds;

struct StatusMeaning {
  int from, to;
  const char* code;
  const char* sentence;
  bool retryable;
};

// The first row that fits.
constexpr StatusMeaning meanings[] = {
    {300, 399, "rejected_request", "the provider answers with a redirect, which is not followed", false},
    {401, 401, "auth", "the provider refuses the key", false},
    {402, 402, "quota", "the account has no credit left", false},
    {403, 403, "auth", "the key may not do this", false},
    {404, 404, "not_found", "the provider knows no such model or address", false},
    {408, 408, "timeout", "the provider gave up waiting", true},
    {409, 409, "provider_failed", "the provider reports a conflict", true},
    {413, 413, "too_large", "the request is too large for the provider", false},
    {429, 429, "rate_limited", "too many requests for the provider", true},
    {400, 499, "rejected_request", "the provider does not accept the request", false},
    {503, 503, "overloaded", "the provider is overloaded or not ready", true},
    {504, 504, "timeout", "the provider timed out", true},
    {501, 501, "rejected_request", "the provider can't do this", false},
    {529, 529, "overloaded", "the provider is overloaded", true},
    {500, 599, "provider_failed", "the provider failed", true},
};

StatusMeaning meaning_of(int status) {
  for (const auto& row : meanings)
    if (status >= row.from && status <= row.to) return row;
  return {status, status, "bad_reply", "the provider answers with an unexpected status", false};
}

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::string_view header(const Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers)
    if (same_name(key, name)) return value;
  return {};
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = problem == std::errc{} && end == text.data() + text.size();
  return whole && value >= 0 && value <= 1e9 ? std::optional(value) : std::nullopt;
}

// RFC 9110, 5.6.7, the preferred format only.
std::optional<std::time_t> http_date(std::string_view text) {
  std::tm parts{};
  if (!strptime(std::string(text).c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts)) return std::nullopt;
  return timegm(&parts);
}

std::optional<milliseconds> wished_wait(const Headers& headers) {
  if (const auto wait = number(header(headers, "retry-after-ms")))
    return milliseconds(static_cast<long long>(*wait));
  const auto given = header(headers, "retry-after");
  if (const auto seconds = number(given)) return milliseconds(static_cast<long long>(*seconds * 1000));
  const auto until = http_date(given), now = http_date(header(headers, "date"));
  if (!until || !now) return std::nullopt;
  return milliseconds(std::max<long long>(0, *until - *now) * 1000);
}

}  // namespace

std::string shortened(std::string_view words) {
  constexpr std::size_t most = 200;
  std::string text;
  for (const char c : words.substr(0, most))
    text += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
  if (words.size() <= most) return text;
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();
  if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0) text.pop_back();
  return text + "...";
}

ProviderError failure(std::string code, std::string_view words, bool retryable) {
  return {{std::move(code), shortened(words), {}}, retryable, std::nullopt};
}

ProviderError bad_reply(const std::string& what) { return failure("bad_reply", what, false); }
ProviderError empty_reply() {
  return failure("cut_stream", "the provider closed the connection without an answer", true);
}
ProviderError cut_stream() { return failure("cut_stream", "the answer stopped in the middle", true); }

ProviderError failure_of_status(int status, const Headers& headers, std::string_view words) {
  const auto meaning = meaning_of(status);
  std::string message = std::string(meaning.sentence) + " (status " + std::to_string(status) + ")";
  // Refused keys are often quoted in the refusal.
  if (!words.empty() && std::string_view(meaning.code) != "auth") message += ": " + shortened(words);
  ProviderError error{{meaning.code, std::move(message), {}}, meaning.retryable, std::nullopt};
  const auto advice = header(headers, "x-should-retry");
  if (advice == "true" || advice == "false") error.retryable = advice == "true";
  if (error.retryable) error.retry_after = wished_wait(headers);
  return error;
}

void give_up(ProviderError& error, std::string code) {
  error.error.code = std::move(code);
  error.retryable = false;
  error.retry_after.reset();
}

}  // namespace doodled::llm
