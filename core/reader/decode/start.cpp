#include <cstdlib>
#include <stdexcept>
#include <string>

#include <dlfcn.h>
#include <gmodule.h>

#include "core/reader/decode/decode.hpp"
#include "core/reader/decode/vips_image.hpp"

namespace doodled {
namespace {

void keep_log(const gchar*, GLogLevelFlags, const gchar* message, gpointer) {
  decoding::note_warning(message);
}

bool heif_is_there() { return vips_type_find("VipsForeignLoad", "heifload_buffer") != 0; }

std::string folder_of_libvips() {
  Dl_info info{};
  if (!dladdr(reinterpret_cast<void*>(&vips_init), &info) || !info.dli_fname) return "";
  const std::string path = info.dli_fname;
  return path.substr(0, path.rfind('/'));
}

// Of libvips' run-time modules only HEIC/AVIF is wanted: the others (ImageMagick, Poppler, OpenSlide) take 30
// ms and tens of megabytes, and read kinds of files that are refused here.
void load_heif() {
  if (heif_is_there()) return;
  const std::string version = std::to_string(vips_version(0)) + "." + std::to_string(vips_version(1));
  const std::string path = folder_of_libvips() + "/vips-modules-" + version + "/vips-heif.so";
  GModule* module = g_module_open(path.c_str(), G_MODULE_BIND_LAZY);
  if (module) g_module_make_resident(module);
}

}  // namespace

void start_decoder() {
  // libvips looks for modules below VIPSHOME; an empty place keeps it from loading all of them.
  setenv("VIPSHOME", "/var/empty", 1);
  // Vector code is compiled at run time into writable, executable memory, which the sandbox forbids.
  setenv("VIPS_NOVECTOR", "1", 1);
  g_log_set_default_handler(keep_log, nullptr);
  if (vips_init("doodled-reader")) throw std::runtime_error(std::string("libvips: ") + vips_error_buffer());
  load_heif();
  vips_concurrency_set(1);
  vips_cache_set_max(0);
}

}  // namespace doodled
