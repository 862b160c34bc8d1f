#!/usr/bin/env python3
"""Builds the Max for Live companion of readable sources: patch.toml, js/*.js and tables/*.json.

    build_device.py OUT_DIRECTORY

writes doodled.js, doodled.maxpat, doodled.amxd (unfrozen: Live finds doodled.js beside it) and
doodled-one-file.amxd (frozen: the script is inside). Standard library only, Python 3.11. A mistake in the patch
(an unknown object, a line to an inlet that does not exist, two controls of one name) ends the build.
"""
import json
import pathlib
import re
import struct
import sys
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
MIDI_EFFECT = b"mmmm"

# Inlets and outlet types as Max saves them. "route", "unpack" and others of as many as their arguments are below.
SHAPES = {
    "udpreceive": (1, [""]),
    "udpsend": (1, []),
    "deferlow": (1, [""]),
    "live.thisdevice": (1, ["bang", "int", "int"]),
    "js": (1, [""] * 9),
    "prepend": (1, [""]),
    "makenote": (3, ["float", "float"]),
    "noteout": (3, []),
    "midiin": (1, ["int"]),
    "midiout": (1, []),
    "freebang": (1, ["bang"]),
    "metro": (2, ["bang"]),
    "transport": (2, ["int", "int", "float", "float", "float", "", "int", "float", ""]),
    "int": (2, ["int"]),
    "-": (2, ["int"]),
    "!-": (2, ["int"]),
    "+": (2, ["int"]),
    "%": (2, ["int"]),
    "*": (2, ["float"]),
    "!/": (2, ["float"]),
    "split": (3, ["int", "int"]),
    "uzi": (2, ["bang", "bang", "int"]),
    "coll": (1, ["", "", "", ""]),
    "zl.iter": (2, ["", ""]),
    "pattr": (1, ["", "", ""]),
    "live.remote~": (2, [""]),
    "comment": (1, []),
    "message": (2, [""]),
    "live.numbox": (1, ["", "float"]),
    "live.menu": (1, ["", "", "float"]),
    "live.text": (1, ["", ""]),
    "live.dial": (1, ["", "float"]),
    "live.step": (1, ["", "", "", "", ""]),
}
TYPES = {"i": "int", "int": "int", "f": "float", "b": "bang"}


class Mistake(Exception):
    pass


def shape_of(name, thing):
    words = thing.get("text", "").split()
    kind = thing.get("ui") or words[0]
    arguments = words[1:]
    if kind == "route":
        return 1, [""] * (len(arguments) + 1)
    if kind == "select":
        return len(arguments) + (len(arguments) == 1), ["bang"] * len(arguments) + [""]
    if kind == "trigger":
        return 1, [TYPES.get(word, "") for word in arguments]
    if kind == "unpack":
        return 1, ["float" if "." in word else "int" for word in arguments]
    if kind == "pak":
        return len(arguments), [""]
    if kind == "expr":
        return max(map(int, re.findall(r"\$[if](\d)", thing["text"]))), [""]
    if kind not in SHAPES:
        raise Mistake(f"{name}: the inlets and outlets of {kind} are not known")
    return SHAPES[kind]


def expanded(patch):
    """Objects and lines of the patch with its repetitions written out."""
    objects = dict(patch["objects"])
    lines = [line for group in patch["lines"] for line in group["lines"]]
    for repeat in patch.get("repeat", []):
        for n in range(repeat["from"], repeat["to"] + 1):
            def fill(text, n=n):
                return text.replace("{n}", str(n)).replace("{m}", str(n + 1))
            for name, thing in repeat["objects"].items():
                objects[fill(name)] = {key: fill(value) if isinstance(value, str) else value
                                       for key, value in thing.items()}
            lines += [fill(line) for group in repeat["lines"] for line in group["lines"]]
    return objects, lines


def places(objects):
    """Where objects stand in the patch: columns of twenty, so that a person can find them."""
    return {name: [30 + 230 * (i // 20), 30 + 34 * (i % 20)] for i, name in enumerate(objects)}


def parameter_of(name, thing, menus):
    """The values that Live keeps of a control: stored with the set, buttons hidden, dials automatable."""
    ui, long = thing.get("ui"), thing.get("long")
    value = {"parameter_longname": long, "parameter_shortname": thing.get("short", long.split()[-1]),
             "parameter_invisible": 1, "parameter_modmode": 0}
    if ui == "live.dial":
        value |= {"parameter_type": 0, "parameter_mmin": 0.0, "parameter_mmax": 1.0, "parameter_unitstyle": 1,
                  "parameter_invisible": 0, "parameter_shortname": long}
    elif ui == "live.numbox":
        low, high = thing["range"]
        # Integers of more than a byte are floats to Live, shown without a fraction.
        value |= {"parameter_type": 1 if high <= 255 else 0, "parameter_mmin": float(low),
                  "parameter_mmax": float(high), "parameter_unitstyle": 0}
    elif ui == "live.menu":
        items = menus.get(thing["items"], []) if isinstance(thing["items"], str) else thing["items"]
        value |= {"parameter_type": 2, "parameter_enum": items, "parameter_mmax": len(items) - 1}
    elif ui == "live.text":
        value |= {"parameter_type": 2, "parameter_enum": ["off", "on"], "parameter_mmax": 1,
                  "parameter_invisible": 1 if thing["mode"] == "toggle" and thing.get("kept", True) else 2}
    else:  # pattr: text of any length
        value |= {"parameter_type": 3}
    if "initial" in thing:
        value |= {"parameter_initial": [thing["initial"]], "parameter_initial_enable": 1}
    return value


def box_of(name, number, thing, place, menus):
    inlets, outlets = shape_of(name, thing)
    ui = thing.get("ui")
    face = thing.get("face")
    size = face[2:] if face else [max(40, 7 * len(thing.get("text", ""))), 22]
    box = {"id": f"obj-{number}", "maxclass": ui or "newobj", "numinlets": inlets, "numoutlets": len(outlets),
           "patching_rect": [float(v) for v in place + size]}
    if outlets:
        box["outlettype"] = list(outlets)
    if "text" in thing:
        box["text"] = thing["text"]
    if face:
        box |= {"presentation": 1, "presentation_rect": [float(v) for v in face]}
    if thing.get("long") or thing.get("keep"):
        box |= {"parameter_enable": 1, "varname": name}
        parameter = parameter_of(name, {"long": thing.get("keep")} | thing, menus)
        box["saved_attribute_attributes"] = {"valueof": parameter}
    if ui == "live.text":
        box |= {"mode": int(thing["mode"] == "toggle"), "text": thing["texts"][0], "texton": thing["texts"][1]}
    if thing.get("text", "").startswith("js "):
        box["saved_object_attributes"] = {"filename": thing["text"].split()[1], "parameter_enable": 0}
    if thing.get("text") == "coll":
        box["saved_object_attributes"] = {"embed": 0, "precision": 6}
    return box


def patchline(text, boxes):
    match = re.fullmatch(r"(\w+)(?::(\d+))? -> (\w+)(?::(\d+))?", text)
    if not match:
        raise Mistake(f"'{text}' is no line")
    source, outlet, target, inlet = match[1], int(match[2] or 0), match[3], int(match[4] or 0)
    for name in (source, target):
        if name not in boxes:
            raise Mistake(f"'{text}': there is no object {name}")
    if outlet >= boxes[source]["numoutlets"]:
        raise Mistake(f"'{text}': {source} has {boxes[source]['numoutlets']} outlets")
    if inlet >= boxes[target]["numinlets"]:
        raise Mistake(f"'{text}': {target} has {boxes[target]['numinlets']} inlets")
    return {"patchline": {"source": [boxes[source]["id"], outlet], "destination": [boxes[target]["id"], inlet]}}


def parameters_of(boxes):
    named = {}
    for box in boxes.values():
        if box.get("parameter_enable"):
            value = box["saved_attribute_attributes"]["valueof"]
            if any(value["parameter_longname"] == other[0] for other in named.values()):
                raise Mistake(f"two controls are called {value['parameter_longname']}")
            named[box["id"]] = [value["parameter_longname"], value["parameter_shortname"], 0]
    banks = [[box["saved_attribute_attributes"]["valueof"]["parameter_longname"] for box in boxes.values()
              if box["maxclass"] == "live.dial"][start:start + 8] for start in (0, 8)]
    named["parameterbanks"] = {str(i): {"index": i, "name": f"Macros {i + 1}", "parameters": (bank + ["-"] * 8)[:8]}
                               for i, bank in enumerate(banks)}
    named["inherited_shortname"] = 1
    return named


def patcher_of(patch, menus):
    objects, lines = expanded(patch)
    where = places(objects)
    boxes = {name: box_of(name, number, thing, where[name], menus)
             for number, (name, thing) in enumerate(objects.items(), 1)}
    width = float(patch["width"])
    return {"patcher": {
        "fileversion": 1,
        "appversion": {"major": 8, "minor": 6, "revision": 0, "architecture": "x64", "modernui": 1},
        "classnamespace": "box", "rect": [60.0, 90.0, 1500.0, 820.0], "openrect": [0.0, 0.0, width, 169.0],
        "bglocked": 0, "openinpresentation": 1, "default_fontsize": 10.0, "default_fontface": 0,
        "default_fontname": "Arial", "gridonopen": 1, "gridsize": [8.0, 8.0], "boxanimatetime": 500,
        "devicewidth": width, "description": "Plays, moves and writes what doodled makes of a picture.",
        "digest": "doodled", "tags": "", "style": "",
        "boxes": [{"box": box} for box in boxes.values()],
        "lines": [patchline(line, boxes) for line in lines],
        "parameters": parameters_of(boxes),
        "dependency_cache": [{"name": "doodled.js", "bootpath": ".", "type": "TEXT", "implicit": 1}],
        "latency": 0, "is_mpe": 0, "minimum_live_version": "11.0", "minimum_max_version": "8.3",
        "platform_compatibility": 0,
        "project": {"version": 1, "creationdate": 0, "modificationdate": 0, "viewrect": [0.0, 0.0, 300.0, 500.0],
                    "autoorganize": 0, "hideprojectwindow": 1, "showdependencies": 1, "autolocalize": 0,
                    "contents": {"patchers": {}, "code": {"doodled.js": {"kind": "javascript", "local": 1}}},
                    "layout": {}, "searchpath": {}, "detailsvisible": 0,
                    "amxdtype": int.from_bytes(MIDI_EFFECT, "big"), "readonly": 0, "devpathtype": 0,
                    "devpath": ".", "sortmode": 0, "viewmode": 0},
        "autosave": 0}}


def script_of(version):
    """All parts in the order of their names, with the tables in between as constants."""
    tables = [json.loads((HERE / "tables" / f"{name}.json").read_text())
              for name in ("drift", "meld", "wavetable", "granulator", "any")]
    for table in tables:
        table.pop("sources"), table.pop("unverified")
    constants = (f"// doodled's companion for Max for Live, version {version}. Made by build_device.py; the sources\n"
                 f"// are in drivers/max/device/js.\n"
                 f"var TABLES = {json.dumps(tables[:-1])};\nvar ANY_INSTRUMENT = {json.dumps(tables[-1])};\n\n")
    return constants + "\n".join(path.read_text() for path in sorted((HERE / "js").glob("*.js")))


def chunk(name, data):
    """A chunk of an .amxd: four letters, length as little-endian 32 bits, data; no padding."""
    return name + struct.pack("<I", len(data)) + data


def amxd(content):
    return chunk(b"ampf", MIDI_EFFECT) + chunk(b"meta", bytes(4)) + chunk(b"ptch", content)


def unfrozen(text):
    """The patcher's JSON, a line feed and a NUL, which the length counts."""
    return text.encode() + b"\n\0"


def frozen(files):
    """Files back to back behind a head of 16 bytes, then a directory; the device itself is the first. Numbers of
    this part are big-endian, lengths of directory fields count their own eight bytes."""
    body, entries = b"", b""
    for name, kind, data in files:
        entries += directory_entry(name, kind, len(data), 16 + len(body))
        body += data
    footer = b"dlst" + struct.pack(">I", 8 + len(entries)) + entries
    return b"mx@c" + struct.pack(">IQ", 16, 16 + len(body)) + body + footer


def directory_entry(name, kind, size, offset):
    padded = name.encode() + b"\0"
    padded += bytes(-len(padded) % 4)
    fields = [(b"type", kind), (b"fnam", padded), (b"sz32", struct.pack(">I", size)),
              (b"of32", struct.pack(">I", offset)), (b"vers", struct.pack(">I", 0)),
              (b"flag", struct.pack(">I", 17 if offset == 16 else 0)), (b"mdat", struct.pack(">I", 0))]
    content = b"".join(field + struct.pack(">I", 8 + len(data)) + data for field, data in fields)
    return b"dire" + struct.pack(">I", 8 + len(content)) + content


def menus_of(script):
    return {"parameters": re.findall(r'^  \{name: "(\w+)"', script, re.M)}


def main():
    out = pathlib.Path(sys.argv[1])
    version = sys.argv[2] if len(sys.argv) > 2 else "development"
    script = script_of(version)
    patch = tomllib.loads((HERE / "patch.toml").read_text())
    text = json.dumps(patcher_of(patch, menus_of(script)), indent=1)
    out.mkdir(parents=True, exist_ok=True)
    (out / "doodled.js").write_text(script)
    (out / "doodled.maxpat").write_text(text)
    (out / "doodled.amxd").write_bytes(amxd(unfrozen(text)))
    inside = [("doodled.amxd", b"JSON", text.encode() + b"\n"), ("doodled.js", b"TEXT", script.encode())]
    (out / "doodled-one-file.amxd").write_bytes(amxd(frozen(inside)))


if __name__ == "__main__":
    try:
        main()
    except Mistake as mistake:
        sys.exit(f"patch.toml: {mistake}")
