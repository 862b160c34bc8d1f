#include "core/store/blobs.hpp"

#include <fstream>

#include <doctest/doctest.h>
#include <unistd.h>

#include "tests/unit/store/fixture.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

struct BlobsSetup {
  TemporaryDirectory directory;
  Blobs blobs{directory.path() / "images"};
  std::size_t files() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory.path()))
      count += entry.is_regular_file() ? 1 : 0;
    return count;
  }
};

}  // namespace

TEST_CASE("bytes are kept once under their SHA-256 and come back as they were") {
  BlobsSetup setup;
  const std::string bytes("\x00\xff JPEG\n", 8);

  const auto name = setup.blobs.put(as_bytes(bytes));
  CHECK(setup.blobs.put(as_bytes(bytes)) == name);

  CHECK(name == sha256_hex(bytes));
  CHECK(setup.blobs.path(name) == setup.directory.path() / "images" / name.substr(0, 2) / name.substr(2));
  const auto back = setup.blobs.get(name);
  REQUIRE(back);
  CHECK(std::string(back->begin(), back->end()) == bytes);
  CHECK(setup.files() == 1);
}

TEST_CASE("large ones come back as they were, whatever their length and wherever they are kept") {
  for (const auto& place : {std::filesystem::temp_directory_path(), std::filesystem::path("/dev/shm")}) {
    if (!std::filesystem::is_directory(place)) continue;
    const auto directory = place / ("doodled-blobs-" + std::to_string(::getpid()));
    Blobs blobs(directory);
    for (const std::size_t size : {524'287, 524'288, 524'289, 1'048'575, 3'002'012}) {
      CAPTURE(size);
      std::string bytes(size, '\0');
      for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * i / 251);
      CHECK(blobs.verify(blobs.put(as_bytes(bytes))));
      CHECK(std::filesystem::file_size(blobs.path(sha256_hex(bytes))) == size);
    }
    std::filesystem::remove_all(directory);
  }
}

TEST_CASE("bytes that changed on the disk are found when asked") {
  BlobsSetup setup;
  const auto name = setup.blobs.put(as_bytes("a picture"));
  CHECK(setup.blobs.verify(name));

  std::ofstream(setup.blobs.path(name)) << "a Picture";

  CHECK_FALSE(setup.blobs.verify(name));
}

TEST_CASE("removed bytes are gone") {
  BlobsSetup setup;
  const auto name = setup.blobs.put(as_bytes("a picture"));

  CHECK(setup.blobs.remove(name));

  CHECK_FALSE(setup.blobs.remove(name));
  CHECK_FALSE(setup.blobs.contains(name));
  CHECK_FALSE(setup.blobs.get(name));
  CHECK_FALSE(setup.blobs.verify(name));
}

TEST_CASE("a name that is no SHA-256 never reaches the file system") {
  BlobsSetup setup;
  for (const auto* name : {"", "../../etc/passwd", "ABCD"}) {
    CAPTURE(name);
    CHECK_THROWS_AS(setup.blobs.get(name), std::invalid_argument);
  }
}

TEST_CASE("a directory where nothing can be written is told as read only or an I/O error") {
  TemporaryDirectory directory;
  std::ofstream(directory.path() / "file") << "x";

  try {
    Blobs blobs(directory.path() / "file" / "images");
    FAIL("a file served as a directory");
  } catch (const StoreUnavailable& failure) {
    CHECK(failure.code() == "io_error");
  }
}
