// Text in man(7) macros; see groff_man(7) for what each does.
#pragma once
#include <string>
#include <string_view>

namespace doodled::roff {

// Backslashes and hyphens as themselves, and no line that is taken for a macro.
std::string escaped(std::string_view text);
std::string title(std::string_view name, int section, std::string_view version);
std::string heading(std::string_view text);
std::string subheading(std::string_view text);
// A paragraph for each blank line in `text`; indented lines are kept as they are.
std::string paragraphs(std::string_view text);
// A term, and what it means beside or below it.
std::string entry(std::string_view term, std::string_view meaning);

}  // namespace doodled::roff
