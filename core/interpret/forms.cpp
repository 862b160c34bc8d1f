#include "core/interpret/forms.hpp"

#include <algorithm>
#include <cmath>

#include "core/interpret/form_parts.hpp"

namespace doodled {
namespace forms {

Session read_matrix(Fields root, MiddleC middle_c) {
  Session session = empty_session("Sequence");
  Track track{"lead", "Lead", Role::lead, 1, std::nullopt, {}, {}};
  Pattern pattern{"a", 0, {}, {}};
  const auto steps = root.objects("midi_sequence", true);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    Fields step = steps[i];
    if (step.flag("active", true)) read_step(session, pattern, step, static_cast<int>(i), middle_c);
  }
  close_pattern(session.meter, pattern, static_cast<int>(steps.size()));
  track.patterns.push_back(std::move(pattern));
  session.tracks.push_back(std::move(track));
  return session;
}

}  // namespace forms

namespace {

using namespace forms;

void arrange_all(Session& session) {
  Tick longest = session.meter.bar();
  Section section{"A", 1, {}};
  for (const auto& track : session.tracks) {
    section.parts.push_back({track.id, track.patterns.front().id});
    longest = std::max(longest, track.patterns.front().length);
  }
  section.bars = static_cast<int>((longest + session.meter.bar() - 1) / session.meter.bar());
  session.arrangement = {section};
}

Session lfo_session() {
  Session session = empty_session("LFO");
  Track track{"lead", "Lead", Role::lead, 1, Patch{}, {}, {{"a", session.meter.bar(), {}, {}}}};
  track.patch->oscillators.emplace_back();
  session.tracks.push_back(std::move(track));
  return session;
}

void read_lfo_shape(Session& session, Fields& root) {
  const auto samples = root.list("custom_lfo_shape");
  if (samples.size() < 2 || samples.size() > 4096)
    return root.complain("custom_lfo_shape", "holds fewer than 2 or more than 4,096 numbers");
  LfoShape lfo{"custom",
               "Drawn",
               {},
               session.meter.bar(),
               session.tracks.empty() ? "lead" : session.tracks.front().id,
               Parameter::cutoff,
               0.5};
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const bool fits = samples[i].is_number() && std::abs(samples[i].get<double>()) <= 1;
    if (!fits)
      root.complain("custom_lfo_shape/" + std::to_string(i),
                    to_text(samples[i]) + " is not a number from -1 to 1");
    else
      lfo.samples.push_back(samples[i].get<double>());
  }
  session.lfos.push_back(std::move(lfo));
}

std::optional<Session> read_main_form(const Fields& root, MiddleC middle_c) {
  if (root.has("patch") || root.has("sequence")) return read_doodle(root, middle_c);
  if (root.has("session_meta") || (root.has("tracks") && root.value().at("tracks").is_object()))
    return read_photo(root, middle_c);
  if (root.has("mpc_session_setup") || root.has("mpc_tracks")) return read_mpc(root);
  if (root.has("midi_sequence")) return read_matrix(root, middle_c);
  if (root.has("pattern")) return read_mpc_pattern(root);
  if (root.has("custom_lfo_shape")) return lfo_session();
  return std::nullopt;
}

std::optional<MiddleC> own_middle_c(const Json& document, std::vector<Problem>& problems) {
  const std::string name = Fields(document, "", problems).text("middle_c");
  const auto own = middle_c_from(name);
  if (!own && !name.empty()) problems.push_back({"/middle_c", "\"" + name + "\" is neither C3 nor C4"});
  return own;
}

}  // namespace

Result<Session> session_from_form(const Json& document, MiddleC middle_c) {
  std::vector<Problem> problems;
  const auto own = own_middle_c(document, problems);
  Fields root(document, "", problems);
  auto session = read_main_form(root, own.value_or(middle_c));
  if (!session)
    return Error{"unknown_document",
                 "the document has neither \"format\": \"doodled.session\" nor the keys of a known form: "
                 "patch + sequence, "
                 "session_meta + tracks, mpc_session_setup + mpc_tracks, midi_sequence, custom_lfo_shape, "
                 "pattern (of an "
                 "MPC)"};
  if (root.has("custom_lfo_shape")) read_lfo_shape(*session, root);
  if (!problems.empty()) return Error{"invalid_form", "the document can't be read", std::move(problems)};
  arrange_all(*session);
  return std::move(*session);
}

}  // namespace doodled
