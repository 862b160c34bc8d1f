#include <sstream>
#include <utility>

#include "server/manual/manual.hpp"
#include "server/manual/roff.hpp"

namespace doodled {
namespace {

// Comments are gathered until the key that they explain.
class Reference {
 public:
  void take(const std::string& line) {
    if (line.starts_with("# "))
      comment_ += (comment_.empty() ? "" : "\n") + line.substr(2);
    else if (line.empty())
      end_paragraph();
    else if (line.starts_with('['))
      begin_table(line);
    else
      add_key(line);
  }

  std::string text() {
    end_paragraph();
    return std::move(text_);
  }

 private:
  void end_paragraph() {
    if (!comment_.empty()) text_ += roff::paragraphs(std::exchange(comment_, {}));
  }
  void begin_table(const std::string& line) {
    text_ += roff::subheading(line);
    end_paragraph();
  }
  void add_key(const std::string& line) { text_ += roff::entry(line, std::exchange(comment_, {})); }

  std::string text_, comment_;
};

}  // namespace

std::string settings_page(std::string_view reference, std::string_view version) {
  Reference body;
  std::istringstream lines{std::string(reference)};
  for (std::string line; std::getline(lines, line);) body.take(line);
  return roff::title("DOODLED.TOML", 5, version) + roff::heading("NAME") +
         "doodled.toml \\- the settings of doodled\n" + roff::heading("DESCRIPTION") + body.text() +
         roff::heading("SEE ALSO") + roff::escaped("doodled(1)\n");
}

}  // namespace doodled
