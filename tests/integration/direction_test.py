"""Which layer may include which, and where each library's headers may be seen."""
import pathlib
import re
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[2]
LAYERS = {"core": {"core"}, "drivers": {"core", "drivers"}, "server": {"core", "drivers", "server"}}
# Header prefix -> the folders or files that may include it.
LIBRARIES = {
    "vips/": ["core/reader/decode/"],
    "opencv2/": ["core/reader/draw/", "core/reader/see/", "core/reader/process/"],
    "sqlite3.h": ["core/store/"],
    "SQLiteCpp/": ["core/store/"],
    "valijson/": ["core/interpret/schema.cpp"],
    "RtMidi.h": ["drivers/midi/"],
    "rtmidi/": ["drivers/midi/"],
    "jack/": ["drivers/midi/"],
    "oscpack/": ["drivers/osc/"],
    "libusb.h": ["drivers/push/display/libusb_sink.cpp"],
    "toml++/": ["server/settings_toml.cpp"],
    "boost/beast": ["server/http/"],
    "boost/asio": ["server/http/"],
    "CLI/": ["server/command_line/", "server/manual/"],
    "prometheus/": ["server/metrics.cpp"],
    "spdlog/": ["core/base/log.cpp"],
    "curl/": ["core/interpret/net/"],
    "qrencode.h": ["server/qr/"],
    "openssl/ssl.h": ["server/http/"],
    "seccomp.h": ["core/reader/process/"],
    "zlib.h": ["drivers/mpc/gzip.cpp"],
}


def includes(file):
    for number, line in enumerate(file.read_text().splitlines(), start=1):
        if found := re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line):
            yield number, found[1]


def faults(file):
    name = file.relative_to(SOURCE).as_posix()
    layer = name.split("/")[0]
    for number, header in includes(file):
        target = header.split("/")[0]
        if target in LAYERS and target not in LAYERS[layer]:
            yield f"{name}:{number}: {layer} must not include {header}"
        driver = re.match(r"drivers/(\w+)/", header)
        if layer == "drivers" and driver and name.count("/") > 1 and driver[1] not in {name.split("/")[1], "midi", "osc"}:
            yield f"{name}:{number}: a driver must not include another one's {header}"
        for library, places in LIBRARIES.items():
            if header.startswith(library) and not any(name.startswith(place) for place in places):
                yield f"{name}:{number}: {header} belongs to {', '.join(places)}"


def main():
    files = [f for layer in LAYERS for f in sorted((SOURCE / layer).rglob("*.[ch]pp")) if "node_modules" not in f.parts]
    found = [fault for file in files for fault in faults(file)]
    print("\n".join(found) or f"{len(files)} files keep the direction core <- drivers <- server")
    sys.exit(1 if found or len(files) < 50 else 0)


if __name__ == "__main__":
    main()
