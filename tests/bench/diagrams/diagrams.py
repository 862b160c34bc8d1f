#!/usr/bin/env python3
"""Diagrams on paper by other people's hands: how many of their arrows and figures the reader sees.

    python3 tests/bench/diagrams/diagrams.py --corpus ../shared/corpus [--bin build/release/bin]
    python3 tests/bench/diagrams/diagrams.py --drawings hdBPMN/data [--split test] [--pictures 60]

With --corpus the figures of `paper/diagrams` are counted. --drawings is the folder `data` of hdBPMN (Schaefer, van der Aa, Leopold and
Stuckenschmidt, CC BY 4.0; github.com/dwslab/hdBPMN), which says where each figure and arrow lies: an arrow counts as right when its tail
and its head both lie within 3 % of the picture's larger side of those of one that is drawn, each taken once; a figure when a figure of
its class covers half of what both cover. Dashed flows of data and messages count like any other. Pictures of the corpus are left out.
"""
import argparse
import collections
import csv
import json
import math
import pathlib
import random
import re
import subprocess
import sys
import xml.etree.ElementTree as xml

SOURCE = pathlib.Path(__file__).resolve().parents[3]
CLASSES = {"boxes": ("rectangle", "square"), "circles": ("circle", "ellipse"), "diamonds": ("diamond",)}
NEAR, COVERED = 0.03, 0.5
BPMN = {"di": "http://www.omg.org/spec/BPMN/20100524/DI", "dc": "http://www.omg.org/spec/DD/20100524/DC", "dd": "http://www.omg.org/spec/DD/20100524/DI"}
FLOWS = ("sequenceFlow", "messageFlow", "dataInputAssociation", "dataOutputAssociation")


def readings(program, files):
    """Each picture's reading, as `doodled read` tells it; {} for one that is refused."""
    for file in files:
        done = subprocess.run([program, "read", "--mode", "doodle", str(file)], capture_output=True, text=True)
        yield json.loads(done.stdout)["reading"] if done.returncode == 0 else {}


def count_corpus(program, corpus):
    truths = [json.loads(line) for line in (corpus / "paper" / "diagrams.jsonl").read_text().splitlines()]
    drawn, seen = collections.Counter(), collections.Counter()
    for truth, reading in zip(truths, readings(program, [corpus / truth["file"] for truth in truths])):
        classes = collections.Counter(shape["class"] for shape in reading.get("shapes", []))
        found = {kind: sum(classes[name] for name in names) for kind, names in CLASSES.items()} | {"arrows": len(reading.get("arrows", []))}
        for kind, count in truth["truth"].items():
            drawn[kind] += count
            seen[kind] += min(count, found[kind])
    print(f"{len(truths)} diagrams of the corpus: how many are seen, at most as many as are drawn")
    for kind in drawn:
        print(f"  {kind:<10} {seen[kind]:4} of {drawn[kind]:4}  {100 * seen[kind] / drawn[kind]:5.1f} %")


def kind_of(tag):
    if tag in ("task", "callActivity"):
        return "boxes"
    return "circles" if tag.endswith("Event") else "diamonds" if tag.endswith("Gateway") else None


def annotation(file):
    """Figures as (kind, box) and flows as (tail, head), in the annotation's own pixels, and the side that it was made at."""
    text = file.read_text()
    root = xml.fromstring(text)
    tags = {element.get("id"): element.tag.split("}")[1] for element in root.iter() if element.get("id")}
    figures, flows = [], []
    for shape in root.iter("{%s}BPMNShape" % BPMN["di"]):
        bounds, kind = shape.find("dc:Bounds", BPMN), kind_of(tags.get(shape.get("bpmnElement"), ""))
        if kind:
            figures.append((kind, [float(bounds.get(name)) for name in ("x", "y", "width", "height")]))
    for edge in root.iter("{%s}BPMNEdge" % BPMN["di"]):
        points = [(float(point.get("x")), float(point.get("y"))) for point in edge.findall("dd:waypoint", BPMN)]
        if tags.get(edge.get("bpmnElement")) in FLOWS:
            flows.append((points[0], points[-1]))
    return figures, flows, float(re.search(r'backgroundSize":(\d+)', text)[1])


def share_covered(a, b):
    across = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    down = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    both = max(0, across) * max(0, down)
    return both / (a[2] * a[3] + b[2] * b[3] - both)


def score(reading, figures, flows, scale):
    """Counts of what is drawn, seen and right; `scale` makes pixels of the annotation pixels of the picture."""
    wide, high = reading["width"], reading["height"]
    place = lambda point: (point[0] * wide / scale, point[1] * high / scale)  # noqa: E731
    count, near = collections.Counter(), NEAR * max(wide, high) / scale
    ends = [(place(arrow["tail"]), place(arrow["head"])) for arrow in reading["arrows"]]
    apart = sorted((math.dist(tail, flow[0]) + math.dist(head, flow[1]), i, j) for i, (tail, head) in enumerate(ends) for j, flow in enumerate(flows)
                   if math.dist(tail, flow[0]) < near and math.dist(head, flow[1]) < near)
    used = set(), set()
    for _, i, j in apart:
        if i not in used[0] and j not in used[1]:
            used[0].add(i), used[1].add(j)
    count.update({"arrows drawn": len(flows), "arrows seen": len(ends), "arrows right": len(used[0])})
    for kind, box in figures:
        boxes = [place(shape["box"][:2]) + place(shape["box"][2:]) for shape in reading["shapes"] if shape["class"] in CLASSES[kind]]
        count.update({f"{kind} drawn": 1, f"{kind} right": any(share_covered(box, other) > COVERED for other in boxes)})
    return count


def best_score(reading, figures, flows, side):
    """Annotations were made at the picture's width or at its larger side; which, nobody wrote down."""
    scores = [score(reading, figures, flows, pixels / side) for pixels in (reading["width"], max(reading["width"], reading["height"]))]
    return max(scores, key=lambda counts: sum(count for name, count in counts.items() if name.endswith("right")))


def compare(program, drawings, split, pictures):
    rows = list(csv.reader((drawings / "writer_split.csv").open()))
    writers = {row[0] for row in rows if row[-1] == split}
    known = {path.stem for path in (SOURCE.parent / "shared" / "corpus" / "paper" / "diagrams").glob("*")}
    files = sorted(path for path in drawings.glob("images/*/*") if path.stem.split("_")[1] in writers and path.stem not in known)
    random.Random(3).shuffle(files)
    total, read = collections.Counter(), 0
    for file, reading in zip(files[:pictures], readings(program, files[:pictures])):
        if reading.get("shapes"):
            total += best_score(reading, *annotation(drawings / "annotations" / file.parent.name / (file.stem + ".bpmn")))
            read += 1
    precision, recall = total["arrows right"] / max(1, total["arrows seen"]), total["arrows right"] / max(1, total["arrows drawn"])
    print(f"{read} of {min(pictures, len(files))} diagrams of hdBPMN, writers of `{split}`")
    print(f"  arrows     {total['arrows right']:4} of {total['arrows drawn']:4}  precision {precision:.3f}  recall {recall:.3f}  F1 {2 * precision * recall / max(1e-9, precision + recall):.3f}")
    for kind in CLASSES:
        print(f"  {kind:<10} {total[kind + ' right']:4} of {total[kind + ' drawn']:4}  {100 * total[kind + ' right'] / max(1, total[kind + ' drawn']):5.1f} %")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, default=SOURCE / "build" / "release" / "bin")
    parser.add_argument("--corpus", type=pathlib.Path)
    parser.add_argument("--drawings", type=pathlib.Path)
    parser.add_argument("--split", default="test", choices=("train", "val", "test"))
    parser.add_argument("--pictures", type=int, default=60)
    given = parser.parse_args()
    program = given.bin / "doodled"
    if not program.exists():
        sys.exit(f"{program} is missing: build it first")
    if not given.corpus and not given.drawings:
        parser.error("--corpus or --drawings is needed")
    if given.corpus:
        count_corpus(program, given.corpus)
    if given.drawings:
        compare(program, given.drawings, given.split, given.pictures)


if __name__ == "__main__":
    main()
