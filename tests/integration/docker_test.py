"""What docker/ says, held against this build. No Docker is needed: Debian's own list of packages says what the image's would bring."""
import glob
import json
import re
import shutil
import subprocess
import unittest

import yaml

from daemon import DaemonTest, SOURCE, main, program

FOLDER = SOURCE / "docker"


def told(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def needed(file):
    """The libraries that the loader wants at once."""
    return re.findall(r"\(NEEDED\).*\[(.+)\]", told("readelf", "-d", file))


def owners(libraries):
    """For each the installed packages that have it where the loader looks."""
    folders = [folder for top in ("/lib", "/usr/lib") for folder in glob.glob(f"{top}/*-linux-gnu")]
    places = [f"{folder}/{library}" for folder in folders for library in libraries]
    listed = subprocess.run(["dpkg", "-S", *places], capture_output=True, text=True, timeout=120).stdout
    found = {library: set() for library in libraries}
    for packages, place in re.findall(r"^(.+): (/.+)$", listed, re.M):
        found[place.rsplit("/", 1)[1]].update(package.split(":")[0] for package in packages.split(", "))
    return found


def last_stage():
    """What the image is, a line each instruction."""
    return (FOLDER / "Dockerfile").read_text().replace("\\\n", " ").rsplit("\nFROM ", 1)[1]


def of_the_image():
    """The packages that it installs by name."""
    return [word for word in re.search(r"apt-get install ([^&]+)&&", last_stage()).group(1).split() if not word.startswith("-")]


class Installed:
    """The dependencies of the packages that are installed here, as apt would follow them: the first of alternatives."""

    def __init__(self):
        self.wanted, self.provided = {}, {}
        for line in told("dpkg-query", "-W", "-f", "${Package}\t${Pre-Depends}, ${Depends}\t${Provides}\n").splitlines():
            package, wants, provides = line.split("\t")
            self.wanted[package] = [re.split(r"[ :(|]", want.strip())[0] for want in wants.split(",") if want.strip()]
            for name in re.findall(r"[^,\s()]+(?= \(|,|$)", provides):
                self.provided.setdefault(name, package)

    def with_all_that_they_need(self, packages):
        found, ahead = set(), list(packages)
        while ahead:
            package = ahead.pop()
            package = package if package in self.wanted else self.provided.get(package)
            if package and package not in found:
                found.add(package)
                ahead += self.wanted[package]
        return found


@unittest.skipUnless(shutil.which("dpkg-query") and shutil.which("readelf"), "needs dpkg and readelf")
class Libraries(unittest.TestCase):
    def test_the_image_has_every_library_that_the_programs_need(self):
        named = set(of_the_image())
        libraries = {library for name in ("doodled", "doodled-reader") for library in needed(program(name))}
        if any(re.match("lib(a|t|ub)san", library) for library in libraries):
            self.skipTest("built with a sanitizer, which the image's is not")
        owned, here = owners(libraries), Installed()
        brought = here.with_all_that_they_need(named)
        for library in sorted(libraries):
            self.assertTrue(owned[library] & brought, f"{library} is of {owned[library]}, which no package of docker/Dockerfile brings")
        # The question means something: without the package of a library that nothing else brings, it is missed.
        only = owned["libtomlplusplus.so.3"]
        self.assertFalse(only & here.with_all_that_they_need(named - only))


class Health(DaemonTest):
    def check(self, port):
        command = json.loads(re.search(r"^HEALTHCHECK .*CMD (\[.+\])$", last_stage(), re.M).group(1))
        return subprocess.run([word.replace("8080", str(port)) for word in command], capture_output=True, timeout=60).returncode

    def test_a_daemon_that_is_ready_is_well_and_no_other(self):
        with self.daemon() as ready:
            self.assertEqual(self.check(ready.port), 0)
        self.assertNotEqual(self.check(ready.port), 0)
        with self.daemon("--set", "reader.program=/bin/false") as without_reader:
            self.assertEqual(without_reader.get("/healthz").status, 200)
            self.assertNotEqual(self.check(without_reader.port), 0)


class Compose(unittest.TestCase):
    def setUp(self):
        self.services = yaml.safe_load((FOLDER / "compose.yaml").read_text())["services"]

    def test_the_player_may_have_real_time_without_root(self):
        doodled = self.services["doodled"]
        asked = [int(number) for source in (SOURCE / "core" / "play").glob("*.cpp") for number in re.findall(r"enter_realtime\(.*, (\d+), ", source.read_text())]
        self.assertGreaterEqual(doodled["ulimits"]["rtprio"], max(asked))
        self.assertEqual((doodled["cap_drop"], doodled.get("cap_add")), (["ALL"], None))

    def test_doodled_starts_without_ollama(self):
        self.assertEqual(self.services["doodled"]["depends_on"]["ollama"], {"condition": "service_started", "required": False})
        self.assertTrue(self.services["ollama"]["healthcheck"]["test"])


if __name__ == "__main__":
    main()
