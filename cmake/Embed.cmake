# Compiles text files into a library, in namespace doodled::embedded.
#   doodled_embed(doodled_interpret session_schema schemas/session.schema.json)
#       gives  extern const std::string_view session_schema;
#   doodled_embed_all(doodled device_profiles config/profiles/*.json)
#       gives  extern const std::span<const std::string_view> device_profiles;
function(doodled_embed target symbol file)
  _doodled_embed(${target} ${symbol} one ${PROJECT_SOURCE_DIR}/${file})
endfunction()

function(doodled_embed_all target symbol pattern)
  file(GLOB files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${pattern})
  _doodled_embed(${target} ${symbol} all ${files})
endfunction()

function(_doodled_embed target symbol kind)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded_${symbol}.cpp)
  set(script ${PROJECT_SOURCE_DIR}/cmake/EmbedText.cmake)
  string(REPLACE ";" "|" sources "${ARGN}")
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DSOURCES=${sources} -DOUTPUT=${output} -DSYMBOL=${symbol} -DKIND=${kind} -P ${script}
    DEPENDS ${ARGN} ${script}
    VERBATIM)
  set_source_files_properties(${output} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE ${output})
endfunction()
