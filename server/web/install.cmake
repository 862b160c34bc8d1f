# npm ci, with a word on what to do when it cannot.
execute_process(COMMAND ${NPM} ci --no-fund --no-audit --prefer-offline RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "npm could not fetch what the page is built with; it needs a package registry or a filled "
                      "npm cache. Without either, build without the page: cmake --preset release -DDOODLED_WEB=OFF")
endif()
file(TOUCH node_modules/.package-lock.json)
