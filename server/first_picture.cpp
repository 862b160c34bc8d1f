#include "server/first_picture.hpp"

#include <nlohmann/json.hpp>

#include "core/base/log.hpp"
#include "server/api/upload.hpp"
#include "server/files.hpp"

namespace doodled {
namespace {

void read_picture(api::Services& services, const std::filesystem::path& file, const std::string& play) {
  const auto bytes = read_file(file, static_cast<std::int64_t>(services.max_upload_bytes));
  if (!bytes) return log::warning("jobs", bytes.error().message);
  const auto image = api::store_image(services, *bytes);
  if (!image) return log::warning("jobs", image.error().message, {{"file", file.string()}});
  NewJob job;
  job.created_at = services.clock.wall_ms();
  job.mode = "auto";
  job.image_id = image->id;
  job.interpreters = to_text(Json(services.default_interpreters));
  job.play = play;
  if (const auto submitted = services.workers.submit(job, std::nullopt); !submitted)
    log::warning("jobs", submitted.error().message, {{"file", file.string()}});
}

}  // namespace

void read_first_pictures(api::Services& services, const ServeOptions& options) {
  if (!options.example.empty() && services.store.sessions.count() == 0)
    read_picture(services, options.example, {});
  if (!options.picture.empty()) read_picture(services, options.picture, R"({"loops": 1})");
}

}  // namespace doodled
