// The command line and the settings, told in other forms: man pages and a shell's completion. They are made
// from what the program itself parses, so they can't say anything else than it does.
#pragma once
#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace doodled {

// doodled(1), in man(7) macros. `version` is printed in its footer.
std::string command_page(const CLI::App& app, std::string_view version);
// doodled.toml(5), from the reference of all settings (TOML with a comment before each key).
std::string settings_page(std::string_view reference, std::string_view version);
// For bash-completion: commands, their options, choices, and files where nothing else is known.
std::string bash_completion(const CLI::App& app);

}  // namespace doodled
