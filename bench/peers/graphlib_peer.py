#!/usr/bin/env python3
"""graphlib of Python's own library. The lines it answers are those of peer.h."""

import array
import graphlib
import platform
import sys
import time


def read(path):
    numbers = array.array("i")
    with open(path, "rb") as file:
        numbers.frombytes(file.read())
    count = numbers[1]
    return numbers[0], list(numbers[2:2 + count]), list(numbers[2 + count:])


def build(vertices, firsts, thens):
    sorter = graphlib.TopologicalSorter()
    for vertex in range(vertices):
        sorter.add(vertex)
    for first, then in zip(firsts, thens):
        sorter.add(then, first)
    return sorter


def kept(vertices, firsts, thens, sequence):
    """How many vertices were ordered, each once, and how many arcs the order keeps."""
    places = [0] * vertices
    for place, vertex in enumerate(sequence):
        places[vertex] = place + 1
    arcs = sum(1 for first, then in zip(firsts, thens) if 0 < places[first] < places[then])
    return sum(1 for place in places if place > 0), arcs


def main():
    arcs = read(sys.argv[1])
    print(f"ready graphlib, Python {platform.python_version()}", flush=True)
    sorter = None
    is_spent = True
    for line in sys.stdin:
        if line == "build\n":
            sorter = None
            start = time.perf_counter_ns()
            sorter = build(*arcs)
            print(time.perf_counter_ns() - start, flush=True)
            is_spent = False
        elif line == "order\n":
            # One sorter gives one order.
            sorter = build(*arcs) if is_spent else sorter
            is_spent = True
            start = time.perf_counter_ns()
            sequence = list(sorter.static_order())
            took = time.perf_counter_ns() - start
            print(took, *kept(*arcs, sequence), flush=True)
        else:
            sys.exit(f"there is no {line!r}")


if __name__ == "__main__":
    main()
