#include "core/files/export.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/base/text_result.hpp"

using namespace doodled;

namespace {

// Two tracks and two curves in one bar.
Session small_session() {
  Session session;
  session.title = "Small & <odd>";
  for (const char* id : {"lead", "bass"}) {
    Pattern pattern{"a", 3840, {{0, 960, 60, 100}, {960, 480, 64, 90}}, {}};
    session.tracks.push_back({id, id, Role::lead, 1, std::nullopt, {}, {pattern}});
  }
  session.arrangement = {{"A", 1, {{"lead", "a"}, {"bass", "a"}}}};
  session.lfos = {{"one", "One", {0, 1, 0, -1}, 3840, "lead"}, {"two", "Two", {0, 1, 0, -1}, 3840, "lead"}};
  return session;
}

Result<ExportFile> exported(const Session& session, std::string_view format,
                            const std::vector<std::pair<std::string, std::string>>& given = {}) {
  ExportOptions options;
  for (const auto& [name, value] : given) REQUIRE(set_export_option(options, name, value).has_value());
  const ExportSource source{session, to_text(to_json(session)), std::nullopt,
                            [](const std::string& svg) -> Result<std::string> {
                              return text_result("png of " + svg.substr(0, 4));
                            }};
  return export_session(format, source, options);
}

}  // namespace

TEST_CASE("every format writes something for a session that has everything") {
  const auto session = small_session();
  for (const auto& format : export_formats()) {
    CAPTURE(format.name);
    const auto file = exported(session, format.name, {{"track", "lead"}, {"lfo", "one"}});
    REQUIRE_MESSAGE(file.has_value(), (file ? "" : file.error().message));
    CHECK_FALSE(file->bytes.empty());
    CHECK(exported(session, format.name, {{"track", "lead"}, {"lfo", "one"}})->bytes == file->bytes);
  }
}

TEST_CASE("a file's ending names its format where one format alone has it") {
  CHECK(export_format_of_file("song.mid")->name == "mid");
  CHECK(export_format_of_file("song.dawproject")->name == "dawproject");
  CHECK(export_format_of_file("song.wav") == nullptr);
  CHECK(export_format_of_file("song") == nullptr);
}

TEST_CASE("a format for one track or one curve asks which, or gives all in a zip") {
  const auto session = small_session();
  CHECK(exported(session, "mpcpattern").error().code == "track_required");
  CHECK(exported(session, "mpcpattern", {{"track", "drums"}}).error().code == "unknown_track");
  CHECK(exported(session, "mpcpattern", {{"split", "true"}})->parts.size() == 2);
  CHECK(exported(session, "mid", {{"split", "true"}})->parts[1].name == "02 bass.mid");
  CHECK(exported(session, "lfo").error().code == "lfo_required");
  CHECK(exported(session, "lfo", {{"split", "1"}})->parts.size() == 2);
  CHECK(exported(session, "serum", {{"lfo", "three"}}).error().code == "unknown_lfo");
}

TEST_CASE("all of a session in one zip, with a word on what was left out") {
  auto session = small_session();
  session.lfos.clear();
  const auto file = exported(session, "zip");
  REQUIRE(file.has_value());
  std::string names;
  for (const auto& part : file->parts) names += part.name + "\n";
  CHECK(names.find("mid.mid\n") != names.npos);
  CHECK(names.find("mpcpattern/02 bass.mpcpattern\n") != names.npos);
  CHECK(names.find("musicxml.musicxml\n") != names.npos);
  CHECK(file->parts.back().name == "left out.txt");
  CHECK(file->parts.back().bytes.find("serum: the session has no drawn curve") != std::string::npos);
}

TEST_CASE("options are read by one table, and refused with their name") {
  ExportOptions options;
  CHECK(set_export_option(options, "smf_format", "0").has_value());
  CHECK(options.smf.format == 0);
  CHECK(set_export_option(options, "dialect", "mpc3").has_value());
  CHECK(options.mpc.dialect == MpcDialect::mpc3);
  CHECK(set_export_option(options, "volts", "2.5").has_value());
  for (const auto& [name, value] : {std::pair{"smf_format", "2"},
                                    {"division", "x"},
                                    {"dialect", "mpc9"},
                                    {"volts", "nan"},
                                    {"colour", "red"}}) {
    const auto set = set_export_option(options, name, value);
    REQUIRE(set.has_error());
    CHECK(set.error().code == "bad_query");
    CHECK(set.error().problems.front().pointer == name);
  }
}

TEST_CASE("the sheet shows title, evidence and curves, and escapes what it shows") {
  auto session = small_session();
  session.evidence = {{"/tracks/0", Box{0.1, 0.1, 0.2, 0.2}, {}, "circle", "circle"}};
  const ExportSource source{session, "{}", SourcePicture{"jpeg bytes", 200, 100}, nullptr};

  const auto svg = export_session("svg", source, {})->bytes;

  CHECK(svg.find("Small &amp; &lt;odd&gt;") != svg.npos);
  CHECK(svg.find("data:image/jpeg;base64,anBlZyBieXRlcw==") != svg.npos);
  CHECK(svg.find("data-pointer=\"/tracks/0\"") != svg.npos);
  CHECK(svg.find("One moves cutoff of lead") != svg.npos);
}

TEST_CASE("a curve that would last for hours is refused") {
  auto session = small_session();
  session.arrangement[0].bars = 1000;
  session.tempo_bpm = 20;
  CHECK(exported(session, "cv", {{"lfo", "one"}}).error().code == "export_too_large");
}
