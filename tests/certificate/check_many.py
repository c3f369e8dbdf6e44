#!/usr/bin/env python3
"""Runs check_certificate.py on many plans in one process: a line of JSON for each, exit code and text."""
import contextlib
import io
import json
import sys

import check_certificate

for path in sys.argv[1:]:
    text = io.StringIO()
    with contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
        code = check_certificate.main(["check_certificate.py", path])
    print(json.dumps([code, text.getvalue()]))
