#!/usr/bin/env python3
"""Lists what no test noticed in a report of Stryker.NET, and the score: killed or timed out of all that could be."""
import collections
import json
import sys

with open(sys.argv[1], encoding="utf-8") as stream:
    report = json.load(stream)
counts = collections.Counter()
for path, file in sorted(report["files"].items()):
    lines = file["source"].split("\n")
    for mutant in file["mutants"]:
        counts[mutant["status"]] += 1
        if mutant["status"] in ("Survived", "NoCoverage"):
            line = mutant["location"]["start"]["line"]
            name = path.rsplit("/", 1)[-1]
            replacement = " ".join(mutant["replacement"].split())
            print(f"{mutant['status']:10} {name}:{line}  {lines[line - 1].strip()[:100]}  =>  {replacement[:80]}")
noticed = counts["Killed"] + counts["Timeout"]
judged = noticed + counts["Survived"] + counts["NoCoverage"]
print(f"{noticed} of {judged} noticed, {100 * noticed / max(judged, 1):.1f} %")
