// Tables of a Markdown text, found by the first word of their head.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace doodled::composing {

using TableRow = std::vector<std::string>;  // cells, without blanks and back quotes around them

// The rows below every head whose first cell is `head`, in order; none when there is no such table.
std::vector<TableRow> table_rows(std::string_view markdown, std::string_view head);

}  // namespace doodled::composing
