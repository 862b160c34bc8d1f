// Short words and the dots of letters, on a page where rows of writing were found.
#pragma once
#include <cstddef>
#include <vector>

#include "core/reader/see/pieces.hpp"

namespace doodled::sight {

// Two letters of the usual height or more that stand as close as in a word, or one beside what is `written`,
// and what is small right above or below a letter. None where there are fewer than three rows: a few marks
// are more likely drawn.
std::vector<std::size_t> short_words(const Pieces& pieces, int rows, const std::vector<bool>& written);

}  // namespace doodled::sight
