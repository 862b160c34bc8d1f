# Run before anything is installed or packed, as cpack itself builds nothing: whether all of `needed` was built.
foreach(file IN LISTS needed)
  if(NOT EXISTS "${file}")
    message(FATAL_ERROR "${file} is not built yet. Build everything first: cmake --build --preset release, "
                        "or make the package with its target: cmake --build --preset release --target package")
  endif()
endforeach()
