#include "core/jobs/stored_session.hpp"

#include <nlohmann/json.hpp>

namespace doodled {

NewSession stored_session(const Accepted& accepted, std::int64_t at) {
  NewSession session;
  session.created_at = at;
  session.mode = accepted.session.mode;
  session.seed = accepted.session.seed;
  session.report = to_text(accepted.report);
  session.document = to_text(accepted.document);
  session.key_name = key_name(accepted.session.key);
  session.tempo = accepted.session.tempo_bpm;
  session.title = accepted.session.title;
  return session;
}

}  // namespace doodled
