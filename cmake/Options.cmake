# What a build can choose, and the flags that every room shares.
option(DOODLED_TESTS "Build the tests" ON)
option(DOODLED_WEB "Build the page with npm and embed it" ON)
option(DOODLED_FUZZ "Build the fuzz targets (clang only)" OFF)
set(DOODLED_SANITIZE "" CACHE STRING "Sanitizers, as given to -fsanitize=")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(THREADS_PREFER_PTHREAD_FLAG ON)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror
                    -fstack-protector-strong)
if(CMAKE_UNITY_BUILD)  # what is private to one file stays so when its neighbours are compiled with it
  add_compile_options($<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-subobject-linkage> -Wno-shadow)
endif()
if(DOODLED_FUZZ)  # coverage everywhere, so that the fuzzer sees into the rooms
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(DOODLED_SANITIZE)
  add_compile_options(-fsanitize=${DOODLED_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  add_link_options(-fsanitize=${DOODLED_SANITIZE})
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)  # g++ 12 finds std::function and members of std::regex so where a sanitizer stands in between
  add_compile_options($<$<CXX_COMPILER_ID:Clang>:-fno-sanitize=function>)  # clang 14 can't compile coroutines with it
  if(DOODLED_SANITIZE MATCHES thread)
    add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
    add_compile_options(-Wno-tsan)
  endif()
endif()
# Conversions from JSON are always asked for by name; implicit ones hide range errors.
add_compile_definitions(JSON_USE_IMPLICIT_CONVERSIONS=0)
