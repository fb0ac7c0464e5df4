"""What is said when the worker is gone: one sentence, the cause, and what to do."""

from textual.content import Content
from textual.widgets import Static

from rnn_tui.language import tr
from rnn_tui.protocol.replies import Failed, Lost
from rnn_tui.text.steady import steady
from rnn_tui.tui.control.bindings import table_of
from rnn_tui.tui.link.silence import Silent


class FaultPanel(Static):
    """Lies over the pictures, which keep showing the last moment."""

    DEFAULT_CSS = """
    FaultPanel {
        layer: above;
        display: none;
        width: 100%;
        max-width: 84;
        height: auto;
        padding: 0 2;
        background: $surface;
        border: round $error;
        border-title-color: $text-error;
        &.-fallen { display: block; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)

    def show_fault(self, fault: Failed | Lost | Silent, resume_point: str, log: str = "") -> None:
        """Say what happened and what can be done.

        Args:
            fault: What happened.
            resume_point: Where a new worker would go on.
            log: The file with the details; empty: there is none.
        """
        silent = isinstance(fault, Silent)
        self.border_title = Content(tr("No answer") if silent else tr("Training has stopped"))
        keys = table_of(self)
        again, leave = keys["train.restart"].face, keys["app.quit"].face
        lines = [
            Content(_sentence(fault)),
            Content.assemble((tr("Cause: "), "bold"), steady(tr(fault.reason))),
            *([Content.assemble((tr("Details: "), "bold"), steady(log))] if log else []),
            Content(""),
            Content.assemble(
                (again, "bold"),
                tr(" starts another {where}", where=tr(resume_point)),
                "   ",
                (leave, "bold"),
                tr(" leaves"),
            ),
        ]
        self.update(Content("\n").join(lines))
        self.add_class("-fallen")

    def clear_fault(self) -> None:
        """Go away: there is a worker again."""
        self.remove_class("-fallen")


def _sentence(fault: Failed | Lost | Silent) -> str:
    if isinstance(fault, Silent):
        return tr(
            "The process that trains the network does not answer. The pictures stay, "
            "and move again as soon as it does."
        )
    if isinstance(fault, Failed):
        return tr("The process that trains the network met an error and left. The pictures stay.")
    return tr("The process that trains the network is gone. The pictures stay.")
