"""A race whose workers do what the test says; what real ones do is in `test_real_race`."""

from itertools import pairwise

import pytest

from rnn_tui.models.turning.turns import ZeroUnit
from rnn_tui.protocol.commands import (
    BeginRace,
    Choose,
    Drop,
    Look,
    Pause,
    Restart,
    Resume,
    RunToEpochEnd,
    RunUntil,
    Save,
    SetLearningRate,
    SetPace,
    Step,
    TurnWeights,
    View,
)
from rnn_tui.protocol.replies import Done, Lost, Notice, Refused, Started
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.race.entrant import Entrant
from rnn_tui.training.settings.config import Config
from tests.race.workers import Track

RACE, ALONE = Look(View(race=True)), Look(View())


def test_nobody_starts_before_all_stand_ready() -> None:
    track = Track("rnn", "lstm", "gru")
    track.race.start()
    assert [worker.calls for worker in track.workers.values()] == [["start"]] * 3
    for name in ("lstm", "rnn"):
        track.workers[name].ready()
        assert track.goals() == [-1, -1, -1]
    track.workers["gru"].ready()
    assert track.goals() == [1, 1, 1]
    assert all(worker.behind for worker in track.workers.values())


def test_no_round_begins_before_the_last_has_arrived_and_they_grow_to_a_tenth_of_a_second() -> None:
    track = Track("rnn", "lstm")
    track.ready()
    track.now += 0.02
    track.workers["rnn"].work()
    assert track.goals() == [-1, 1]
    track.workers["lstm"].work()
    assert track.goals() == [3, 3]  # at most twice as many at once
    goals = [3]
    for _ in range(6):
        track.round(0.01 * (goals[-1] - goals[-2] if len(goals) > 1 else 2))
        goals.append(track.goals()[0])
        assert len(set(track.goals())) == 1
    steps = [after - before for before, after in pairwise(goals)]
    assert steps[-3:] == [10, 10, 10]  # of a hundredth of a second each


def test_pausing_ends_the_round_and_a_step_is_one_update_of_all() -> None:
    track = Track("rnn", "lstm")
    track.ready()
    track.round(0.01)
    track.race.send(Pause())
    track.workers["rnn"].work()
    assert not track.of(Done)  # the screen says that it is pausing
    track.round(0.01)
    assert track.of(Done)[-1].command == Pause()
    assert track.updates() == [3, 3]
    assert track.goals() == [-1, -1]
    track.race.send(Step())
    assert track.goals() == [4, 4]
    track.round(0.01)
    assert (track.updates(), track.goals()) == ([4, 4], [-1, -1])
    track.race.send(Resume())
    assert min(track.goals()) > 4
    assert [done.command for done in track.of(Done)] == [Pause(), Step(), Resume()]


def test_to_the_end_of_the_epoch() -> None:
    track = Track("rnn", "lstm", paused=True)
    track.ready()
    track.race.send(RACE)
    track.workers["rnn"].show()
    track.race.send(RunToEpochEnd())
    while track.goals() != [-1, -1]:
        track.round(0.5)
    epoch = track.of(Snapshot)[-1].epoch
    assert track.updates() == [5 * epoch, 5 * epoch]


def test_who_is_behind_catches_up_and_the_others_wait() -> None:
    track = Track("rnn", "lstm")
    track.workers["rnn"].ready(40)
    track.workers["lstm"].ready(2)
    while track.workers["lstm"].update < 40:
        assert track.workers["rnn"].update == 40
        track.round(0.01)
    track.round(0.01)
    assert len(set(track.updates())) == 1


def test_nobody_waits_for_one_that_is_finished_or_gone() -> None:
    track = Track("rnn", "lstm", "gru")
    track.workers["rnn"].limit = 2
    track.ready()
    for _ in range(4):
        track.round(0.01)
    assert track.workers["rnn"].update == 2
    assert track.goals()[0] == -1
    track.workers["lstm"].fall()
    track.round(0.01)
    before = track.workers["gru"].update
    track.round(0.01)
    assert track.workers["gru"].update > before
    track.race.send(RACE)
    for name in ("gru", "rnn"):
        track.workers[name].show()
    entrants = track.of(Snapshot)[-1].race.entrants
    assert [(e.state, e.reason) for e in entrants] == [
        ("paused", "2 updates are made."), ("stopped", "killed"), ("running", ""),
    ]  # fmt: skip
    assert not track.of(Lost)
    track.race.send(Choose(1))  # the one that is gone: the race goes on, and so says its page
    track.race.send(RACE)
    assert (track.of(Snapshot)[-1].state, track.of(Snapshot)[-1].own_state) == (
        "running",
        "stopped",
    )
    track.race.send(Pause())
    track.round(0.01)
    track.race.send(RACE)
    track.workers["gru"].show()
    track.race.send(RACE)
    assert track.of(Snapshot)[-1].state == "stopped"


def test_who_waits_says_for_whom_and_who_is_held_says_why() -> None:
    track = Track("rnn", "lstm")
    track.ready()
    track.race.send(RACE)
    for worker in track.workers.values():
        worker.show()
    track.workers["lstm"].work()
    states = []
    for seconds, stopped in ((2.5, True), (0.7, False), (0.1, True)):
        track.now += seconds
        track.workers["rnn"].stopped = stopped
        track.race.send(RACE)
        for name in ("lstm", "rnn"):
            track.workers[name].state = "paused"
            track.workers[name].show()
        states.append([(e.state, e.reason) for e in track.of(Snapshot)[-1].race.entrants])
    running = ("running", "")
    assert states == [
        [running, running],
        [running, ("running", "Waits for rnn.")],
        [("paused", "it is held (SIGSTOP or a debugger); kill -CONT 4711 lets it go on"),
         ("running", "Waits for rnn.")],
    ]  # fmt: skip


def test_a_new_worker_of_one_that_was_gone_catches_up() -> None:
    track = Track("rnn", "lstm")
    track.ready()
    track.workers["rnn"].fall(failed=True)
    for _ in range(3):
        track.round(0.01)
    ahead = track.workers["lstm"].update
    track.race.restart()
    assert track.workers["rnn"].calls == ["restart"]
    track.workers["rnn"].ready(1)
    for _ in range(9):
        track.round(0.01)
    assert track.workers["rnn"].update == track.workers["lstm"].update > ahead


def test_flat_out_nobody_waits() -> None:
    track = Track("rnn", "lstm", pace="flat out")
    track.ready()
    assert all(worker.sent == [Resume()] for worker in track.workers.values())
    track.race.send(Pause())
    assert all(worker.sent[1:] == [Pause()] for worker in track.workers.values())
    assert not track.of(Done)
    track.workers["rnn"].answer()
    assert not track.of(Done)
    track.workers["lstm"].answer()
    assert track.of(Done)[-1].command == Pause()
    track.race.send(Resume())
    track.workers["rnn"].work(50)
    track.workers["lstm"].work(7)
    track.race.send(RACE)
    for worker in track.workers.values():
        worker.show()
    track.race.send(SetPace("equal"))
    assert track.of(Done)[-1].command == SetPace("equal")
    assert track.goals() == [8, 8]
    track.race.send(SetPace("flat out"))  # amid a round
    assert all(worker.sent[-1] == Resume() for worker in track.workers.values())
    broken_off = track.workers["rnn"].until
    track.race.send(SetPace("equal"))
    assert broken_off
    track.workers["rnn"].listener(Done(broken_off[0], RunUntil(8), "It goes on elsewhere."))
    track.workers["lstm"].work()
    assert track.goals()[1] == -1
    track.workers["rnn"].work()
    assert min(track.goals()) > 8


def test_the_screen_sees_the_chosen_one_and_all_of_them() -> None:
    track = Track("rnn", "lstm")
    track.ready()
    assert [started.info.config.cell for started in track.of(Started)] == ["rnn"]
    track.race.send(RACE)
    track.workers["lstm"].show()
    assert not track.of(Snapshot)
    track.workers["rnn"].work()
    track.workers["rnn"].show()
    (first,) = track.of(Snapshot)
    assert (first.update, first.state, first.race.chosen) == (1, "running", 0)
    assert [e.name for e in first.race.entrants] == ["rnn", "lstm"]
    assert first.updates_per_second == 0  # nothing is known yet
    track.now += 0.5
    track.workers["rnn"].update = 31
    track.race.send(RACE)
    track.workers["rnn"].show()
    assert track.of(Snapshot)[-1].updates_per_second == pytest.approx(60)
    assert track.of(Snapshot)[-1].race.entrants[0].updates_per_second == pytest.approx(100)
    track.race.send(Choose(1))
    assert track.of(Started)[-1].info.config.cell == "lstm"
    track.race.send(ALONE)
    track.workers["lstm"].show()
    assert (track.of(Snapshot)[-1].update, track.of(Snapshot)[-1].race.chosen) == (0, 1)


def test_a_look_that_waits_is_answered_by_whoever_is_chosen_then() -> None:
    track = Track("rnn", "lstm")
    track.ready()
    track.race.send(ALONE)
    track.race.send(Choose(-1))
    track.workers["rnn"].show()
    assert not track.of(Snapshot)
    track.workers["lstm"].show()
    assert len(track.of(Snapshot)) == 1


def test_what_changes_the_race_is_seen_before_a_worker_answers() -> None:
    track = Track("rnn", "lstm", "gru")
    track.ready()
    track.race.send(RACE)
    for name in ("gru", "lstm", "rnn"):
        track.workers[name].show()
    seen = [track.of(Snapshot)[-1].race]
    for command in (Choose(1), SetPace("flat out"), Drop()):
        track.race.send(command)  # asked after it, as the screen does
        track.race.send(RACE)
        seen.append(track.of(Snapshot)[-1].race)
    assert [race.chosen for race in seen] == [0, 1, 1, 1]
    assert [race.pace for race in seen] == ["equal", "equal", "flat out", "flat out"]
    assert [len(race.entrants) for race in seen] == [3, 3, 3, 2]
    track.race.send(RACE)  # on its way already
    count = len(track.of(Snapshot))
    track.race.send(Choose(1))
    assert len(track.of(Snapshot)) == count + 1
    assert track.of(Snapshot)[-1].race.chosen == 0


def test_a_fault_covers_the_screen_of_one_and_not_the_race() -> None:
    track = Track("rnn", "lstm")
    track.ready()
    track.race.send(RACE)
    track.workers["rnn"].show()
    track.race.send(RACE)
    track.workers["rnn"].fall()
    assert not track.of(Lost)
    assert track.of(Snapshot)[-1].state == "stopped"
    track.race.send(ALONE)
    assert track.of(Lost) == [Lost(-9, "killed")]


def test_what_is_for_one_and_what_for_all() -> None:
    track = Track("rnn", "lstm")
    track.ready()
    track.race.send(Pause())
    track.race.send(RACE)
    ticket = track.race.send(SetLearningRate(0.5))
    rnn, lstm = track.workers.values()
    assert rnn.of(SetLearningRate)
    assert not lstm.of(SetLearningRate)
    rnn.answer()
    assert track.of(Done)[-1] == Done(ticket, SetLearningRate(0.5))
    ticket = track.race.send(SetLearningRate(0.25))
    rnn.listener(Done(len(rnn.sent), SetLearningRate(0.25), "0.5 → 0.25."))
    assert track.of(Done)[-1] == Done(ticket, SetLearningRate(0.25), "rnn: 0.5 → 0.25.")
    for worker in (rnn, lstm):
        worker.work()
    ticket = track.race.send(Restart())
    for worker in (rnn, lstm):
        assert worker.sent[-2:] == [Pause(), Restart()]  # none runs ahead of the others
        worker.answer()
    assert [done.ticket for done in track.of(Done)].count(ticket) == 1
    assert [member.update for member in track.race.members] == [0, 0]
    track.race.send(Save())
    paths = [worker.of(Save)[-1] for worker in (rnn, lstm)]
    assert [str(p.path) for p in paths if isinstance(p, Save)] == [
        "hello-rnn-0.safetensors", "hello-lstm-0.safetensors",
    ]  # fmt: skip


def test_weights_are_turned_of_the_marked_network_and_not_between_two_rounds() -> None:
    track = Track("rnn", "lstm")
    track.ready()
    turn = TurnWeights(ZeroUnit(0, 1))
    rnn, lstm = track.workers.values()
    rnn.work()  # its round is over, and it waits for the other
    refused = track.race.send(turn)
    (answer,) = track.of(Refused)
    assert answer.ticket == refused
    assert answer.reason.startswith("The race runs: {train.pause} pauses it")
    track.race.send(Pause())
    assert track.race.send(turn)
    assert len(track.of(Refused)) == 2  # the round is not over
    lstm.work()
    done = track.race.send(turn)
    assert rnn.of(TurnWeights) == [turn]
    assert lstm.of(TurnWeights) == []
    rnn.answer()
    assert [reply.ticket for reply in track.of(Done)][-1] == done


def test_a_network_that_had_diverged_races_again_with_turned_weights() -> None:
    track = Track("rnn", "lstm")
    track.workers["rnn"].limit = 2
    track.ready()
    for _ in range(4):
        track.round(0.01)
    rnn = track.workers["rnn"]
    assert track.race.members.chosen.out
    rnn.limit = 10**9
    track.race.send(TurnWeights(ZeroUnit(0, 1)))  # it stands, though the race runs
    assert rnn.of(TurnWeights)
    rnn.answer()
    assert not track.race.members.chosen.out
    for _ in range(4):
        track.round(0.01)
    assert rnn.update > 2


def test_dropping() -> None:
    track = Track("rnn", "lstm", "gru")
    track.ready()
    track.race.send(Choose(1))
    track.workers["rnn"].work()
    track.workers["gru"].work()
    track.race.send(Drop())  # the one they wait for
    assert track.of(Done)[-1].text == "lstm is out of the race."
    assert [member.entrant.name for member in track.race.members] == ["rnn", "gru"]
    assert [member.number for member in track.race.members] == [0, 2]
    assert track.workers["gru"].until
    track.race.send(Drop())
    assert track.workers["rnn"].sent[-1] == Resume()  # goes on as any run does
    track.round(0.01)
    assert track.goals()[0] == -1
    track.race.send(Drop())
    assert track.of(Refused)[-1].reason == "One network is left."


def test_an_answer_that_comes_before_its_ticket_is_known() -> None:
    track = Track("rnn", "lstm")
    track.ready()
    track.race.send(RACE)
    track.workers["rnn"].deaf = True
    ticket = track.race.send(SetLearningRate(0.5))
    assert track.of(Refused) == [Refused(ticket, SetLearningRate(0.5), "There is no worker.")]
    ticket = track.race.send(Restart())
    assert len(track.of(Refused)) == 1  # the other's is to come
    track.workers["lstm"].answer()
    assert track.of(Done)[-1].ticket == ticket


def test_where_all_workers_are_gone() -> None:
    track = Track("rnn", "lstm", pace="flat out")
    track.ready()
    for worker in track.workers.values():
        worker.fall()
    track.race.send(Pause())
    assert track.of(Refused)[-1].reason == "No worker is left."
    track.race.send(RACE)
    track.race.close()


def others() -> list[Entrant]:
    return [Entrant(name, Config(cell=name)) for name in ("lstm", "gru")]  # type: ignore[arg-type]


def test_the_others_join_a_run_that_is_under_way() -> None:
    track = Track("rnn", others=others)
    track.workers["rnn"].ready(40)
    track.race.send(BeginRace())
    assert track.of(Done)[-1].command == BeginRace()
    assert track.workers["rnn"].sent == [Pause()]
    for name in ("lstm", "gru"):
        assert track.workers[name].calls == ["start"]
        track.workers[name].ready()
    assert track.goals() == [1, 1, 1]
    track.race.send(BeginRace())
    assert track.of(Refused)[-1].reason == "They race already."


@pytest.mark.parametrize(("most", "racing"), [(1, 1), (2, 2)])
def test_where_the_system_does_not_let_them(most: int, racing: int) -> None:
    track = Track("rnn", others=others, most=most)
    track.ready()
    track.race.send(BeginRace())
    assert len(track.race.members) == racing
    said = track.of(Refused)[-1].reason if racing == 1 else track.of(Notice)[-1].text
    assert said == "Too many processes."
    assert bool(track.workers["rnn"].sent) == (racing == 2)


def test_nobody_is_left_to_race_the_last_one_which_goes_on() -> None:
    track = Track("rnn")
    track.ready()
    track.race.send(BeginRace())
    assert track.of(Refused)[-1].reason == "There is no other network to race this one."
    assert track.workers["rnn"].of(Pause) == []


def test_what_a_worker_says_is_told_with_its_name() -> None:
    track = Track("rnn", "lstm")
    track.ready()
    track.workers["lstm"].listener(Notice("The disk is full."))
    assert track.of(Notice) == [Notice("lstm: The disk is full.")]


def test_all_are_closed() -> None:
    track = Track("rnn", "lstm")
    track.race.close()
    assert [worker.calls for worker in track.workers.values()] == [["close"], ["close"]]


def test_a_look_before_the_new_worker_stands_waits_for_it() -> None:
    track = Track("rnn")
    track.ready()
    track.workers["rnn"].fall()
    track.race.restart()
    track.race.send(ALONE)
    assert len(track.of(Lost)) == 1
    track.workers["rnn"].ready(3)
    track.workers["rnn"].show()
    assert track.of(Snapshot)[-1].update == 3


@pytest.mark.parametrize("command", [Pause(), Resume(), Step(), RunUntil(7), Restart()])
def test_one_alone_is_a_run_like_any_other(command: object) -> None:
    track = Track("rnn")
    track.ready()
    track.race.send(command)  # type: ignore[arg-type]
    assert track.workers["rnn"].sent == [command]
    assert not track.workers["rnn"].behind
    track.race.send(ALONE)
    track.workers["rnn"].show()
    assert track.of(Snapshot)[-1].race is None
    track.race.send(RACE)
    track.workers["rnn"].fall()
    assert track.of(Lost)


def test_standing_still_all_are_asked_for_a_new_prefix_and_then_left_alone() -> None:
    track = Track("rnn", "lstm")
    track.race.send(Pause())
    track.ready()
    rnn, lstm = track.workers.values()
    for prefix in ("h", "he"):  # the second while one has not answered the first
        track.race.send(Look(View(prefix=prefix, race=True)))
        rnn.show()
        assert track.of(Snapshot)[-1].busy
    lstm.show()
    assert [look.view.prefix for look in lstm.of(Look) if isinstance(look, Look)] == ["h", "he"]
    lstm.show()
    track.race.send(Look(View(prefix="he", race=True)))
    rnn.show()
    assert not track.of(Snapshot)[-1].busy
    assert len(lstm.of(Look)) == 2
