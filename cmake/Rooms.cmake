# A room is a folder with one static library: every .cpp directly in it. New files need no entry anywhere.
# A unity build compiles the files of a room together, but for those of a room that is APART: there each file has
# helpers of its own by the same names.
#   doodled_room(doodled_store core/store LINKS doodled_base SQLiteCpp)
function(doodled_room name folder)
  cmake_parse_arguments(ROOM "APART" "" "LINKS;PRIVATE_LINKS;SOURCES" ${ARGN})
  if(NOT ROOM_SOURCES)
    file(GLOB ROOM_SOURCES CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cpp)
  endif()
  if(ROOM_SOURCES)
    add_library(${name} STATIC ${ROOM_SOURCES})
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC ${ROOM_LINKS} PRIVATE ${ROOM_PRIVATE_LINKS})
    if(ROOM_APART)
      set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)
    endif()
  else()  # headers only
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} INTERFACE ${ROOM_LINKS})
  endif()
endfunction()

# The unit tests of a room: tests/unit/<folder>/*.cpp as one program, one CTest a case.
#   doodled_unit_tests(store LINKS doodled_store)
function(doodled_unit_tests folder)
  cmake_parse_arguments(UNIT "APART" "" "LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/unit/${folder}/*.cpp)
  if(NOT sources)
    return()
  endif()
  string(REPLACE "/" "_" name unit_${folder})
  add_executable(${name} ${sources} $<TARGET_OBJECTS:doctest_main>)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${UNIT_LINKS})
  target_compile_definitions(${name} PRIVATE DOODLED_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  if(UNIT_APART)
    set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)
  endif()
  doctest_discover_tests(${name} TEST_PREFIX "${folder}: " ADD_LABELS 0
                         PROPERTIES LABELS unit
                                    ENVIRONMENT LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/sanitizers/leaks.supp)
endfunction()
