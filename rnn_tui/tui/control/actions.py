"""What keys turn: the actions of the table that only hand something to the controls."""

from collections.abc import Callable
from functools import partial
from typing import Literal

from rnn_tui.tui.control.controls import Controls


class Turning:
    """Every one asks the worker for something; the screen shows what came of it."""

    controls: Controls

    def _turn(self, control: Callable[[], None]) -> None:
        """Do it, if there is a worker, and say what is to be said."""
        raise NotImplementedError

    def action_pause(self) -> None:
        """Stand still, or go on."""
        self._turn(self.controls.pause)

    def action_step(self) -> None:
        """Do one update."""
        self._turn(self.controls.step)

    def action_epoch(self) -> None:
        """Train to the end of the epoch."""
        self._turn(self.controls.epoch)

    def action_travel(self, strides: int) -> None:
        """Go back or forward in training time."""
        self._turn(partial(self.controls.travel, strides))

    def action_branch(self) -> None:
        """Go to the next branch."""
        self._turn(self.controls.branch)

    def action_mend(self, how: Literal["back", "clip", "anyway"]) -> None:
        """Go on after divergence."""
        self._turn(partial(self.controls.mend, how))

    def action_rate(self, up: bool) -> None:
        """Turn the learning rate."""
        self._turn(partial(self.controls.turn_rate, up=up))

    def action_temperature(self, up: bool) -> None:
        """Turn the temperature."""
        self._turn(partial(self.controls.turn_temperature, up=up))

    def action_speed(self, up: bool) -> None:
        """Double or halve the speed."""
        self._turn(partial(self.controls.turn_speed, up=up))

    def action_full_speed(self) -> None:
        """Take the brake off."""
        self._turn(self.controls.full_speed)

    def action_new_seed(self) -> None:
        """Begin again with the next seed."""
        self._turn(self.controls.new_seed)
