"""The program with a screen: keys go down to the worker, snapshots come up to the panels."""

import gc
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.screen import Screen
from textual.theme import ThemeProvider

from rnn_tui.charsets.names import Charset
from rnn_tui.keys.in_force import EVERYWHERE, PAGES, KeyTable
from rnn_tui.language import mark, next_one, tr, use
from rnn_tui.protocol.commands import (
    BeginRace,
    Command,
    Look,
    Pause,
    Restart,
    Resume,
    SaveBundle,
    View,
)
from rnn_tui.protocol.replies import Done, Failed, Lost, Refused
from rnn_tui.protocol.scene import Scene
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.control.accompanied import Accompanied
from rnn_tui.tui.control.bindings import bindings
from rnn_tui.tui.control.controls import Controls
from rnn_tui.tui.control.copying import Copying
from rnn_tui.tui.control.passage import Passage
from rnn_tui.tui.link.frame_pacing import FramePacing, is_moving
from rnn_tui.tui.link.inbox import Inbox
from rnn_tui.tui.link.silence import SilenceTimer, Silent, silent
from rnn_tui.tui.messages import (
    CommandRequested,
    Led,
    ReplyArrived,
    RunStarted,
    SessionFactory,
    ShareGiven,
    SnapshotArrived,
    StatusText,
    ViewChanged,
    WorkerFailed,
)
from rnn_tui.tui.pages import GLOSSARY, HELP, PALETTE, found, make_page
from rnn_tui.tui.renderables.race.racing import racing
from rnn_tui.tui.screens.run_screen import RunScreen
from rnn_tui.tui.terminal import fault_log
from rnn_tui.tui.terminal_app import TerminalApp

if TYPE_CHECKING:
    from textual.drivers.web_driver import WebDriver

LEADS: dict[str, tuple[Command, str]] = {
    "pause": (Pause(), mark("The class stands still; {train.pause} goes on.")),
    "go": (Resume(), mark("The class goes on; {train.pause} stands still.")),
    "restart": (Restart(), mark("The class has begun again.")),
}
"""What can be asked of a whole class, and what is then said."""


class RnnApp(Accompanied, Copying, TerminalApp):
    """Owns the session and the screens; believes only snapshots."""

    CSS_PATH = "app.tcss"
    TITLE = "rnn-tui"
    BINDINGS: ClassVar[list[BindingType]] = [
        binding for scope in EVERYWHERE for binding in bindings(scope)
    ]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[object]]]] = {
        name: partial(make_page, name) for name in PAGES
    }
    DEFAULT_MODE = "train"

    def __init__(
        self,
        make_session: SessionFactory,
        *,
        fps: int = 12,
        theme: str | None = None,
        checkpoint: Path | None = None,
        keys: KeyTable | None = None,
        charset: Charset = "unicode",
        lessons: bool = False,
        scene: Scene | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Make the app; the session is made but not started.

        Args:
            make_session: Called once, with the listener for the worker's messages.
            fps: Pictures a second, at most.
            theme: A Textual theme; None: the environment's choice or the default.
            checkpoint: Where the save key writes to; None: a new file each time.
            keys: The keys in force; None: those of the table.
            charset: Which characters the terminal can show.
            lessons: Whether who opens the app opens the lessons where they are asked for.
            scene: What is looked at first; None: the first screen.
            clock: Seconds.

        Raises:
            InputError: There is no such theme.
        """
        super().__init__(theme=theme, keys=keys, charset=charset)
        self._clock = clock
        self._rest_ticket: int | None = None
        self._look_ticket = 0
        self._led = ""
        self._told: dict[str, object] = {}
        self._inbox = Inbox(self.post_message)
        self._view: View | None = None
        self.session = make_session(self._inbox.put)
        self.controls = Controls(self.session.send, checkpoint, self.keys)
        self.pacing = FramePacing(fps)
        scene = scene or Scene(self.DEFAULT_MODE)
        self.passage = Passage(scene.part, scene.start)
        self._opens_on, self._memos = scene.page, dict(scene.memos)
        self.info: RunInfo | None = None
        self.snapshot: Snapshot | None = None
        self.fault: Failed | Lost | Silent | None = None
        self._fault_log = ""
        self._silence, self._starting = SilenceTimer(), True
        self._lessons, self.to_lessons = lessons, False
        """`to_lessons`: whether they were asked for when the screen was left."""

    def begin(self) -> None:
        """Start the worker."""
        self.session.start()

    def end(self) -> None:
        """End the worker."""
        self.session.close()

    def on_mount(self) -> None:
        """Take the user's keys; leave in good order whatever happens."""
        self.app_suspend_signal.subscribe(self, lambda _: self._rest())
        self.app_resume_signal.subscribe(self, lambda _: self._wake())
        self.take_terminal()

    def on_ready(self) -> None:
        """Begin to listen and to look: now there are panels to show it."""
        self._inbox.open()
        if front := self.front:
            front.recall(self._memos.get(front.SCOPE, {}))
        if self._opens_on in PAGES and self._opens_on != self.current_mode:
            self.call_later(self.action_page, self._opens_on)
        self.set_interval(1 / self.pacing.fps, self.look)
        self.look()
        if not self.is_headless:
            self.call_after_refresh(_spare_the_collector)

    # Looking: one question at a time

    @property
    def front(self) -> RunScreen | None:
        """The screen that shows the run, though help or palette may lie over it; None: not yet."""
        shown = (screen for screen in reversed(self.screen_stack) if isinstance(screen, RunScreen))
        return next((screen for screen in shown if screen.has_panels), None)

    def look(self) -> None:
        """Ask for a snapshot, if it is time."""
        self._listen_for_silence()
        if self.fault or not (front := self.front) or not front.is_running:
            return
        view, now = front.view, self._clock()
        self.pacing.changed = self.pacing.changed or view != self._view
        if self.pacing.due(now):
            self._view = view
            self._look_ticket = self.session.send(Look(view))
            self.pacing.asked(now)
            self._silence.begin(now)

    def _listen_for_silence(self) -> None:
        if self.pacing.waiting and not isinstance(self.fault, Failed | Lost):
            # With a snapshot unseen it is the screen that is behind, as after a mad resizing.
            if self._inbox.unseen or not self._silence.is_over(self._clock()):
                return
            stopped = self.session.stopped
            fault = silent(self.session.pid, stopped=stopped)
            # Building a large network takes its time, and nobody can answer before.
            if fault != self.fault and (stopped or not self._starting):
                self._show_fault(fault)

    def on_snapshot_arrived(self, event: SnapshotArrived) -> None:
        """Draw, and take the time of it."""
        arrived, self._inbox.unseen = self._clock(), False
        worked = time.process_time()
        self.snapshot = event.snapshot
        self._silence.end(learn=not (isinstance(self.fault, Silent) and self.fault.stopped))
        if isinstance(self.fault, Silent):
            self._clear_fault()
        self.pacing.answered(moving=is_moving(event.snapshot))
        self.controls.take_snapshot(event.snapshot, arrived)
        self.tell_standing()
        self._draw()
        self.call_after_refresh(
            lambda: self.pacing.painted(self._clock() - arrived, time.process_time() - worked)
        )
        self.look()

    def on_run_started(self, event: RunStarted) -> None:
        """Know the run; a fault is over."""
        info = self._ascii_filter.noted(event.info)
        if self.info is not None and info != self.info:
            self.snapshot = None  # its symbols may not be those of this text
        self.info = info
        if self._starting:
            self._starting = False
            self.controls.begin(event.update)
        self._silence.begin(self._clock())
        self._clear_fault()
        self._draw()
        self.look()

    def on_reply_arrived(self, event: ReplyArrived) -> None:
        """Say what came of a command, and look what it did, unless that was asked with it."""
        reply = event.reply
        if isinstance(reply.command, Look):
            if isinstance(reply, Refused):
                self.pacing.answered(moving=self.pacing.moving)
            return
        if reply.ticket == self._rest_ticket:
            return  # it went on since then
        self.controls.take_reply(reply)
        if self._led and isinstance(reply, Done):
            self.controls.say(self._led)
            self._led = ""
        coming = self.pacing.waiting and reply.ticket < self._look_ticket
        if coming and isinstance(reply, Done):
            return  # the snapshot asked for after the command is on its way
        self.pacing.changed = True
        self._tell()
        self.look()

    def on_worker_failed(self, event: WorkerFailed) -> None:
        """Keep the pictures and say what happened."""
        details = event.fault.details if isinstance(event.fault, Failed) else ""
        self._fault_log = fault_log.record(details) if details else ""
        self.controls.say("")
        self._tell()
        self._show_fault(event.fault)

    def _show_fault(self, fault: Failed | Lost | Silent) -> None:
        front = self.front
        if front and front.bears_faults(self.snapshot):
            self._forget_fault()
            return
        self.fault = fault
        if front:
            front.show_fault(fault, self.session.resume_point, self._fault_log)

    def _clear_fault(self) -> None:
        self.fault, self._fault_log = None, ""
        if front := self.front:
            front.clear_fault()

    def _forget_fault(self) -> None:
        """Go on looking at what goes on without the worker that is gone."""
        self._clear_fault()
        self.pacing.reset()

    def on_view_changed(self, _: ViewChanged) -> None:
        """Look at once at what the screen shows now."""
        self.look()

    def on_command_requested(self, event: CommandRequested) -> None:
        """Pass on a command of a screen, unless it would take workers that a server has not."""
        if self.is_web and isinstance(event.command, BeginRace):
            self.controls.say(mark("No race in a browser: it takes a worker for each network."))
            self._tell()
            return
        self._turn(partial(self.controls.pass_on, event.command))

    def on_status_text(self, event: StatusText) -> None:
        """Pass on what a screen says."""
        if event.instead_of not in (None, self.controls.message):
            return
        self.controls.say(event.text)
        self._tell()

    def on_app_blur(self) -> None:
        """Look less often: nobody does."""
        self.pacing.blurred = True

    def on_app_focus(self) -> None:
        """Look as often as before."""
        self.pacing.blurred = False

    async def on_led(self, event: Led) -> None:
        """Do what is asked of the whole class; the next key is free again."""
        if self.fault is not None:
            return
        if event.what == "see" and event.value in PAGES:
            await self.action_page(event.value)
            self.controls.say(mark("The class looks here."))
        elif lead := LEADS.get(event.what):
            command, sentence = lead
            self._turn(partial(self.controls.pass_on, command))
            self._led = sentence
        self._tell()

    @property
    def standing(self) -> dict[str, object]:
        """What whoever leads the class may know of this run."""
        now = self.snapshot
        return {"update": now.update, "running": now.state == "running"} if now else {}

    def tell_standing(self) -> None:
        """Tell the server where this run stands, where there is one and it has changed."""
        if self.is_web and self.standing != self._told:
            self._told = self.standing
            cast("WebDriver", self._driver).write_meta({"type": "standing", **self._told})

    def on_share_given(self, event: ShareGiven) -> None:
        """Paint no more than there is time for."""
        self.pacing.share = event.share

    def _draw(self) -> None:
        if self.info and self.snapshot and (front := self.front):
            front.show(self.snapshot, self.info)
        self._tell()

    def _tell(self) -> None:
        if front := self.front:
            front.tell(self.controls.message)

    # In the background of a shell

    def _rest(self) -> None:
        """Let training stand still while the screen is suspended."""
        running = self.snapshot is not None and self.snapshot.state == "running"
        self._rest_ticket = self.session.send(Pause()) if running and not self.fault else None

    def _wake(self) -> None:
        """Go on, if it was training; an answer may have waited for long."""
        self._silence.begin(self._clock())
        if self._rest_ticket is not None and self.fault is None:
            self.session.send(Resume())
        self.pacing.changed = True
        self.refresh()

    # Keys

    def _turn(self, control: Callable[[], None]) -> None:
        if self.fault is None:
            control()
            self._tell()
            # Asked in the same breath: after the answer it would be a stretch of updates later.
            self.pacing.changed = True
            self.look()

    def action_control(self, name: str, *values: object) -> None:
        """Hand a key's command to the control that the table of keys names."""
        self._turn(partial(getattr(self.controls, name), *values))

    def action_send(self, name: str, *values: object) -> None:
        """Send the command that the table of keys names."""
        self._turn(partial(self.controls.send, name, *values))

    def action_save(self) -> None:
        """Write a checkpoint."""
        self._write(self.controls.save)

    def action_bundle(self) -> None:
        """Write the moment with all that belongs to it."""
        self._write(partial(self.controls.pass_on, SaveBundle(self.scene)))

    def _write(self, control: Callable[[], None]) -> None:
        """Write a file, unless it would be on a machine that is not the viewer's."""
        if self.is_web:
            self.controls.say(mark("Nothing can be saved from a browser."))
            self._tell()
            return
        self._turn(control)

    @property
    def scene(self) -> Scene:
        """What is looked at."""
        page, memos = self.current_mode, self._memos
        if front := self.front:
            page, memos = front.SCOPE, {**memos, front.SCOPE: front.memo}
        return Scene(page, memos, self.passage.part, self.passage.start)

    def action_restart(self) -> None:
        """Begin again; after a fault, with a new worker."""
        if self.fault is None:
            self._turn(self.controls.restart)
            return
        self.fault, self._starting = None, True
        self.pacing.reset()
        self.controls.say(mark("Another worker is starting …"))
        self._tell()
        self.session.restart()

    async def action_page(self, name: str) -> None:
        """Open another screen."""
        if name == self.current_mode and self.screen is self.front:
            return
        if front := self.front:
            self._memos[front.SCOPE] = front.memo
        await self.switch_mode(name)
        if front := self.front:
            front.recall(self._memos.get(front.SCOPE, {}))
            front.come_back()
        self.controls.say("")  # it was about the other screen
        if self.fault:
            self._show_fault(self.fault)
        else:
            self._clear_fault()
        self._draw()
        self.look()

    @property
    def escape_to_minimize(self) -> bool:
        """Whether Escape makes a large panel small, before any key is asked what it does."""
        return super().escape_to_minimize and not (self.front and self.front.small)

    def action_zoom(self) -> None:
        """Make one panel as large as the window, or the next one, or all as they were."""
        if front := self.front:
            front.zoom()

    async def action_race_back(self) -> None:
        """Open the race again, where networks race."""
        if racing(self.snapshot):
            await self.action_page("race")

    def action_lessons(self) -> None:
        """Leave for the lessons, which have runs of their own; asks once more."""
        if not self._lessons or self.is_web:
            self.controls.say(mark("rnn-tui learn opens the lessons."))
        elif self.controls.leave_for_lessons():
            self.to_lessons = True
            self.exit()
        self._tell()

    def action_help(self) -> None:
        """Open the help."""
        page = type(front) if (front := self.front) else None
        past = self.snapshot.past if self.snapshot else None
        self.push_screen(found(HELP)(self.info, page, past))

    def action_glossary(self) -> None:
        """Open the words, those of the open screen first."""
        self.push_screen(found(GLOSSARY)(front.SCOPE if (front := self.front) else None))

    def action_command_palette(self) -> None:
        """Open the list of all commands."""
        open_now = any(isinstance(screen, CommandPalette) for screen in self.screen_stack)
        if self.use_command_palette and not open_now:
            # Without Textual's id: one that is being closed may still have it.
            self.push_screen(found(PALETTE)(placeholder=tr("Search for commands …")))

    def search_themes(self) -> None:
        """Open the list of themes."""
        words = tr("Search for themes …")
        self.push_screen(found(PALETTE)(providers=[ThemeProvider], placeholder=words))

    def action_language(self) -> None:
        """Say everything in the next language."""
        use(next_one())
        if front := self.front:
            front.speak()
        self.controls.say("")
        self._draw()

    def action_help_quit(self) -> None:
        """Answer ctrl+c, which many take for the way out."""
        self.controls.say(mark("{app.quit} leaves the program."))
        self._tell()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer every key by name, and the themes."""
        for key in self.keys.rows:
            here = isinstance(screen, RunScreen) and key.scope in screen.scopes
            if here and key.id != "app.palette":
                ours = key.scope in EVERYWHERE
                run = partial(self.run_action, key.action, self if ours else screen)
                told = self.keys.named(tr(key.sentence))
                yield SystemCommand(tr(key.title), f"{key.face}   {told}", run)
        yield SystemCommand(tr("Colors"), tr("Choose a theme"), self.action_change_theme)


def _spare_the_collector() -> None:
    """Take what lives as long as the screen out of the garbage collector's sight.

    A full collection took 25 to 38 ms, in which no key is heard; afterwards there is nothing
    much to look through.
    """
    gc.freeze()
    gc.enable()
