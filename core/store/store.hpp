// Everything that is kept, opened together.
#pragma once
#include "core/store/blobs.hpp"
#include "core/store/chain.hpp"
#include "core/store/database.hpp"
#include "core/store/idempotency.hpp"
#include "core/store/images.hpp"
#include "core/store/interpretations.hpp"
#include "core/store/jobs.hpp"
#include "core/store/plays.hpp"
#include "core/store/sessions.hpp"

namespace doodled {

struct Store {
  explicit Store(const std::filesystem::path& data_dir, const DatabaseOptions& options = {})
      : database(data_dir, options), blobs(data_dir / "images") {}

  Database database;
  Blobs blobs;
  Images images{database, blobs};
  Interpretations interpretations{database};
  Sessions sessions{database, blobs};
  Jobs jobs{database, sessions};
  Plays plays{database};
  IdempotencyKeys idempotency_keys{database};
};

}  // namespace doodled
