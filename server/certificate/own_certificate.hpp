// A certificate that this box signs for itself, for who has none: ECDSA on P-256, good for 825 days.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace doodled {

struct CertificateFiles {
  std::filesystem::path certificate, key;  // PEM
};

struct CertificateWish {
  std::vector<std::string> names;      // DNS
  std::vector<std::string> addresses;  // IP literals
};

// FOLDER/certificate.pem and FOLDER/key.pem (mode 0600), made where they are missing or good for less than 30
// days from `wall_ms` on. Code: invalid_settings, where they can't be made.
Result<CertificateFiles> own_certificate(const std::filesystem::path& folder, const CertificateWish& wish,
                                         std::int64_t wall_ms);

}  // namespace doodled
