// Every picture of the corpus, the hostile ones first of all, through a real reader process.
#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <doctest/doctest.h>
#include <unistd.h>

#include "core/reader/client/reader_client.hpp"
#include "tests/unit/reader_process/pictures.hpp"

using namespace doodled;
using namespace doodled::testing;

namespace {

const SystemClock corpus_clock;

std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// "read", or the code of the refusal.
std::string outcome(ReaderClient& client, const std::filesystem::path& file) {
  const auto read = client.read(contents(file), {}, 64);
  return read ? "read" : read.error().code;
}

long resident_bytes(pid_t pid) {
  std::ifstream statm("/proc/" + std::to_string(pid) + "/statm");
  long all = 0, pages = 0;
  statm >> all >> pages;
  return pages * sysconf(_SC_PAGESIZE);
}

std::string table(const std::map<std::string, int>& outcomes) {
  std::ostringstream text;
  for (const auto& [code, count] : outcomes) text << "\n  " << count << "\t" << code;
  return text.str();
}

// One process, never replaced for its size, so that what pictures do to it shows.
ReaderSettings one_process() {
  ReaderSettings settings{.timeout = std::chrono::seconds(10), .processes = 1};
  settings.keep_resident_bytes = std::int64_t{1} << 40;
  settings.keep_pictures = 1 << 20;
  return settings;
}

}  // namespace

TEST_CASE("no hostile picture takes the reader down, keeps it busy or makes it keep memory (corpus)") {
  const auto place = corpus();
  if (!place) {
    MESSAGE("no corpus: set DOODLED_CORPUS");
    return;
  }
  ReaderClient client(one_process(), corpus_clock);
  REQUIRE(client.warm_up().has_value());
  const pid_t pid = client.status().waiting.at(0);
  const long before = resident_bytes(pid);
  const std::set<std::string> answers{"read",
                                      "not_a_picture",
                                      "unsupported_picture",
                                      "too_many_pixels",
                                      "too_much_memory",
                                      "truncated_picture",
                                      "damaged_picture"};
  std::map<std::string, int> outcomes;
  for (const auto& file : files_below(*place / "hostile")) {
    CAPTURE(file);
    const std::string code = outcome(client, file);
    CHECK(answers.contains(code));
    ++outcomes[code];
  }
  CHECK(client.status().waiting == std::vector<pid_t>{pid});
  CHECK(resident_bytes(pid) < before + 60'000'000);
  MESSAGE("hostile pictures:", table(outcomes));
}

TEST_CASE("every valid picture of a supported kind is read (corpus)") {
  const auto place = corpus();
  if (!place) {
    MESSAGE("no corpus: set DOODLED_CORPUS");
    return;
  }
  // Without a frame, or of no size: valid by the letter of the format, but there is nothing to see.
  const std::set<std::string> empty{"image-zero-height.gif", "image-zero-size.gif", "max-size.gif",
                                    "zero-height.gif", "zero-width.gif"};
  ReaderClient client(one_process(), corpus_clock);
  std::map<std::string, int> outcomes;
  for (const auto& file : files_below(*place / "formats")) {
    CAPTURE(file);
    const std::string code = outcome(client, file);
    if (file.extension() == ".bmp")
      CHECK(code == "unsupported_picture");
    else if (empty.contains(file.filename().string()))
      CHECK((code == "damaged_picture" || code == "truncated_picture"));
    else
      CHECK(code == "read");
    ++outcomes[code];
  }
  MESSAGE("pictures of many formats:", table(outcomes));
}
