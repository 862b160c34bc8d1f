#include "core/base/journal.hpp"

#include <array>
#include <cstring>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/program.hpp"

using namespace doodled;
using namespace doodled::log;

namespace {

// In the place of systemd-journald.
class JournalSocket {
 public:
  JournalSocket() {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path().copy(address.sun_path, sizeof address.sun_path - 1);
    REQUIRE(bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  }

  std::string path() const { return place_.path() / "socket"; }

  // The bytes of the next message, and the descriptor beside it.
  std::pair<std::string, Descriptor> receive() const {
    std::string bytes(1 << 16, '\0');
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> room{};
    iovec into{bytes.data(), bytes.size()};
    msghdr message{};
    message.msg_iov = &into;
    message.msg_iovlen = 1;
    message.msg_control = room.data();
    message.msg_controllen = room.size();
    const auto count = recvmsg(socket_.get(), &message, MSG_DONTWAIT);
    REQUIRE(count >= 0);
    bytes.resize(static_cast<std::size_t>(count));
    int passed = -1;
    if (const auto* header = CMSG_FIRSTHDR(&message)) std::memcpy(&passed, CMSG_DATA(header), sizeof passed);
    return {bytes, Descriptor(passed)};
  }

 private:
  ScratchDirectory place_{std::filesystem::temp_directory_path()};
  Descriptor socket_{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
};

std::string contents(int file) {
  struct stat about {};
  REQUIRE(fstat(file, &about) == 0);
  std::string bytes(static_cast<std::size_t>(about.st_size), '\0');
  REQUIRE(pread(file, bytes.data(), bytes.size(), 0) == about.st_size);
  return bytes;
}

}  // namespace

TEST_CASE("a line is an entry with a field for each value") {
  CHECK(journal_entry(Level::warning, "jobs", "jobs: it failed job=j1",
                      {{"job", "j1"}, {"interpreter", "a b=\"c\""}}) ==
        "PRIORITY=4\nSYSLOG_IDENTIFIER=doodled\nMESSAGE=jobs: it failed job=j1\nDOODLED_AREA=jobs\n"
        "DOODLED_JOB=j1\nDOODLED_INTERPRETER=a b=\"c\"\n");
  for (const auto& [level, priority] : {std::pair(Level::debug, "PRIORITY=7\n"),
                                        {Level::info, "PRIORITY=6\n"},
                                        {Level::error, "PRIORITY=3\n"}})
    CHECK(journal_entry(level, "a", "m", {}).starts_with(priority));
}

TEST_CASE("the journal takes every name of a field") {
  const auto entry = journal_entry(Level::info, "a", "m", {{"play-id 2=", "x"}, {std::string(90, 'n'), "y"}});
  CHECK(entry.find("\nDOODLED_PLAY_ID_2_=x\n") != std::string::npos);
  CHECK(entry.find("\nDOODLED_" + std::string(56, 'N') + "=y\n") != std::string::npos);
}

TEST_CASE("a value of several lines can't be taken for other fields") {
  const auto entry = journal_entry(Level::info, "a", "m", {{"reason", "one\nMESSAGE=two"}});
  CHECK(entry.ends_with(std::string("DOODLED_REASON\n\x0f\0\0\0\0\0\0\0one\nMESSAGE=two\n", 39)));
}

TEST_CASE("an entry is one datagram") {
  const JournalSocket socket;
  const Journal journal(socket.path());
  CHECK(journal.send("MESSAGE=one\n"));
  CHECK(journal.send("MESSAGE=two\n"));
  CHECK(socket.receive().first == "MESSAGE=one\n");
  CHECK(socket.receive().first == "MESSAGE=two\n");
}

TEST_CASE("an entry that no datagram holds is handed over as a file that nobody can change") {
  const JournalSocket socket;
  const std::string large = "MESSAGE=" + std::string(4 << 20, 'x') + "\n";
  CHECK(Journal(socket.path()).send(large));
  const auto [bytes, file] = socket.receive();
  CHECK(bytes.empty());
  REQUIRE(file);
  CHECK(contents(file.get()) == large);
  CHECK(fcntl(file.get(), F_GET_SEALS) == (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE));
}

TEST_CASE("where there is no journal, that is said") {
  const ScratchDirectory place(std::filesystem::temp_directory_path());
  CHECK_FALSE(Journal(place.path() / "socket").send("MESSAGE=one\n"));
  CHECK_FALSE(Journal("/" + std::string(200, 'x')).send("MESSAGE=one\n"));
}

TEST_CASE("the journal's stream is told by its device and inode") {
  struct stat about {};
  const Descriptor file(open("/dev/null", O_WRONLY | O_CLOEXEC));
  REQUIRE(fstat(file.get(), &about) == 0);
  const auto stream = std::to_string(about.st_dev) + ":" + std::to_string(about.st_ino);
  CHECK(is_journal(stream, file.get()));
  CHECK_FALSE(is_journal(stream + "0", file.get()));
  CHECK_FALSE(is_journal("", file.get()));
  CHECK_FALSE(is_journal(stream, -1));
}
