#!/usr/bin/env python3
"""Whole processes, interleaved: graph-order against jq and against what no program can do without.

measure.py TOOL FLOOR [PAIRS [ROW ...]]: TOOL and FLOOR are the published Native AOT programs of
src/GraphOrder.Cli and bench/GraphOrder.Floor. Prints one row for each goal: the median ratio over the
pairs, its 95 % interval (order statistics, so whatever the distribution), and whether the goal is met by
it. Exits with 1 where one is missed.
"""

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
from ratios import interval  # noqa: E402


def host_set(path, sessions, files, seed=1):
    """A set as hosts have them: files of sessions, each needing a few before it in its own session."""
    draw = random.Random(seed)
    with open(path, "w", encoding="ascii") as out:
        out.write('{\n  "schema": "graphorder/session-set/1",\n  "sessions": [\n')
        out.write(",\n".join(f'    {{"name":"vm-{s:05}"}}' for s in range(sessions)))
        out.write('\n  ],\n  "objects": [\n')
        for s in range(sessions):
            for f in range(files):
                count = min(f, draw.choice([1, 2, 2, 3, 3, 4]))
                needs = ",".join(f'"vm-{s:05}/obj-{n:02}"' for n in sorted(draw.sample(range(f), count)))
                out.write("" if s + f == 0 else ",\n")
                out.write(f'    {{"id":"vm-{s:05}/obj-{f:02}","kind":"file","session":"vm-{s:05}"')
                out.write(f',"token":"0x{f + 1:x}"' + (f',"needs":[{needs}]' if needs else "") + "}")
        out.write("\n  ]\n}\n")


def run(command, sink):
    """Seconds on the clock, and seconds of all processors."""
    began, before = time.perf_counter(), os.times()
    subprocess.run(command, stdout=sink, stderr=subprocess.DEVNULL, check=False)
    took, after = time.perf_counter() - began, os.times()
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    return took, busy


def peak_bytes(command):
    """The peak of resident memory, by a program that is small itself."""
    done = subprocess.run(
        ["/usr/bin/time", "-f", "%M", *command],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    return int(done.stderr.split()[-1]) * 1024


def compare(title, first, second, pairs, most, value=lambda a, b: a / b, unit="", sink=os.devnull):
    """One row: both programs in turn, and whether the value stays below what is allowed."""
    both = []
    for _ in range(pairs + 1):
        sides = []
        for command in (first, second):
            with open(sink, "wb") as out:
                sides.append(run(command, out))
        both.append(sides)
    del both[0]
    middle, low, high = interval([value(a[0], b[0]) for a, b in both])
    busy = statistics.median(value(a[1], max(b[1], 0.001)) for a, b in both)
    met = high <= most
    times = [statistics.median(side[i][0] for side in both) * 1000 for i in range(2)]
    print(f"{title}: {middle:.3f}{unit} [{low:.3f}-{high:.3f}], goal {most}{unit}: "
          f"{'met' if met else 'MISSED'}; medians {times[0]:.1f} and {times[1]:.1f} ms; "
          f"of processor time {busy:.3f}{unit}", flush=True)
    return met


def memory(title, command, most):
    peak = peak_bytes(command)
    print(f"{title}: {peak / 1e6:.1f} MB, goal {most / 1e6:.1f} MB: "
          f"{'met' if peak <= most else 'MISSED'}", flush=True)
    return peak <= most


def main():
    tool, floor = (os.path.abspath(path) for path in sys.argv[1:3])
    pairs = int(sys.argv[3]) if len(sys.argv) > 3 else 30
    wanted = sys.argv[4:]
    folder = tempfile.mkdtemp()
    try:
        large, host, small = (os.path.join(folder, name + ".json") for name in ("large", "host", "small"))
        host_set(large, 10_000, 40)
        host_set(small, 1, 10)
        with open(host, "wb") as out:
            subprocess.run([tool, "generate", "vm-host"], stdout=out, check=True)
        plan = {path: [tool, "plan", path, "--format", "json"] for path in (large, host, small)}
        written = len(subprocess.run(plan[large], stdout=subprocess.PIPE, check=False).stdout)
        added = {"value": lambda a, b: (a - b) * 1000, "unit": " ms"}
        rows = {
            "jq": lambda: compare("400,000 objects / jq", plan[large], ["jq", ".", large], pairs, 0.15),
            "tokens": lambda: compare(
                "400,000 objects / tokens and one write", plan[large], [floor, large, str(written)],
                pairs, 2.5, sink=os.path.join(folder, "written")),
            "peak": lambda: memory(
                "400,000 objects, peak", plan[large], 3 * os.path.getsize(large)),
            "host": lambda: compare("set A - hello", plan[host], [floor], 4 * pairs, 5, **added),
            "hostpeak": lambda: memory("set A, peak", plan[host], 25e6),
            "small": lambda: compare(
                "10 objects / jq", plan[small], ["jq", ".", small], 4 * pairs, 0.3),
        }
        print(f"input {os.path.getsize(large)} bytes, output {written}; {pairs} pairs", flush=True)
        sys.exit(0 if all([row() for name, row in rows.items() if not wanted or name in wanted]) else 1)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
