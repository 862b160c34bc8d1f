#include "core/upkeep/zip_file.hpp"

#include <cerrno>
#include <fstream>
#include <stdexcept>

#include <zip.h>

namespace doodled {

bool begins_as_zip(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  char first[4] = {};
  stream.read(first, sizeof first);
  return std::string_view(first, sizeof first) == std::string_view("PK\x03\x04", 4);
}

namespace {

[[noreturn]] void raise(zip_t* archive, const std::string& name) {
  throw std::runtime_error(name + ": " + zip_strerror(archive));
}

// By the system: the disk. Anything else is in the file.
[[noreturn]] void raise_unreadable(zip_error_t* error, const std::string& name) {
  const std::string reason = zip_error_strerror(error);
  if (zip_error_system_type(error) == ZIP_ET_SYS) throw std::runtime_error(name + ": " + reason);
  throw ZipDamage(name, reason);
}

zip_t* new_zip(const std::filesystem::path& file) {
  int code = 0;
  zip_t* archive = zip_open(file.c_str(), ZIP_CREATE | ZIP_EXCL, &code);
  if (archive) return archive;
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  const std::string reason = zip_error_strerror(&error);
  zip_error_fini(&error);
  throw std::runtime_error(file.string() + ": " + reason);
}

struct OpenError {
  zip_error_t error;
  OpenError() { zip_error_init(&error); }
  ~OpenError() { zip_error_fini(&error); }
  OpenError(const OpenError&) = delete;
  OpenError& operator=(const OpenError&) = delete;
};

zip_t* open_zip(const std::filesystem::path& file) {
  OpenError failure;
  zip_source_t* source = zip_source_file_create(file.c_str(), 0, -1, &failure.error);
  if (!source) raise_unreadable(&failure.error, file.string());
  if (zip_t* archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &failure.error))
    return archive;
  zip_source_free(source);
  const int code = zip_error_code_zip(&failure.error);
  if (code == ZIP_ER_NOENT)
    throw std::runtime_error(file.string() + ": " + zip_error_strerror(&failure.error));
  if (code != ZIP_ER_NOZIP) raise_unreadable(&failure.error, "zip");
  // libzip knows a zip by its end.
  if (begins_as_zip(file)) throw ZipDamage("zip", "is cut off: its end is missing");
  throw NoZip("zip", "is no zip file");
}

void add(zip_t* archive, const std::string& name, zip_source_t* source, Packing packing) {
  if (!source) raise(archive, name);
  const auto index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    raise(archive, name);
  }
  const auto method = packing == Packing::stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
  if (zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), method, 0) < 0)
    raise(archive, name);
}

struct CloseEntry {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Entry = std::unique_ptr<zip_file_t, CloseEntry>;

Entry open_entry(zip_t* archive, const std::string& name) {
  Entry entry(zip_fopen(archive, name.c_str(), 0));
  if (!entry) raise_unreadable(zip_get_error(archive), name);
  return entry;
}

// Bytes read into `buffer`; 0 at the end, where libzip compares the checksum.
std::size_t read_some(zip_file_t* entry, std::vector<char>& buffer, const std::string& name) {
  const auto count = zip_fread(entry, buffer.data(), buffer.size());
  if (count < 0) raise_unreadable(zip_file_get_error(entry), name);
  return static_cast<std::size_t>(count);
}

}  // namespace

ZipWriter::ZipWriter(const std::filesystem::path& file) : archive_(new_zip(file)) {}

ZipWriter::~ZipWriter() {
  if (archive_) zip_discard(archive_);
}

void ZipWriter::add_text(const std::string& name, std::string_view text) {
  // The archive owns the copy until it is finished.
  void* copy = std::malloc(text.size() + 1);
  if (!copy) throw std::bad_alloc();
  text.copy(static_cast<char*>(copy), text.size());
  add(archive_, name, zip_source_buffer(archive_, copy, text.size(), 1), Packing::deflated);
}

void ZipWriter::add_file(const std::string& name, const std::filesystem::path& source, Packing packing) {
  add(archive_, name, zip_source_file(archive_, source.c_str(), 0, -1), packing);
}

void ZipWriter::finish() {
  if (zip_close(archive_) < 0) raise(archive_, "zip");
  archive_ = nullptr;
}

ZipReader::ZipReader(const std::filesystem::path& file) : archive_(open_zip(file)) {}

ZipReader::~ZipReader() { zip_discard(archive_); }

std::vector<ZipEntry> ZipReader::entries() const {
  std::vector<ZipEntry> list;
  const auto count = zip_get_num_entries(archive_, 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t facts;
    if (zip_stat_index(archive_, static_cast<zip_uint64_t>(i), 0, &facts) < 0)
      raise_unreadable(zip_get_error(archive_), "zip");
    list.push_back({facts.name, facts.size});
  }
  return list;
}

std::string ZipReader::text(const std::string& name, std::size_t max_bytes) const {
  const auto entry = open_entry(archive_, name);
  std::string text;
  std::vector<char> buffer(1 << 16);
  while (const auto count = read_some(entry.get(), buffer, name)) {
    if (text.size() + count > max_bytes) throw ZipDamage(name, "is too long");
    text.append(buffer.data(), count);
  }
  return text;
}

void ZipReader::unpack(const ZipEntry& entry, const std::filesystem::path& target) const {
  const auto source = open_entry(archive_, entry.name);
  std::ofstream file(target, std::ios::binary | std::ios::trunc);
  std::vector<char> buffer(1 << 20);
  std::uint64_t total = 0;
  while (const auto count = read_some(source.get(), buffer, entry.name)) {
    if ((total += count) > entry.size) throw ZipDamage(entry.name, "is longer than it says");
    file.write(buffer.data(), static_cast<std::streamsize>(count));
  }
  file.close();
  if (!file) throw std::runtime_error(target.string() + ": can't be written");
}

}  // namespace doodled
