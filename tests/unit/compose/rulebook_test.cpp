#include "core/compose/rulebook.hpp"

#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "core/compose/rule_tables.hpp"

using namespace doodled;
using namespace doodled::composing;

TEST_CASE("a table is found by its head, its cells without quotes and blanks") {
  const auto rows = table_rows(
      "text\n\n| other | b |\n|---|---|\n| fruit | 1 |\n\n| fruit | n |\n|---|---|\n| `apple` | 2 "
      "|\n|pear|3|\n\nend",
      "fruit");
  REQUIRE(rows.size() == 2);
  CHECK(rows[0] == TableRow{"apple", "2"});
  CHECK(rows[1] == TableRow{"pear", "3"});
  CHECK(table_rows("no table", "fruit").empty());
}

TEST_CASE("the rules that are built in have a row for everything") {
  const Rulebook& rules = rulebook();
  CHECK(rules.figure(ShapeClass::triangle).wave == Wave::saw);
  CHECK(rules.figure(ShapeClass::triangle).corners);
  CHECK(rules.figure(ShapeClass::circle).wave == Wave::sine);
  CHECK(rules.figure(ShapeClass::arrow).rhythm.empty());
  CHECK(rules.outline_scales.back().from == 0);
  CHECK(rules.colour_modes.back().up_to == 1);
  CHECK(rules.drums.size() == 4);
  CHECK(rules.value("photo cutoff", 0) == doctest::Approx(200));
  CHECK(rules.value("photo cutoff", 1) == doctest::Approx(16000));
  CHECK(rules.value("photo cutoff", 0.5) == doctest::Approx(1788.85).epsilon(0.001));
  CHECK(rules.value("photo cutoff", 7) == doctest::Approx(16000));
  CHECK_THROWS_AS(rules.value("photo glitter", 0), std::out_of_range);
}

TEST_CASE("how much is seen goes evenly between the measures of its row, and no further") {
  const auto& row = rulebook().seen.at("tall");
  const auto tall = [](double measure) { return rulebook().part("tall", measure); };
  for (std::size_t i = 0; i < row.size(); ++i)
    CHECK(tall(row[i]) == doctest::Approx(static_cast<double>(i) / 4));
  CHECK(tall((row[1] + row[2]) / 2) == doctest::Approx(0.375));
  CHECK(tall(row[0] - 1) == 0);
  CHECK(tall(row[4] + 1) == 1);
  CHECK_THROWS_AS(rulebook().part("glitter", 0), std::out_of_range);
}

TEST_CASE("a rhythm is made of strikes, holds and rests, and a hold follows something") {
  for (const auto& figure : rulebook().figures) {
    CHECK(figure.rhythm.find_first_not_of("x-.") == std::string::npos);
    CHECK(figure.rhythm.find(".-") == std::string::npos);
    CHECK_FALSE(figure.rhythm.starts_with('-'));
  }
}

TEST_CASE("the bass walks in beats of a bar, once in each, and at least to one note") {
  std::set<int> beats;
  for (const WalkRule& walk : rulebook().walk) {
    CHECK(beats.insert(walk.beat).second);
    CHECK((walk.beat >= 0 && walk.beat < 4));
    CHECK(std::ranges::any_of(walk.notes, [](const auto& note) { return note.has_value(); }));
  }
  CHECK_FALSE(beats.empty());
}

TEST_CASE("every rule is named once") {
  const auto& names = rulebook().names;
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == names.size());
}

TEST_CASE("rules that do not fit say table and row") {
  const auto refused = rulebook_from("| figure | wave |\n|---|---|\n| circle | wobble |\n");
  REQUIRE(refused.has_error());
  CHECK(refused.error().code == "invalid_rules");
  CHECK(refused.error().message.find("figure") != std::string::npos);
}
