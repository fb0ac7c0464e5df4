"""Workers of a Dask cluster; Dask is imported here alone, and only where it is asked for.

The text goes to every worker once (`scatter`), a run's settings and result with each run; files are
written by the workers, into a folder that all machines share.
"""

from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rnn_tui.errors import InputError
from rnn_tui.sweep.run import Result
from rnn_tui.sweep.task import Job, train_run
from rnn_tui.sweep.workers import Submit
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.visible import visible
from rnn_tui.version import __version__

if TYPE_CHECKING:
    from distributed import Client

MISSING = (
    "--dask needs the extra cluster: pip install 'rnn-tui[cluster]'"
    " (in a clone: .venv/bin/pip install '.[cluster]')"
)
PATIENCE = 10
"""Seconds in which the scheduler has to answer, and a worker to be there."""


@dataclass(frozen=True, eq=False, slots=True)
class Cluster:
    """Workers of a Dask cluster."""

    corpus: Corpus
    address: str
    folder: Path
    lost: tuple[type[BaseException], ...]
    """What a run ends with that killed several workers, or whose text was lost with all of them."""

    @classmethod
    def at(cls, address: str, corpus: Corpus, folder: Path) -> "Cluster":
        """Return those of a scheduler.

        Raises:
            InputError: Dask is not installed.
        """
        try:
            from distributed import KilledWorker
        except ModuleNotFoundError as error:
            raise InputError(MISSING) from error
        return cls(corpus, address, folder, (KilledWorker, CancelledError))

    @contextmanager
    def at_work(self) -> Iterator[Submit]:
        """Connect, and send the text to all."""
        with self._connected() as client:
            self._require_fit(client)
            text = client.scatter(self.corpus, broadcast=True, hash=False)
            executor = client.get_executor(pure=False)

            def submit(job: Job) -> "Future[Result | None]":
                return executor.submit(train_run, job, text)  # type: ignore[no-any-return]

            try:
                yield submit
            finally:
                executor.shutdown(wait=False)

    def kill(self) -> None:
        """Do nothing: they look themselves whether the sweep was left."""

    @contextmanager
    def _connected(self) -> "Iterator[Client]":
        from distributed import Client

        try:
            client = Client(self.address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            why = visible(str(error).splitlines()[0] if str(error) else "no answer")
            raise InputError(
                f"--dask {visible(self.address)}: no scheduler answers there ({why}); "
                "dask scheduler starts one"
            ) from None
        with client:
            yield client

    def _require_fit(self, client: "Client") -> None:
        """Refuse workers that are not there, are of another version, or see another folder."""
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise InputError(
                f"--dask {visible(self.address)}: no worker is there; "
                f"start one: dask worker {visible(self.address)} --nthreads 1"
            ) from None
        try:
            found: dict[str, Any] = client.run(look_around, str(self.folder))
        except ModuleNotFoundError as error:
            raise InputError(
                f"the workers cannot import rnn-tui ({visible(str(error))}); install version "
                f"{__version__} where they are"
            ) from None
        for worker, (version, seen) in found.items():
            if version != __version__:
                raise InputError(
                    f"worker {visible(worker)} has rnn-tui {visible(str(version))}, this is "
                    f"{__version__}; install the same"
                )
            if not seen:
                raise InputError(
                    f"worker {visible(worker)} does not see {visible(str(self.folder))}; name a "
                    "folder that all machines share: --out FOLDER"
                )


def look_around(folder: str) -> tuple[str, bool]:
    """Return the worker's version, and whether it sees the folder of a sweep."""
    from rnn_tui.sweep.record import NAME

    return __version__, Path(folder, NAME).is_file()
