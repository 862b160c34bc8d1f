#!/bin/sh
# The page in a browser: run.sh DIST SHOTS against a stand-in, run.sh --daemon DOODLED SHOTS against the daemon.
# Exit 77 where there is no Chromium to run it in.
here=$(cd "$(dirname "$0")" && pwd)
if [ ! -x /usr/bin/chromium ]; then
  echo "SKIPPED: no /usr/bin/chromium here (apt install chromium)"
  exit 77
fi
if [ "$1" = --daemon ]; then
  exec node "$here/daemon_test.mjs" "$2" "$3"
fi
exec node "$here/browser_test.mjs" "$1" "$2"
