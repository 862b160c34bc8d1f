// The page, built by Vite and carried inside the program. Empty where it was built without DOODLED_WEB.
#pragma once
#include <span>
#include <string_view>

namespace doodled {

struct Asset {
  std::string_view path;  // as asked for: '/index.html', '/assets/index-4f2a.js'
  std::string_view content_type;
  std::string_view body;
  std::string_view etag;  // strong, with its quotes
  bool compressed;        // `body` is gzip: send Content-Encoding
};

// Sorted by path. Names below '/assets/' change with their content and may be cached for ever.
std::span<const Asset> web_assets();

}  // namespace doodled
