#include "core/compose/rule_tables.hpp"

namespace doodled::composing {
namespace {

std::string_view next_line(std::string_view& text) {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

std::string trimmed(std::string_view cell) {
  constexpr std::string_view around = " \t\r`";
  const auto first = cell.find_first_not_of(around);
  if (first == std::string_view::npos) return {};
  return std::string(cell.substr(first, cell.find_last_not_of(around) - first + 1));
}

// Empty for a line that is no row.
TableRow cells_of(std::string_view line) {
  TableRow cells;
  if (!line.starts_with('|')) return cells;
  line.remove_prefix(1);
  for (auto end = line.find('|'); end != std::string_view::npos; end = line.find('|')) {
    cells.push_back(trimmed(line.substr(0, end)));
    line.remove_prefix(end + 1);
  }
  return cells;
}

}  // namespace

std::vector<TableRow> table_rows(std::string_view markdown, std::string_view head) {
  std::vector<TableRow> rows;
  bool inside = false;
  while (!markdown.empty()) {
    TableRow cells = cells_of(next_line(markdown));
    if (cells.empty()) {
      inside = false;
    } else if (inside) {
      if (!cells.front().starts_with("---")) rows.push_back(std::move(cells));
    } else {
      inside = cells.front() == head;
      if (!inside)  // another table: its rows are not heads
        while (markdown.starts_with('|')) next_line(markdown);
    }
  }
  return rows;
}

}  // namespace doodled::composing
