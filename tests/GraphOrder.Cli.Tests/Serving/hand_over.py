"""Stands in for systemd: listens at a path, hands the socket over as descriptor 3, and becomes the program.

hand_over.py PATH USER PROGRAM ARGUMENTS...: USER is the user to become, or - to stay.
"""
import os
import socket
import sys

path, user, program = sys.argv[1], sys.argv[2], sys.argv[3:]
listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
if path != "-":
    listening.bind(path)
    os.chmod(path, 0o666)
    listening.listen(16)
    os.dup2(listening.fileno(), 3)
    os.set_inheritable(3, True)
    os.environ["LISTEN_FDS"] = "1"
    os.environ["LISTEN_PID"] = str(os.getpid())
os.environ["WATCHDOG_PID"] = str(os.getpid())
if user != "-":
    os.setgid(int(user))
    os.setuid(int(user))
os.execv(program[0], program)
