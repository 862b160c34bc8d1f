#include "core/jobs/stored_session.hpp"

#include <nlohmann/json.hpp>

#include "core/vary/diff.hpp"

namespace doodled {
namespace {

constexpr std::size_t longest_title = 200;

// The title of a family, without what an earlier variation has added.
std::string family_title(const std::string& title) { return title.substr(0, title.find(" ~ ")); }

std::string names_of(const VariationWish& wish) {
  std::string names;
  for (const auto& operation : wish.operations) {
    const std::string text = to_text(operation);
    names += (names.empty() ? "" : ", ") + text.substr(0, text.find(' '));
  }
  return names;
}

struct Candidate {
  NewSession made;
  std::vector<std::string> changes;
};

Result<std::vector<Candidate>> candidates(const SessionRecord& parent, VariationWish wish,
                                          const RuleOptions& rules, std::int64_t at) {
  const auto session = session_from_json(Json::parse(parent.document));
  if (!session) return session.error();
  wish.parent_id = parent.id;
  std::vector<Candidate> all;
  for (int i = 0; i < wish.count; ++i, ++wish.seed) {
    const auto made = vary(*session, wish, rules);
    if (!made) return made.error();
    const auto what = names_of(wish) + " " + std::to_string(wish.seed);
    all.push_back({child_session(parent, *made, what, at), difference(*session, made->session).summary});
  }
  return all;
}

}  // namespace

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

NewSession child_session(const SessionRecord& parent, const Accepted& accepted, const std::string& what,
                         std::int64_t at) {
  NewSession session = stored_session(accepted, at);
  session.parent_id = parent.id;
  session.image_id = parent.image_id;
  session.interpretation_id = parent.interpretation_id;
  session.interpreter = parent.interpreter;
  session.tags = parent.tags;
  session.title = (family_title(parent.title) + " ~ " + what).substr(0, longest_title);
  return session;
}

Result<std::vector<StoredVariation>> store_variations(Store& store, const SessionRecord& parent,
                                                      const VariationWish& wish, const RuleOptions& rules,
                                                      std::int64_t at) {
  auto made = candidates(parent, wish, rules, at);
  if (!made) return made.error();
  std::vector<StoredVariation> stored;
  store.database.transaction([&] {
    stored.clear();
    for (auto& candidate : *made) {
      auto record = store.sessions.append(candidate.made);
      if (!record) throw ErrorException(record.error());
      stored.push_back({std::move(*record), candidate.changes});
    }
  });
  return stored;
}

}  // namespace doodled
