// What stands in for libFuzzer where the compiler has none: runs a target on every seed, then on seeds that
// were changed at random, the same each time.   fuzz_NAME [-runs=N] [FILE|FOLDER]...
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/random.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" __attribute__((weak)) int LLVMFuzzerInitialize(int* count, char*** arguments);

namespace {

using Input = std::vector<std::uint8_t>;
namespace fs = std::filesystem;

constexpr std::size_t longest = 64 << 10;

Input read(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void add(const fs::path& place, std::vector<Input>& seeds) {
  if (!fs::is_directory(place)) return seeds.push_back(read(place));
  std::vector<fs::path> files(fs::directory_iterator(place), {});
  std::ranges::sort(files);
  for (const auto& file : files) seeds.push_back(read(file));
}

void run(const Input& input) { LLVMFuzzerTestOneInput(input.data(), input.size()); }

class Mutator {
 public:
  explicit Mutator(const std::vector<Input>& seeds) : seeds_(seeds) {}

  Input next() {
    Input input = any_seed();
    for (std::size_t changes = 1 + below(8); changes > 0; --changes) change(input);
    input.resize(std::min(input.size(), longest));
    return input;
  }

 private:
  std::size_t below(std::size_t end) {
    return static_cast<std::size_t>(random_.below(static_cast<int>(end)));
  }
  std::uint8_t byte() { return static_cast<std::uint8_t>(below(256)); }
  const Input& any_seed() { return seeds_[below(seeds_.size())]; }
  auto somewhere(Input& input) {
    return input.begin() + static_cast<std::ptrdiff_t>(below(input.size() + 1));
  }

  void change(Input& input) {
    switch (input.empty() ? 4 : below(6)) {
      case 0:
        input[below(input.size())] ^= static_cast<std::uint8_t>(1 << below(8));
        break;
      case 1:
        input[below(input.size())] = telling_[below(telling_.size())];
        break;
      case 2:
        cut(input);
        break;
      case 3:
        repeat(input);
        break;
      case 4:
        input.insert(somewhere(input), byte());
        break;
      default:
        splice(input);
        break;
    }
  }
  void cut(Input& input) {
    const auto from = somewhere(input);
    input.erase(from,
                from + static_cast<std::ptrdiff_t>(below(static_cast<std::size_t>(input.end() - from) + 1)));
  }
  void repeat(Input& input) {
    const auto from = below(input.size());
    const Input part(input.begin() + static_cast<std::ptrdiff_t>(from),
                     input.begin() + static_cast<std::ptrdiff_t>(
                                         from + below(std::min<std::size_t>(input.size() - from, 64) + 1)));
    input.insert(somewhere(input), part.begin(), part.end());
  }
  void splice(Input& input) {
    const Input& other = any_seed();
    const auto from = below(other.size() + 1);
    input.erase(somewhere(input), input.end());
    input.insert(input.end(), other.begin() + static_cast<std::ptrdiff_t>(from), other.end());
  }

  const std::vector<Input>& seeds_;
  const Input telling_{0x00, 0x7F, 0x80, 0xFF, '0', '9',  '-',  '"', '{',
                       '}',  '[',  ']',  ',',  ':', '\r', '\n', ' ', 'e'};
  doodled::Random random_{1};
};

}  // namespace

int main(int count, char** arguments) {
  if (LLVMFuzzerInitialize) LLVMFuzzerInitialize(&count, &arguments);
  int runs = 2000;
  std::vector<Input> seeds;
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    if (argument.starts_with("-runs="))
      std::from_chars(argument.data() + 6, argument.data() + argument.size(), runs);
    else
      add(argument, seeds);
  }
  seeds.emplace_back();
  for (const auto& seed : seeds) run(seed);
  Mutator mutator(seeds);
  for (int i = 0; i < runs; ++i) run(mutator.next());
  std::printf("%zu seeds and %d changed ones\n", seeds.size(), runs);
}
