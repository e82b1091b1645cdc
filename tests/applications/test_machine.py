"""Whatever candidates, employers, agents and time do in whichever order, applications are what the oracle says: what each side
reads and can do, what each is told live, and what stays of who has left."""

import asyncio
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from models.employer import EmployerStatus
from tests.applications.acting import open_desk
from tests.applications.oracle import NEXT, Oracle
from tests.conftest import NOW
from tests.contact.oracle import CANDIDACIES, CANDIDATES, EMPLOYERS, OFFERS
from tests.real_parts import LONG

A_DAY = 4
"""Applications of a candidate, so that the limit is met."""
LONGEST_LIFE = 300
"""Days: the publications end after that."""
EVERYBODY = (*CANDIDATES, *EMPLOYERS)
candidacies, offers = st.sampled_from(sorted(CANDIDACIES)), st.sampled_from(sorted(OFFERS))
candidates, employers = st.sampled_from(CANDIDATES), st.sampled_from(EMPLOYERS)
targets = st.sampled_from([*NEXT.values(), "DECLINED"])
letters, seldom = st.sampled_from([None, "Bonjour."]), st.integers(0, 3).map(lambda drawn: drawn == 0)


class Applications(RuleBasedStateMachine):
    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = Path(mkdtemp(prefix="applications-"))
        shutil.copy(self.template, self.folder / "placement.db")
        self.real = self.runner.run(open_desk(f"sqlite+aiosqlite:///{self.folder}/placement.db", self.folder / "search"))
        self.oracle = Oracle(NOW, A_DAY)
        self.looked = 0

    def teardown(self) -> None:
        for who in EVERYBODY:
            self._sees_what_it_may(who)
            self._is_told_in_order(who)
        self._nothing_else_is_owed()
        self.runner.run(self.real.stage.stack.aclose())
        self.runner.close()
        shutil.rmtree(self.folder)

    def both(self, name: str, *args: Any) -> None:
        """The same is done here and there, and comes to the same."""
        expected = getattr(self.oracle, name)(*args)
        assert self.runner.run(getattr(self.real, name)(*args)) == expected

    def beside(self, name: str, *args: Any, of_oracle: str = "") -> None:
        """What the stage of contact requests does."""
        getattr(self.oracle, of_oracle or name)(*args)
        self.runner.run(getattr(self.real.stage, name)(*args))

    @initialize(wanted=st.lists(st.tuples(candidacies, offers), min_size=2, max_size=4, unique=True))
    def begin(self, wanted: list[tuple[str, str]]) -> None:
        for candidacy, offer in wanted:
            self.both("apply", CANDIDACIES[candidacy], candidacy, offer, "Bonjour.")

    @rule(candidacy=candidacies, offer=offers, letter=letters)
    def apply(self, candidacy: str, offer: str, letter: str | None) -> None:
        if CANDIDACIES[candidacy] not in self.oracle.gone:
            self.both("apply", CANDIDACIES[candidacy], candidacy, offer, letter)

    @rule(who=candidates, candidacy=candidacies, offer=offers)
    def apply_with_anybodys(self, who: str, candidacy: str, offer: str) -> None:
        if not {who, CANDIDACIES[candidacy]} & self.oracle.gone:
            self.both("apply", who, candidacy, offer, None)

    @precondition(lambda self: self.oracle.live())
    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.oracle.live())))
        sent = self.oracle.sent[number]
        self.both("step", sent.employer, number, NEXT[sent.status], 0)

    @precondition(lambda self: self.oracle.made)
    @rule(data=st.data(), employer=employers, wanted=targets, behind=st.sampled_from([0, 0, 1]))
    def step_of_anybody(self, data: st.DataObject, employer: str, wanted: str, behind: int) -> None:
        self.both("step", employer, data.draw(st.integers(0, self.oracle.made)), wanted, behind)

    @precondition(lambda self: self.oracle.made)
    @rule(data=st.data(), who=candidates, reason=letters, behind=st.sampled_from([0, 0, 1]))
    def withdraw(self, data: st.DataObject, who: str, reason: str | None, behind: int) -> None:
        if who not in self.oracle.gone:
            self.both("withdraw", who, data.draw(st.integers(0, self.oracle.made)), reason, behind)

    @rule(candidacy=candidacies, years=st.integers(1, 30))
    def revise(self, candidacy: str, years: int) -> None:
        self.oracle.years[candidacy] = years
        self.runner.run(self.real.revise(candidacy, years))

    @precondition(lambda self: self.oracle.live())
    @rule(data=st.data(), sure=seldom)
    def hide(self, data: st.DataObject, sure: bool) -> None:
        sent = self.oracle.sent[data.draw(st.sampled_from(sorted(self.oracle.live())))]
        if sure or len(self.oracle.live()) > 2:
            self.beside("hide", sent.candidate, sent.employer)

    @rule(candidate=candidates, employer=employers)
    def show(self, candidate: str, employer: str) -> None:
        if candidate in self.oracle.standing:
            self.runner.run(self.real.stage.show(candidate, employer))
            self.oracle.hidden.discard((candidate, employer))

    @rule(candidacy=candidacies, sure=seldom)
    def withdraw_candidacy(self, candidacy: str, sure: bool) -> None:
        if sure and candidacy in self.oracle.published:
            self.beside("withdraw", candidacy, of_oracle="withdraw_candidacy")

    @rule(candidacy=candidacies)
    def publish(self, candidacy: str) -> None:
        if CANDIDACIES[candidacy] in self.oracle.standing:
            self.beside("publish", candidacy)

    @rule(candidate=candidates, sure=seldom)
    def deactivate(self, candidate: str, sure: bool) -> None:
        if sure and candidate in self.oracle.standing & self.oracle.abroad and self._young():
            self.beside("deactivate", candidate)

    @rule(candidate=candidates)
    def reopen(self, candidate: str) -> None:
        if candidate not in self.oracle.gone and candidate not in self.oracle.abroad:
            self.beside("reopen", candidate)

    @rule(candidate=candidates, sure=seldom, quite=seldom)
    def erase(self, candidate: str, sure: bool, quite: bool) -> None:
        """Very seldom: there is little left to do after."""
        if sure and quite and candidate in self.oracle.standing:
            self.beside("erase", candidate)

    @precondition(lambda self: self.oracle.live())
    @rule(data=st.data(), sure=seldom, status=st.sampled_from(["CLOSED", "REMOVED", "EXPIRED"]))
    def end_offer(self, data: st.DataObject, sure: bool, status: str) -> None:
        offer = self.oracle.sent[data.draw(st.sampled_from(sorted(self.oracle.live())))].offer
        if (
            (sure or len(self.oracle.live()) > 2)
            and self.oracle.offers[offer] == "PUBLISHED"
            and OFFERS[offer] not in self.oracle.suspended
        ):
            self.both("end_offer", offer, status)

    @precondition(lambda self: self.oracle.closing())
    @rule(data=st.data())
    def come_too_late(self, data: st.DataObject) -> None:
        """Before the worker has closed it."""
        number = data.draw(st.sampled_from(sorted(self.oracle.closing())))
        sent = self.oracle.sent[number]
        self.both("step", sent.employer, number, NEXT[sent.status], 0)
        self.both("withdraw", sent.candidate, number, None, 0)

    @rule(employer=employers, sure=seldom)
    def suspend_or_authenticate(self, employer: str, sure: bool) -> None:
        if employer not in self.oracle.suspended and not sure:
            return
        self.oracle.suspended ^= {employer}
        status = EmployerStatus.SUSPENDED if employer in self.oracle.suspended else EmployerStatus.AUTHENTICATED
        self.runner.run(self.real.stage.stand(employer, status))

    @rule(hours=st.integers(1, 24 * 15))
    def time_passes(self, hours: int) -> None:
        if self._young():
            self.real.stage.clock.move(hours=hours)
            self.oracle.now = self.real.stage.clock()

    @precondition(lambda self: self.oracle.owed)
    @rule()
    def work(self) -> None:
        self.both("work")

    def _young(self) -> bool:
        return (self.oracle.now - NOW).days < LONGEST_LIFE

    @invariant()
    def each_side_reads_what_it_may(self) -> None:
        self.looked += 1
        for who in self._looking():
            self._sees_what_it_may(who)

    def _looking(self) -> Sequence[str]:
        """One after the other, and not after every step where there is no time; everybody at the end."""
        turn, left_over = divmod(self.looked, 1 if LONG else 3)
        return [] if left_over else [EVERYBODY[turn % len(EVERYBODY)]]

    def _sees_what_it_may(self, who: str) -> None:
        """All of it in lists, and one after the other by its id."""
        if who not in self.oracle.gone:
            self.both("listed", who)
            self.both("read", who, self.looked % max(self.oracle.made, 1))

    @invariant()
    def everybody_is_told_once_in_order(self) -> None:
        for who in self._looking():
            self._is_told_in_order(who)

    def _is_told_in_order(self, who: str) -> None:
        positions, told = self.runner.run(self.real.told(who))
        assert sorted(told) == sorted(self.oracle.told[who])
        for number in {number for number, _ in told}:
            assert [what for of, what in told if of == number] == [what for of, what in self.oracle.told[who] if of == number]
        assert positions == sorted(set(positions))
        assert self.oracle.gone or positions == list(range(1, len(positions) + 1))

    @invariant()
    def what_was_erased_is_told_once_and_nobody_is_reminded_of_what_has_ended(self) -> None:
        if self._looking():
            self._nothing_else_is_owed()

    def _nothing_else_is_owed(self) -> None:
        assert self.runner.run(self.real.letters()) == sorted(self.oracle.letters)
        assert self.runner.run(self.real.reminded()) <= self.oracle.live()


@pytest.mark.parametrize("runs", [200 if LONG else 3])
def test_applications_are_what_the_rules_say(sqlite_template: Path, monkeypatch: pytest.MonkeyPatch, runs: int) -> None:
    monkeypatch.setattr("resolvers.application.A_DAY", A_DAY)
    monkeypatch.setattr(Applications, "template", sqlite_template, raising=False)
    checked = settings(
        max_examples=runs,
        stateful_step_count=50,
        deadline=None,
        derandomize=not LONG,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink) if LONG else (Phase.generate,),
    )
    run_state_machine_as_test(Applications, settings=checked)
