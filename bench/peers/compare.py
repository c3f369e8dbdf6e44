#!/usr/bin/env python3
"""The same graphs ordered by GraphOrder and by other people's libraries, interleaved.

compare.py [ROUNDS [GRAPH ...]]: 31 rounds and all graphs where nothing else is said. Every peer is a process
that reads the arcs once; in each round each builds its graph and orders it, in turn, and the round's ratio is
its time to ours. Prints a Markdown table of the median ratios with their 95 % intervals; above 1 is slower
than ours. On g2 one peer at a time runs beside ours, so that memory suffices. Exits with 1 where a peer gives
an order that is not legal, or does not answer.
"""

import datetime
import os
import pathlib
import resource
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))
from ratios import interval  # noqa: E402

BENCHMARKS = str(ROOT / "artifacts/bin/GraphOrder.Benchmarks/release/GraphOrder.Benchmarks")
BUILT = ROOT / "artifacts/peers"
OURS = "GraphOrder"
PEERS = {
    OURS: [BENCHMARKS, "--peer", "ours"],
    "Boost.Graph, CSR": [str(BUILT / "boost")],
    "igraph": [str(BUILT / "igraph")],
    "petgraph": [str(BUILT / "petgraph")],
    "QuikGraph": [BENCHMARKS, "--peer", "quikgraph"],
    "Python graphlib": [sys.executable, str(HERE / "graphlib_peer.py")],
}
GRAPHS = ["g1", "g2", "g3", "g4", "g5"]
ONE_AT_A_TIME = {"g2"}
ONLY = {"Python graphlib": {"g3"}}
# Where a round takes long. The interval of seven is from the least to the most.
FEW_ROUNDS = 7
WARM_UPS = 2
MEMORY_MAX = 6 << 30
SECONDS_MAX = 300


class Peer:
    """A process that answers, for a bounded time and in bounded memory."""

    def __init__(self, name, arcs_path):
        self.name = name
        with open(arcs_path, "rb") as file:
            self.counts = [int.from_bytes(file.read(4), sys.byteorder) for _ in range(2)]
        self.times = {"build": [], "order": []}
        self.process = subprocess.Popen(
            [*PEERS[name], arcs_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
            env={**os.environ, "DOTNET_GCHeapHardLimit": hex(MEMORY_MAX), "DOTNET_gcConcurrent": "0"},
            preexec_fn=None if PEERS[name][0] == BENCHMARKS else self.bound_memory)
        self.version = self.read_line().removeprefix("ready ")

    @staticmethod
    def bound_memory():
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))

    def read_line(self):
        line = b""
        until = time.monotonic() + SECONDS_MAX
        while not line.endswith(b"\n"):
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                raise RuntimeError(f"{self.name} has not answered for {SECONDS_MAX} s")
            read = os.read(self.process.stdout.fileno(), 4096)
            if not read:
                raise RuntimeError(f"{self.name} has ended")
            line += read
        return line.decode().strip()

    def ask(self, what):
        """Nanoseconds; an order is demanded to be one of all vertices that keeps all arcs."""
        self.process.stdin.write(what.encode() + b"\n")
        nanoseconds, *kept = map(int, self.read_line().split())
        if what == "order" and kept != self.counts:
            raise RuntimeError(f"{self.name} orders {kept} of {self.counts} vertices and arcs")
        return nanoseconds

    def end(self):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()


def measure(names, arcs_path, rounds):
    """The peers of these names, each with the times of its rounds."""
    peers = []
    try:
        for name in names:
            peers.append(Peer(name, arcs_path))
        for turn in range(-WARM_UPS, rounds):
            # Nobody is always the one that follows the one that fills the cache.
            first = turn % len(peers)
            for peer in peers[first:] + peers[:first]:
                for what in peer.times:
                    took = peer.ask(what)
                    if turn >= 0:
                        peer.times[what].append(took)
    finally:
        for peer in peers:
            peer.end()
    return peers


def cells(peers):
    """The ratios of each peer to the first, as text: order, and build with order."""
    found = {}
    sides = {peer.name: {
        "order": peer.times["order"],
        "build + order": [sum(both) for both in zip(peer.times["build"], peer.times["order"])],
    } for peer in peers}
    for name, side in sides.items():
        for what, times in side.items():
            if name == OURS:
                found[name, what] = f"{statistics.median(times) / 1e6:.1f} ms"
                continue
            middle, low, high = interval([a / b for a, b in zip(times, sides[OURS][what])])
            found[name, what] = f"{middle:.2f} [{low:.2f}-{high:.2f}]"
    return found


def compare(graph, names, rounds, folder, versions):
    """The cells of a graph; a peer that fails is named and has none."""
    arcs_path = os.path.join(folder, graph)
    subprocess.run([BENCHMARKS, "--arcs", graph, arcs_path], check=True)
    names = [name for name in names if graph in ONLY.get(name, GRAPHS)]
    few = [name for name in names if name in ONLY]
    many = [name for name in names if name not in ONLY and name != OURS]
    groups = [([OURS, name], min(rounds, FEW_ROUNDS)) for name in (many if graph in ONE_AT_A_TIME else []) + few]
    if graph not in ONE_AT_A_TIME:
        groups.insert(0, ([OURS, *many], rounds))
    found, failures = {}, []
    for group, count in groups:
        try:
            peers = measure(group, arcs_path, count)
        except RuntimeError as error:
            failures.append(f"{graph}: {error}")
            print(failures[-1], file=sys.stderr, flush=True)
            continue
        versions.update({peer.name: peer.version for peer in peers})
        # Ours is told as it was beside the first group.
        found = {**cells(peers), **found}
        print(f"{graph}: {', '.join(group)}: {count} rounds", file=sys.stderr, flush=True)
    os.remove(arcs_path)
    return found, failures


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    return f"{names[0]}, {len(names)} processors" if names else "an unnamed processor"


def print_table(graphs, names, found, versions, rounds):
    print(f"{datetime.date.today()}, {processor()}; {rounds} rounds, on g2 and of graphlib at most {FEW_ROUNDS}; "
          f"{'; '.join(versions[name] for name in names if name in versions)}.\n")
    print("| | " + " | ".join(graphs) + " |")
    print("|---|" + "---|" * len(graphs))
    for what in ("order", "build + order"):
        for name in names:
            row = [found[graph].get((name, what), "") for graph in graphs]
            print(f"| {what}: {name} | " + " | ".join(row) + " |")


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 31
    graphs = sys.argv[2:] or GRAPHS
    if not set(graphs) <= set(GRAPHS):
        sys.exit(f"compare.py: known graphs: {', '.join(GRAPHS)}")
    if not os.path.exists(BENCHMARKS):
        sys.exit("compare.py: run bench/peers/build.sh first")
    names = [name for name, command in PEERS.items() if os.path.exists(command[0])]
    for name in PEERS.keys() - set(names):
        print(f"left out: {name}, which is not built", file=sys.stderr)
    found, failures, versions = {}, [], {}
    with tempfile.TemporaryDirectory() as folder:
        for graph in graphs:
            found[graph], failed = compare(graph, names, rounds, folder, versions)
            failures += failed
    print_table(graphs, names, found, versions, rounds)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
