"""`rnn-tui learn` without a screen: which lessons there are, and what a lesson's answers are."""

from rnn_tui.keys.in_force import KeyTable
from rnn_tui.language import mark, tr
from rnn_tui.lessons.built_in import find, lessons
from rnn_tui.lessons.course import Scene, require_playable, scenes
from rnn_tui.lessons.judging import LETTERS, judge, measured
from rnn_tui.lessons.progress import steps_done
from rnn_tui.plain.output import emit
from rnn_tui.text.visible import visible

ALL_DONE, SOME_DONE = mark("{title} (done)"), mark("{title} ({done} of {steps} done)")


def print_lessons(*, as_json: bool) -> int:
    """Print the built-in lessons, in their order; return the exit code."""
    known = steps_done()
    for number, lesson in enumerate(lessons(), 1):
        steps, done = len(lesson.steps), known.get(lesson.name, 0)
        if as_json:
            record = {"number": number, "name": lesson.name, "title": lesson.title}
            emit({**record, "steps": steps, "done": min(done, steps)})
        else:
            told = ALL_DONE if done >= steps else SOME_DONE if done else "{title}"
            title = tr(told, title=visible(lesson.title), done=done, steps=steps)
            print(f"{number:2}  {lesson.name:15} {title}")
    return 0


def print_answers(word: str, *, as_json: bool) -> int:
    """Play a lesson through and print each question with its answer; return the exit code.

    Raises:
        InputError: There is no such lesson, it is none, or a question has no answer.
    """
    lesson = find(word)
    require_playable(lesson)
    for number, scene in enumerate(scenes(lesson), 1):
        ask, answer = _question(scene), _answer(scene)
        if as_json:
            emit({"step": number, "update": scene.step.judged_at, "ask": ask, "answer": answer})
        else:
            print(f"{number:2}  {visible(ask)}\n    {visible(answer)}")
    return 0


def _question(scene: Scene) -> str:
    (ask,) = measured([scene.step.ask], scene.before)
    return KeyTable().named(ask)


def _answer(scene: Scene) -> str:
    step, solution = scene.step, judge(scene.step, "", scene.answers).solution
    if step.choices:
        choice = step.choices[LETTERS.index(solution)]
        return f"{solution}  {measured([choice.text], scene.before)[0]}"
    if step.number:
        return f"{solution}  ± {step.tolerance:g}" if step.tolerance else solution
    return KeyTable().named(solution)
