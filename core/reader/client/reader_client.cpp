#include "core/reader/client/reader_client.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/log.hpp"
#include "core/reader/client/conversation.hpp"
#include "core/reader/protocol/page_bytes.hpp"

namespace doodled {
namespace {

using namespace reader;

// Two threads work on a picture, and the time-out strikes first.
int cpu_seconds(const ReaderSettings& settings) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(settings.timeout).count();
  return static_cast<int>(std::clamp<std::int64_t>(2 * seconds, 1, 3600));
}

Error not_started(const Error& error, const std::string& how) {
  if (error.code == "cancelled") return error;
  log::error("reader", "a reader process did not start", {{"how", how}, {"reason", error.message}});
  return {"reader_unavailable", "The reader did not start (" + how + ")."};
}

Error too_large(std::size_t size, std::int64_t most) {
  return {"picture_too_large", "The picture has " + std::to_string(size) + " bytes; at most " +
                                   std::to_string(most) + " are read."};
}

constexpr std::size_t beginning = 256 * 1024;

bool begins_with(Bytes image, std::initializer_list<std::uint8_t> signature) {
  return image.size() >= signature.size() && std::ranges::equal(image.first(signature.size()), signature);
}

// Of a JPEG or PNG the header is at the beginning, so a large one need not travel whole to be looked at.
Bytes header_part(Bytes image) {
  const bool has_header_first =
      begins_with(image, {0xff, 0xd8, 0xff}) || begins_with(image, {0x89, 'P', 'N', 'G'});
  return has_header_first ? image.first(std::min(image.size(), beginning)) : image;
}

Result<ReadPicture> read_picture(Answer&& answer) {
  auto& reply = answer.reply;
  if (!reply.reading) return Error{"bad_reply", "The reader's answer lacks the reading."};
  return ReadPicture{std::move(reply.info), std::move(*reply.reading), std::move(answer.bytes),
                     std::chrono::microseconds{reply.decode_us}, std::chrono::microseconds{reply.see_us}};
}

Result<MadePicture> made_picture(Answer&& answer) {
  return MadePicture{std::move(answer.reply.info), std::move(answer.bytes)};
}

bool is_of_picture(const Error& error) { return error.code.ends_with("_picture"); }

}  // namespace

ReaderClient::ReaderClient(ReaderSettings settings, const Clock& clock)
    : settings_(std::move(settings)), clock_(clock), pool_(settings_, clock_) {}

Request ReaderClient::request(Operation operation) const {
  Request request;
  request.operation = operation;
  request.limits = settings_.limits;
  request.cpu_seconds = cpu_seconds(settings_);
  return request;
}

Result<ReaderProcess> ReaderClient::greeted_process(const std::stop_token& stop) {
  auto taken = pool_.take(stop);
  if (!taken) return taken.error();
  if (!taken->is_new) return std::move(taken->process);
  const StopSignal signal(stop);
  const auto greeting =
      Conversation(taken->process.socket(), signal, settings_.start_timeout, clock_).receive({1024, 0});
  if (greeting && is_greeting(greeting->text)) return std::move(taken->process);
  const Error error = greeting ? Error{"bad_frame", "It did not greet."} : greeting.error();
  return not_started(error, pool_.give_up(std::move(taken->process)));
}

Result<std::shared_ptr<Visit>> ReaderClient::visit(const Request& request, Bytes image,
                                                   const std::stop_token& stop) {
  if (image.size() > static_cast<std::size_t>(settings_.max_bytes))
    return too_large(image.size(), settings_.max_bytes);
  auto process = greeted_process(stop);
  if (!process) return process.error();
  auto visit = std::make_shared<Visit>(pool_, std::move(*process), stop, settings_.timeout, clock_);
  if (const auto asked = visit->ask(request, image); !asked) return asked.error();
  return visit;
}

Result<Answer> ReaderClient::ask(const Request& request, Bytes image, const std::stop_token& stop) {
  const auto begun = visit(request, image, stop);
  if (!begun) return begun.error();
  return (*begun)->last();
}

template <class Made>
Result<Begun<Made>> ReaderClient::begin(const Request& request, Bytes image, const std::stop_token& stop,
                                        Result<Made> (*made_of)(Answer&&)) {
  const auto begun = visit(request, image, stop);
  if (!begun) return begun.error();
  auto header = (*begun)->first_of_two();
  if (!header) return header.error();
  return Begun<Made>{std::move(header->reply.info), [visit = *begun, made_of]() -> Result<Made> {
                       auto answer = visit->last();
                       if (!answer) return answer.error();
                       return made_of(std::move(*answer));
                     }};
}

Result<Begun<ReadPicture>> ReaderClient::begin_read(Bytes image, const SeeOptions& options,
                                                    int thumbnail_width, const std::stop_token& stop) {
  Request wish = request(Operation::read);
  wish.see = options;
  wish.thumbnail_width = thumbnail_width;
  return begin<ReadPicture>(wish, image, stop, read_picture);
}

Result<ReadPicture> ReaderClient::read(Bytes image, const SeeOptions& options, int thumbnail_width,
                                       const std::stop_token& stop) {
  const auto begun = begin_read(image, options, thumbnail_width, stop);
  if (!begun) return begun.error();
  return begun->rest();
}

Result<Thumbnail> ReaderClient::thumbnail(Bytes image, int width, const std::stop_token& stop) {
  Request wish = request(Operation::thumbnail);
  wish.thumbnail_width = width;
  auto answer = ask(wish, image, stop);
  if (!answer) return answer.error();
  return Thumbnail{std::move(answer->reply.info), std::move(answer->bytes)};
}

Result<ReadDrawing> ReaderClient::draw(const StrokePage& page, const SeeOptions& options, bool with_picture,
                                       const std::stop_token& stop) {
  Request wish = request(Operation::draw);
  wish.see = options;
  wish.picture = with_picture;
  auto answer = ask(wish, page_bytes(page), stop);
  if (!answer) return answer.error();
  if (!answer->reply.reading || (with_picture && answer->bytes.empty()))
    return Error{"bad_reply", "The reader's answer lacks the reading."};
  return ReadDrawing{std::move(*answer->reply.reading), answer->reply.info.width, answer->reply.info.height,
                     std::move(answer->bytes)};
}

Result<Begun<MadePicture>> ReaderClient::begin_prepare(Bytes image, int longest_side, PreparedFormat format,
                                                       const std::stop_token& stop) {
  Request wish = request(Operation::prepare);
  wish.limits.target_side = longest_side;
  wish.format = format;
  return begin<MadePicture>(wish, image, stop, made_picture);
}

Result<MadePicture> ReaderClient::prepare(Bytes image, int longest_side, PreparedFormat format,
                                          const std::stop_token& stop) {
  const auto begun = begin_prepare(image, longest_side, format, stop);
  if (!begun) return begun.error();
  return begun->rest();
}

Result<Raster> ReaderClient::pixels(Bytes image, int longest_side, const std::stop_token& stop) {
  auto made = prepare(image, longest_side, PreparedFormat::rgb, stop);
  if (!made) return made.error();
  const auto& [info, bytes] = *made;
  if (info.width > longest_side || info.height > longest_side ||
      bytes.size() != std::size_t(info.width) * std::size_t(info.height) * 3)
    return Error{"bad_reply", "The reader's pixels are not as many as it says."};
  return Raster{info.width, info.height, info.width, info.height, std::move(made->bytes)};
}

Result<ImageInfo> ReaderClient::info(Bytes image, const std::stop_token& stop) {
  if (image.size() > static_cast<std::size_t>(settings_.max_bytes))
    return too_large(image.size(), settings_.max_bytes);
  const auto part = header_part(image);
  auto answer = ask(request(Operation::info), part, stop);
  if (!answer && part.size() < image.size() && is_of_picture(answer.error()))
    answer = ask(request(Operation::info), image, stop);
  if (!answer) return answer.error();
  return std::move(answer->reply.info);
}

Result<void> ReaderClient::warm_up(const std::stop_token& stop) {
  auto process = greeted_process(stop);
  if (!process) return process.error();
  pool_.give_back(std::move(*process));
  return {};
}

}  // namespace doodled
