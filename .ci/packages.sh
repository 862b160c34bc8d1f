# The Debian 12 packages that doodled is built and tested with. Sourced by ./run and ./test.

build_packages=(
  g++ cmake ninja-build ccache mold pkg-config ca-certificates python3
  libboost1.81-dev nlohmann-json3-dev libvalijson-dev libtomlplusplus-dev libcli11-dev libspdlog-dev
  libsqlite3-dev libsqlitecpp-dev libssl-dev libqrencode-dev libcurl4-openssl-dev prometheus-cpp-dev
  librtmidi-dev libjack-jackd2-dev liboscpack-dev ableton-link-dev libusb-1.0-0-dev
  libsndfile1-dev libzip-dev zlib1g-dev libpugixml-dev libjemalloc-dev
  libvips-dev libopencv-core-dev libopencv-imgproc-dev libseccomp-dev
)
# Programs that a running doodled asks for sound and pixels.
run_packages=(
  fluidsynth timgm6mb-soundfont librsvg2-bin
)
test_packages=(
  doctest-dev python3-mido python3-yaml python3-jsonschema midicsv liblo-tools jackd2 sqlite3 openssl chromium libxml2-utils
)

# Debian's Node.js and npm, unless others are there already.
page_packages() {
  command -v node >/dev/null || command -v nodejs >/dev/null || echo nodejs
  command -v npm >/dev/null || echo npm
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Installs what is missing of the packages named, and says so first.
ensure_packages() {
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  echo "Installing Debian packages: ${missing[*]}"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}
