// DAWproject 1.0, the exchange format of Bitwig Studio, Studio One, Cubase and others: a zip of project.xml
// and metadata.xml. Source: https://github.com/bitwig/dawproject, Reference.html and Project.xsd.
#pragma once
#include <string>

#include "core/play/timeline.hpp"

namespace doodled {

// One track with a channel of its own for each of the timeline's, and a master; one clip a track and section,
// its notes in beats from the clip's start, with their bend, pressure and timbre; parameters that have a
// controller in the generic profile as automation of that controller in the clip; sections as markers.
std::string daw_project_xml(const Timeline& timeline);
std::string daw_project_metadata_xml(const Timeline& timeline);

// Both in their zip.
std::string to_daw_project(const Timeline& timeline);

}  // namespace doodled
