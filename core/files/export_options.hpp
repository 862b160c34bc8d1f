// What can be asked of an export, by name: the query of an URL and the command line go through one table.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/files/mpc_pattern.hpp"
#include "core/files/smf.hpp"
#include "core/files/wave_exports.hpp"

namespace doodled {

struct ExportOptions {
  SmfOptions smf;
  MpcPatternOptions mpc;
  ControlVoltage voltage;
  std::string track;               // a track's id: this one alone
  std::string lfo;                 // an LFO's id
  bool split = false;              // a zip with a file for each track, or for each curve
  MiddleC middle_c = MiddleC::c4;  // how notes are named where people read them
};

struct ExportOptionRow {
  std::string_view name;
  std::string_view explanation;
  std::string_view values;  // "0 or 1", for people
  bool (*set)(ExportOptions& options, std::string_view text);
};

std::span<const ExportOptionRow> export_option_rows();

// The file is for this device: where parameters go, which note a pad has, how notes are named.
void set_export_device(ExportOptions& options, const DeviceProfile& device);

// Errors: 'bad_query' with the name as pointer, for an unknown name as well.
Result<void> set_export_option(ExportOptions& options, std::string_view name, std::string_view text);

}  // namespace doodled
