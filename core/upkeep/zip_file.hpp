// Zip files on disk, of any size, with libzip. One thread at a time.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

struct zip;

namespace doodled {

enum class Packing { deflated, stored };

// What was read is at fault, and not the disk that it is on.
class ZipDamage : public std::runtime_error {
 public:
  ZipDamage(const std::string& where, const std::string& what)
      : std::runtime_error(where + ": " + what), where_(where), what_(what) {}
  const std::string& where() const { return where_; }  // the entry's name, or "zip"
  const std::string& reason() const { return what_; }

 private:
  std::string where_, what_;
};
// The file was never a zip.
struct NoZip : ZipDamage {
  using ZipDamage::ZipDamage;
};

// What is added is read when the file is finished. All throw std::runtime_error.
class ZipWriter {
 public:
  // `file` must not exist.
  explicit ZipWriter(const std::filesystem::path& file);
  ~ZipWriter();  // without finish(): nothing is written
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  void add_text(const std::string& name, std::string_view text);
  void add_file(const std::string& name, const std::filesystem::path& source, Packing packing);
  void finish();

 private:
  zip* archive_;
};

struct ZipEntry {
  std::string name;
  std::uint64_t size = 0;  // unpacked, bytes
};

// By its beginning, also where the rest was cut off.
bool begins_as_zip(const std::filesystem::path& file);

class ZipReader {
 public:
  // Throws NoZip; as all here do, ZipDamage where the file contradicts itself, is cut off or lacks what is
  // asked for, and std::runtime_error where the disk fails.
  explicit ZipReader(const std::filesystem::path& file);
  ~ZipReader();
  ZipReader(const ZipReader&) = delete;
  ZipReader& operator=(const ZipReader&) = delete;

  std::vector<ZipEntry> entries() const;
  // At most `max_bytes`.
  std::string text(const std::string& name, std::size_t max_bytes) const;
  // Durable on return. `target` must not exist; its folder must. The checksum is compared.
  void unpack(const ZipEntry& entry, const std::filesystem::path& target) const;

 private:
  zip* archive_;
};

}  // namespace doodled
