"""Who races, and which of them the screen shows."""

import itertools
from collections.abc import Iterator

from rnn_tui.race.entrant import Entrant
from rnn_tui.race.member import Member, Worker


class Members:
    """The networks of a race, in the order in which they were named; never none."""

    def __init__(self) -> None:
        self._all: list[Member] = []
        self._chosen = 0

    def __iter__(self) -> Iterator[Member]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def __contains__(self, member: Member) -> bool:
        return member in self._all

    @property
    def racing(self) -> bool:
        """Whether there are several."""
        return len(self._all) > 1

    @property
    def chosen(self) -> Member:
        """The one that the screens of one network show."""
        return self._all[self._chosen]

    @property
    def chosen_place(self) -> int:
        """Its place among all."""
        return self._chosen

    @property
    def others(self) -> list[Member]:
        """All but the chosen one."""
        return [member for member in self._all if member is not self.chosen]

    @property
    def ready(self) -> list[Member]:
        """Those that have a worker that can train."""
        return [member for member in self._all if member.ready]

    @property
    def complete(self) -> bool:
        """Whether every worker has once stood ready."""
        return all(member.info is not None for member in self._all)

    def add(self, entrant: Entrant, worker: Worker) -> Member:
        """Take another one in, with the least number that none has."""
        taken = {member.number for member in self._all}
        number = next(number for number in itertools.count() if number not in taken)
        self._all.append(Member(entrant, worker, number))
        return self._all[-1]

    def remove(self, member: Member) -> None:
        """Let one go; the one after the chosen one is chosen in its place, or the last."""
        place = self._all.index(member)
        self._all.remove(member)
        self._chosen -= place < self._chosen
        self._chosen = min(self._chosen, len(self._all) - 1)

    def choose(self, places: int) -> None:
        """Choose the one so many places on; negative: back."""
        self._chosen = (self._chosen + places) % len(self._all)
