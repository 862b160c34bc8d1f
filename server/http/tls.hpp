// The server's side of TLS: certificate, key, and what is spoken (1.2 and 1.3; HTTP/1.1 by ALPN).
#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/base/result.hpp"

namespace doodled::http {

struct TlsFiles {
  std::filesystem::path certificate;  // PEM, and those above it
  std::filesystem::path key;          // PEM, without a passphrase
  // How long browsers are told to come by https only (RFC 6797); 0: to forget that. Nothing: not told.
  std::optional<std::chrono::seconds> strict = std::nullopt;
};

// A context of OpenSSL. Never changes; thread-safe.
class Tls {
 public:
  struct Context;

  // Code: invalid_settings, with tls.certificate or tls.key as pointer.
  static Result<std::shared_ptr<const Tls>> load(const TlsFiles& files);
  Tls(std::unique_ptr<Context> context, std::string strict_transport_security);
  ~Tls();

  Context& context() const { return *context_; }
  // Of every answer in this TLS; empty: none.
  const std::string& strict_transport_security() const { return strict_transport_security_; }

 private:
  std::unique_ptr<Context> context_;
  std::string strict_transport_security_;
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
