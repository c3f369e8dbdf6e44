#!/usr/bin/env python3
"""Checks the events of a fleet from their lines alone (src/GraphOrder.Orleans/README.md):

    check_events.py FILE...          exit 0 and a summary, or 1 and what is wrong

No rule here is taken from the code that wrote them. What is checked: each grain's numbers have no gap and one meaning;
no domain has more hosts away than it allows at that moment, and its own count is right; a permit is given once; an update
begins under a permit that was given for it and is not free yet, and behind the updates that it needs; a host has one
update at a time and no order twice; nothing is left open where --over is given.
"""
import json
import sys
from collections import defaultdict

WRONG = []


def wrong(text):
    WRONG.append(text)


def read(paths):
    """Events by grain and number; a line may stand twice, but says the same then."""
    grains = defaultdict(dict)
    count = 0
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if not line.endswith("\n"):
                    continue  # being written when its process was killed; it is logged again
                event = json.loads(line)
                count += 1
                known = grains[event["grain"]].setdefault(event["sequence"], event)
                if known != event:
                    wrong(f"{path}:{number}: {event['grain']} {event['sequence']} stands twice and differs")
    return grains, count


def check_numbers(grains):
    for grain, events in grains.items():
        if sorted(events) != list(range(1, len(events) + 1)):
            wrong(f"{grain}: its numbers have a gap: {len(events)} events up to {max(events)}")


def key(event):
    return event["host"], event["rollout"], event["attempt"]


def check_domain(grain, events, freed):
    """Replays a domain; freed says at which event each permit was given back, or failed."""
    away = {}
    given = set()
    for number in sorted(events):
        event = events[number]
        kind = event["kind"]
        if kind == "permit-given":
            order = key(event)
            if order in given:
                wrong(f"{grain} {number}: a permit for {order} is given twice")
            if order[0] in away:
                wrong(f"{grain} {number}: {order[0]} is away already")
            given.add(order)
            away[order[0]] = (order, "updating")
            if len(away) > event["awayMax"]:
                wrong(f"{grain} {number}: {len(away)} hosts are away, {event['awayMax']} may be")
        elif kind in ("permit-settling", "permit-failed"):
            order = key(event)
            if away.get(order[0]) != (order, "updating"):
                wrong(f"{grain} {number}: {order} was not being updated")
            away[order[0]] = (order, kind)
            freed[order] = event
        elif kind == "permit-free":
            order = key(event)
            if away.get(order[0], (None,))[0] != order:
                wrong(f"{grain} {number}: {order} was not away")
            if away.get(order[0], (None, ""))[1] == "updating":
                freed[order] = event
            away.pop(order[0], None)
        if event.get("away") != len(away):
            wrong(f"{grain} {number}: says {event.get('away')} away, it is {len(away)}")
    return given


def find(grains, reference):
    return grains.get(reference["grain"], {}).get(reference["sequence"])


def check_begin(grains, event, order, freed):
    where = f"{event['grain']} {event['sequence']}"
    permits = 0
    for reference in event.get("after", []):
        found = find(grains, reference)
        if found is None:
            wrong(f"{where}: begins behind {reference}, which is nowhere")
        elif found["kind"] == "permit-given":
            permits += key(found) == order
        elif found["kind"] == "update-ended":
            if found["outcome"] != "done" or found["rollout"] != event["rollout"]:
                wrong(f"{where}: begins behind an update that is not done: {reference}")
        else:
            wrong(f"{where}: begins behind {found['kind']}")
    if permits != 1:
        wrong(f"{where}: begins under {permits} permits of its own")
    end = freed.get(order)
    if end is not None:
        ended = [found for found in (find(grains, reference) for reference in end.get("after", []))
                 if found is not None and found["kind"] == "update-ended" and key(found) == order]
        if len(ended) != 1 or ended[0]["sequence"] <= event["sequence"]:
            wrong(f"{end['grain']} {end['sequence']}: gives {order} back without its end")


def check_host(grains, grain, events, freed):
    running = None
    begun = set()
    done = set()
    for number in sorted(events):
        event = events[number]
        if event["kind"] == "update-begun":
            order = key(event)
            if f"host/{order[0]}" != grain:
                wrong(f"{grain} {number}: begins another host's update")
            if running is not None:
                wrong(f"{grain} {number}: begins {order} while {running} runs")
            if order in begun or order[1] in done:
                wrong(f"{grain} {number}: begins {order} twice")
            begun.add(order)
            running = order
            check_begin(grains, event, order, freed)
        elif event["kind"] == "update-ended":
            if running != key(event):
                wrong(f"{grain} {number}: ends {key(event)}, but {running} runs")
            if event["outcome"] == "done":
                done.add(event["rollout"])
            running = None
    return begun, done, running


def main(arguments):
    is_over = "--over" in arguments
    paths = [argument for argument in arguments if argument != "--over"]
    grains, count = read(paths)
    check_numbers(grains)
    freed = {}
    given = set()
    for grain, events in grains.items():
        if grain.startswith("domain/"):
            given |= check_domain(grain, events, freed)
    begun = 0
    done = 0
    for grain, events in grains.items():
        if grain.startswith("host/"):
            started, finished, running = check_host(grains, grain, events, freed)
            begun += len(started)
            done += len(finished)
            if is_over and running is not None:
                wrong(f"{grain}: {running} has no end")
    if is_over and len(given) != begun:
        wrong(f"{len(given)} permits were given, and {begun} updates begun")
    for text in WRONG[:20]:
        print(text)
    if WRONG:
        print(f"{len(WRONG)} things are wrong in {count} events of {len(grains)} grains")
        return 1
    print(f"{count} events of {len(grains)} grains: {len(given)} permits, {begun} updates begun, {done} done")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
