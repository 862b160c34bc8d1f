"""Programs in C that are one end of a bench, light enough not to be what is measured. Compiled when they are needed."""
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent


def compiled(name, place):
    binary = pathlib.Path(place) / name
    if not binary.exists():
        subprocess.run(["gcc", "-O2", "-Wall", "-o", binary, HERE / f"{name}.c"], check=True)
    return binary
