import signal
import subprocess
import sys

from tests.marks import needs_proc

BEAR = """
from pathlib import Path
from rnn_tui.worker.birth import spawn
from rnn_tui.worker.tidying import Tidying

if __name__ == "__main__":
    newborn = spawn(Path("/dev/null"), Tidying())
    print(Path(f"/proc/{newborn.process.pid}/status").read_text())
    newborn.pipe.close()
    newborn.process.join()
"""


@needs_proc
def test_a_newborn_hears_no_interrupt() -> None:
    # In a process of its own, whose resource tracker has not been launched yet.
    said = subprocess.run([sys.executable, "-c", BEAR], capture_output=True, text=True, check=True)
    status = dict(line.split(":\t", 1) for line in said.stdout.splitlines() if ":\t" in line)
    assert int(status["SigBlk"], 16) & 1 << signal.SIGINT - 1
    assert said.stderr == ""
