#include "server/first_picture.hpp"

#include <thread>

#include <nlohmann/json.hpp>

#include "core/base/log.hpp"
#include "server/api/upload.hpp"
#include "server/files.hpp"

namespace doodled {
namespace {

using namespace std::chrono_literals;

Result<Json> submit_picture(api::Services& services, const std::filesystem::path& file,
                            const std::string& play) {
  const auto bytes = read_file(file, static_cast<std::int64_t>(services.max_upload_bytes));
  if (!bytes) return bytes.error();
  const auto image = api::store_image(services, *bytes);
  if (!image) return image.error();
  NewJob job;
  job.created_at = services.clock.wall_ms();
  job.mode = "auto";
  job.image_id = image->id;
  job.interpreters = to_text(Json(services.default_interpreters));
  job.play = play;
  const auto submitted = services.workers.submit(job, std::nullopt);
  if (!submitted) return submitted.error();
  return Json(submitted->job.id);
}

void read_picture(api::Services& services, const std::filesystem::path& file, const std::string& play,
                  std::vector<std::string>& jobs) {
  const auto job = submit_picture(services, file, play);
  if (job)
    jobs.push_back(job->get<std::string>());
  else
    log::warning("jobs", job.error().message, {{"file", file.string()}});
}

std::string notes_of(const Track& track) {
  std::string line = "  " + track.name + ":";
  for (const auto& note : track.patterns.front().notes) line += " " + pitch_name(note.pitch);
  return line + "\n";
}

std::string story_of_session(Store& store, const std::string& id, const std::string& address) {
  const auto record = store.sessions.get(id);
  const auto session =
      record ? session_from_json(Json::parse(record->document)) : Result<Session>(record.error());
  if (!session) return session.error().message + "\n";
  std::string story = session->title + " in " + key_name(session->key) + " at " +
                      std::to_string(std::lround(session->tempo_bpm)) + " bpm\n";
  for (const auto& track : session->tracks)
    if (!track.patterns.front().notes.empty()) story += notes_of(track);
  return story + "  .mid: http://" + address + "/api/v1/sessions/" + id + "/export/mid\n";
}

}  // namespace

std::vector<std::string> read_first_pictures(api::Services& services, const ServeOptions& options) {
  std::vector<std::string> jobs;
  if (!options.example.empty() && services.store.sessions.count() == 0)
    read_picture(services, options.example, {}, jobs);
  if (!options.picture.empty()) read_picture(services, options.picture, R"({"loops": 1})", jobs);
  return jobs;
}

std::string story_of(Store& store, const std::string& job_id, const std::string& address) {
  auto job = store.jobs.get(job_id);
  for (int i = 0; i < 600 && job && !is_final(job->state); ++i) {
    std::this_thread::sleep_for(50ms);
    job = store.jobs.get(job_id);
  }
  if (!job || job->session_ids.empty())
    return "No music came of the picture: " + (job ? job->error : job.error().message) + "\n";
  return story_of_session(store, job->session_ids.front(), address);
}

}  // namespace doodled
