#include "tests/bench/fitting/learner.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <future>
#include <iterator>

#include "core/base/random.hpp"
#include "core/reader/see/stamp.hpp"
#include "tests/bench/fitting/layers.hpp"
#include "tests/bench/fitting/network_text.hpp"
#include "tests/bench/fitting/warp.hpp"

namespace doodled::bench {
namespace {

constexpr int hands = 2;  // that reckon a batch side by side; their gradients are added in their order
constexpr float smoothing = 0.05F;  // of the answer, spread over all

struct Lesson {
  const std::vector<sight::Path>* lines = nullptr;
  int head = 0;    // 0: kinds, 1: words
  int answer = 0;  // unit of the head
  std::uint64_t seed = 0;
};

float uniform(Random& random, double most) { return static_cast<float>((2 * random.unit() - 1) * most); }

// A share of the values is left out, and the others stand for them.
std::vector<float> left_out(std::vector<float>& values, double share, Random& random) {
  std::vector<float> kept(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    kept[i] = random.unit() < share ? 0.F : static_cast<float>(1 / (1 - share));
    values[i] *= kept[i];
  }
  return kept;
}

void times(std::vector<float>& values, const std::vector<float>& factors) {
  for (std::size_t i = 0; i < values.size(); ++i) values[i] *= factors[i];
}

// The error at the sums of a head whose shares are e to their power.
std::vector<float> error_of(const std::vector<float>& sums, int answer, float worth) {
  const float most = *std::max_element(sums.begin(), sums.end());
  std::vector<float> error;
  float all = 0;
  for (const float sum : sums) all += error.emplace_back(std::exp(sum - most));
  for (std::size_t k = 0; k < error.size(); ++k) {
    const float wanted = smoothing / float(sums.size()) + (int(k) == answer ? 1 - smoothing : 0);
    error[k] = worth * (error[k] / all - wanted);
  }
  return error;
}

class Learner {
 public:
  Learner(int words, const Schooling& schooling) : schooling_(schooling), shape_(shape_of_network(words)) {
    Random random(schooling.seed);
    parameters_.assign(shape_.heads.back().end(), 0);
    for (const Layer& layer : shape_.all())
      for (std::size_t i = layer.weights(); i < layer.end(); ++i)
        parameters_[i] = uniform(random, std::sqrt(6.0 / layer.seen()));
    mean_.assign(parameters_.size(), 0), square_.assign(parameters_.size(), 0);
  }

  void take(const std::vector<Lesson>& batch, double rate) {
    turn_weights();
    std::array<std::future<std::vector<float>>, hands> parts;
    for (std::size_t h = 0; h < hands; ++h)
      parts[h] = std::async(std::launch::async, [&, h] { return gradient_of(batch, h); });
    std::vector<float> gradient(parameters_.size(), 0);
    for (auto& part : parts) {
      const auto of_hand = part.get();
      for (std::size_t i = 0; i < gradient.size(); ++i) gradient[i] += of_hand[i];
    }
    step(gradient, static_cast<float>(1.0 / schooling_.batch), rate);
  }
  const NetworkShape& shape() const { return shape_; }
  const std::vector<float>& parameters() const { return parameters_; }

 private:
  void turn_weights() {
    turned_.clear();
    for (const Layer& layer : shape_.convolutions) turned_.push_back(turned(layer, parameters_.data()));
  }
  std::vector<float> gradient_of(const std::vector<Lesson>& batch, std::size_t hand) const {
    std::vector<float> gradient(parameters_.size(), 0);
    for (std::size_t i = hand; i < batch.size(); i += hands) learn(batch[i], gradient.data());
    return gradient;
  }
  void learn(const Lesson& lesson, float* gradient) const {
    Random random(lesson.seed);
    const bool plain = random.below(8) == 0;
    const auto stamp = sight::stamp_of(plain ? *lesson.lines : warped(*lesson.lines, lines_reach, random));
    std::vector<Field> fields;
    std::vector<Pooled> pooled;
    std::vector<float> values = seen(stamp, fields, pooled);
    const auto kept_before = left_out(values, schooling_.left_out, random);
    const float* p = parameters_.data();
    std::vector<float> hidden = weigh(shape_.hidden, p, values);
    for (float& value : hidden) value = std::max(value, 0.F);
    const auto kept_after = left_out(hidden, schooling_.left_out, random);
    const Layer& head = shape_.heads[std::size_t(lesson.head)];
    const auto worth = static_cast<float>(lesson.head == 0 ? 1 : schooling_.words_worth);
    auto error =
        weigh_back(head, p, hidden, error_of(weigh(head, p, hidden), lesson.answer, worth), gradient);
    times(error, kept_after);
    for (std::size_t i = 0; i < error.size(); ++i)
      if (hidden[i] <= 0) error[i] = 0;
    error = weigh_back(shape_.hidden, p, values, error, gradient);
    times(error, kept_before);
    look_back(fields, pooled, std::move(error), gradient);
  }
  std::vector<float> seen(const sight::Stamp& stamp, std::vector<Field>& fields,
                          std::vector<Pooled>& pooled) const {
    std::vector<float> values;
    for (const auto level : stamp) values.push_back(float(level) / 255);
    int side = sight::stamp_side;
    for (std::size_t l = 0; l < shape_.convolutions.size(); ++l, side /= 2) {
      const Layer& layer = shape_.convolutions[l];
      fields.push_back(field_of(values, side, layer));
      pooled.push_back(convolve(layer, parameters_.data(), turned_[l], fields.back()));
      values = pooled.back().values;
    }
    return values;
  }
  void look_back(const std::vector<Field>& fields, const std::vector<Pooled>& pooled,
                 std::vector<float> error, float* gradient) const {
    for (std::size_t l = shape_.convolutions.size(); l-- > 0;) {
      const Layer& layer = shape_.convolutions[l];
      Field in_error(fields[l].side, layer.inputs, layer.size / 2);
      convolve_back(layer, parameters_.data(), fields[l], pooled[l], error, gradient,
                    l > 0 ? &in_error : nullptr);
      if (l > 0) error = inside_of(in_error);
    }
  }
  void step(const std::vector<float>& gradient, float share, double rate) {
    ++steps_;
    constexpr float keep_mean = 0.9F, keep_square = 0.999F;
    const auto size = static_cast<float>(rate * std::sqrt(1 - std::pow(double(keep_square), steps_)) /
                                         (1 - std::pow(double(keep_mean), steps_)));
    for (std::size_t i = 0; i < gradient.size(); ++i) {
      const float g = gradient[i] * share;
      mean_[i] = keep_mean * mean_[i] + (1 - keep_mean) * g;
      square_[i] = keep_square * square_[i] + (1 - keep_square) * g * g;
      parameters_[i] -= size * mean_[i] / (std::sqrt(square_[i]) + 1e-7F);
    }
  }

  const Schooling& schooling_;
  NetworkShape shape_;
  std::vector<float> parameters_, mean_, square_;
  std::vector<std::vector<float>> turned_;
  int steps_ = 0;
};

// Draws lessons by chance: samples by their weight, words all alike.
class Lessons {
 public:
  Lessons(const std::vector<Sample>& samples, const std::vector<WordDrawing>& words, std::uint64_t seed)
      : samples_(samples), words_(words), cumulated_(cumulated_weights(samples)), random_(seed) {}

  std::vector<Lesson> next(int batch) {
    std::vector<Lesson> lessons;
    for (int i = 0; i < batch; ++i) {
      const double at = random_.unit() * cumulated_.back();
      const Sample& sample = samples_[std::size_t(std::upper_bound(cumulated_.begin(), cumulated_.end(), at) -
                                                  cumulated_.begin())];
      lessons.push_back({&sample.lines, 0, sample.kind, random_.next()});
      if (words_.empty()) continue;
      const WordDrawing& word = words_[std::size_t(random_.below(int(words_.size())))];
      lessons.push_back({&word.lines, 1, word.word, random_.next()});
    }
    return lessons;
  }

 private:
  const std::vector<Sample>& samples_;
  const std::vector<WordDrawing>& words_;
  std::vector<double> cumulated_;
  Random random_;
};

int words_in(const std::vector<WordDrawing>& words) {
  int most = 0;
  for (const WordDrawing& drawing : words) most = std::max(most, drawing.word);
  return most + 1;
}

}  // namespace

std::string teach(const std::vector<Sample>& samples, const std::vector<WordDrawing>& words,
                  const Schooling& schooling) {
  Learner learner(words_in(words), schooling);
  Lessons lessons(samples, words, schooling.seed * 7919);
  const int steps = schooling.rounds * static_cast<int>(samples.size()) / schooling.batch;
  for (int i = 0; i < steps; ++i)
    learner.take(lessons.next(schooling.batch),
                 schooling.rate * (0.505 + 0.495 * std::cos(CV_PI * i / steps)));
  return text_of(learner.shape(), learner.parameters(), samples);
}

}  // namespace doodled::bench
