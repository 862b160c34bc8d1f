// The little that XML files of ours share. Only core/files includes this.
#pragma once
#include <string>

#include <pugixml.hpp>

namespace doodled {

// UTF-8, two spaces a level, with the XML declaration.
std::string to_text(const pugi::xml_document& document);

// Texts are cleaned of what XML can't hold.
void set(pugi::xml_node node, const char* attribute, const std::string& value);
// Appends <name>text</name>.
pugi::xml_node append_text(pugi::xml_node parent, const char* name, const std::string& text);
pugi::xml_node append_number(pugi::xml_node parent, const char* name, long long number);

// Shortest text that reads back as the same number.
std::string number_text(double value);

}  // namespace doodled
