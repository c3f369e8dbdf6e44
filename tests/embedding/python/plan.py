"""A host in Python: plans the session set in a file, and prints the plan."""

import pathlib
import sys

import graphorder


def main():
    if len(sys.argv) != 2:
        print("usage: plan.py SET", file=sys.stderr)
        return 2
    try:
        with graphorder.Engine() as engine:
            text, status = engine.plan(pathlib.Path(sys.argv[1]).read_bytes())
        sys.stdout.buffer.write(text)
    except graphorder.GraphOrderError as error:
        print(f"{sys.argv[1]}: {error}", file=sys.stderr)
        status = error.status
    except OSError as error:
        print(error, file=sys.stderr)
        return 3
    assert graphorder.live_handles() == 0
    return status


sys.exit(main())
