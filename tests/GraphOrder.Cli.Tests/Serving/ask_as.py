"""Asks one question as another user: ask_as.py USER PATH; prints the answer."""
import os
import socket
import sys

os.setgid(int(sys.argv[1]))
os.setuid(int(sys.argv[1]))
client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
client.settimeout(20)
client.connect(sys.argv[2])
try:
    client.sendall(b'{"request": "plan"}\n')
    client.shutdown(socket.SHUT_WR)
except OSError:
    pass  # Refused before the question was sent; the answer is there all the same.
sys.stdout.write(client.makefile().readline())
