#include "core/files/archive.hpp"

#include <memory>
#include <stdexcept>

#include <zip.h>

namespace doodled {
namespace {

// 1980-01-01 00:00, where a zip's time begins.
constexpr zip_uint16_t first_time = 0, first_date = 1 << 5 | 1;

struct Fault {
  Fault() { zip_error_init(&error); }
  ~Fault() { zip_error_fini(&error); }
  Fault(const Fault&) = delete;
  Fault& operator=(const Fault&) = delete;
  zip_error_t error;

  [[noreturn]] void raise() { throw std::runtime_error(std::string("zip: ") + zip_error_strerror(&error)); }
};

[[noreturn]] void raise(zip_t* archive) {
  throw std::runtime_error(std::string("zip: ") + zip_strerror(archive));
}

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};

void add(zip_t* archive, const NamedFile& file) {
  auto* source = zip_source_buffer(archive, file.bytes.data(), file.bytes.size(), 0);
  if (!source) raise(archive);
  const auto index = zip_file_add(archive, file.name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    raise(archive);
  }
  zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), first_time, first_date, 0);
}

std::string bytes_of(zip_source_t* source) {
  zip_stat_t facts;
  if (zip_source_stat(source, &facts) < 0 || zip_source_open(source) < 0)
    throw std::runtime_error("zip: can't be read back");
  std::string bytes(facts.size, '\0');
  const auto count = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (count != static_cast<zip_int64_t>(bytes.size())) throw std::runtime_error("zip: can't be read back");
  return bytes;
}

}  // namespace

std::string zip_of(const std::vector<NamedFile>& files) {
  Fault fault;
  std::unique_ptr<zip_source_t, Discard> target(zip_source_buffer_create(nullptr, 0, 0, &fault.error));
  if (!target) fault.raise();
  zip_source_keep(target.get());  // the archive takes one reference, we keep the other
  std::unique_ptr<zip_t, Discard> archive(
      zip_open_from_source(target.get(), ZIP_CREATE | ZIP_TRUNCATE, &fault.error));
  if (!archive) {
    zip_source_free(target.get());
    fault.raise();
  }
  for (const auto& file : files) add(archive.get(), file);
  if (zip_close(archive.get()) < 0) raise(archive.get());
  static_cast<void>(archive.release());  // closed is freed
  return bytes_of(target.get());
}

}  // namespace doodled
