# Compiles migrations/NNN_name.sql into doodled_store, in the order of their numbers.
file(GLOB migration_files CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.sql)
list(SORT migration_files)
set(rows "")
foreach(file ${migration_files})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  get_filename_component(name ${file} NAME_WE)
  string(REGEX MATCH "^0*([1-9][0-9]*)_" number ${name})
  set(version ${CMAKE_MATCH_1})
  file(READ ${file} sql)
  string(APPEND rows "    {${version}, \"${name}\", R\"sql(${sql})sql\"},\n")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/store/all_migrations.cpp @ONLY CONTENT
[[#include "core/store/migrations.hpp"

namespace doodled::store {

std::span<const Migration> all_migrations() {
  static constexpr Migration migrations[] = {
@rows@  };
  return migrations;
}

}  // namespace doodled::store
]])
target_sources(doodled_store PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/store/all_migrations.cpp)
