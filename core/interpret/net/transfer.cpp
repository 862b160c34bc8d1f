#include "core/interpret/net/transfer.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "core/interpret/net/url.hpp"

namespace doodled::net {
namespace {

using std::chrono::ceil, std::chrono::milliseconds;

constexpr std::size_t most_header_bytes = 64 * 1024;
// A larger body is dropped once it is sent, so that a transfer that waits for its answer is small.
constexpr std::size_t kept_body = 64 * 1024;

struct Meaning {
  std::string_view code;
  bool retryable;
};

// Certificates and addresses that are wrong now are wrong a second later too.
Meaning meaning_of(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
      return {"unreachable", true};
    case CURLE_OPERATION_TIMEDOUT:
      return {"connect_timeout", true};
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_ISSUER_ERROR:
      return {"tls_failed", false};
    case CURLE_SSL_CONNECT_ERROR:
      return {"tls_failed", true};
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return {"bad_request_url", false};
    default:
      return {"connection_lost", true};
  }
}

Nanoseconds sum(Nanoseconds begun, milliseconds limit) { return begun + limit; }

milliseconds between(Nanoseconds begun, Nanoseconds then) {
  return std::chrono::duration_cast<milliseconds>(then - begun);
}

std::string seconds(milliseconds time) {
  return std::to_string(std::chrono::duration<double>(time).count()).substr(0, 5) + " s";
}

bool stays_here(const std::string& url) {
  const auto place = url_place(url.substr(0, url.find('?')));
  return place && is_this_machine(place->host);
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  const auto last = text.find_last_not_of(" \t\r\n");
  return first == text.npos || last == text.npos ? "" : text.substr(first, last - first + 1);
}

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  if (curl_easy_setopt(easy, option, value) != CURLE_OK)
    throw std::runtime_error("libcurl does not know option " + std::to_string(option));
}

}  // namespace

Transfer::Transfer(Transport::Id id, llm::HttpRequest request, const TransferLimits& limits,
                   TransferHandlers handlers, const Clock& clock)
    : id_(id),
      request_(std::move(request)),
      limits_(limits),
      handlers_(std::move(handlers)),
      clock_(clock),
      begun_(clock.now()),
      easy_(curl_easy_init()) {
  if (!easy_) throw std::bad_alloc();
  set_options();
  if (request_.method == "POST")
    set_body();
  else if (request_.method != "GET")
    set(easy_.get(), CURLOPT_CUSTOMREQUEST, request_.method.c_str());
}

Transfer& Transfer::of(CURL* easy) {
  char* self = nullptr;
  curl_easy_getinfo(easy, CURLINFO_PRIVATE, &self);
  return *reinterpret_cast<Transfer*>(self);
}

void Transfer::add_header(const std::string& line) {
  auto* list = curl_slist_append(headers_sent_.get(), line.c_str());
  if (!list) throw std::bad_alloc();
  static_cast<void>(headers_sent_.release());  // it begins the list, or is the list
  headers_sent_.reset(list);
}

void Transfer::set_options() {
  CURL* easy = easy_.get();
  for (const auto& [name, value] : request_.headers) add_header(name + ": " + value);
  set(easy, CURLOPT_PRIVATE, static_cast<void*>(this));
  set(easy, CURLOPT_URL, request_.url.c_str());
  set(easy, CURLOPT_HTTPHEADER, headers_sent_.get());
  set(easy, CURLOPT_USERAGENT, "doodled");
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));  // no key goes to a proxy
  if (stays_here(request_.url)) set(easy, CURLOPT_NOPROXY, "*");
  if (!limits_.ca_file.empty()) set(easy, CURLOPT_CAINFO, limits_.ca_file.c_str());
  set(easy, CURLOPT_ERRORBUFFER, words_.data());
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits_.connect.count()));
  set(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  set(easy, CURLOPT_HEADERFUNCTION, &on_header);
  set(easy, CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(easy, CURLOPT_WRITEFUNCTION, &on_body);
  set(easy, CURLOPT_WRITEDATA, static_cast<void*>(this));
}

// libcurl asks for the body in pieces. `Expect:` is emptied, or a large body waits a second for leave.
void Transfer::set_body() {
  CURL* easy = easy_.get();
  set(easy, CURLOPT_POST, 1L);
  set(easy, CURLOPT_UPLOAD_BUFFERSIZE,
      16'384L);  // kept until the answer has come; the default is four times that
  set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
  set(easy, CURLOPT_READFUNCTION, &on_read);
  set(easy, CURLOPT_READDATA, static_cast<void*>(this));
  set(easy, CURLOPT_SEEKFUNCTION, &on_seek);
  set(easy, CURLOPT_SEEKDATA, static_cast<void*>(this));
  add_header("Expect:");
  set(easy, CURLOPT_HTTPHEADER, headers_sent_.get());
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  return static_cast<Transfer*>(self)->take_header({data, size * count}) ? size * count : 0;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  return static_cast<Transfer*>(self)->take_body({data, size * count}) ? size * count : CURL_WRITEFUNC_ERROR;
}

std::size_t Transfer::on_read(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  auto& body = transfer.request_.body;
  if (transfer.sent_ >= body.size()) return 0;
  const auto taken = std::min(size * count, body.size() - transfer.sent_);
  std::copy_n(body.data() + transfer.sent_, taken, data);
  transfer.sent_ += taken;
  if (transfer.sent_ == body.size() && body.size() > kept_body) std::string().swap(body);
  return taken;
}

// From the start again, when a connection that was kept turns out to be closed.
int Transfer::on_seek(void* self, curl_off_t offset, int origin) {
  auto& transfer = *static_cast<Transfer*>(self);
  if (origin != SEEK_SET || offset < 0 || static_cast<std::size_t>(offset) > transfer.request_.body.size())
    return CURL_SEEKFUNC_FAIL;
  transfer.sent_ = static_cast<std::size_t>(offset);
  return CURL_SEEKFUNC_OK;
}

// A status line begins anew: what came before it was an interim answer.
bool Transfer::take_header(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > most_header_bytes) {
    refused_ = Error{"answer_too_large", "the answer's header is larger than 64 KiB"};
    return false;
  }
  if (line.starts_with("HTTP/")) headers_.clear();
  if (const auto colon = line.find(':'); colon != line.npos && !line.starts_with("HTTP/"))
    headers_.emplace_back(std::string(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1))));
  return true;
}

bool Transfer::take_body(std::string_view bytes) {
  if (bytes.empty()) return true;
  last_byte_ = clock_.now();
  if (first_byte_ == Nanoseconds{0}) first_byte_ = last_byte_;
  received_ += static_cast<std::int64_t>(bytes.size());
  if (received_ > limits_.max_bytes) {
    refused_ = Error{"answer_too_large",
                     "the answer is larger than " + std::to_string(limits_.max_bytes) + " bytes"};
    return false;
  }
  tell_head();
  if (handlers_.body) handlers_.body(bytes);
  return true;
}

void Transfer::tell_head() {
  if (std::exchange(head_told_, true) || !handlers_.head) return;
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  handlers_.head(static_cast<int>(status), headers_);
}

Nanoseconds Transfer::deadline() const {
  const auto silence =
      last_byte_ == Nanoseconds{0} ? sum(begun_, limits_.first_byte) : sum(last_byte_, limits_.idle);
  return std::min(silence, sum(begun_, limits_.total));
}

std::optional<Error> Transfer::overdue(Nanoseconds now) const {
  if (now >= sum(begun_, limits_.total))
    return Error{"total_timeout", "the answer was not complete within " + seconds(limits_.total)};
  if (last_byte_ == Nanoseconds{0} && now >= sum(begun_, limits_.first_byte))
    return Error{"first_byte_timeout", "no answer came within " + seconds(limits_.first_byte)};
  if (last_byte_ != Nanoseconds{0} && now >= sum(last_byte_, limits_.idle))
    return Error{"idle_timeout", "the answer stopped for " + seconds(limits_.idle)};
  return std::nullopt;
}

TransferEnd Transfer::ended() const {
  TransferEnd end;
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  end.status = static_cast<int>(status);
  end.total = between(begun_, clock_.now());
  if (first_byte_ != Nanoseconds{0}) end.first_byte = between(begun_, first_byte_);
  return end;
}

void Transfer::end(CURLcode code) {
  if (refused_) return end(std::move(*refused_), false);
  if (code != CURLE_OK) return fail(code);
  tell_head();
  handlers_.end(ended());
}

// What a proxy says to CONNECT is not the server's answer.
void Transfer::fail(CURLcode code) {
  long proxy = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_CONNECTCODE, &proxy);
  if (proxy >= 300)
    return end(Error{"proxy_refused", "the proxy answers " + std::to_string(proxy)}, proxy >= 500);
  const auto [name, retryable] = meaning_of(code);
  end(Error{std::string(name), words_[0] ? words_.data() : curl_easy_strerror(code)}, retryable);
}

void Transfer::end(Error error, bool retryable) {
  auto end = ended();
  end.error = std::move(error);
  end.retryable = retryable;
  handlers_.end(end);
}

}  // namespace doodled::net
