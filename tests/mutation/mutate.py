#!/usr/bin/env python3
"""Changes the code of an area in hundreds of small ways, one at a time, and tells which changes no test notices.

    mutate.py AREA|all              areas: those of areas.json
    mutate.py AREA 'FILES'...       a part of an area: patterns below the project, such as 'Planning/Cycle*.cs'
    mutate.py --kept AREA ...       the changes that were compiled last, without compiling them again
    mutate.py --rest AREA ...       of those, what a run that was ended has not told yet
    mutate.py --again AREA ...      and what survived, with the tests as they are now; the sources are the same

Stryker.NET compiles all changes of a project into one assembly, each behind a switch (build.py). Processes that
keep the tests loaded then run them once for each change (judge.py). What was compiled is in artifacts/mutation.
"""
import fnmatch
import json
import pathlib
import sys

import build
import judge

AIM = 90
HERE = pathlib.Path(__file__).resolve().parent


def main(arguments):
    areas = json.loads((HERE / "areas.json").read_text(encoding="utf-8"))
    how = next((each for each in arguments if each[:2] == "--"), "")
    asked, *files = [each for each in arguments if each != how] or [""]
    names = list(areas) if asked == "all" else [asked]
    if names[0] not in areas or how not in ("", "--kept", "--rest", "--again"):
        sys.exit(f"usage: mutate.py [--kept|--rest|--again] AREA|all ['FILES'...]; areas: {', '.join(areas)}")
    scores = {}
    compiled = set()
    for name in names:
        area = areas[name]
        project = area["project"]
        of_project = [each for other in areas.values() if other["project"] == project for each in other["files"]]
        changed = build.changed(
            project, [each for each in of_project if each[0] != "!"], how != "" or project in compiled)
        if how == "--again":
            build.renew_tests(changed)
        compiled.add(project)
        chosen = [change for change in changed.changes
                  if matches(change.path, area["files"]) and matches(change.path, files or ["*"])
                  and not any(word in change.replacement for word in area.get("alike", []))]
        print(f"{name}: {len(chosen)} changes", flush=True)
        scores[name] = judge.tell(judge.verdicts(changed, name, area, chosen, how))
    low = [f"{name} ({score:.1f} %)" for name, score in scores.items() if score < AIM]
    sys.exit(f"Below the aim of {AIM} %: {', '.join(low)}." if low else 0)


def matches(path, patterns):
    """Whether a path has one of the patterns, and none of those behind an exclamation mark."""
    wanted = [each for each in patterns if each[0] != "!"]
    unwanted = [each[1:] for each in patterns if each[0] == "!"]
    return any(fnmatch.fnmatch(path, each) for each in wanted) \
        and not any(fnmatch.fnmatch(path, each) for each in unwanted)


if __name__ == "__main__":
    main(sys.argv[1:])
