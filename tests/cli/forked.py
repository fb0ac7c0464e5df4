"""Command lines that one interpreter carries out, each in a process of its own.

The interpreter is started in the surroundings to be tested, so that it decodes the words and opens
its streams there; NumPy and the commands are imported once, and a fork is made for each line.
"""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

PREPARED = """
import gc, os, sys
import rnn_tui.threads
rnn_tui.threads.one_thread()
import rnn_tui.commands.evaluate, rnn_tui.commands.predict, rnn_tui.commands.sample
import rnn_tui.commands.options.order, rnn_tui.commands.train, rnn_tui.training.checkpoint.resume
import rnn_tui.nn.optim, rnn_tui.nn.rnn
import rnn_tui.plain.evaluation, rnn_tui.plain.train.run, rnn_tui.training.checkpoint.file
from rnn_tui.cli import main

gc.freeze()  # what a fork has from here is not looked through when it ends
folder, streams, *words = sys.argv[1:]
for number, line in enumerate("\\n".join(words).split("\\n\\f\\n")):
    if pid := os.fork():
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        with open(f"{folder}/{number}.code", "w") as file:
            file.write(str(code))
    else:
        for stream in map(int, streams):
            file = os.open(f"{folder}/{number}.{stream}", os.O_WRONLY | os.O_CREAT)
            if file != stream:
                os.dup2(file, stream)
                os.close(file)
        sys.argv[1:] = line.split("\\n")
        sys.exit(main())
"""
NEXT = "\f"


def run_forked(
    lines: Sequence[Sequence[str | bytes]],
    *,
    streams: str = "12",
    shell: str = '"$@"',
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> "list[subprocess.CompletedProcess[bytes]]":
    """Run lines one after the other; return how each ended.

    Args:
        lines: The words of each after `rnn-tui`; none holds a newline.
        streams: The numbers of those among standard output and error that are open.
        shell: A line in which "$@" is the interpreter.
        folder: Where.
        environment: All variables; None: ours.
    """
    words = [word for line in lines for word in (NEXT, *line)][1:]
    with TemporaryDirectory() as results:
        subprocess.run(
            ["sh", "-c", shell, "sh", sys.executable, "-c", PREPARED, results, streams, *words],
            timeout=120, cwd=folder, env=environment, check=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip

        def result(name: str) -> bytes:
            file = Path(results, name)
            return file.read_bytes() if file.exists() else b""

        return [
            subprocess.CompletedProcess(
                list(line), int(result(f"{n}.code")), result(f"{n}.1"), result(f"{n}.2")
            )
            for n, line in enumerate(lines)
        ]
