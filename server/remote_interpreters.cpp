#include "server/remote_interpreters.hpp"

#include <nlohmann/json.hpp>

#include "core/base/log.hpp"

namespace doodled {
namespace {

// The words of the two rooms have the same order.
reader::PreparedFormat reader_format(SentFormat format) {
  static_assert(static_cast<int>(SentFormat::jpeg) == static_cast<int>(reader::PreparedFormat::jpeg));
  return static_cast<reader::PreparedFormat>(format);
}

RawReply from_store(const Interpretation& stored) {
  RawReply reply{stored.request, stored.answer, stored.model, stored.prompt_version};
  reply.usage = to_text(Json{{"cached_from", stored.id}, {"cost", 0}});
  return reply;
}

}  // namespace

RemoteInterpreters::RemoteInterpreters(Interpreters& into, Transport& transport, const Clock& clock,
                                       Store& store, ReaderClient& reader, std::size_t most_ahead,
                                       Metrics& metrics, double daily_budget)
    : into_(into),
      store_(store),
      reader_(reader),
      ahead_(
          [&reader](Bytes image, const Wanted& wanted, const std::stop_token& stop) {
            return reader.begin_prepare(image, wanted.longest_side, reader_format(wanted.format), stop);
          },
          most_ahead, clock),
      services_{transport, clock, {}, {}, {}, {}, {}, {}} {
  services_.prepare = [this](const InterpretRequest& request, int side, SentFormat format,
                             std::stop_token stop) { return prepare(request, side, format, stop); };
  services_.prepare_ahead = [this](Bytes image, int side, SentFormat format) {
    return ahead_.begin(image, {side, format});
  };
  services_.find_answer = [this](const std::string& key) -> std::optional<RawReply> {
    const auto stored = store_.interpretations.answered(key);
    return stored ? std::optional(from_store(*stored)) : std::nullopt;
  };
  services_.spent = [this](const std::string& id, std::int64_t since) { return spent(id, since); };
  services_.all_together =
      std::make_shared<Budget>(daily_budget, [this](std::int64_t since) { return spent({}, since); });
  services_.report = [&metrics](const AskReport& report) { metrics.count_ask(report); };
}

void RemoteInterpreters::add(RemoteSettings settings) {
  if (settings.unusable)
    log::warning("interpret", settings.unusable->message, {{"interpreter", settings.model.interpreter}});
  into_.add(std::make_shared<RemoteInterpreter>(std::move(settings), services_));
}

Result<PictureShelf::Picture> RemoteInterpreters::prepare(const InterpretRequest& request, int longest_side,
                                                          SentFormat format, std::stop_token stop) {
  const auto key = request.image_sha256 + " " + std::to_string(longest_side) + " " +
                   std::to_string(static_cast<int>(format));
  if (auto found = shelf_.find(key)) return found;
  auto sent = made(request, {longest_side, format}, std::move(stop));
  if (!sent) return sent.error();
  auto sha256 = sha256_hex(sent->bytes);
  auto picture = std::make_shared<const llm::PreparedPicture>(
      llm::PreparedPicture{std::move(sent->bytes), std::move(sent->info.media_type), sent->info.width,
                           sent->info.height, std::move(sha256)});
  shelf_.put(key, picture);
  return picture;
}

// Perhaps begun already, while the picture was stored.
Result<MadePicture> RemoteInterpreters::made(const InterpretRequest& request, const Wanted& wanted,
                                             std::stop_token stop) {
  if (const auto begun = ahead_.take(request.image_sha256, wanted)) return begun->wait(stop);
  const auto original = request.image();
  if (!original) return original.error();
  return reader_.prepare(*original, wanted.longest_side, reader_format(wanted.format), std::move(stop));
}

// Of all interpreters where none is named.
double RemoteInterpreters::spent(const std::string& interpreter, std::int64_t since) const {
  double sum = 0;
  for (const auto& one : store_.interpretations.spent(since))
    if (interpreter.empty() || one.interpreter == interpreter) sum += one.cost;
  return sum;
}

RemoteServices services_to_probe(Transport& transport, const Clock& clock) {
  RemoteServices services{transport, clock, {}, {}, {}, {}, {}, {}};
  services.spent = [](const std::string&, std::int64_t) { return 0.0; };
  return services;
}

}  // namespace doodled
