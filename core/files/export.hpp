// Every file that a session can become, by name. Pure but for what `render_png` does.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/files/archive.hpp"
#include "core/files/drawings.hpp"
#include "core/files/export_options.hpp"
#include "core/music/session.hpp"

namespace doodled {

struct ExportSource {
  const Session& session;
  std::string document;                  // its JSON, as it is stored
  std::optional<SourcePicture> picture;  // for the drawings
  std::function<Result<std::string>(const std::string& svg)> render_png;
};

struct ExportFile {
  std::string ending;  // "mid"
  std::string media_type;
  std::string bytes;
  std::vector<NamedFile> parts = {};  // what a zip of several files holds
};

struct ExportFormat {
  std::string_view name;     // of the format, as in GET /sessions/{id}/export/{name}
  std::string_view summary;  // for people
  std::string_view ending;   // of its files; a format that has it for its own is found by it
  std::string_view media_type;
  Result<ExportFile> (*write)(const ExportSource& source, const ExportOptions& options);
};

std::span<const ExportFormat> export_formats();
// By name; by ending, with or without a point, of files that only one format writes.
const ExportFormat* find_export_format(std::string_view name);
const ExportFormat* export_format_of_file(std::string_view file_name);

// Errors: 'unknown_format', 'unknown_track', 'track_required', 'unknown_lfo', 'no_lfo', 'lfo_required',
// 'export_too_large', those of `render_png`.
Result<ExportFile> export_session(std::string_view format, const ExportSource& source,
                                  const ExportOptions& options);

}  // namespace doodled
