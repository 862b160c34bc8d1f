// Commands that vary and compare sessions.
#include <iostream>

#include <nlohmann/json.hpp>

#include "core/jobs/stored_session.hpp"
#include "core/music/scala.hpp"
#include "core/store/directory_lock.hpp"
#include "core/store/store.hpp"
#include "core/vary/diff.hpp"
#include "core/vary/tune.hpp"
#include "core/vary/variation.hpp"
#include "server/commands.hpp"
#include "server/documents.hpp"
#include "server/files.hpp"

namespace doodled::commands {
namespace {

Result<DirectoryLock> lock_for(const Settings& settings, const std::string& id, const char* call) {
  auto lock = DirectoryLock::acquire(settings.store.data_dir);
  if (lock) return lock;
  return Error{lock.error().code,
               lock.error().message + "; ask the daemon instead: POST /api/v1/sessions/" + id + "/" + call,
               {}};
}

Error wrong_operation(const std::string& text, const std::string& message) {
  return {"invalid_variation", "the variation can't be made", {{"--op " + text, message}}};
}

// 'mutate:steps=2,part=/tracks/0', or the operation as JSON.
Result<Json> operation_from(const std::string& text) {
  if (text.starts_with('{')) return parse_json(text);
  const auto colon = text.find(':');
  Json json{{"op", text.substr(0, colon)}};
  std::string_view rest = colon == text.npos ? std::string_view() : std::string_view(text).substr(colon + 1);
  while (!rest.empty()) {
    const auto comma = std::min(rest.find(','), rest.size());
    const auto member = rest.substr(0, comma);
    const auto equals = member.find('=');
    if (equals == member.npos) return wrong_operation(text, "write op:name=value,name=value");
    const std::string value(member.substr(equals + 1));
    const auto number = parse_json(value);
    json[std::string(member.substr(0, equals))] = number && number->is_number() ? *number : Json(value);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return json;
}

Result<VariationWish> wish_of(const VaryOptions& options) {
  Json json{{"seed", options.seed}, {"count", options.count}, {"locks", options.locks}};
  for (const auto& text : options.operations) {
    auto operation = operation_from(text);
    if (!operation) return operation.error();
    json["operations"].push_back(std::move(*operation));
  }
  return variation_wish(json);
}

// Prints each candidate as a document; nothing is stored.
int vary_document(const Settings& settings, const doodled::Session& parent, VariationWish wish) {
  for (int i = 0; i < wish.count; ++i, ++wish.seed) {
    const auto made = doodled::vary(parent, wish, rule_options(settings));
    if (!made) return report(made.error());
    std::cout << to_text(made->document) << "\n";
  }
  return done;
}

Result<Tuning> tuning_of(const TuneOptions& options) {
  const auto bytes = read_file(options.file, std::int64_t{1} << 20);
  if (!bytes) return bytes.error();
  auto tuning = tuning_from_scl({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
  if (tuning) tuning->root = options.root;
  return tuning;
}

int tune_stored(const Settings& settings, const std::string& id, Tuning tuning) {
  auto lock = lock_for(settings, id, "tuning");
  if (!lock) return report(lock.error());
  Store store(settings.store.data_dir);
  const auto parent = store.sessions.get(id);
  if (!parent) return report(parent.error());
  auto session = session_from_json(Json::parse(parent->document));
  if (!session) return report(session.error());
  const std::string what = "tuned " + tuning.name;
  const auto made = tuned(std::move(*session), std::move(tuning), id, document_rules(rule_options(settings)));
  if (!made) return report(made.error());
  const auto stored = store.sessions.append(child_session(*parent, *made, what, SystemClock().wall_ms()));
  if (!stored) return report(stored.error());
  std::cout << stored->id << "\n";
  return done;
}

// Stores each candidate with its parent, all or none, and prints what changed.
int vary_stored(const Settings& settings, const std::string& id, const VariationWish& wish) {
  auto lock = lock_for(settings, id, "variations");
  if (!lock) return report(lock.error());
  const SystemClock clock;
  Store store(settings.store.data_dir);
  const auto parent = store.sessions.get(id);
  if (!parent) return report(parent.error());
  const auto stored = store_variations(store, *parent, wish, rule_options(settings), clock.wall_ms());
  if (!stored) return report(stored.error());
  for (const auto& variation : *stored)
    std::cout << to_text({{"id", variation.record.id},
                          {"parent_id", id},
                          {"seed", variation.record.seed},
                          {"changes", variation.changes}})
              << "\n";
  return done;
}

}  // namespace

int vary(const Settings& settings, const VaryOptions& options) {
  const auto wish = wish_of(options);
  if (!wish) return report(wish.error(), misused);
  if (is_stored_id(options.session)) return vary_stored(settings, options.session, *wish);
  const auto session = named_session(settings, options.session);
  if (!session) return report(session.error());
  return vary_document(settings, *session, *wish);
}

int tune(const Settings& settings, const TuneOptions& options) {
  auto tuning = tuning_of(options);
  if (!tuning) return report(tuning.error());
  if (is_stored_id(options.session)) return tune_stored(settings, options.session, std::move(*tuning));
  auto session = named_session(settings, options.session);
  if (!session) return report(session.error());
  const auto made =
      tuned(std::move(*session), std::move(*tuning), {}, document_rules(rule_options(settings)));
  if (!made) return report(made.error());
  std::cout << to_text(made->document, 2) << "\n";
  return done;
}

int diff(const Settings& settings, const DiffOptions& options) {
  const auto first = named_session(settings, options.first);
  if (!first) return report(first.error());
  const auto other = named_session(settings, options.other);
  if (!other) return report(other.error());
  const auto found = doodled::difference(*first, *other, middle_c_of(settings));
  if (options.json)
    std::cout << to_text(to_json(found), 2) << "\n";
  else if (found.summary.empty())
    std::cout << "They sound the same.\n";
  else
    for (const auto& sentence : found.summary) std::cout << sentence << "\n";
  return done;
}

}  // namespace doodled::commands
