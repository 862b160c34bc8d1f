#include "core/compose/prompt.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

#include "core/compose/prompt_words.hpp"
#include "core/music/generate/drums.hpp"
#include "core/music/meter.hpp"

namespace doodled::composing {
namespace {

constexpr std::size_t most_words = 400;
// Beyond these the middle is at its end whatever it was: more of the same word changes nothing.
constexpr double most_energy = 2.5, most_change = 1, most_tempo_factor = 16;

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

struct Words {
  std::vector<std::string> first;
  std::size_t unread = 0;  // how many follow
};

// Words as they were written, without the punctuation around them.
Words words_of(std::string_view prompt) {
  constexpr std::string_view gaps = " \t\r\n,;:!?\"()[]", around = ".'";
  Words words;
  while (!prompt.empty()) {
    const auto end = std::min(prompt.find_first_of(gaps), prompt.size());
    auto word = prompt.substr(0, end);
    prompt.remove_prefix(std::min(end + 1, prompt.size()));
    while (!word.empty() && around.find(word.front()) != std::string_view::npos) word.remove_prefix(1);
    while (!word.empty() && around.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
    if (word.empty()) continue;
    if (words.first.size() < most_words)
      words.first.emplace_back(word);
    else
      ++words.unread;
  }
  return words;
}

std::optional<double> number_in(std::string_view word) {
  double number = 0;
  const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (failure != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return number;
}

std::string printed(double number) {
  std::string text = std::to_string(std::round(number * 100) / 100);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

// Reads the sentence from left to right; every step takes the words that it understands.
class Reader {
 public:
  explicit Reader(Words words) : words_(std::move(words.first)) {
    for (const auto& word : words_) lower_.push_back(lower(word));
    wish_.unread = words.unread;
  }

  Wish read() {
    while (at_ < words_.size()) {
      const bool taken = negated() || chords() || tempo() || length() || swing() || meter() || key() ||
                         style() || mood() || role() || pace();
      if (taken) continue;
      if (!is_filler(lower_[at_])) wish_.not_understood.push_back(words_[at_]);
      ++at_;
    }
    bound_moods();
    return std::move(wish_);
  }

 private:
  std::string_view word(std::size_t ahead = 0) const {
    return at_ + ahead < lower_.size() ? std::string_view(lower_[at_ + ahead]) : std::string_view();
  }
  std::string written(std::size_t count) const {
    std::string text;
    for (std::size_t i = at_; i < std::min(at_ + count, words_.size()); ++i)
      text += (text.empty() ? "" : " ") + words_[i];
    return text;
  }
  bool take(std::size_t count, std::string meaning, std::string pointer) {
    wish_.understood.push_back({written(count), std::move(meaning), std::move(pointer)});
    at_ = std::min(at_ + count, words_.size());
    return true;
  }

  static std::optional<Role> role_of(std::string_view word) {
    const auto row = std::ranges::find(role_words(), word, &RoleWord::word);
    return row == role_words().end() ? std::nullopt : std::optional(row->role);
  }

  // 'no drums', 'without the bass'
  bool negated() {
    if (word() != "no" && word() != "without" && word() != "minus") return false;
    const std::size_t gap = word(1) == "the" || word(1) == "any" ? 2 : 1;
    const auto role = role_of(word(gap));
    if (!role) return false;
    wish_.unwanted.push_back(*role);
    return take(gap + 1, "no " + std::string(to_string(*role)), "/tracks");
  }

  // 'Am F C G', 'Em9 - Cmaj7': at least two chords in a row, with capital letters.
  bool chords() {
    std::vector<Chord> found;
    std::size_t count = 0;
    for (; at_ + count < words_.size(); ++count) {
      const auto& text = words_[at_ + count];
      if (text == "-" || text == "|" || text == "\u2013") continue;
      const bool capital = std::isupper(static_cast<unsigned char>(text.front()));
      const auto chord = capital ? chord_from_symbol(text) : std::nullopt;
      if (!chord) break;
      found.push_back(*chord);
    }
    if (found.size() < 2 || names_a_key(count)) return false;
    while (count > 0 && (words_[at_ + count - 1] == "-" || words_[at_ + count - 1] == "|")) --count;
    wish_.chords = found;
    return take(count, std::to_string(found.size()) + " chords", "/arrangement/0/chords");
  }
  // 'A Major': the article that looks like a chord.
  bool names_a_key(std::size_t count) const { return count == 1 && find_scale(word(1)) != nullptr; }

  bool set_tempo(double bpm, std::size_t count) {
    if (bpm < min_tempo_bpm || bpm > max_tempo_bpm) return false;
    wish_.tempo_bpm = bpm;
    return take(count, "tempo " + printed(bpm), "/tempo_bpm");
  }

  // '128 bpm', '128bpm', 'tempo 98', 'at 98'
  bool tempo() {
    auto text = word();
    if (const auto bpm = number_in(text)) return word(1) == "bpm" && set_tempo(*bpm, 2);
    if (text.ends_with("bpm"))
      if (const auto bpm = number_in(text.substr(0, text.size() - 3))) return set_tempo(*bpm, 1);
    const bool announced = text == "tempo" || text == "bpm" || text == "at";
    const std::size_t gap = word(1) == "of" ? 2 : 1;
    const auto bpm = announced ? number_in(word(gap)) : std::nullopt;
    return bpm && set_tempo(*bpm, word(gap + 1) == "bpm" ? gap + 2 : gap + 1);
  }

  // '64 bars', '16-bar', '16bars'
  bool length() {
    auto text = word();
    std::size_t count = 1;
    if (word(1) == "bars" || word(1) == "bar" || word(1) == "measures") count = 2;
    for (const std::string_view ending : {"-bars", "-bar", "bars", "bar"})
      if (count == 1 && text.size() > ending.size() && text.ends_with(ending)) {
        text.remove_suffix(ending.size());
        count = 3;
        break;
      }
    const auto bars = count > 1 ? number_in(text) : std::nullopt;
    if (!bars || *bars < 1 || *bars > 1024 || *bars != std::floor(*bars)) return false;
    wish_.bars = static_cast<int>(*bars);
    return take(count == 3 ? 1 : 2, std::to_string(*wish_.bars) + " bars", "/arrangement");
  }

  // 'swing 60', '60% swing', 'swung', 'shuffle'
  bool swing() {
    const auto with_sign = word();
    const auto per_cent =
        number_in(with_sign.ends_with('%') ? with_sign.substr(0, with_sign.size() - 1) : with_sign);
    if (per_cent && word(1) == "swing") return set_swing(*per_cent, 2);
    auto next = word(1);
    if (next.ends_with('%')) next.remove_suffix(1);
    if (word() == "swing" && number_in(next)) return set_swing(*number_in(next), 2);
    if (word() == "swung" || word() == "swinging" || word() == "shuffle" || word() == "shuffled")
      return set_swing(62, 1);
    if (word() == "straight") return set_swing(50, 1);
    return false;
  }
  bool set_swing(double per_cent, std::size_t count) {
    if (per_cent < 50 || per_cent > 75) return false;
    wish_.swing = per_cent;
    return take(count, "swing " + printed(per_cent) + " %", "/swing");
  }

  bool meter() {
    if (word() == "waltz") {
      wish_.meter = Meter{3, 4};
      return take(1, "3/4", "/meter");
    }
    wish_.meter = meter_from_name(word()) ? meter_from_name(word()) : wish_.meter;
    return meter_from_name(word()) && take(1, meter_name(*wish_.meter), "/meter");
  }

  // 'E minor', 'F# dorian', 'D minor pentatonic', 'Am', 'key of Bb', 'in C'
  bool key() {
    for (const std::size_t count : {4, 3, 2}) {
      if (at_ + count > words_.size()) continue;
      const auto key = key_from_name(written(count));
      if (key && is_tonic(words_[at_])) return set_key(*key, count);
    }
    const bool announced =
        at_ > 0 && (lower_[at_ - 1] == "in" || lower_[at_ - 1] == "of" || lower_[at_ - 1] == "key");
    const auto key = key_from_name(words_[at_]);
    const bool capital = std::isupper(static_cast<unsigned char>(words_[at_].front()));
    const bool article = words_[at_] == "A" && !announced;
    if (key && capital && !article && (announced || words_[at_].size() > 1)) return set_key(*key, 1);
    return scale_alone();
  }
  static bool is_tonic(std::string_view word) {
    return word.size() <= 3 && pitch_class_from_name(word).has_value() && word != "a" && word != "b";
  }
  bool set_key(const Key& key, std::size_t count) {
    wish_.key = key;
    return take(count, key_name(key), "/key");
  }
  // 'phrygian', 'harmonic minor'
  bool scale_alone() {
    for (const std::size_t count : {3, 2, 1}) {
      if (at_ + count > words_.size()) continue;
      const Scale* scale = written(count).size() > 2 ? find_scale(written(count)) : nullptr;
      if (!scale) continue;
      wish_.scale = scale->name;
      return take(count, std::string(scale->name), "/key/scale");
    }
    return false;
  }

  bool style() {
    for (const std::size_t count : {4, 3, 2, 1}) {
      if (at_ + count > words_.size()) continue;
      const auto genre = generate::drum_genre_from_name(written(count));
      if (!genre) continue;
      wish_.genre = genre;
      return take(count, "style " + std::string(*genre), "/tracks");
    }
    return false;
  }

  bool mood() {
    const auto row = std::ranges::find(moods(), word(), &Mood::word);
    if (row == moods().end()) return false;
    if (!row->scale.empty() && !wish_.scale) wish_.scale = row->scale;
    wish_.tempo_factor *= row->tempo_factor;
    wish_.energy += row->energy, wish_.brightness += row->brightness, wish_.density += row->density;
    wish_.space += row->space, wish_.grain += row->grain;
    wish_.sevenths |= row->sevenths;
    return take(1, "mood", row->scale.empty() ? "/tracks" : "/key/scale");
  }

  // After the last word, so that what one takes back of another counts in full.
  void bound_moods() {
    const auto bound = [](double& sum, double most) { sum = std::clamp(sum, -most, most); };
    bound(wish_.energy, most_energy);
    for (double* change : {&wish_.brightness, &wish_.density, &wish_.space, &wish_.grain})
      bound(*change, most_change);
    wish_.tempo_factor = std::clamp(wish_.tempo_factor, 1 / most_tempo_factor, most_tempo_factor);
  }

  bool role() {
    const auto role = role_of(word());
    if (!role) return false;
    if (std::ranges::find(wish_.parts, *role) == wish_.parts.end()) wish_.parts.push_back(*role);
    return take(1, "part " + std::string(to_string(*role)), "/tracks");
  }

  bool pace() {
    const auto row = std::ranges::find(tempo_words(), word(), &TempoWord::word);
    if (row == tempo_words().end()) return false;
    if (!wish_.tempo_bpm) wish_.tempo_bpm = row->tempo_bpm;
    return take(1, "tempo " + printed(row->tempo_bpm), "/tempo_bpm");
  }

  std::vector<std::string> words_, lower_;
  std::size_t at_ = 0;
  Wish wish_;
};

}  // namespace

Wish wish_from(std::string_view prompt) { return Reader(words_of(prompt)).read(); }

}  // namespace doodled::composing
