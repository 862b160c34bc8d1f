#include "core/compose/rulebook.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "core/compose/rule_tables.hpp"

namespace doodled {

namespace embedded {
extern const std::string_view composition_rules;
}

namespace composing {
namespace {

// One row of a table; what does not fit is reported with both names.
class Row {
 public:
  Row(std::string_view table, const TableRow& cells) : table_(table), cells_(cells) {}

  const std::string& text(std::size_t column) const {
    if (column >= cells_.size()) fail("has too few columns");
    return cells_[column];
  }
  double number(std::size_t column) const { return number_in(text(column)); }
  double number_in(const std::string& word) const {
    double value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size()) fail("\"" + word + "\" is not a number");
    return value;
  }
  int tonic(std::size_t column) const {
    return known(pitch_class_from_name(text(column)), column, "a tonic");
  }
  Parameter parameter(std::size_t column) const {
    return known(parameter_from_name(text(column)), column, "a parameter");
  }
  std::string scale(std::size_t column) const {
    if (!find_scale(text(column))) fail("\"" + text(column) + "\" is not a scale");
    return text(column);
  }
  template <class T>
  T known(const std::optional<T>& value, std::size_t column, std::string_view what) const {
    if (!value) fail("\"" + text(column) + "\" is not " + std::string(what));
    return *value;
  }
  [[noreturn]] void fail(const std::string& message) const {
    throw ErrorException({"invalid_rules", "the table \"" + std::string(table_) + "\", row \"" +
                                               (cells_.empty() ? "" : cells_.front()) + "\": " + message});
  }

 private:
  std::string_view table_;
  const TableRow& cells_;
};

// Calls read(row, index) for each row; with `count`, there must be that many.
template <class Read>
void read_table(std::string_view markdown, std::string_view table, std::size_t count, Read read) {
  const auto rows = table_rows(markdown, table);
  if (rows.empty() || (count > 0 && rows.size() != count))
    throw ErrorException({"invalid_rules", "the table \"" + std::string(table) + "\" has " +
                                               std::to_string(rows.size()) + " rows"});
  for (std::size_t i = 0; i < rows.size(); ++i) read(Row(table, rows[i]), i);
}

FigureRule figure_of(const Row& row) {
  return {row.known(wave_from(row.text(1)), 1, "a wave"), row.text(2) == "corners", row.parameter(3),
          row.parameter(4), row.text(5) == "silent" ? "" : row.text(5)};
}

SeenRule seen_of(const Row& row) {
  SeenRule seen{};
  for (std::size_t i = 0; i < seen.size(); ++i) seen[i] = row.number(1 + i);
  if (std::ranges::adjacent_find(seen, std::greater_equal{}) != seen.end()) row.fail("does not ascend");
  return seen;
}

WalkRule walk_of(const Row& row, const Rulebook& rules) {
  WalkRule walk{static_cast<int>(row.number(0)) - 1, row.text(1), {}};  // people count beats from one
  if (!rules.seen.contains(walk.seen)) row.fail("\"" + walk.seen + "\" is not seen");
  std::istringstream words(row.text(2));
  for (std::string word; words >> word;)
    walk.notes.push_back(word == "rest" ? std::nullopt : std::optional<int>(row.number_in(word)));
  if (walk.notes.empty()) row.fail("has no notes");
  return walk;
}

CellRule cell_of(const Row& row) {
  CellRule cell{row.text(1), row.text(2), row.parameter(3), {}};
  for (std::size_t i = 0; i < cell.chords.size(); ++i)
    cell.chords[i] = static_cast<int>(row.number(4 + i)) - 1;  // people count degrees from one
  return cell;
}

Rulebook read_rules(std::string_view markdown) {
  Rulebook rules;
  read_table(markdown, "figure", rules.figures.size(), [&](const Row& row, std::size_t) {
    const auto shape = row.known(shape_class_from(row.text(0)), 0, "a figure");
    rules.figures[static_cast<std::size_t>(shape)] = figure_of(row);
  });
  read_table(markdown, "value", 0, [&](const Row& row, std::size_t) {
    rules.values[row.text(0)] = {row.number(1), row.number(2), row.text(3) == "ratio"};
  });
  read_table(markdown, "seen", 0,
             [&](const Row& row, std::size_t) { rules.seen[row.text(0)] = seen_of(row); });
  read_table(markdown, "in beat", 0,
             [&](const Row& row, std::size_t) { rules.walk.push_back(walk_of(row, rules)); });
  read_table(markdown, "clean wave", 0, [&](const Row& row, std::size_t) {
    rules.rough[row.known(wave_from(row.text(0)), 0, "a wave")] =
        row.known(wave_from(row.text(1)), 1, "a wave");
  });
  read_table(markdown, "round from", 0, [&](const Row& row, std::size_t) {
    rules.outline_scales.push_back({row.number(0), row.tonic(1), row.scale(2)});
  });
  read_table(markdown, "pen", rules.pen_tonics.size(),
             [&](const Row& row, std::size_t i) { rules.pen_tonics[i] = row.tonic(1); });
  read_table(markdown, "hue", rules.hue_tonics.size(),
             [&](const Row& row, std::size_t i) { rules.hue_tonics[i] = row.tonic(1); });
  read_table(markdown, "cool up to", 0, [&](const Row& row, std::size_t) {
    rules.colour_modes.push_back({row.number(0), row.scale(1), row.scale(2)});
  });
  read_table(markdown, "cell", rules.cells.size(),
             [&](const Row& row, std::size_t i) { rules.cells[i] = cell_of(row); });
  read_table(markdown, "drum row", 0, [&](const Row& row, std::size_t) {
    rules.drums.push_back({row.text(1), row.text(2), static_cast<int>(row.number(3))});
  });
  read_table(markdown, "rule", 0, [&](const Row& row, std::size_t) { rules.names.push_back(row.text(0)); });
  return rules;
}

}  // namespace

double ValueRule::at(double part) const {
  const double inside = std::clamp(part, 0.0, 1.0);
  return ratio ? from * std::pow(to / from, inside) : from + (to - from) * inside;
}

double Rulebook::value(std::string_view name, double part) const {
  const auto found = values.find(name);
  if (found == values.end()) throw std::out_of_range("no value \"" + std::string(name) + "\" in the rules");
  return found->second.at(part);
}

double Rulebook::part(std::string_view name, double measure) const {
  const auto found = seen.find(name);
  if (found == seen.end()) throw std::out_of_range("nothing \"" + std::string(name) + "\" is seen");
  const auto& seen_as = found->second;
  const auto above = std::ranges::upper_bound(seen_as, measure);
  if (above == seen_as.begin()) return 0;
  if (above == seen_as.end()) return 1;
  const double below = *std::prev(above);
  const auto quarters = static_cast<double>(above - seen_as.begin() - 1);
  return (quarters + (measure - below) / (*above - below)) / (seen_as.size() - 1);
}

Result<Rulebook> rulebook_from(std::string_view markdown) {
  try {
    return read_rules(markdown);
  } catch (const ErrorException& misfit) {
    return misfit.error();
  }
}

const Rulebook& rulebook() {
  static const Rulebook rules = rulebook_from(embedded::composition_rules).value();
  return rules;
}

}  // namespace composing
}  // namespace doodled
