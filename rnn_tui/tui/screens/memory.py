"""Screen 5, Memory: what is in the numbers that a network carries from step to step."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input

from rnn_tui.keys.in_force import LOOKS
from rnn_tui.keys.key import Scope
from rnn_tui.language import mark
from rnn_tui.protocol.scene import Memo
from rnn_tui.tui.control.bindings import bindings
from rnn_tui.tui.messages import ViewChanged
from rnn_tui.tui.renderables import whereabouts
from rnn_tui.tui.screens.inside_screen import InsideScreen
from rnn_tui.tui.screens.lessons import MEMORY
from rnn_tui.tui.widgets.memory.influence import InfluenceBars, InfluenceText, InfluenceWords
from rnn_tui.tui.widgets.memory.look_panel import LookPanel
from rnn_tui.tui.widgets.memory.looks_bar import LooksBar
from rnn_tui.tui.widgets.memory.number_bar import NumberBar
from rnn_tui.tui.widgets.memory.pattern_bar import PatternBar, PatternChanged
from rnn_tui.tui.widgets.memory.span import SpanBars, SpanTable, SpanWords
from rnn_tui.tui.widgets.memory.surprise import SurpriseDearest, SurpriseText
from rnn_tui.tui.widgets.memory.surprise_kinds import SurpriseKinds
from rnn_tui.tui.widgets.memory.turned import TurnedAnswers, TurnedWords
from rnn_tui.tui.widgets.memory.unit_over_text import UnitOverText
from rnn_tui.tui.widgets.memory.unit_places import UnitPlaces
from rnn_tui.tui.widgets.memory.units import UnitsList
from rnn_tui.tui.widgets.memory.weights import WeightsPicture
from rnn_tui.tui.widgets.panel import Shown
from rnn_tui.tui.widgets.text_bar import TextBar

Panels = dict[str, type[LookPanel[Any]]]
NAMES: dict[Scope, str] = {
    "influence": mark("influence"),
    "units": mark("units"),
    "surprise": mark("surprise"),
    "memory_span": mark("memory span"),
    "weights": mark("weights"),
}
"""What the looks are called."""


class MemoryScreen(InsideScreen):
    """Several looks at it, one at a time: a picture, and beside it what it says."""

    # Not in app.tcss: it would be parsed before the first frame.
    DEFAULT_CSS = """
    MemoryScreen {
        .look .beside { width: 42%; }
        &.-wide .look .beside { width: 44; }
        &.-huge .look .beside { width: 1fr; }
        .look > Panel { width: 1fr; height: 1fr; }
        .look .beside > Panel { height: 1fr; }
        &.-high #surprise_kinds, &.-tall #surprise_kinds { height: 15; }
        &.-high #influence_words, &.-tall #influence_words { height: 11; }
        &.-high #span_words, &.-tall #span_words { height: 12; }
        &.-low .look { layout: vertical; }
        &.-low .look .beside { width: 100%; height: 1fr; layout: horizontal; }
        &.-low .look .beside > Panel { width: 1fr; height: 1fr; }
        &.-low #surprise .beside { height: 11; }
    }
    """
    SCOPE = "memory"
    LESSON = MEMORY
    BINDINGS: ClassVar[list[BindingType]] = [
        binding for scope in ("memory", *LOOKS) for binding in bindings(scope)
    ]
    LOOKS: ClassVar[dict[Scope, Panels]] = {
        "influence": {
            "influence_text": InfluenceText,
            "influence_bars": InfluenceBars,
            "influence_words": InfluenceWords,
        },
        "units": {
            "unit_text": UnitOverText,
            "units_list": UnitsList,
            "unit_places": UnitPlaces,
        },
        "surprise": {
            "surprise_text": SurpriseText,
            "surprise_kinds": SurpriseKinds,
            "surprise_dearest": SurpriseDearest,
        },
        "memory_span": {
            "span_bars": SpanBars,
            "span_table": SpanTable,
            "span_words": SpanWords,
        },
        "weights": {
            "weights_picture": WeightsPicture,
            "turned_answers": TurnedAnswers,
            "turned_words": TurnedWords,
        },
    }
    """The panels of each, the picture first; its name is the scope of its keys."""
    PANELS: ClassVar[dict[str, type[Shown]]] = {
        name: panel for panels in LOOKS.values() for name, panel in panels.items()
    }
    look: Scope = "influence"

    def panels(self) -> Iterable[Widget]:
        """Return the looks, of which one is seen, and the text line."""
        yield LooksBar(id="looks")
        for look, panels in self.LOOKS.items():
            picture, *others = (panel(id=name) for name, panel in panels.items())
            seen = Horizontal(
                picture, Vertical(*others, classes="beside"), id=look, classes="page look"
            )
            seen.display = look == self.look
            yield seen
        yield NumberBar()
        yield TextBar("memory.text")
        yield PatternBar("units.pattern")

    @property
    def shown(self) -> Sequence[LookPanel[Any]]:
        """The panels of the look that is seen."""
        if not self.has_panels:
            return []
        return [self.query_one(f"#{name}", LookPanel) for name in self.LOOKS[self.look]]

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Whose keys work now: also those of the look."""
        before = super().scopes
        return (*before, self.look) if self.SCOPE in before else before

    @property
    def relabeled(self) -> Mapping[str, str]:
        """No label for a key that has nothing to do."""
        return dict.fromkeys((key for panel in self.shown for key in panel.idle), "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave keys alone that are another look's, or are typed."""
        typing = isinstance(self.focused, Input)
        if action == "panel" and (typing or parameters[0] not in self.LOOKS[self.look]):
            return False
        if action == "pattern" and (typing or self.look != "units"):
            return False
        return super().check_action(action, parameters)

    @property
    def memo(self) -> dict[str, str]:
        """Also which look is seen."""
        return {**super().memo, "look": self.look}

    def recall(self, memo: Memo) -> None:
        """Also see that look."""
        super().recall(memo)
        if (look := memo.get("look")) in self.LOOKS:
            self.action_look([*self.LOOKS].index(look) - [*self.LOOKS].index(self.look))

    def action_look(self, by: int) -> None:
        """See another look."""
        names, self.maximized = [*self.LOOKS], None
        self.query_one(f"#{self.look}").display = False
        self.look = names[(names.index(self.look) + by) % len(names)]
        self.query_one(f"#{self.look}").display = True
        self.fit()
        self.reread()

    def action_pattern(self) -> None:
        """Give the line for a pattern the keyboard."""
        self.query_one(PatternBar).enter()

    def on_pattern_changed(self, event: PatternChanged) -> None:
        """Find out who follows it."""
        self.query_one(UnitsList).look_for(event.pattern)
        self.post_message(ViewChanged())

    def speak(self) -> None:
        """Name the looks, and what is read, in the language that is spoken now."""
        super().speak()
        self._mark()

    def reread(self) -> None:
        """Have the look that is seen read what is to be read now, and say so."""
        self._mark()
        self.label_keys()
        super().reread()

    def _mark(self) -> None:
        names = tuple(NAMES[look] for look in self.LOOKS)
        said = whereabouts.beginnings(self.reading, self.info)
        self.query_one(LooksBar).mark(names, NAMES[self.look], said)
