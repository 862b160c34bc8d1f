#include "core/play/midi_guide.hpp"

#include <array>
#include <charconv>
#include <string>
#include <vector>

namespace doodled {
namespace {

enum Column {
  manufacturer,
  device,
  section,
  name,
  description,
  cc_msb,
  cc_lsb,
  cc_min,
  cc_max,
  cc_default,
  nrpn_msb,
  nrpn_lsb,
  nrpn_min,
  nrpn_max,
  nrpn_default,
  orientation,
  notes,
  usage,
  column_count
};
constexpr std::array<std::string_view, column_count> headings{
    "manufacturer", "device",   "section",        "parameter_name", "parameter_description",
    "cc_msb",       "cc_lsb",   "cc_min_value",   "cc_max_value",   "cc_default_value",
    "nrpn_msb",     "nrpn_lsb", "nrpn_min_value", "nrpn_max_value", "nrpn_default_value",
    "orientation",  "notes",    "usage"};

using Row = std::vector<std::string>;

Error wrong(std::size_t line, const std::string& message) {
  const auto place = "line " + std::to_string(line);
  return {"invalid_profile", place + ": " + message, {{place, message}}};
}

// RFC 4180: quotes around fields with commas, quotes (doubled) or line ends.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ >= text_.size(); }
  std::size_t line() const { return line_; }
  Result<Row> row() {
    Row row;
    do {
      auto field = this->field();
      if (!field) return field.error();
      row.push_back(std::move(*field));
    } while (take(','));
    take('\r');
    if (!at_end() && !take('\n')) return wrong(line_, "there is something after a closing quote");
    ++line_;
    return row;
  }

 private:
  bool take(char wanted) {
    if (at_end() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  Result<std::string> field() {
    if (take('"')) return quoted();
    const auto end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    const auto begin = std::exchange(at_, end);
    return Result<std::string>(boost::system::in_place_value, text_.substr(begin, end - begin));
  }
  Result<std::string> quoted() {
    std::string field;
    while (!at_end()) {
      const char c = text_[at_++];
      if (c == '"' && !take('"')) return Result<std::string>(boost::system::in_place_value, std::move(field));
      if (c == '\n') ++line_;
      field += c;
    }
    return wrong(line_, "a quote is not closed");
  }

  std::string_view text_;
  std::size_t at_ = 0, line_ = 1;
};

std::optional<int> whole(const std::string& text) {
  int value = 0;
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  return !text.empty() && read.ec == std::errc{} && read.ptr == end ? std::optional(value) : std::nullopt;
}

bool within(const std::optional<int>& value, int highest) {
  return value && *value >= 0 && *value <= highest;
}

// 14 bits where the second controller is the first's own partner; its columns give the range of 7 bits then.
std::optional<ParameterRoute> controller_route(const Row& row) {
  const auto msb = whole(row[cc_msb]), lsb = whole(row[cc_lsb]);
  if (!within(msb, 119)) return std::nullopt;
  ParameterRoute route{.carrier = Carrier::controller, .number = *msb};
  route.fine = *msb < 32 && lsb == *msb + 32;
  const int most = route.fine ? 16383 : 127;
  const auto lowest = whole(row[cc_min]), highest = whole(row[cc_max]);
  route.lowest = within(lowest, most) ? *lowest : 0;
  route.highest = within(highest, most) && !(route.fine && *highest == 127) ? *highest : most;
  return route;
}

std::optional<ParameterRoute> nrpn_route(const Row& row) {
  const auto msb = whole(row[nrpn_msb]), lsb = whole(row[nrpn_lsb]);
  if (!within(msb, 127) || !within(lsb, 127)) return std::nullopt;
  ParameterRoute route{.carrier = Carrier::nrpn, .number = 128 * *msb + *lsb};
  const auto lowest = whole(row[nrpn_min]), highest = whole(row[nrpn_max]);
  route.lowest = within(lowest, 16383) ? *lowest : 0;
  route.highest = within(highest, 16383) ? *highest : 127;
  route.fine = route.highest > 127;
  return route;
}

std::string slug(const std::string& maker, const std::string& device) {
  std::string id;
  for (const char c : maker + "_" + device) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (plain)
      id += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (!id.empty() && id.back() != '_')
      id += '_';
  }
  return id;
}

// Takes rows as they come; for each parameter the best name wins, of equals the first.
class Guide {
 public:
  Guide() { profile_.id.clear(); }
  void add(const Row& row) {
    if (profile_.id.empty()) introduce(row);
    auto route = controller_route(row);
    if (!route) route = nrpn_route(row);
    if (!route || route->lowest >= route->highest) return;
    route->source = "midi.guide";
    for (const auto& parameter : all_parameters()) offer(parameter.parameter, row, *route);
  }
  bool any() const { return any_; }
  DeviceProfile profile() && { return std::move(profile_); }

 private:
  void introduce(const Row& row) {
    profile_.id = slug(row[manufacturer], row[device]);
    profile_.name = row[manufacturer] + " " + row[device];
    profile_.sources["midi.guide"] = "the table of " + profile_.name + " from midi.guide, CC BY-SA 4.0";
    profile_.controllers[static_cast<std::size_t>(Parameter::pitch)] = {.carrier = Carrier::pitch_bend,
                                                                        .highest = 16383};
    rank_.fill(1000);
  }
  void offer(Parameter parameter, const Row& row, const ParameterRoute& route) {
    const auto rank = guide_rank(parameter, row[section], row[name]);
    auto& best = rank_[static_cast<std::size_t>(parameter)];
    if (!rank || *rank >= best) return;
    best = *rank;
    profile_.controllers[static_cast<std::size_t>(parameter)] = route;
    any_ = true;
  }

  DeviceProfile profile_;
  std::array<int, parameter_count> rank_{};
  bool any_ = false;
};

}  // namespace

Result<DeviceProfile> profile_from_midi_guide(std::string_view csv) {
  if (csv.starts_with("\xef\xbb\xbf")) csv.remove_prefix(3);
  CsvReader reader(csv);
  auto head = reader.row();
  if (!head) return head.error();
  if (!std::equal(head->begin(), head->end(), headings.begin(), headings.end()))
    return wrong(1, "the columns are not the 18 of midi.guide");
  Guide guide;
  while (!reader.at_end()) {
    const auto line = reader.line();
    auto row = reader.row();
    if (!row) return row.error();
    if (row->size() == 1 && row->front().empty()) continue;
    if (row->size() != column_count)
      return wrong(line, "has " + std::to_string(row->size()) + " columns, not 18");
    guide.add(*row);
  }
  if (!guide.any()) return wrong(1, "none of its parameters is one that sessions have");
  return std::move(guide).profile();
}

}  // namespace doodled
