# Writes OUT, a C++ source that holds every file below DIST. Text that gzip makes clearly smaller is kept packed;
# -n leaves name and time out, so that the same page gives the same bytes.
get_filename_component(folder ${OUT} DIRECTORY)
set(packed_folder ${folder}/packed)
file(REMOVE_RECURSE ${packed_folder})
file(MAKE_DIRECTORY ${packed_folder})

set(type_html "text/html; charset=utf-8")
set(type_js "text/javascript; charset=utf-8")
set(type_css "text/css; charset=utf-8")
set(type_svg "image/svg+xml")
set(type_png "image/png")
set(type_json "application/json")
set(type_webmanifest "application/manifest+json")
set(type_woff2 "font/woff2")

file(GLOB_RECURSE names RELATIVE ${DIST} ${DIST}/*)
list(SORT names)
set(number 0)
foreach(name ${names})
  string(REGEX MATCH "[^.]+$" extension ${name})
  if(NOT DEFINED type_${extension})
    message(FATAL_ERROR "No content type is known for ${name}; add its extension to embed.cmake")
  endif()
  set(blob ${DIST}/${name})
  set(compressed false)
  file(SIZE ${blob} size)
  if(size GREATER 2048 AND extension MATCHES "^(js|css|svg|json|webmanifest)$")
    set(blob ${packed_folder}/${number}.gz)
    execute_process(COMMAND gzip -n9c ${DIST}/${name} OUTPUT_FILE ${blob} COMMAND_ERROR_IS_FATAL ANY)
    set(compressed true)
    file(SIZE ${blob} size)
  endif()
  file(SHA256 ${blob} hash)
  string(SUBSTRING ${hash} 0 24 tag)
  string(APPEND bytes "__asm__(\".section .rodata\\n.balign 16\\ndoodled_web_${number}:\\n.incbin \\\"${blob}\\\"\\n.previous\");\n")
  string(APPEND symbols "extern \"C\" const char doodled_web_${number}[] __attribute__((visibility(\"hidden\")));\n")
  string(APPEND rows "    {\"/${name}\", \"${type_${extension}}\", {doodled_web_${number}, ${size}}, \"\\\"${tag}\\\"\", ${compressed}},\n")
  math(EXPR number "${number} + 1")
endforeach()

file(WRITE ${OUT} "#include \"server/web/assets.hpp\"\n\n${bytes}\n${symbols}
std::span<const doodled::Asset> doodled::web_assets() {
  static const Asset all[] = {\n${rows}  };
  return all;
}
")
