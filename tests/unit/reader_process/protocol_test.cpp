#include <limits>

#include <doctest/doctest.h>

#include "core/reader/protocol/frame.hpp"
#include "core/reader/protocol/messages.hpp"

using namespace doodled;
using namespace doodled::reader;

namespace {

std::array<std::uint8_t, prefix_size> prefix_of(const std::string& head) {
  std::array<std::uint8_t, prefix_size> prefix{};
  for (std::size_t i = 0; i < prefix_size; ++i) prefix[i] = static_cast<std::uint8_t>(head[i]);
  return prefix;
}

Request full_request() {
  Request request;
  request.operation = Operation::read;
  request.see = {SeeMode::photo, 128};
  request.limits = {1000, 2000, 640};
  request.thumbnail_width = 320;
  request.cpu_seconds = 20;
  return request;
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a frame's head is its name, two big-endian lengths, and the text") {
  const std::string head = frame_head("{}", 0x0102030405);
  CHECK(head == std::string("DDR1\0\0\0\2\0\0\0\1\2\3\4\5{}", 18));
  const auto sizes = parse_prefix(prefix_of(head), {10, std::uint64_t{1} << 40});
  REQUIRE(sizes.has_value());
  CHECK(*sizes == FrameSizes{2, 0x0102030405});
}

TEST_CASE("a frame over a limit or under another name is refused") {
  CHECK(parse_prefix(prefix_of(frame_head("{}", 10)), {1, 10}).error().code == "bad_frame");
  CHECK(parse_prefix(prefix_of(frame_head("{}", 11)), {2, 10}).error().code == "bad_frame");
  CHECK(parse_prefix(prefix_of(frame_head("{}", std::numeric_limits<std::uint64_t>::max())), {2, 10})
            .has_error());
  CHECK(parse_prefix(prefix_of(frame_head("{}", 10)), {2, 10}).has_value());
  CHECK(parse_prefix(prefix_of("HTTP/1.1 200 OK\r\n"), {1000, 1000}).error().code == "bad_frame");
}

TEST_CASE("a request comes back as it was written") {
  const auto request = request_from(to_text(full_request()));
  REQUIRE(request.has_value());
  CHECK(request->operation == Operation::read);
  CHECK(request->see.mode == SeeMode::photo);
  CHECK(request->see.curve_samples == 128);
  CHECK(request->limits.max_pixels == 1000);
  CHECK(request->limits.max_unpacked_bytes == 2000);
  CHECK(request->limits.target_side == 640);
  CHECK(request->thumbnail_width == 320);
  CHECK(request->cpu_seconds == 20);
}

TEST_CASE("a malformed request is refused with the field at fault") {
  const std::string good = to_text(full_request());
  const auto field_at_fault = [&](const std::string& from, const std::string& to) {
    const auto request = request_from(with(good, from, to));
    REQUIRE(request.has_error());
    CHECK(request.error().code == "bad_request");
    REQUIRE(!request.error().problems.empty());
    return request.error().problems.front().pointer;
  };
  CHECK(field_at_fault("\"read\"", "\"paint\"") == "/operation");
  CHECK(field_at_fault("\"target_side\":640", "\"target_side\":0") == "/target_side");
  CHECK(field_at_fault("\"target_side\":640", "\"target_side\":1e3") == "/target_side");
  CHECK(field_at_fault("\"max_pixels\":1000", "\"max_pixels\":\"x\"") == "/max_pixels");
  CHECK(field_at_fault("\"max_pixels\":1000", "\"max_pixels\":18446744073709551615") == "/max_pixels");
  CHECK(field_at_fault("\"cpu_seconds\":20,", "") == "/cpu_seconds");
  CHECK(request_from("[]").has_error());
  CHECK(request_from("{").has_error());
}

TEST_CASE("a reply with a reading comes back as it was written") {
  Reply reply;
  reply.info = {"image/png", 30, 20, 1};
  reply.reading = Reading{};
  reply.reading->kind = PictureKind::drawing;
  reply.reading->confidence = 0.75;
  std::vector<std::uint8_t> bytes{1, 2, 3};
  const std::string text = to_text(reply, bytes);
  CHECK(bytes.size() > 3);
  const auto back = reply_from(text, bytes);
  REQUIRE(back.has_value());
  CHECK(bytes == std::vector<std::uint8_t>{1, 2, 3});
  CHECK(!back->error);
  CHECK(back->info == reply.info);
  REQUIRE(back->reading.has_value());
  CHECK(back->reading->kind == PictureKind::drawing);
  CHECK(back->reading->confidence == doctest::Approx(0.75));
}

TEST_CASE("a refusal comes back as it was written") {
  std::vector<std::uint8_t> bytes;
  const auto back = reply_from(to_text(Reply{{}, {}, Error{"not_a_picture", "No picture."}}, bytes), bytes);
  REQUIRE(back.has_value());
  REQUIRE(back->error.has_value());
  CHECK(back->error->code == "not_a_picture");
  CHECK(back->error->message == "No picture.");
}

TEST_CASE("a reply that makes no sense is refused") {
  const auto refused = [](const std::string& text) {
    std::vector<std::uint8_t> bytes{0, 0};
    const auto reply = reply_from(text, bytes);
    return reply.has_error() && reply.error().code == "bad_reply";
  };
  CHECK(refused(""));
  CHECK(refused("[]"));
  CHECK(refused("{}"));
  CHECK(refused(R"({"error":"no"})"));
  CHECK(refused(R"({"error":{"code":"<script>","message":""}})"));
  CHECK(refused(R"({"error":{"code":"x","message":")" + std::string(3000, 'x') + R"("}})"));
  CHECK(refused(R"({"info":{"media_type":"image/png","width":-1,"height":2,"orientation":1}})"));
  CHECK(refused(R"({"info":{"media_type":"image/png","width":1,"height":2,"orientation":9}})"));
  const std::string info = R"({"info":{"media_type":"image/png","width":1,"height":2,"orientation":1})";
  CHECK(refused(info + R"(,"reading_bytes":2})"));
  CHECK(refused(info + R"(,"reading_bytes":3})"));
  CHECK(refused(info + R"(,"reading_bytes":"2"})"));
}

TEST_CASE("the greeting is known from any other text") {
  CHECK(is_greeting(greeting_text()));
  CHECK(!is_greeting("{}"));
}
