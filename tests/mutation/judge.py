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

# How long a change may take: so many times what the tests take without one, and these seconds at least.
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

    def __init__(self, changed, tests, part, number="-"):
        name = f"{changed.project}.Tests"
        self.process = subprocess.Popen(
            ["dotnet", "exec", "--depsfile", f"{name}.deps.json", "--runtimeconfig", f"{name}.runtimeconfig.json",
             "GraphOrder.Mutation.dll", name, changed.project, str(number), *tests],
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


def verdicts(changed, tests, part, changes):
    """The verdicts on changes, in order."""
    found = {}
    waiting = queue.SimpleQueue()
    for change in changes:
        waiting.put(change)

    def alone(change):
        worker = Worker(changed, tests, part, change.number)
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
                worker = worker or Worker(changed, tests, part).ready()
                said = worker.ask(change.number)
                if said.split()[0] not in ("survived", "killed"):
                    worker.end()
                    worker = None
                if said.split()[0] in ("spoiled", "ended"):
                    said = alone(change)
            outcome, _, test = said.partition(" ")
            found[change.number] = Verdict(change, outcome, test)
            print("S" if outcome == "survived" else "." if outcome == "killed" else outcome[0].upper(),
                  end="", flush=True)
        if worker:
            worker.end()

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print()
    return [found[change.number] for change in changes]


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
