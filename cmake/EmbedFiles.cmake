# Writes OUTPUT, a C++ source that holds the bytes of FILES, whatever they are: FUNCTION, declared in HEADER, gives
# them as a span of {name, bytes}. The assembler includes the files, so that large ones cost no compiling.
set(number 0)
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME)
  file(SIZE ${file} size)
  string(APPEND bytes "__asm__(\".section .rodata\\n.balign 16\\n${PREFIX}_${number}:\\n.incbin \\\"${file}\\\"\\n.previous\");\n")
  string(APPEND symbols "extern \"C\" const char ${PREFIX}_${number}[] __attribute__((visibility(\"hidden\")));\n")
  string(APPEND rows "    {\"${name}\", {${PREFIX}_${number}, ${size}}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUTPUT} "#include \"${HEADER}\"\n\n${bytes}\n${symbols}
std::span<const doodled::EmbeddedFile> doodled::${FUNCTION}() {
  static const EmbeddedFile all[] = {\n${rows}  };
  return all;
}
")
