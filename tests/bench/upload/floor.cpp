// The bare floor under an upload: the same bytes received on loopback, made durable, committed, and decoded
// at reduced size; nothing else. And the picture for it: a 12-megapixel photograph of a drawing, about 3 MB.
//
//   bench_upload_floor --picture FILE     writes the JPEG (the same one each time)
//   bench_upload_floor --serve DIR        prints "listening on PORT"; answers each POST when all is done
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>

#include <CLI/CLI.hpp>
#include <SQLiteCpp/SQLiteCpp.h>
#include <arpa/inet.h>
#include <malloc.h>
#include <netinet/in.h>
#include <opencv2/imgproc.hpp>
#include <sys/socket.h>
#include <unistd.h>

#include "core/reader/decode/decode.hpp"
#include "core/store/blobs.hpp"

namespace {

using namespace doodled;

constexpr int width = 4032, height = 3024;
constexpr std::size_t wanted_bytes = 3'000'000;

// Paper under uneven light, with what a musician draws.
cv::Mat photographed_page() {
  cv::Mat page(height, width, CV_8UC3);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const int light = 225 - 30 * x / width - 25 * y / height;
      page.at<cv::Vec3b>(y, x) =
          cv::Vec3b(cv::saturate_cast<uchar>(light), cv::saturate_cast<uchar>(light - 4),
                    cv::saturate_cast<uchar>(light - 14));
    }
  const cv::Scalar ink(45, 42, 60);
  cv::circle(page, {800, 800}, 420, ink, 18, cv::LINE_AA);
  cv::rectangle(page, {1700, 500}, {2500, 1200}, ink, 18, cv::LINE_AA);
  const std::vector<cv::Point> triangle{{3200, 450}, {3700, 1250}, {2800, 1200}};
  cv::polylines(page, triangle, true, ink, 18, cv::LINE_AA);
  std::vector<cv::Point> wave;
  for (int x = 300; x < 3700; x += 10)
    wave.emplace_back(x, 2200 + static_cast<int>(350 * std::sin(x / 170.0)));
  cv::polylines(page, wave, false, ink, 18, cv::LINE_AA);
  cv::arrowedLine(page, {900, 1850}, {850, 1300}, ink, 18, cv::LINE_AA, 0, 0.2);
  return page;
}

// A sensor's noise, as much of it as makes the file as large as asked.
std::vector<std::uint8_t> jpeg_with_noise(const cv::Mat& page, double sigma) {
  cv::Mat noise(page.size(), CV_16SC3), noisy;
  cv::RNG random(12);
  random.fill(noise, cv::RNG::NORMAL, 0, sigma);
  cv::add(page, noise, noisy, cv::noArray(), CV_8UC3);
  Raster raster{width, height, width, height, {}};
  raster.pixels.assign(noisy.data, noisy.data + noisy.total() * 3);
  return thumbnail(raster, width);
}

std::vector<std::uint8_t> picture() {
  const cv::Mat page = photographed_page();
  double least = 0, most = 30;
  std::vector<std::uint8_t> jpeg;
  for (int round = 0; round < 8; ++round) {
    const double sigma = (least + most) / 2;
    jpeg = jpeg_with_noise(page, sigma);
    (jpeg.size() < wanted_bytes ? least : most) = sigma;
  }
  return jpeg;
}

int listen_on_loopback() {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(listener, reinterpret_cast<sockaddr*>(&address), size) || listen(listener, 8) ||
      getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size))
    throw std::runtime_error("no socket");
  std::cout << "listening on " << ntohs(address.sin_port) << std::endl;
  return listener;
}

// The body of one POST with a Content-Length.
std::string receive_body(int peer) {
  std::string text(std::size_t{1} << 16, '\0');
  std::size_t have = 0, head = std::string::npos, length = 0;
  while (head == std::string::npos || have < head + length) {
    if (have == text.size()) text.resize(text.size() * 2);
    const ssize_t got = recv(peer, text.data() + have, text.size() - have, 0);
    if (got <= 0) return {};
    have += static_cast<std::size_t>(got);
    if (head != std::string::npos) continue;
    const auto end = text.find("\r\n\r\n");
    if (end >= have) continue;
    head = end + 4;
    length = std::stoul(text.substr(text.find("Content-Length: ") + 16));
    text.resize(head + length);
  }
  return text.substr(head, length);
}

void serve(const std::filesystem::path& directory) {
  Blobs blobs(directory / "blobs");
  SQLite::Database database((directory / "floor.sqlite3").string(),
                            SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE pictures (id TEXT)");
  const int listener = listen_on_loopback();
  for (;;) {
    const int peer = accept(listener, nullptr, nullptr);
    const std::string body = receive_body(peer);
    const std::string id = blobs.put(as_bytes(body));
    SQLite::Statement insert(database, "INSERT INTO pictures VALUES (?)");
    insert.bind(1, id);
    insert.exec();
    if (!decode(as_bytes(body), {})) throw std::runtime_error("the picture can't be decoded");
    constexpr std::string_view answer =
        "HTTP/1.1 201 Created\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    send(peer, answer.data(), answer.size(), MSG_NOSIGNAL);
    close(peer);
  }
}

}  // namespace

int main(int count, char** texts) {
  CLI::App app{"The bare floor under an upload"};
  std::filesystem::path file, directory;
  app.add_option("--picture", file, "write the picture there");
  app.add_option("--serve", directory, "receive, keep and decode pictures");
  CLI11_PARSE(app, count, texts);
  mallopt(M_MMAP_THRESHOLD, 256 << 20);  // as the reader does: no page is faulted in anew for each picture
  mallopt(M_TRIM_THRESHOLD, 512 << 20);
  doodled::start_decoder();
  if (!file.empty()) {
    const auto jpeg = picture();
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(jpeg.data()), static_cast<std::streamsize>(jpeg.size()));
  }
  if (!directory.empty()) serve(directory);
}
