#include <iostream>

#include <nlohmann/json.hpp>

#include "core/base/error_json.hpp"
#include "core/compose/compose.hpp"
#include "core/interpret/accept.hpp"
#include "core/interpret/builtin.hpp"
#include "core/reader/client/reader_client.hpp"
#include "server/commands.hpp"
#include "server/files.hpp"

namespace doodled::commands {
namespace {

// The music of a reading, or null with the reason beside it: a blank page is a reading too.
void add_document(Json& line, const Reading& reading, ComposeOptions options, const std::string& sha256) {
  options.image_sha256 = sha256;
  auto session = compose(reading, options);
  auto accepted = session ? accept(std::move(*session)) : Result<Accepted>(session.error());
  line["document"] = accepted ? accepted->document : Json();
  if (!accepted) line["error"] = to_json(accepted.error());
}

Result<Json> read_one(ReaderClient& reader, const std::filesystem::path& file,
                      const ComposeOptions& options) {
  const auto bytes = read_file(file, reader.settings().max_bytes);
  if (!bytes) return bytes.error();
  const auto picture = reader.read(*bytes, see_options(kind_wanted(options.mode)));
  if (!picture) return picture.error();
  Json line{{"file", file.string()},
            {"kind", to_string(picture->reading.kind)},
            {"confidence", picture->reading.confidence},
            {"reading", to_json(picture->reading)}};
  add_document(line, picture->reading, options, sha256_hex(*bytes));
  return line;
}

}  // namespace

int read(const Settings& settings, const ReadOptions& options) {
  auto compose_with = compose_options_from(options.mode, options.options);
  if (!compose_with) return report(compose_with.error(), misused);
  compose_with->prompt = options.prompt;
  const SystemClock clock;
  ReaderClient reader(settings.reader, clock);
  int exit_code = done;
  for (const auto& file : options.files) {
    const auto line = read_one(reader, file, *compose_with);
    std::cout << to_text(line ? *line : Json{{"file", file.string()}, {"error", to_json(line.error())}})
              << std::endl;
    if (!line) exit_code = report(line.error());
  }
  return exit_code;
}

}  // namespace doodled::commands
