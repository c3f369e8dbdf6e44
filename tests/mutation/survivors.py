#!/usr/bin/env python3
"""Lists what no test noticed in a report of Stryker.NET, and the score: killed or timed out of all that could be.

Where a runner of tests breaks, Stryker.NET counts what it was to run as killed, by no test: such a report is refused.
"""
import collections
import json
import sys

with open(sys.argv[1], encoding="utf-8") as stream:
    report = json.load(stream)
counts = collections.Counter()
by_nobody = 0
for path, file in sorted(report["files"].items()):
    lines = file["source"].split("\n")
    for mutant in file["mutants"]:
        counts[mutant["status"]] += 1
        by_nobody += mutant["status"] == "Killed" and not mutant.get("killedBy")
        if mutant["status"] in ("Survived", "NoCoverage"):
            line = mutant["location"]["start"]["line"]
            name = path.rsplit("/", 1)[-1]
            replacement = " ".join(mutant["replacement"].split())
            print(f"{mutant['status']:10} {name}:{line}  {lines[line - 1].strip()[:100]}  =>  {replacement[:80]}")
noticed = counts["Killed"] + counts["Timeout"]
judged = noticed + counts["Survived"] + counts["NoCoverage"]
print(f"{noticed} of {judged} noticed, {100 * noticed / max(judged, 1):.1f} % ({counts['Timeout']} of them by taking too long)")
if by_nobody > 0:
    sys.exit(f"{by_nobody} of these are killed, and by no test: a runner broke. Run it again.")
