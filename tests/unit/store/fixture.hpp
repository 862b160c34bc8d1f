// A store in a directory that goes with it, and things to put in.
#pragma once
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "core/store/store.hpp"

namespace doodled::test {

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "doodled-store-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = name;
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct StoreFixture {
  TemporaryDirectory directory;
  Store store{directory.path()};
};

inline constexpr std::int64_t noon = 1'767'268'800'000;  // 2026-01-01T12:00:00Z

inline Image put_picture(Store& store, std::string_view bytes = "a picture") {
  return store.images.put(as_bytes(bytes), {"image/png", 640, 480, 1}, noon);
}

inline NewJob wish(const std::string& image_id = {}) {
  NewJob job;
  job.created_at = noon;
  job.mode = "auto";
  job.image_id = image_id;
  job.prompt = "a slow bell";
  job.interpreters = R"(["builtin"])";
  return job;
}

inline NewSession score(const std::string& title = "A session", const std::string& image_id = {}) {
  NewSession session;
  session.created_at = noon;
  session.mode = "drawing";
  session.image_id = image_id;
  session.interpreter = "builtin";
  session.seed = 0xffff'ffff'ffff'fff7;
  session.report = R"({"problems":[]})";
  session.document = R"({"format":"doodled-session","tracks":[]})";
  session.key_name = "C minor";
  session.tempo = 120;
  session.title = title;
  return session;
}

inline Interpretation reading(const std::string& answer = "raw") {
  Interpretation interpretation;
  interpretation.interpreter = interpretation.kind = "builtin";
  interpretation.request = "{}";
  interpretation.answer = answer;
  interpretation.created_at = noon;
  return interpretation;
}

inline JobResult two_candidates() { return {"builtin", {reading()}, {score("first"), score("second")}}; }

}  // namespace doodled::test
