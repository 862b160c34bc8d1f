// The server's side of TLS: certificate, key, and what is spoken (1.2 and 1.3; HTTP/1.1 by ALPN).
#pragma once
#include <filesystem>
#include <memory>
#include <mutex>

#include "core/base/result.hpp"

namespace doodled::http {

struct TlsFiles {
  std::filesystem::path certificate;  // PEM, and those above it
  std::filesystem::path key;          // PEM, without a passphrase
};

// A context of OpenSSL. Never changes; thread-safe.
class Tls {
 public:
  struct Context;

  // Code: invalid_settings, with tls.certificate or tls.key as pointer.
  static Result<std::shared_ptr<const Tls>> load(const TlsFiles& files);
  explicit Tls(std::unique_ptr<Context> context);
  ~Tls();

  Context& context() const { return *context_; }

 private:
  std::unique_ptr<Context> context_;
};

// What new connections begin with; nothing: clear text only. Thread-safe.
class TlsInUse {
 public:
  std::shared_ptr<const Tls> get() const {
    const std::lock_guard lock(mutex_);
    return tls_;
  }
  void set(std::shared_ptr<const Tls> tls) {
    const std::lock_guard lock(mutex_);
    tls_ = std::move(tls);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Tls> tls_;
};

}  // namespace doodled::http
