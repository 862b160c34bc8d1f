# Where things go when they are installed, and the Debian package: cmake --install, cpack.
#   cmake --preset release -DCMAKE_INSTALL_PREFIX=/usr && cmake --build --preset release && (cd build/release && cpack)
include(GNUInstallDirs)

set(pages ${CMAKE_CURRENT_BINARY_DIR}/manual)
set(page_names doodled.1 doodled.toml.5 completion.bash)
list(TRANSFORM page_names PREPEND ${pages}/ OUTPUT_VARIABLE made_pages)
install(CODE "set(needed \"$<TARGET_FILE:doodled>;$<TARGET_FILE:doodled-reader>;${made_pages}\")
include(${CMAKE_CURRENT_LIST_DIR}/Built.cmake)")

install(TARGETS doodled RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS doodled-reader RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/doodled)
install(FILES README.md CHANGELOG.md schemas/openapi.yaml config/prompts/rules.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(DIRECTORY config/examples DESTINATION ${CMAKE_INSTALL_DOCDIR})

# The program prints its own pages, so it must run here.
foreach(page IN LISTS page_names)
  add_custom_command(OUTPUT ${pages}/${page} COMMAND ${CMAKE_COMMAND} -E make_directory ${pages}
                     COMMAND doodled manual ${page} > ${pages}/${page} DEPENDS doodled VERBATIM)
endforeach()
add_custom_target(manual ALL DEPENDS ${made_pages})
install(FILES ${pages}/doodled.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${pages}/doodled.toml.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
install(FILES ${pages}/completion.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME doodled)

# systemd, udev and Avahi look at absolute places only; these parts belong to a package, not to a prefix.
install(FILES systemd/doodled.service systemd/doodled.socket DESTINATION /lib/systemd/system COMPONENT system EXCLUDE_FROM_ALL)
install(FILES systemd/70-doodled.rules DESTINATION /lib/udev/rules.d COMPONENT system EXCLUDE_FROM_ALL)
install(FILES systemd/avahi/doodled.service DESTINATION ${CMAKE_INSTALL_DOCDIR}/avahi)
install(FILES config/doodled.toml DESTINATION /etc/doodled COMPONENT system EXCLUDE_FROM_ALL)

set(CPACK_GENERATOR DEB)
set(CPACK_COMPONENTS_ALL Unspecified system)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_CONTACT "doodled's developers <doodled@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "turns drawings, photographs and sentences into music and plays it")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
" A daemon for a music studio: a phone uploads a picture, the builtin reader or a
 vision model reads it, and what comes out is a checked session: patch, patterns
 and arrangement, stored for good and played as MIDI, OSC or files.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION sound)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fluidsynth, fluid-soundfont-gm")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "avahi-daemon, jackd2")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${PROJECT_SOURCE_DIR}/cmake/deb/conffiles ${PROJECT_SOURCE_DIR}/cmake/deb/postinst
    ${PROJECT_SOURCE_DIR}/cmake/deb/prerm ${PROJECT_SOURCE_DIR}/cmake/deb/postrm)
include(CPack)
