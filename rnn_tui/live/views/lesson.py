"""What a lesson measures of the run."""

from rnn_tui.lessons.evaluation import evaluate
from rnn_tui.lessons.expressions import parse
from rnn_tui.lessons.facts import Facts
from rnn_tui.lessons.values import ExpressionError
from rnn_tui.live.run import Run
from rnn_tui.protocol.lesson import LessonSeen, LessonView


def answer(run: Run, view: LessonView) -> LessonSeen:
    """Work the expressions out; lessons are of small networks, so that takes few milliseconds."""
    facts, update = Facts(run.trainer, dict(view.kept)), run.trainer.update
    try:
        values = tuple(evaluate(parse(source), facts) for source in view.expressions)
    except ExpressionError as error:
        return LessonSeen(view, update, (), str(error))
    return LessonSeen(view, update, values)
