// Teaches the network of the reader. The same lessons and seed give the same network.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/fitting/samples.hpp"

namespace doodled::bench {

struct Schooling {
  int rounds = 8;            // as many samples each as there are
  int batch = 16;            // of samples, and as many of words
  double rate = 1.5e-3;      // of Adam, at the start; it falls as a half cosine
  double words_worth = 0.5;  // of a word's error beside a kind's
  double left_out = 0.15;    // of the values before and after the hidden layer
  std::uint64_t seed = 1;
};

// The network as text (core/reader/see/network.hpp), without remarks. It learns the kinds of the samples, and
// beside them to tell the words apart that other drawings stand for: what helps there helps the kinds, of
// which far fewer hands are known; the units for words are then left out. D. P. Kingma, J. Ba, "Adam: a
// method for stochastic optimization", ICLR 2015; N. Srivastava et al., "Dropout", JMLR 15, 2014; R. Caruana,
// "Multitask learning", Machine Learning 28, 1997.
std::string teach(const std::vector<Sample>& samples, const std::vector<WordDrawing>& words,
                  const Schooling& schooling);

}  // namespace doodled::bench
