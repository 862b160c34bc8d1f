// A list of texts as a JSON array in one column.
#pragma once
#include <string>
#include <vector>

namespace doodled::store {

std::string text_list(const std::vector<std::string>& texts);
// Throws StoreUnavailable("damaged") when it is no JSON array of strings.
std::vector<std::string> texts_from(const std::string& list);

}  // namespace doodled::store
