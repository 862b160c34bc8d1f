// What the writers of formats share. export.hpp is the door; only core/files includes this.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/files/export.hpp"

namespace doodled::exports {

inline constexpr std::string_view zip_type = "application/zip";

ExportFile zipped(std::vector<NamedFile> files);
// "03 Lead.mid": letters, digits and '_' of the name, so that any machine takes it.
std::string file_name(std::size_t index, std::string_view name, std::string_view ending);
Error bad(const char* code, const std::string& message, const char* field);

// One function a format, as ExportFormat::write.
using Write = Result<ExportFile>(const ExportSource& source, const ExportOptions& options);
Write write_mid, write_mpc_pattern;
Write write_serum, write_vital, write_ableton, write_surge, write_single_cycle, write_lfo,
    write_control_voltage;

}  // namespace doodled::exports
