// Commands that turn session documents into something else.
#include <iostream>

#include <nlohmann/json.hpp>

#include "core/base/text_result.hpp"
#include "core/files/export.hpp"
#include "core/files/png.hpp"
#include "core/import/join.hpp"
#include "core/jobs/stored_session.hpp"
#include "core/play/arrange.hpp"
#include "core/play/device_limits.hpp"
#include "core/store/directory_lock.hpp"
#include "core/store/store.hpp"
#include "core/upkeep/zip_file.hpp"
#include "server/bundled_profiles.hpp"
#include "server/commands.hpp"
#include "server/documents.hpp"
#include "server/files.hpp"

namespace doodled::commands {
namespace {

// Nothing where the name is empty.
Result<std::optional<DeviceProfile>> profile_named(const Settings& settings, const std::string& name) {
  if (name.empty()) return std::optional<DeviceProfile>();
  const auto shelf = all_profiles(settings.profiles.folder);
  const auto found = shelf.entries.find(name);
  if (found != shelf.entries.end()) return std::optional(found->second.profile);
  return Error{"unknown_profile", "there is no profile \"" + name + "\"", {}};
}

RuleOptions check_rules(const Settings& settings, bool taste, const std::optional<DeviceProfile>& profile) {
  RuleOptions rules = rule_options(settings);
  rules.taste = taste;
  return profile ? meant_for(*profile, rules) : rules;
}

struct NameAndValue {
  std::string name, value;
};

std::vector<NameAndValue> pairs_of(const std::vector<std::string>& given) {
  std::vector<NameAndValue> pairs;
  for (const auto& text : given) {
    const auto equals = std::min(text.find('='), text.size());
    pairs.push_back({text.substr(0, equals), text.substr(std::min(equals + 1, text.size()))});
  }
  return pairs;
}

// The device first, so that what is said beside it counts.
Result<ExportOptions> export_options(const Settings& settings, const std::vector<std::string>& given) {
  ExportOptions options;
  options.middle_c = middle_c_of(settings);
  const auto pairs = pairs_of(given);
  for (const auto& [name, value] : pairs) {
    if (name != "profile") continue;
    const auto profile = profile_named(settings, value);
    if (!profile) return profile.error();
    if (*profile) set_export_device(options, **profile);
  }
  for (const auto& [name, value] : pairs) {
    if (name == "profile") continue;
    if (const auto set = set_export_option(options, name, value); !set) return set.error();
  }
  return options;
}

Result<std::string> format_of(const RenderOptions& options) {
  if (!options.format.empty()) return text_result(options.format);
  if (const auto* format = export_format_of_file(options.output.filename().string()))
    return text_result(std::string(format->name));
  return Error{
      "unknown_format",
      "the ending of " + options.output.string() + " names no single format: say which with --format",
      {}};
}

Result<ExportFile> rendered(const Settings& settings, const RenderOptions& options) {
  const auto format = format_of(options);
  if (!format) return format.error();
  const auto asked = export_options(settings, options.options);
  if (!asked) return asked.error();
  const auto session = named_session(settings, options.document);
  if (!session) return session.error();
  const auto scratch = std::filesystem::temp_directory_path();
  return export_session(*format,
                        {*session, to_text(to_json(*session)), std::nullopt,
                         [&](const std::string& svg) { return png_of(svg, scratch); }},
                        *asked);
}

// The file's music, alone or beside that of the context.
Result<Accepted> imported(const Settings& settings, const ImportOptions& options) {
  const auto rules = document_rules(rule_options(settings));
  const auto document = named_document(settings, options.file);
  if (!document) return document.error();
  auto part = accept_document(*document, middle_c_of(settings), rules);
  if (!part || options.context.empty()) return part;
  const auto music = named_session(settings, options.context);
  if (!music) return music.error();
  return accept(joined(*music, part->session), rules);
}

Error only_for(const std::string& option, const std::string& what) {
  return {"misused", option + " is for " + what + " only", {}};
}

int import_archive(const Settings& settings, const ImportOptions& options) {
  if (options.store || !options.context.empty())
    return report(only_for(options.store ? "--store" : "--context", "a single session"), misused);
  return restore(settings, {options.file, false, options.merge});
}

// The id.
Result<std::string> stored(const Settings& settings, const Accepted& accepted, const std::string& parent_id) {
  const auto lock = DirectoryLock::acquire(settings.store.data_dir);
  if (!lock) return lock.error();
  Store store(settings.store.data_dir);
  auto session = stored_session(accepted, SystemClock().wall_ms());
  session.interpreter = "document";
  session.parent_id = parent_id;
  const auto record = store.sessions.append(session);
  if (!record) return record.error();
  return text_result(record->id);
}

}  // namespace

int compile(const Settings& settings, const CompileOptions& options) {
  const auto profile = profile_named(settings, options.profile);
  if (!profile) return report(profile.error(), misused);
  const auto session = named_session(settings, options.document);
  if (!session) return report(session.error());
  std::cout << to_text(arrange(*session), *profile ? (*profile)->middle_c : middle_c_of(settings));
  return done;
}

int render(const Settings& settings, const RenderOptions& options) {
  const auto file = rendered(settings, options);
  if (!file) return report(file.error());
  const auto written = write_file(options.output, {file->bytes.begin(), file->bytes.end()});
  return written ? done : report(written.error());
}

int check(const Settings& settings, const CheckOptions& options) {
  const auto profile = profile_named(settings, options.profile);
  if (!profile) return report(profile.error(), misused);
  const auto document = named_document(settings, options.document);
  if (!document) return report(document.error());
  const auto told = check_document(*document, *profile ? (*profile)->middle_c : middle_c_of(settings),
                                   check_rules(settings, options.taste, *profile));
  if (!told) return report(told.error());
  std::cout << to_text(*told, 2) << "\n";
  return done;
}

int import(const Settings& settings, const ImportOptions& options) {
  if (begins_as_zip(options.file)) return import_archive(settings, options);
  if (options.merge) return report(only_for("--merge", "an archive of a box"), misused);
  const auto accepted = imported(settings, options);
  if (!accepted) return report(accepted.error());
  if (!options.store) {
    std::cout << to_text(accepted->document, 2) << "\n";
    return done;
  }
  const auto id = stored(settings, *accepted, is_stored_id(options.context) ? options.context : "");
  if (!id) return report(id.error());
  std::cout << *id << "\n";
  return done;
}

}  // namespace doodled::commands
