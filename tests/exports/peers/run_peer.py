"""Run several scripts, each as if called by itself, in one process: importing torch takes seconds.

    python run_peer.py JOBS.json

JOBS.json is a list of command lines, each beginning with a script; what they print is printed as a
JSON list.
"""

import contextlib
import io
import json
import runpy
import sys
from pathlib import Path


def printed(words: list[str]) -> str:
    sys.argv = words
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)  # as sys.stdout is one
    with contextlib.redirect_stdout(out):
        runpy.run_path(words[0], run_name="__main__")
    out.seek(0)
    return out.read()


print(json.dumps([printed(words) for words in json.loads(Path(sys.argv[1]).read_text())]))
