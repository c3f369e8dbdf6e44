"""Runs the tests of an area with each of its changes switched on, in processes that keep the tests loaded."""
import collections
import dataclasses
import os
import queue
import subprocess
import sys
import threading

import build

WORKERS = os.cpu_count() or 1
READY_SECONDS = 600

# How long a change may take: so many times what the tests take without one, and these seconds at least. A single
# test has its own limit (TestTimes.Limit).
PATIENCE = 5
LEAST_SECONDS = 20


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What became of a change: survived, killed, timeout or ended; and by which test."""
    change: build.Change
    outcome: str
    test: str = ""


class Worker:
    """A process with the tests loaded. A change that is on from the start is the only one it is asked."""

    def __init__(self, changed, tests, part, times, number="-"):
        name = f"{changed.project}.Tests"
        self.process = subprocess.Popen(
            ["dotnet", "exec", "--depsfile", f"{name}.deps.json", "--runtimeconfig", f"{name}.runtimeconfig.json",
             "GraphOrder.Mutation.dll", name, changed.project, str(number), times, *tests],
            cwd=changed.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "GRAPHORDER_SHORT": str(part)})
        self.answers = queue.SimpleQueue()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stdout:
            if line.startswith(b"@ "):
                self.answers.put(line[2:].decode().strip())
        self.answers.put("ended")

    def ready(self):
        """Waits until the tests have passed without a change."""
        answer = self.answer(READY_SECONDS)
        if not answer.startswith("ready "):
            self.end()
            print(f"\nWithout a change the tests do not pass: {answer}", file=sys.stderr, flush=True)
            os._exit(1)
        self.seconds = max(LEAST_SECONDS, PATIENCE * int(answer.split()[2]) / 1000)
        return self

    def ask(self, number):
        """What it says of a change: survived, killed, spoiled, timeout or ended; and the test."""
        try:
            self.process.stdin.write(f"{number}\n".encode())
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        return self.answer(self.seconds)

    def answer(self, seconds):
        try:
            return self.answers.get(timeout=seconds)
        except queue.Empty:
            return "timeout"

    def end(self):
        self.process.kill()
        self.process.wait()


class Verdicts:
    """What became of the changes of an area, kept in a file as they come, so that a run can go on later."""

    def __init__(self, path, changes, how):
        if how not in ("--rest", "--again"):
            path.unlink(missing_ok=True)
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        told = {int(number): (outcome, test) for number, outcome, test in (line.split("\t") for line in lines)}
        self.found = {change.number: Verdict(change, *told[change.number])
                      for change in changes if change.number in told
                      and not (how == "--again" and told[change.number][0] == "survived")}
        self.changes = changes
        self.file = open(path, "a", encoding="utf-8")

    def waiting(self):
        return [change for change in self.changes if change.number not in self.found]

    def add(self, verdict):
        self.found[verdict.change.number] = verdict
        self.file.write(f"{verdict.change.number}\t{verdict.outcome}\t{verdict.test}\n")
        self.file.flush()
        print("S" if verdict.outcome == "survived" else "." if verdict.outcome == "killed"
              else verdict.outcome[0].upper(), end="", flush=True)

    def in_order(self):
        return [self.found[change.number] for change in self.changes]


def verdicts(changed, name, area, changes, how):
    """The verdicts on changes, in order."""
    tests, part = area["tests"], area["part"]
    times = changed.folder.parent / f"{name}.times"
    times.unlink(missing_ok=True)
    found = Verdicts(changed.folder.parent / f"{name}.verdicts", changes, how)
    waiting = queue.SimpleQueue()
    for change in found.waiting():
        waiting.put(change)

    def alone(change):
        worker = Worker(changed, tests, part, times, change.number)
        said = worker.answer(READY_SECONDS)
        worker.end()
        return said

    def work():
        worker = None
        while True:
            try:
                change = waiting.get_nowait()
            except queue.Empty:
                break
            # What runs once in a process runs before a change is on; what is spoiled may be another's doing.
            if change.is_static:
                said = alone(change)
            else:
                worker = worker or Worker(changed, tests, part, times).ready()
                said = worker.ask(change.number)
                if said.split()[0] not in ("survived", "killed"):
                    worker.end()
                    worker = None
                if said.split()[0] in ("spoiled", "ended"):
                    said = alone(change)
            outcome, _, test = said.partition(" ")
            found.add(Verdict(change, outcome, test))
        if worker:
            worker.end()

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print()
    return found.in_order()


def tell(found):
    """Prints each survivor and the score, and returns that."""
    for verdict in found:
        if verdict.outcome == "survived":
            change = verdict.change
            name = change.path.rsplit("/", 1)[-1]
            print(f"survived  {name}:{change.line}  {change.source[:100]}  =>  {change.replacement[:80]}")
    counts = collections.Counter(verdict.outcome for verdict in found)
    noticed = len(found) - counts["survived"]
    score = 100 * noticed / max(len(found), 1)
    print(f"{noticed} of {len(found)} noticed, {score:.1f} %"
          f" ({counts['timeout']} by taking too long, {counts['ended']} by ending the process)")
    return score
