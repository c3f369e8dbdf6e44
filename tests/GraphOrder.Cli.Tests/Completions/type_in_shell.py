"""Types into a real, interactive shell, and prints what its command line became.

    type_in_shell.py SHELL SCRIPT TOOL TYPED

SHELL loads SCRIPT (of `graph-order completion`), with TOOL's folder on its path. TYPED is a line with tabs in it.
In front of it 'show' is typed then, which prints each word that the shell made of the line, as JSON.
"""
import json
import os
import pty
import select
import shutil
import sys
import tempfile
import time

SECONDS = 30
BEGINNING_OF_LINE = "\x01"

START = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
SHOW = "import json,sys; print('WORDS', json.dumps(sys.argv[1:]), 'END')"
SETUP = {
    "bash": "PS1='> '; bind 'set bell-style none'; show() {{ python3 -c \"{show}\" \"$@\"; }}; source {script}",
    "zsh": "PS1='> '; unsetopt beep; show() {{ python3 -c \"{show}\" \"$@\" }}; source {script}",
    "fish": "set -g fish_autosuggestion_enabled 0; function show; python3 -c \"{show}\" $argv; end; source {script}",
}


def main():
    shell, script, tool, typed = sys.argv[1:]
    home = tempfile.mkdtemp()
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(HOME=home, TERM="xterm", HISTFILE="/dev/null", INPUTRC="/dev/null")
        os.environ["PATH"] = os.path.dirname(tool) + ":" + os.environ["PATH"]
        os.environ.pop("LINES", None)
        os.execvp(START[shell][0], START[shell])
    seen = ""

    def read_until(mark):
        nonlocal seen
        end = time.monotonic() + SECONDS
        while mark not in seen and time.monotonic() < end:
            if select.select([terminal], [], [], 0.2)[0]:
                seen += os.read(terminal, 65536).decode(errors="replace")
        if mark not in seen:
            sys.exit(f"never saw {mark!r} in:\n{seen}")
        found = seen.index(mark) + len(mark)
        before, seen = seen[:found], seen[found:]
        return before

    def send(text):
        os.write(terminal, text.encode())

    send(SETUP[shell].format(show=SHOW, script=script) + "; echo rea''dy\n")
    read_until("ready")
    send(typed)
    send(BEGINNING_OF_LINE + "show \n")
    read_until("WORDS ")
    # The terminal breaks long lines; a word of a command line has no line break.
    words = read_until(" END")[: -len(" END")].replace("\r", "").replace("\n", "")
    print(json.dumps(json.loads(words)))
    os.kill(process, 9)
    shutil.rmtree(home, ignore_errors=True)


main()
