// One HTTP transfer as libcurl sees it. Only core/interpret/net/curl_*.cpp and transfer.cpp include this.
#pragma once
#include <array>
#include <memory>
#include <string>

#include <curl/curl.h>

#include "core/base/clock.hpp"
#include "core/interpret/net/transport.hpp"

namespace doodled::net {

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// Lives at one place while libcurl knows it.
class Transfer {
 public:
  Transfer(Transport::Id id, llm::HttpRequest request, const TransferLimits& limits,
           TransferHandlers handlers, const Clock& clock);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  Transport::Id id() const { return id_; }
  CURL* easy() const { return easy_.get(); }
  static Transfer& of(CURL* easy);

  // When a time-out of ours strikes next.
  Nanoseconds deadline() const;
  // The error of the time-out that has struck at `now`, if one has.
  std::optional<Error> overdue(Nanoseconds now) const;

  // libcurl is done with it; or we are, with an error of our own. Calls `end`.
  void end(CURLcode code);
  void end(Error error, bool retryable);

 private:
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_read(char* data, std::size_t size, std::size_t count, void* self);
  static int on_seek(void* self, curl_off_t offset, int origin);

  void set_options();
  void set_body();
  void add_header(const std::string& line);
  bool take_header(std::string_view line);
  bool take_body(std::string_view bytes);
  void tell_head();
  TransferEnd ended() const;
  void fail(CURLcode code);

  const Transport::Id id_;
  llm::HttpRequest request_;
  const TransferLimits limits_;
  const TransferHandlers handlers_;
  const Clock& clock_;
  const Nanoseconds begun_;
  Nanoseconds last_byte_{0};  // 0: none yet
  Nanoseconds first_byte_{0};
  std::unique_ptr<CURL, FreeEasy> easy_;
  std::unique_ptr<curl_slist, FreeList> headers_sent_;
  llm::Headers headers_;
  std::size_t header_bytes_ = 0, sent_ = 0;
  std::int64_t received_ = 0;
  bool head_told_ = false;
  std::array<char, CURL_ERROR_SIZE> words_{};  // libcurl's, for the failure
  std::optional<Error> refused_;               // why a callback stopped the transfer
};

}  // namespace doodled::net
