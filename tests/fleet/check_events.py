#!/usr/bin/env python3
"""Checks the events of a fleet from their lines alone (src/GraphOrder.Orleans/README.md):

    check_events.py FILE...          exit 0 and a summary, or 1 and what is wrong

No rule here is taken from the code that wrote them. What is checked: each grain's numbers have no gap and one meaning;
no domain has more hosts away than it allows at that moment, and its own count is right; a permit is given once; an update
begins under a permit that was given for it and is not free yet, and behind the updates that it needs; a host has one
update at a time and no order twice; nothing is left open where --over is given.

Of a roll-out: it opens wave 0, 1, 2 ... and only while it runs, and nothing follows its end; an update begins behind an
event of its roll-out at which that ran, and so in the wave that was open then; what it needs went in an earlier one; whoever
is blocked does not begin; it ends with as many hosts, and as many failures, as it says.

Only where all lines are in one file, in the order in which they were written: a wave opens when every update of those before
it has ended, and no permit is given behind the roll-out's end.

What lines cannot tell: the wave of a host that is blocked, since it never begins; and whether a permit was given behind a
pause or an abort, since both happen to different grains and neither knows of the other. So a permit of a roll-out that stands
still is no fault here; an update for which it was still waiting to ask then is one.
"""
import json
import sys
from collections import defaultdict

WRONG = []

STATUS_BEHIND = {
    "rollout-started": "running",
    "rollout-paused": "paused",
    "rollout-resumed": "running",
    "rollout-aborted": "aborted",
    "rollout-ended": "ended",
}

STATUS_BEFORE = {
    "rollout-started": ("not started",),
    "wave-opened": ("running",),
    "rollout-paused": ("running",),
    "rollout-resumed": ("paused",),
    "rollout-aborted": ("running", "paused"),
    "rollout-ended": ("running", "paused"),
}


def wrong(text):
    WRONG.append(text)


def read(paths):
    """Events by grain and number, and where each stands first; a line may stand twice, but says the same then."""
    grains = defaultdict(dict)
    places = {}
    count = 0
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if not line.endswith("\n"):
                    continue  # being written when its process was killed; it is logged again
                event = json.loads(line)
                count += 1
                places.setdefault((event["grain"], event["sequence"]), count)
                known = grains[event["grain"]].setdefault(event["sequence"], event)
                if known != event:
                    wrong(f"{path}:{number}: {event['grain']} {event['sequence']} stands twice and differs")
    return grains, places, count


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
        elif found["kind"] not in STATUS_BEFORE:
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


def check_rollout(grain, events):
    """Replays a roll-out: its status and its open wave behind each of its events."""
    behind = {}
    status = "not started"
    wave = -1
    for number in sorted(events):
        event = events[number]
        kind = event["kind"]
        if status not in STATUS_BEFORE.get(kind, ()):
            wrong(f"{grain} {number}: {kind} while it is {status}")
        if kind == "wave-opened":
            if event["count"] != wave + 1:
                wrong(f"{grain} {number}: opens wave {event['count']} behind wave {wave}")
            wave = event["count"]
        status = STATUS_BEHIND.get(kind, status)
        behind[number] = (status, wave)
    return behind


def check_rollout_begins(grain, begins, behind):
    """The wave of each host that began: the one that was open when it asked."""
    waves = {}
    for event in begins:
        where = f"{event['grain']} {event['sequence']}"
        heard = [reference["sequence"] for reference in event.get("after", []) if reference["grain"] == grain]
        if len(heard) != 1:
            wrong(f"{where}: begins behind {len(heard)} events of its roll-out")
        elif heard[0] in behind:
            status, wave = behind[heard[0]]
            if status != "running":
                wrong(f"{where}: begins behind {grain} {heard[0]}, when that is {status}")
            waves[event["host"]] = wave
    for event in begins:
        for reference in event.get("after", []):
            needed = reference["grain"].removeprefix("host/")
            if needed in waves and waves[needed] >= waves.get(event["host"], -1):
                wrong(f"{event['grain']} {event['sequence']}: goes in wave {waves.get(event['host'])}, "
                      f"{needed}, which it needs, in wave {waves[needed]}")
    return waves


def check_rollout_places(grain, events, about, waves, places):
    """What the order of the lines of one file can tell."""
    def place(event):
        return places[event["grain"], event["sequence"]]

    ended = {event["host"]: place(event) for event in about if event["kind"] == "update-ended"}
    for event in events.values():
        if event["kind"] == "wave-opened":
            for host, wave in waves.items():
                if wave < event["count"] and ended.get(host, len(places)) > place(event):
                    wrong(f"{grain} {event['sequence']}: opens wave {event['count']} before {host} of wave {wave} has ended")
        elif event["kind"] == "rollout-ended":
            for given in about:
                if given["kind"] == "permit-given" and place(given) > place(event):
                    wrong(f"{given['grain']} {given['sequence']}: {given['host']} gets a permit behind the end of {grain}")


def check_rollout_hosts(grain, events, about):
    """How many hosts came to an end, and which."""
    begun = {event["host"] for event in about if event["kind"] == "update-begun"}
    blocked = {event["host"] for event in about if event["kind"] == "host-blocked"}
    ended = {event["host"]: event["outcome"] for event in about if event["kind"] == "update-ended"}
    for host in sorted(begun & blocked):
        wrong(f"{grain}: {host} is blocked and begins")
    count = events.get(1, {}).get("count", 0)
    over = len(blocked.union(ended))
    failed = sum(outcome == "failed" for outcome in ended.values())
    if len(begun | blocked) > count:
        wrong(f"{grain}: {len(begun | blocked)} hosts go, it has {count}")
    for event in events.values():
        if event["kind"] == "rollout-ended":
            if over != count:
                wrong(f"{grain} {event['sequence']}: ends with {over} hosts that are over, it has {count}")
            if event["count"] != failed:
                wrong(f"{grain} {event['sequence']}: says {event['count']} failed, it is {failed}")


def check_rollouts(grains, places, is_over, is_one_file):
    about = defaultdict(list)
    for events in grains.values():
        for event in events.values():
            if "rollout" in event:
                about[f"rollout/{event['rollout']}"].append(event)
    count = 0
    for grain, events in grains.items():
        if grain.startswith("rollout/") and grain.count("/") == 1:
            count += 1
            behind = check_rollout(grain, events)
            begins = [event for event in about[grain] if event["kind"] == "update-begun"]
            waves = check_rollout_begins(grain, begins, behind)
            check_rollout_hosts(grain, events, about[grain])
            if is_one_file:
                check_rollout_places(grain, events, about[grain], waves, places)
            if is_over and behind[max(behind)][0] not in ("aborted", "ended"):
                wrong(f"{grain}: it is not over, but {behind[max(behind)][0]}")
    return count


def main(arguments):
    is_over = "--over" in arguments
    paths = [argument for argument in arguments if argument != "--over"]
    grains, places, count = read(paths)
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
    rollouts = check_rollouts(grains, places, is_over, len(paths) == 1)
    if is_over and len(given) != begun:
        wrong(f"{len(given)} permits were given, and {begun} updates begun")
    for text in WRONG[:20]:
        print(text)
    if WRONG:
        print(f"{len(WRONG)} things are wrong in {count} events of {len(grains)} grains")
        return 1
    print(f"{count} events of {len(grains)} grains: {len(given)} permits, {begun} updates begun, {done} done, "
          f"{rollouts} roll-outs")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
